//! The **comparison** of two fiscal years: what became of each measure from the older to the newer
//! one.
//!
//! A measure is followed by its series. A rating rises or falls along the declared scale, best
//! first; where one of the two years has no grade, nothing is compared.
//!
//! Not in here: shares and counts (each year's entry has them), words for people (`html`).

use std::collections::{BTreeMap, VecDeque};

use crate::text::Id;

use super::Site;

/// The same measure in two years, as indices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Followed {
    /// As it stands in the older year.
    pub older: usize,
    /// As it stands in the newer year.
    pub newer: usize,
}

/// What became of the measures; each of both years is in one of the lists, in the order of the
/// newer year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Rated lower than before.
    pub fell: Vec<Followed>,
    /// Rated higher than before.
    pub rose: Vec<Followed>,
    /// Rated as before.
    pub stayed: Vec<Followed>,
    /// In both years, but without a grade in one of them or in both.
    pub without_grade: Vec<Followed>,
    /// Only in the newer year.
    pub begun: Vec<usize>,
    /// Only in the older year.
    pub ended: Vec<usize>,
}

impl Site {
    /// Compares the years `newer` and `older`, given as indices.
    pub fn compare(&self, newer: usize, older: usize) -> Comparison {
        let mut before: BTreeMap<&Id, VecDeque<usize>> = BTreeMap::new();
        for &index in &self.years[older].measures {
            before.entry(&self.measures[index].series).or_default().push_back(index);
        }
        let mut comparison = Comparison::default();
        for &newer in &self.years[newer].measures {
            let older = before.get_mut(&self.measures[newer].series).and_then(VecDeque::pop_front);
            let Some(older) = older else {
                comparison.begun.push(newer);
                continue;
            };
            let (was, is) = (self.measures[older].rating, self.measures[newer].rating);
            let list = match was.max(is) >= self.config.ratings.grades.len() {
                true => &mut comparison.without_grade,
                false if is < was => &mut comparison.rose,
                false if is > was => &mut comparison.fell,
                false => &mut comparison.stayed,
            };
            list.push(Followed { older, newer });
        }
        comparison.ended = before.into_values().flatten().collect();
        comparison.ended.sort_unstable();
        comparison
    }
}
