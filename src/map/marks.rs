//! The **marks** of places on a map. Places that would overlap have one mark together.

/// The mark of one or several places.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceMark {
    /// Where it is: in the middle of its places.
    pub at: [f64; 2],
    /// Indices of its places.
    pub places: Vec<usize>,
}

/// The marks of the `places`, no two of them nearer to each other than `apart`; in the order of
/// their first places.
pub fn marks(places: &[[f64; 2]], apart: f64) -> Vec<PlaceMark> {
    let mut found: Vec<PlaceMark> = Vec::new();
    for (index, &at) in places.iter().enumerate() {
        match found.iter_mut().find(|mark| distance(places[mark.places[0]], at) < apart) {
            Some(mark) => mark.places.push(index),
            None => found.push(PlaceMark { at, places: vec![index] }),
        }
    }
    found.iter_mut().for_each(|mark| mark.at = middle(places, &mark.places));
    // A middle may have come near to another mark.
    while let Some((one, other)) =
        nearest(&found).filter(|&(one, other)| distance(found[one].at, found[other].at) < apart)
    {
        let taken = found.remove(other);
        let mark = &mut found[one];
        mark.places.extend(taken.places);
        mark.places.sort_unstable();
        mark.at = middle(places, &mark.places);
    }
    found
}

fn distance(one: [f64; 2], other: [f64; 2]) -> f64 {
    (one[0] - other[0]).hypot(one[1] - other[1])
}

fn middle(all: &[[f64; 2]], places: &[usize]) -> [f64; 2] {
    let sum = |axis: usize| places.iter().map(|&place| all[place][axis]).sum::<f64>();
    [0, 1].map(|axis| sum(axis) / places.len() as f64)
}

/// The two marks that are nearest to each other.
fn nearest(marks: &[PlaceMark]) -> Option<(usize, usize)> {
    let pairs = (0..marks.len()).flat_map(|one| (one + 1..marks.len()).map(move |two| (one, two)));
    let apart = |&(one, two): &(usize, usize)| distance(marks[one].at, marks[two].at);
    pairs.min_by(|one, other| apart(one).total_cmp(&apart(other)))
}

#[cfg(test)]
mod tests {
    use super::marks;

    #[test]
    fn places_that_overlap_have_one_mark() {
        let found = marks(&[[0.0, 0.0], [100.0, 0.0], [6.0, 0.0], [100.0, 50.0]], 20.0);
        let of: Vec<&[usize]> = found.iter().map(|mark| mark.places.as_slice()).collect();
        assert_eq!(of, [&[0, 2][..], &[1], &[3]]);
        assert_eq!(found[0].at, [3.0, 0.0]);
    }

    #[test]
    fn no_two_marks_are_nearer_than_they_may_be() {
        let places: Vec<[f64; 2]> =
            (0..500).map(|n| [f64::from(n * 37 % 101), f64::from(n * 53 % 97)]).collect();
        let found = marks(&places, 15.0);
        for (index, one) in found.iter().enumerate() {
            for other in &found[index + 1..] {
                let apart = (one.at[0] - other.at[0]).hypot(one.at[1] - other.at[1]);
                assert!(apart >= 15.0, "{apart}");
            }
        }
        assert_eq!(found.iter().map(|mark| mark.places.len()).sum::<usize>(), 500);
    }
}
