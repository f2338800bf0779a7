//! **Simplifying** arcs as Visvalingam and Whyatt do it: the point that makes the smallest triangle
//! with its neighbours is taken out first. The ends of arcs stay, so that borders still meet.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// Triangles smaller than this are never seen, in square units.
const UNSEEN: f64 = 0.12;

/// For each of the `arcs`, the points that stay of it: at most about `most` in all, the ends among
/// them. A closed arc keeps three points or more, and of arcs between the same two ends each keeps
/// one between them, so that no area becomes a line.
pub(super) fn kept(arcs: &[Vec<[f64; 2]>], most: usize) -> Vec<Vec<usize>> {
    let ranks: Vec<Vec<f64>> = arcs.iter().map(|arc| triangles(arc)).collect();
    let mut all: Vec<f64> = ranks.iter().flatten().copied().filter(|rank| *rank > UNSEEN).collect();
    let room = most.saturating_sub(2 * arcs.len());
    let limit = match all.len() > room {
        true => *all.select_nth_unstable_by(room, |one, other| other.total_cmp(one)).1,
        false => UNSEEN,
    };
    let mut ends: BTreeMap<[u64; 4], usize> = BTreeMap::new();
    for arc in arcs {
        *ends.entry(ends_of(arc)).or_default() += 1;
    }
    let stays = |(arc, ranks): (&Vec<[f64; 2]>, &Vec<f64>)| {
        let least = match arc.first() == arc.last() {
            true => 2,
            false => usize::from(ends[&ends_of(arc)] > 1),
        };
        let mut by_rank: Vec<usize> = (1..arc.len() - 1).collect();
        by_rank.sort_by(|&one, &other| ranks[other].total_cmp(&ranks[one]).then(one.cmp(&other)));
        let count = by_rank.iter().take_while(|&&point| ranks[point] > limit).count();
        by_rank.truncate(count.max(least));
        by_rank.extend([0, arc.len() - 1]);
        by_rank.sort_unstable();
        by_rank
    };
    arcs.iter().zip(&ranks).map(stays).collect()
}

/// The two ends of an arc, the same for both directions.
fn ends_of(arc: &[[f64; 2]]) -> [u64; 4] {
    let [one, other] = [arc[0], arc[arc.len() - 1]].map(|end| end.map(f64::to_bits));
    let (one, other) = (one.min(other), one.max(other));
    [one[0], one[1], other[0], other[1]]
}

/// For each point of an arc, the area of the triangle with which it is taken out; never less than
/// that of a point taken out before it. The ends have none.
fn triangles(arc: &[[f64; 2]]) -> Vec<f64> {
    let mut ranks = vec![0.0; arc.len()];
    let mut before: Vec<usize> = (0..arc.len()).map(|at| at.saturating_sub(1)).collect();
    let mut after: Vec<usize> = (0..arc.len()).map(|at| at + 1).collect();
    let area = |one: usize, two: usize, three: usize| {
        let ([ax, ay], [bx, by], [cx, cy]) = (arc[one], arc[two], arc[three]);
        ((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)).abs() / 2.0
    };
    let mut sizes = vec![f64::INFINITY; arc.len()];
    let mut heap = BinaryHeap::new();
    let last = arc.len().saturating_sub(1);
    for (at, size) in sizes.iter_mut().enumerate().take(last).skip(1) {
        *size = area(at - 1, at, at + 1);
        // Areas are not negative, so their bits are in their order.
        heap.push(Reverse((size.to_bits(), at)));
    }
    let mut gone = vec![false; arc.len()];
    let mut most = 0.0_f64;
    while let Some(Reverse((bits, at))) = heap.pop() {
        if gone[at] || sizes[at].to_bits() != bits {
            continue;
        }
        gone[at] = true;
        most = most.max(sizes[at]);
        ranks[at] = most;
        let (left, right) = (before[at], after[at]);
        (after[left], before[right]) = (right, left);
        for beside in [left, right] {
            if beside != 0 && beside != arc.len() - 1 {
                sizes[beside] = area(before[beside], beside, after[beside]);
                heap.push(Reverse((sizes[beside].to_bits(), beside)));
            }
        }
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::kept;

    #[test]
    fn the_smallest_triangle_goes_first_and_ends_stay() {
        let line = [[0.0, 0.0], [10.0, 0.1], [20.0, 8.0], [30.0, 0.2], [40.0, 0.0]];
        assert_eq!(kept(&[line.to_vec()], 3), [[0, 2, 4]]);
        assert_eq!(kept(&[line.to_vec()], 100), [[0, 1, 2, 3, 4]]);
        let straight = [[0.0, 0.0], [10.0, 0.001], [20.0, 0.0]];
        assert_eq!(kept(&[straight.to_vec()], 100), [[0, 2]]);
    }

    #[test]
    fn no_area_becomes_a_line() {
        let closed = vec![[0.0, 0.0], [5.0, 0.0], [5.0, 5.0], [0.0, 5.0], [0.0, 0.0]];
        assert_eq!(kept(&[closed], 0)[0].len(), 4);
        let up = vec![[0.0, 0.0], [5.0, 5.0], [10.0, 0.0]];
        let down = vec![[10.0, 0.0], [5.0, -5.0], [0.0, 0.0]];
        assert_eq!(kept(&[up, down], 0), [[0, 1, 2], [0, 1, 2]]);
    }
}
