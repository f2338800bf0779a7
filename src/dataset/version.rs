//! A **version** (版) is a dataset as it was released on a day: its plain CSV byte for byte and its
//! dictionary, kept in the store and published under an address of its own for ever.
//!
//! Not in here: reading the store (`store`), and writing to it (`catalog::release`, `publish`).

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::calendar::Date;
use crate::text::Localized;

use super::{Dataset, TableDifference};

/// At most this many characters, so that no path grows past what file systems take.
const MAX_LENGTH: usize = 40;

/// What a version is called: `2023-04-03`, `1.2.0`.
///
/// It begins with a digit, which keeps it apart from `latest` and every other name below a
/// dataset's address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionName(Arc<str>);

impl VersionName {
    /// The name spelt `text`, or `None` if that is not one: a digit, then `a–z`, `0–9`, and single
    /// `.` and `-` between them.
    pub fn parse(text: &str) -> Option<Self> {
        let sound = |part: &str| {
            !part.is_empty() && part.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9'))
        };
        let well_formed = text.len() <= MAX_LENGTH
            && text.starts_with(|first: char| first.is_ascii_digit())
            && text.split(['.', '-']).all(sound);
        well_formed.then(|| Self(text.into()))
    }

    /// As it is spelt.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Which of two released on the same day is the earlier: `1.9` before `1.10`.
    pub fn natural_order(&self, other: &Self) -> Ordering {
        // Leading noughts say nothing; of two numbers the one with more digits is the greater.
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
#[derive(Clone, Debug)]
pub struct Version {
    /// The table with all that was known about it; its `version` is the name.
    pub table: Dataset,
    /// The day that it was released for.
    pub date: Date,
    /// What the clerk says of it.
    pub note: Option<Localized>,
    /// The plain CSV as it was published.
    pub csv: Arc<[u8]>,
    /// The JSON Lines as they were published, where there are narrative texts, which the CSV has
    /// not.
    pub lines: Option<Arc<[u8]>>,
    /// What is new since the version before; `None` for the first.
    pub changes: Option<TableDifference>,
}

impl Version {
    /// What it is called.
    pub fn name(&self) -> &VersionName {
        self.table.version.as_ref().expect("the table of a version has its name")
    }

    /// Was it released before `other`? By day, then by name.
    pub fn chronological(&self, other: &Self) -> Ordering {
        let by_name = || self.name().natural_order(other.name());
        self.date.cmp(&other.date).then_with(by_name)
    }
}

/// A step of a dataset's history: from one state to the next.
#[derive(Clone, Copy, Debug)]
pub struct HistoryStep<'d> {
    /// The earlier state.
    pub before: &'d Dataset,
    /// The later one.
    pub after: &'d Dataset,
    /// What is new in it.
    pub difference: &'d TableDifference,
}

impl Dataset {
    /// Gives it its history; `versions` may come in any order.
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
        }
        self.unreleased =
            versions.last().map(|newest| TableDifference::between(&newest.table, &self));
        self.versions = versions;
        self
    }

    /// The released versions in turn, oldest first, and after them what stands now: the state
    /// `number`, from 0.
    pub fn state(&self, number: usize) -> &Dataset {
        self.versions.get(number).map_or(self, |version| &version.table)
    }

    /// The step that led to the state `number`; `None` for the first.
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
