//! A **version** (版) is a dataset as it was released on a day. Its plain CSV and its data
//! dictionary are kept in the store and remain published at a URL of their own.
//!
//! Not in here: reading the store (`store`), and writing to it (`catalog::release`, `publish`).

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::calendar::Date;
use crate::text::Localized;

use super::{Dataset, TableDifference};

/// Maximum length of a name in bytes, which limits the length of paths.
const MAX_LENGTH: usize = 40;

/// The name of a version: `2023-04-03`, `1.2.0`.
///
/// It begins with a digit, which distinguishes it from `latest` and every other name below the URL
/// of a dataset.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionName(Arc<str>);

impl VersionName {
    /// Parses a name: a digit, then `a–z`, `0–9`, and single `.` and `-` between them, at most 40
    /// characters. `None` for other texts.
    pub fn parse(text: &str) -> Option<Self> {
        let sound = |part: &str| {
            !part.is_empty() && part.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9'))
        };
        let well_formed = text.len() <= MAX_LENGTH
            && text.starts_with(|first: char| first.is_ascii_digit())
            && text.split(['.', '-']).all(sound);
        well_formed.then(|| Self(text.into()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Compares two names by their parts, with numbers in the order of their size: `1.9` before
    /// `1.10`. This is the order of versions released on the same day.
    pub fn natural_order(&self, other: &Self) -> Ordering {
        // Leading zeros do not count, and of two numbers the one with more digits is greater.
        let parts = |name: &Self| -> Vec<(usize, String)> {
            let parts = name.0.split(['.', '-']).map(|part| part.trim_start_matches('0'));
            parts.map(|part| (part.len(), part.to_owned())).collect()
        };
        parts(self).cmp(&parts(other)).then_with(|| self.cmp(other))
    }
}

impl Serialize for VersionName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl fmt::Display for VersionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A dataset as it was released.
#[derive(Clone, Debug, Hash)]
pub struct Version {
    /// The table with its metadata at the time; `table.version` is the name.
    pub table: Dataset,
    /// The date of the release.
    pub date: Date,
    /// The clerk's note on the version.
    pub note: Option<Localized>,
    /// The plain CSV as it was published.
    pub csv: Arc<[u8]>,
    /// The JSON Lines as they were published, if there are narrative texts, which the CSV leaves
    /// out.
    pub lines: Option<Arc<[u8]>>,
    /// The difference from the version before; `None` for the first.
    pub changes: Option<TableDifference>,
}

impl Version {
    /// The name of the version.
    pub fn name(&self) -> &VersionName {
        self.table.version.as_ref().expect("the table of a version has its name")
    }

    /// Compares two versions by date, then by name.
    pub fn chronological(&self, other: &Self) -> Ordering {
        let by_name = || self.name().natural_order(other.name());
        self.date.cmp(&other.date).then_with(by_name)
    }
}

/// A step in the history of a dataset, from one state to the next.
#[derive(Clone, Copy, Debug)]
pub struct HistoryStep<'d> {
    /// The earlier state.
    pub before: &'d Dataset,
    /// The later state.
    pub after: &'d Dataset,
    /// The difference between the two.
    pub difference: &'d TableDifference,
}

impl Dataset {
    /// The dataset with its released `versions`, which may be in any order, sorted by date and with
    /// the differences between consecutive states. The versions take over the department, the
    /// topics, the keywords and the update frequency of the dataset.
    #[must_use]
    pub fn with_versions(mut self, mut versions: Vec<Version>) -> Self {
        versions.sort_by(Version::chronological);
        for number in 1..versions.len() {
            let (earlier, later) = versions.split_at_mut(number);
            let (before, after) = (&earlier[number - 1].table, &later[0].table);
            later[0].changes = Some(TableDifference::between(before, after));
        }
        for version in &mut versions {
            version.table.department = self.department.clone();
            version.table.topics = self.topics.clone();
            version.table.keywords = self.keywords.clone();
            version.table.update_frequency = self.update_frequency.clone();
            version.table.built_in = self.built_in;
            version.table.joins = self.joins.clone();
        }
        self.unreleased =
            versions.last().map(|newest| TableDifference::between(&newest.table, &self));
        self.versions = versions;
        self
    }

    /// The state `number`, counted from 0: the released versions, oldest first, are followed by the
    /// present state.
    pub fn state(&self, number: usize) -> &Dataset {
        self.versions.get(number).map_or(self, |version| &version.table)
    }

    /// The step that led to the state `number` of [`state`](Self::state); `None` for the first.
    pub fn step(&self, number: usize) -> Option<HistoryStep<'_>> {
        let difference = match self.versions.get(number) {
            Some(version) => version.changes.as_ref(),
            None => self.unreleased.as_ref(),
        };
        let before = number.checked_sub(1)?;
        Some(HistoryStep {
            before: self.state(before),
            after: self.state(number),
            difference: difference?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::VersionName;

    #[test]
    fn a_version_name_is_a_safe_part_of_a_url() {
        for good in ["1", "2023-04-03", "1.2.0", "2023-04-03.2", "2023-04b"] {
            assert!(VersionName::parse(good).is_some(), "{good}");
        }
        for bad in
            ["", "latest", "v1", "1.", "1..2", "-1", "1/2", "1 2", "令和5", "1A", &"1".repeat(41)]
        {
            assert!(VersionName::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn numbers_in_names_are_numbers() {
        let mut names: Vec<VersionName> = ["1.10", "1.9", "1.09", "2", "2023-10-01", "2023-9-30"]
            .into_iter()
            .filter_map(VersionName::parse)
            .collect();
        names.sort_by(VersionName::natural_order);
        let names: Vec<&str> = names.iter().map(VersionName::as_str).collect();
        assert_eq!(names, ["1.09", "1.9", "1.10", "2", "2023-9-30", "2023-10-01"]);
    }
}
