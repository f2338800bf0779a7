//! The **comparison** of two fiscal years: how each measure changed from the older to the newer
//! one.
//!
//! Measures are matched by their series. A rating rises or falls along the declared scale, which is
//! ordered best first; where either year has no grade, the ratings are not compared.
//!
//! Not in here: shares and counts (see the entry of each year), and user-facing words (`html`).

use std::collections::{BTreeMap, VecDeque};

use crate::text::Id;

use super::Site;

/// The same measure in two years, as indices into [`Site::measures`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Followed {
    /// The measure of the older year.
    pub older: usize,
    /// The measure of the newer year.
    pub newer: usize,
}

/// All measures of both years, each in exactly one list. Lists are in the order of the newer year,
/// `ended` in that of the older.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Rated lower in the newer year.
    pub fell: Vec<Followed>,
    /// Rated higher in the newer year.
    pub rose: Vec<Followed>,
    /// Rated the same in both years.
    pub stayed: Vec<Followed>,
    /// In both years, but without a grade in one of them or in both.
    pub without_grade: Vec<Followed>,
    /// Only in the newer year.
    pub begun: Vec<usize>,
    /// Only in the older year.
    pub ended: Vec<usize>,
}

impl Site {
    /// Compares two years, given as indices into [`Site::years`]. Of several measures of one series
    /// in a year, the first are matched with each other, then the second, and so on.
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
