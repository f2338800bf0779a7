//! A **dataset** (オープンデータ) is one tidy table with its metadata: title, licence, period, and
//! a data dictionary of typed columns.
//!
//! Datasets given by the clerk and built-in ones (measures, results, indicators, budgets, …) have
//! the same type, so that each file format is written by one piece of code.
//!
//! Not in here: the file formats (`catalog`), and the contents of the built-in tables (`site`).

mod background;
mod body;
mod canonical;
mod cell;
mod chart;
mod column;
mod columns;
mod declaration;
mod difference;
mod distinct;
mod doi;
mod foreign_key;
mod format;
mod frequency;
mod guess;
mod joined;
mod known;
mod left_out;
mod personal;
mod position;
mod precision;
mod profile;
mod read;
mod references;
mod rows;
mod rules;
mod series;
mod standard;
mod statuses;
mod store;
mod stored_rows;
mod taken;
mod version;
mod written;

pub use background::{Background, DataLanguage, DataSource, RelatedDocument};
pub use chart::ChartKind;
pub use column::{CellPattern, Column, ColumnType, reading_of};
pub use difference::{ChangedRow, TableDifference};
pub use distinct::Distinct;
pub use doi::Doi;
pub use foreign_key::{ForeignKey, Origin};
pub use format::FileFormat;
pub use frequency::Frequency;
pub use guess::{DraftedDataset, guess, names_a_person};
pub use joined::NotJoined;
pub use left_out::LeftOut;
pub use precision::ExactType;
pub use profile::{Bin, Profile, Spread};
pub use read::{read, shape};
pub use rows::Rows;
pub use series::{SERIES, Series, read_series};
pub use standard::{
    STANDARD, STANDARD_SETS, STANDARD_URL, StandardColumn, StandardDifference, StandardSet,
};
pub use store::{STORE, VERSION_FILE, name_rule, read_versions};
pub use version::{HistoryStep, Version, VersionName};

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::calendar::Date;
use crate::config::Licence;
use crate::diagnostic::{Located, Place};
use crate::markdown;
use crate::text::{Decimal, Id, Localized};

/// One table with its metadata.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// Its id.
    pub id: Id,
    /// The released version that this is; `None` for the present state.
    pub version: Option<VersionName>,
    /// Its title.
    pub title: Localized,
    /// Its description, in Markdown.
    pub description: Localized,
    /// Its licence, if it differs from that of the site.
    pub licence: Option<Licence>,
    /// The department that is responsible for it.
    pub department: Option<Located<Id>>,
    /// Its topics.
    pub topics: Vec<Located<Id>>,
    /// Its keywords.
    pub keywords: Vec<String>,
    /// The period that the data cover.
    pub period: Option<Period>,
    /// The series to which it belongs.
    pub series: Option<Located<Id>>,
    /// The standard whose columns it has, such as `aed`; datasets of several cities that conform to
    /// the same one can be read as one table.
    pub conforms_to: Option<Located<Id>>,
    /// Where it comes from.
    pub background: Background,
    /// How often it is updated.
    pub update_frequency: Option<Frequency>,
    /// Date of the first publication.
    pub published: Option<Date>,
    /// Date of the last change.
    pub updated: Option<Date>,
    /// Indices of the columns of the primary key; empty if none is declared.
    pub primary_key: Vec<usize>,
    /// Its foreign keys.
    pub foreign_keys: Vec<ForeignKey>,
    /// The places of its cells in the clerk's table; kept only if the dataset has foreign keys or
    /// personal data.
    pub origin: Option<Arc<Origin>>,
    /// Whether its declaration says how it is drawn.
    pub has_chart: bool,
    /// The columns, in the order of publication.
    pub columns: Vec<Column>,
    /// The rows, in the order of the source.
    pub rows: Rows,
    /// Whether it is made by the program from the policies, rather than given by the clerk.
    pub built_in: bool,
    /// The series whose periods it joins in one table; `None` for any other dataset.
    pub joins: Option<Id>,
    /// Its released versions, oldest first.
    pub versions: Vec<Version>,
    /// The difference between the newest version and the present state; `None` if nothing was
    /// released.
    pub unreleased: Option<TableDifference>,
    /// Paths of the files from which its rows were read; empty for a built-in dataset.
    pub files: Vec<Arc<str>>,
    /// The place of its declaration; the content folder for a built-in dataset.
    pub place: Place,
}

/// Everything but the places in the clerk's files, which only messages name.
impl Hash for Dataset {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self {
            id,
            version,
            title,
            description,
            licence,
            department,
            topics,
            keywords,
            period,
            series,
            conforms_to,
            background,
            update_frequency,
            published,
            updated,
            primary_key,
            foreign_keys,
            origin: _,
            has_chart,
            columns,
            rows,
            built_in,
            joins,
            versions,
            unreleased,
            files,
            place: _,
        } = self;
        (id, version, title, description, licence, department, topics, keywords).hash(state);
        (period, series, conforms_to, background, update_frequency).hash(state);
        (published, updated, primary_key, foreign_keys, has_chart, columns, rows).hash(state);
        (built_in, joins, versions, unreleased, files).hash(state);
    }
}

/// The end of a day, written as a time of that day.
const END_OF_DAY: &str = "24:00";

/// Regular expression for times of day including 24:00, for formats whose type for times ends at
/// 23:59.
pub const TIMES_OF_DAY: &str = "(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)";

/// Regular expression for times of day from 00:00 to 23:59.
pub const TIMES_BEFORE_MIDNIGHT: &str = "([01][0-9]|2[0-3]):[0-5][0-9]";

impl Dataset {
    /// The date of its last change, or of its first publication if that is not known.
    pub fn changed(&self) -> Option<Date> {
        self.updated.or(self.published)
    }

    /// The name of its newest version if nothing has changed since.
    pub fn released_as(&self) -> Option<&VersionName> {
        let same = self.unreleased.as_ref().is_some_and(TableDifference::is_empty);
        self.versions.last().filter(|_| same).map(Version::name)
    }

    /// Its description without markup, for files whose readers do not show Markdown.
    pub fn plain_description(&self) -> Localized {
        let plain = |text: &String| markdown::plain(text);
        Localized {
            own: plain(&self.description.own),
            en: self.description.en.as_ref().map(plain),
            plain: true,
        }
    }

    /// Indices of its columns of latitudes and of longitudes: by their types or, of texts and
    /// numbers, by what they are called.
    pub fn position_columns(&self) -> Option<(usize, usize)> {
        position::columns_of(&self.columns)
    }

    /// Where the row `row` is, as a longitude and a latitude; `None` where that is not known.
    pub fn position(&self, row: usize) -> Option<[f64; 2]> {
        let (latitude, longitude) = self.position_columns()?;
        let degrees = |column| Decimal::parse(self.rows.cell(row, column));
        Some([degrees(longitude)?.as_f64(), degrees(latitude)?.as_f64()])
    }

    /// Whether it has a column of latitudes and one of longitudes.
    pub fn is_on_a_map(&self) -> bool {
        let has = |kind| self.columns.iter().any(|column| column.kind == kind);
        has(ColumnType::Latitude) && has(ColumnType::Longitude)
    }

    /// Whether the column at index `column` is one of times that may be 24:00: by its declaration,
    /// or else because it has that time, in a cell, its vocabulary or its bounds. In most formats,
    /// times of day end at 23:59.
    pub fn has_end_of_day(&self, column: usize) -> bool {
        let Column { kind, values, minimum, maximum, end_of_day, .. } = &self.columns[column];
        let mut declared = values.iter().chain(minimum).chain(maximum);
        let mut cells = (0..self.rows.len()).map(|row| self.rows.cell(row, column));
        let mut is_there =
            || declared.any(|time| time == END_OF_DAY) || cells.any(|time| time == END_OF_DAY);
        *kind == ColumnType::Time && end_of_day.unwrap_or_else(&mut is_there)
    }

    /// Names of the columns of the primary key, in its order.
    pub fn key_names(&self) -> Vec<&str> {
        self.primary_key.iter().map(|&index| self.columns[index].name.as_str()).collect()
    }

    /// Indices of the columns of the tidy table, which the CSV files hold: all except the narrative
    /// ones (rule L1-14).
    pub fn tidy_columns(&self) -> Vec<usize> {
        (0..self.columns.len()).filter(|&index| !self.columns[index].narrative).collect()
    }

    /// Indices of the columns of the table of narrative texts: the primary key, then the narrative
    /// columns. Empty if no column is narrative.
    pub fn text_columns(&self) -> Vec<usize> {
        let narrative = (0..self.columns.len()).filter(|&index| self.columns[index].narrative);
        let narrative: Vec<usize> = narrative.collect();
        match narrative.is_empty() {
            true => narrative,
            false => self.primary_key.iter().copied().chain(narrative).collect(),
        }
    }

    /// Whether it has narrative columns.
    pub fn is_narrative(&self) -> bool {
        self.columns.iter().any(|column| column.narrative)
    }

    /// The columns to which foreign keys relate the column at `index`: for each, the id of the
    /// dataset and the name of the column.
    pub fn references_of(&self, index: usize) -> impl Iterator<Item = (&Id, &str)> {
        self.foreign_keys.iter().flat_map(move |key| {
            let pairs = key.columns.iter().zip(&key.to);
            let own = pairs.filter(move |(column, _)| **column == index);
            own.map(|(_, to)| (&key.dataset, to.as_str()))
        })
    }

    /// A dataset without columns and rows, whose other metadata are to be filled in; `place` is the
    /// place of its declaration.
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
            conforms_to: None,
            background: Background::default(),
            update_frequency: None,
            published: None,
            updated: None,
            primary_key: Vec::new(),
            foreign_keys: Vec::new(),
            origin: None,
            has_chart: false,
            columns: Vec::new(),
            rows: Rows::default(),
            built_in: false,
            joins: None,
            versions: Vec::new(),
            files: Vec::new(),
            unreleased: None,
            place,
        }
    }
}

/// A period of time. Both days are included; a day may be unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
}
