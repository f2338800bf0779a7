//! The **outlines** of areas as they are drawn: projected, simplified, and in whole tenths of a
//! unit, so that a border is the same line on both of its sides.

use super::simplify::kept;
use super::{ArcUse, Area, Areas, MapFrame, Ring};

/// Steps in a unit of the frame.
pub const TENTHS: f64 = 10.0;

/// Room at the edges of a map of areas.
const MARGIN: f64 = 6.0;

/// Most points of a map: a number of its own, and more for each area. A map of a city is then at
/// most 30 KB on its way, and one of all municipalities at most 150 KB.
const POINTS: usize = 6_000;
const POINTS_OF_AREA: usize = 12;

/// Islands and lakes smaller than this are left out beside a larger part, in square tenths.
const SMALL: f64 = 60.0;

/// What is drawn of the areas of a file.
#[derive(Debug)]
pub struct Outlines {
    /// The frame that shows all of them.
    pub frame: MapFrame,
    /// The arcs, in tenths.
    arcs: Vec<Vec<[i32; 2]>>,
    /// For each area, its rings as arcs, outer and inner ones alike.
    rings: Vec<Vec<Ring>>,
}

impl Outlines {
    /// What is drawn of `areas`, which have a position.
    pub(super) fn of(areas: &Areas) -> Self {
        let all = areas.arcs.iter().flatten().copied();
        let frame = MapFrame::around(all, MARGIN).expect("an area has positions");
        let placed = |arc: &Vec<_>| arc.iter().map(|&at| frame.place(at)).collect();
        let placed: Vec<Vec<[f64; 2]>> = areas.arcs.iter().map(placed).collect();
        let kept = kept(&placed, POINTS + POINTS_OF_AREA * areas.areas.len());
        let drawn = placed.iter().zip(kept).map(|(arc, kept)| {
            let tenths = |at: usize| arc[at].map(|units| (units * TENTHS).round() as i32);
            let mut line: Vec<[i32; 2]> = kept.into_iter().map(tenths).collect();
            line.dedup();
            line
        });
        let arcs: Vec<Vec<[i32; 2]>> = drawn.collect();
        let mut outlines = Self { frame, arcs, rings: Vec::new() };
        let mut uses = vec![0; areas.arcs.len()];
        for arc in areas.areas.iter().flat_map(|area| area.polygons.iter().flatten().flatten()) {
            uses[arc.arc] += 1;
        }
        outlines.rings = areas.areas.iter().map(|area| outlines.seen(area, &uses)).collect();
        outlines
    }

    /// The rings of `area` that are large enough to be seen, and its largest. A ring that another
    /// area shares stays, so that there is no gap.
    fn seen(&self, area: &Area, uses: &[usize]) -> Vec<Ring> {
        let rings: Vec<(&Ring, f64)> = (area.polygons.iter().flatten())
            .map(|ring| (ring, extent(&self.line(ring)).abs()))
            .collect();
        let largest = rings.iter().map(|(_, extent)| *extent).fold(0.0, f64::max);
        let is_seen = |(ring, extent): &&(&Ring, f64)| {
            *extent >= SMALL.min(largest) || ring.iter().any(|arc| uses[arc.arc] > 1)
        };
        rings.iter().filter(is_seen).map(|(ring, _)| (*ring).clone()).collect()
    }

    /// The points of a ring, the first of them not repeated.
    fn line(&self, ring: &[ArcUse]) -> Vec<[i32; 2]> {
        let mut line: Vec<[i32; 2]> = Vec::new();
        for arc in ring {
            let points = &self.arcs[arc.arc];
            match arc.reversed {
                true => line.extend(points.iter().rev()),
                false => line.extend(points),
            }
        }
        line.dedup();
        if line.len() > 1 && line.first() == line.last() {
            line.pop();
        }
        line
    }

    /// The rings of the area `index`, as lines of points in tenths.
    pub fn lines(&self, index: usize) -> Vec<Vec<[i32; 2]>> {
        self.rings[index].iter().map(|ring| self.line(ring)).collect()
    }

    /// The data of an SVG path for the areas `indices`, in tenths.
    pub fn path(&self, indices: &[usize]) -> String {
        let mut path = String::new();
        for line in indices.iter().flat_map(|&index| self.lines(index)) {
            let mut at = line[0];
            // An area that is smaller than a step is a dot.
            if line.len() < 2 {
                path.push_str(&format!("M{} {}h5v5h-5z", at[0], at[1]));
                continue;
            }
            path.push_str(&format!("M{} {}l", at[0], at[1]));
            let mut is_first = true;
            for point in &line[1..] {
                for axis in 0..2 {
                    let step = point[axis] - at[axis];
                    // A minus sign tells numbers apart as well as a space does.
                    if !is_first && step >= 0 {
                        path.push(' ');
                    }
                    is_first = false;
                    path.push_str(&step.to_string());
                }
                at = *point;
            }
            path.push('z');
        }
        path
    }

    /// Where the name of the areas `indices` can stand: within their largest ring, in units of the
    /// frame, with the width of that ring there. The widest places come first.
    pub fn labels(&self, indices: &[usize]) -> Vec<([f64; 2], f64)> {
        let lines = indices.iter().flat_map(|&index| self.lines(index));
        let by_extent =
            |one: &Vec<_>, other: &Vec<_>| extent(one).abs().total_cmp(&extent(other).abs());
        let Some(largest) = lines.max_by(by_extent) else { return Vec::new() };
        let heights = largest.iter().map(|point| point[1]);
        let (least, most) = heights.fold((i32::MAX, i32::MIN), |(a, b), y| (a.min(y), b.max(y)));
        let tries = (4..=12).map(|step| f64::from(least) + f64::from((most - least) * step) / 16.0);
        let stretch = |y: f64| {
            let [from, to] = widest(&largest, y + 0.5)?;
            Some(([(from + to) / 2.0 / TENTHS, y / TENTHS], (to - from) / TENTHS))
        };
        let mut found: Vec<([f64; 2], f64)> = tries.filter_map(stretch).collect();
        found.sort_by(|one, other| other.1.total_cmp(&one.1));
        found
    }
}

/// The widest stretch within the ring `line` at the height `y`.
fn widest(line: &[[i32; 2]], y: f64) -> Option<[f64; 2]> {
    let next = line.iter().cycle().skip(1);
    let mut crossed: Vec<f64> = (line.iter().zip(next))
        .map(|(one, other)| (one.map(f64::from), other.map(f64::from)))
        .filter(|(one, other)| (one[1] <= y) != (other[1] <= y))
        .map(|(one, other)| one[0] + (other[0] - one[0]) * (y - one[1]) / (other[1] - one[1]))
        .collect();
    crossed.sort_by(f64::total_cmp);
    let stretches = crossed.chunks_exact(2).map(|pair| [pair[0], pair[1]]);
    stretches.max_by(|one, other| (one[1] - one[0]).total_cmp(&(other[1] - other[0])))
}

/// The area within the ring `line`; negative for one of the two directions.
fn extent(line: &[[i32; 2]]) -> f64 {
    let next = line.iter().cycle().skip(1);
    let twice: f64 = (line.iter().zip(next))
        .map(|(one, other)| (one.map(f64::from), other.map(f64::from)))
        .map(|(one, other)| one[0] * other[1] - other[0] * one[1])
        .sum();
    twice / 2.0
}
