//! The **topology** of areas: their borders as arcs, each once, from one point where borders meet
//! to the next. Positions are one point if they differ by less than a centimetre.

use std::collections::BTreeMap;

use super::written::WrittenArea;
use super::{ArcUse, Area, LonLat, Ring};

/// Steps in a degree by which positions are told apart.
const STEPS: f64 = 1e7;

/// The `areas` with their rings as arcs, and the arcs.
pub(super) fn of(written: Vec<WrittenArea>) -> (Vec<Area>, Vec<Vec<LonLat>>) {
    let mut points = Points::default();
    let mut rings: Vec<Vec<usize>> = Vec::new();
    for area in &written {
        for ring in area.polygons.iter().flatten() {
            rings.push(points.ring(ring));
        }
    }
    let meets = points.meetings(&rings);
    let mut arcs = Arcs::default();
    let mut cut = rings.iter().map(|ring| arcs.cut(ring, &meets));
    let areas = written
        .into_iter()
        .map(|area| {
            let counts: Vec<usize> = area.polygons.iter().map(Vec::len).collect();
            let polygons = counts.iter().map(|&count| cut.by_ref().take(count).collect()).collect();
            Area { polygons, ..area.without_rings() }
        })
        .collect();
    let positions = |arc: &Vec<usize>| arc.iter().map(|&point| points.positions[point]).collect();
    (areas, arcs.all.iter().map(positions).collect())
}

/// Every position once.
#[derive(Default)]
struct Points {
    known: BTreeMap<(i64, i64), usize>,
    positions: Vec<LonLat>,
}

impl Points {
    /// The points of a closed ring, without the repetition of the first.
    fn ring(&mut self, ring: &[LonLat]) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::with_capacity(ring.len());
        for &position in ring {
            let key = position.map(|degrees| (degrees * STEPS).round() as i64);
            let next = self.positions.len();
            let point = *self.known.entry((key[0], key[1])).or_insert(next);
            if point == next {
                self.positions.push(position);
            }
            if found.last() != Some(&point) {
                found.push(point);
            }
        }
        if found.len() > 1 && found.first() == found.last() {
            found.pop();
        }
        found
    }

    /// For each point, whether borders meet there: whether rings come to it, or leave it, by
    /// different points.
    fn meetings(&self, rings: &[Vec<usize>]) -> Vec<bool> {
        let mut beside: Vec<Option<(usize, usize)>> = vec![None; self.positions.len()];
        let mut meets = vec![false; self.positions.len()];
        for ring in rings {
            for (at, &point) in ring.iter().enumerate() {
                let before = ring[(at + ring.len() - 1) % ring.len()];
                let after = ring[(at + 1) % ring.len()];
                let pair = (before.min(after), before.max(after));
                meets[point] |= *beside[point].get_or_insert(pair) != pair;
            }
        }
        meets
    }
}

/// Every arc once.
#[derive(Default)]
struct Arcs {
    known: BTreeMap<Vec<usize>, usize>,
    all: Vec<Vec<usize>>,
}

impl Arcs {
    /// The `ring`, cut where it meets other borders.
    fn cut(&mut self, ring: &[usize], meets: &[bool]) -> Ring {
        let ends: Vec<usize> = (0..ring.len()).filter(|&at| meets[ring[at]]).collect();
        let Some(&first) = ends.first() else {
            // A ring that meets nothing begins at the same point wherever it occurs.
            let least = (0..ring.len()).min_by_key(|&at| ring[at]).unwrap_or(0);
            return vec![self.take(stretch(ring, least, ring.len()))];
        };
        let nexts = ends.iter().skip(1).copied().chain([first + ring.len()]);
        let stretches = ends.iter().zip(nexts).map(|(&from, to)| stretch(ring, from, to - from));
        stretches.map(|arc| self.take(arc)).collect()
    }

    /// The use of `arc`, in the direction that is kept of it.
    fn take(&mut self, mut arc: Vec<usize>) -> ArcUse {
        let last = arc.len() - 1;
        let ends = (arc[0], arc[1]).cmp(&(arc[last], arc[last - 1]));
        let reversed = ends.is_gt();
        if reversed {
            arc.reverse();
        }
        let next = self.all.len();
        let index = *self.known.entry(arc).or_insert_with_key(|arc| {
            self.all.push(arc.clone());
            next
        });
        ArcUse { arc: index, reversed }
    }
}

/// The points from index `from` of the ring on, with the one after `count` steps.
fn stretch(ring: &[usize], from: usize, count: usize) -> Vec<usize> {
    (from..=from + count).map(|at| ring[at % ring.len()]).collect()
}
