//! A **dataset** (オープンデータ) is one tidy table with what is known about it: title, licence,
//! period, and a dictionary of typed columns.
//!
//! The clerk's own tables and the built-in ones (measures, results, indicators, budgets, …) are of
//! this one type, so that every file format is written once.
//!
//! Not in here: the file formats (`catalog`), and what the built-in tables hold (`site`).

mod body;
mod canonical;
mod cell;
mod column;
mod columns;
mod declaration;
mod difference;
mod distinct;
mod foreign_key;
mod format;
mod frequency;
mod guess;
mod known;
mod position;
mod profile;
mod read;
mod references;
mod rows;
mod rules;
mod series;
mod statuses;
mod store;
mod stored_rows;
mod taken;
mod version;
mod written;

pub use column::{CellPattern, Column, ColumnType};
pub use difference::{ChangedRow, TableDifference};
pub use distinct::Distinct;
pub use foreign_key::{ForeignKey, Origin};
pub use format::FileFormat;
pub use frequency::Frequency;
pub use guess::{DraftedDataset, guess};
pub use profile::{Bin, Profile, Spread};
pub use read::read;
pub use rows::Rows;
pub use series::{SERIES, Series, read_series};
pub use store::{STORE, VERSION_FILE, name_rule, read_versions};
pub use version::{HistoryStep, Version, VersionName};

use std::sync::Arc;

use crate::calendar::Date;
use crate::config::Licence;
use crate::diagnostic::{Located, Place};
use crate::text::{Id, Localized};

/// One table with what is known about it.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// Its id.
    pub id: Id,
    /// Which released version it is; `None` for what stands now.
    pub version: Option<VersionName>,
    /// Its title.
    pub title: Localized,
    /// What it is, in Markdown.
    pub description: Localized,
    /// Its licence, where it is not the site's.
    pub licence: Option<Licence>,
    /// The department that answers for it.
    pub department: Option<Located<Id>>,
    /// What it is about.
    pub topics: Vec<Located<Id>>,
    /// Words by which it is found.
    pub keywords: Vec<String>,
    /// What time the data speak of.
    pub period: Option<Period>,
    /// The series that it is a part of.
    pub series: Option<Located<Id>>,
    /// How often it changes.
    pub update_frequency: Option<Frequency>,
    /// When it was first published.
    pub published: Option<Date>,
    /// When it was last changed.
    pub updated: Option<Date>,
    /// Indices of the columns that name a row; empty where none is declared.
    pub primary_key: Vec<usize>,
    /// What its rows take from other datasets.
    pub foreign_keys: Vec<ForeignKey>,
    /// Where its cells stand in the clerk's table; kept only where a foreign key asks.
    pub origin: Option<Arc<Origin>>,
    /// The columns, in the order of publication.
    pub columns: Vec<Column>,
    /// The rows, in the order of the source.
    pub rows: Rows,
    /// Is it made by the product from the policies, rather than given by the clerk?
    pub built_in: bool,
    /// What was released of it, oldest first.
    pub versions: Vec<Version>,
    /// What is new since the newest version; `None` where nothing was released.
    pub unreleased: Option<TableDifference>,
    /// Paths of the files that its rows were read from; none for a built-in one.
    pub files: Vec<Arc<str>>,
    /// Where it is written; the content folder for a built-in one.
    pub place: Place,
}

/// The end of a day, as a time of that day.
const END_OF_DAY: &str = "24:00";

/// The form of times of day up to the end of the day, for formats that have no such times.
pub const TIMES_OF_DAY: &str = "(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)";

impl Dataset {
    /// When it was last changed, or else first published.
    pub fn changed(&self) -> Option<Date> {
        self.updated.or(self.published)
    }

    /// Has it both columns of a place on a map?
    pub fn is_on_a_map(&self) -> bool {
        let has = |kind| self.columns.iter().any(|column| column.kind == kind);
        has(ColumnType::Latitude) && has(ColumnType::Longitude)
    }

    /// Is one of the times of the column at `column` 24:00, the end of a day? Formats that have
    /// times of day mostly end at 23:59.
    pub fn has_end_of_day(&self, column: usize) -> bool {
        let Column { kind, values, minimum, maximum, .. } = &self.columns[column];
        let declared = values.iter().chain(minimum).chain(maximum);
        let mut cells = (0..self.rows.len()).map(|row| self.rows.cell(row, column));
        *kind == ColumnType::Time
            && (declared.into_iter().any(|time| time == END_OF_DAY)
                || cells.any(|time| time == END_OF_DAY))
    }

    /// Names of the columns that name a row.
    pub fn key_names(&self) -> Vec<&str> {
        self.primary_key.iter().map(|&index| self.columns[index].name.as_str()).collect()
    }

    /// Indices of the columns of the tidy table, which its CSV files hold: all but the narrative
    /// ones (rule L1-14).
    pub fn tidy_columns(&self) -> Vec<usize> {
        (0..self.columns.len()).filter(|&index| !self.columns[index].narrative).collect()
    }

    /// Indices of the columns of the table of texts: those that name a row, then the narrative
    /// ones. None where nothing is narrative.
    pub fn text_columns(&self) -> Vec<usize> {
        let narrative = (0..self.columns.len()).filter(|&index| self.columns[index].narrative);
        let narrative: Vec<usize> = narrative.collect();
        match narrative.is_empty() {
            true => narrative,
            false => self.primary_key.iter().copied().chain(narrative).collect(),
        }
    }

    /// Has it narrative texts?
    pub fn is_narrative(&self) -> bool {
        self.columns.iter().any(|column| column.narrative)
    }

    /// What the column `index` refers to: datasets, and columns of theirs.
    pub fn references_of(&self, index: usize) -> impl Iterator<Item = (&Id, &str)> {
        self.foreign_keys.iter().flat_map(move |key| {
            let pairs = key.columns.iter().zip(&key.to);
            let own = pairs.filter(move |(column, _)| **column == index);
            own.map(|(_, to)| (&key.dataset, to.as_str()))
        })
    }

    /// A dataset of nothing, to be filled; `place` is where it is written.
    pub(crate) fn empty(id: Id, title: Localized, description: Localized, place: Place) -> Self {
        Self {
            id,
            title,
            description,
            version: None,
            licence: None,
            department: None,
            topics: Vec::new(),
            keywords: Vec::new(),
            period: None,
            series: None,
            update_frequency: None,
            published: None,
            updated: None,
            primary_key: Vec::new(),
            foreign_keys: Vec::new(),
            origin: None,
            columns: Vec::new(),
            rows: Rows::default(),
            built_in: false,
            versions: Vec::new(),
            files: Vec::new(),
            unreleased: None,
            place,
        }
    }
}

/// A stretch of time, both days included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
}
