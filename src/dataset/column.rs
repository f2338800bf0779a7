//! A **column** of a dataset: physical name, names for people, type, unit and rules.

use std::cmp::Ordering;

use regex::Regex;

use crate::table::{ColumnMeaning, Missing, Unit};
use crate::text::Localized;

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Physical name: `a–z`, `0–9`, `_`; the header of the published CSV.
    pub name: String,
    /// Name for people.
    pub title: Localized,
    /// What its cells are.
    pub kind: ColumnType,
    /// Unit of its numbers.
    pub unit: Option<String>,
    /// What it means.
    pub description: Option<Localized>,
    /// May no cell be blank?
    pub required: bool,
    /// May no two cells be equal?
    pub unique: bool,
    /// The closed vocabulary; empty where there is none.
    pub values: Vec<String>,
    /// What each of the values means, in their order; empty where nobody says.
    pub labels: Vec<Localized>,
    /// The least that a cell may be, in canonical text.
    pub minimum: Option<String>,
    /// The most that a cell may be, in canonical text.
    pub maximum: Option<String>,
    /// The form of a whole cell.
    pub pattern: Option<CellPattern>,
    /// Texts of the clerk's table that say that there is no value; published, such a cell is blank.
    pub missing: Missing,
    /// What a blank cell means, where that is not just "not known".
    pub blank: Option<Localized>,
    /// Does it tell in sentences and paragraphs? Such texts stay out of the CSV of the table and
    /// have one of their own.
    pub narrative: bool,
    /// Do pages show the labels of its values in place of the values? So for statuses.
    pub worded: bool,
}

/// A regular expression that a whole cell must match.
#[derive(Clone, Debug)]
pub struct CellPattern {
    written: String,
    whole: Regex,
}

impl CellPattern {
    /// The expression `written`, or what is wrong with it.
    pub fn parse(written: &str) -> Result<Self, String> {
        // By itself first, so that a parenthesis too many does not close ours.
        Regex::new(written)
            .and_then(|_| Regex::new(&format!("^(?:{written})$")))
            .map(|whole| Self { written: written.to_owned(), whole })
            .map_err(|error| {
                let said = error.to_string();
                said.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
            })
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// The same with both ends of the cell, for those who would be content with a part.
    pub fn anchored(&self) -> &str {
        self.whole.as_str()
    }

    /// Has the cell this form?
    pub fn matches(&self, cell: &str) -> bool {
        self.whole.is_match(cell)
    }
}

impl PartialEq for CellPattern {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

impl Eq for CellPattern {}

impl Column {
    /// A column of `kind` without rules, for the built-in tables.
    pub fn new(name: &str, ja: &str, en: &str, kind: ColumnType) -> Self {
        Self { kind, ..Self::text(name.to_owned(), Localized::with_english(ja, en)) }
    }

    /// A column of texts without rules.
    pub fn text(name: String, title: Localized) -> Self {
        Self {
            name,
            title,
            kind: ColumnType::Text,
            unit: None,
            description: None,
            required: false,
            unique: false,
            values: Vec::new(),
            labels: Vec::new(),
            minimum: None,
            maximum: None,
            pattern: None,
            missing: Missing::default(),
            blank: None,
            narrative: false,
            worded: false,
        }
    }

    /// A column of narrative texts in Markdown, for the built-in tables.
    pub fn narrative(name: &str, ja: &str, en: &str) -> Self {
        let column = Self::new(name, ja, en, ColumnType::Text).described("Markdown", "Markdown");
        Self { narrative: true, ..column }
    }

    /// The values of the closed vocabulary, each with what it means where that is said: `1 小学校`.
    pub fn listed_values(&self) -> Vec<String> {
        let labels = self.labels.iter().map(Some).chain(std::iter::repeat(None));
        let values = self.values.iter().zip(labels);
        values
            .map(|(value, label)| match label {
                Some(label) => format!("{value} {}", label.own),
                None => value.clone(),
            })
            .collect()
    }

    /// Its type and unit: `integer`, `integer (円)`.
    pub fn definition(&self) -> String {
        match &self.unit {
            Some(unit) => format!("{} ({unit})", self.kind.as_str()),
            None => self.kind.as_str().to_owned(),
        }
    }

    /// What decides what is published of its cells.
    pub(super) fn meaning(&self) -> ColumnMeaning<'_> {
        match self.kind {
            ColumnType::Text | ColumnType::Url => ColumnMeaning::Text,
            ColumnType::Code => ColumnMeaning::Code,
            ColumnType::Integer | ColumnType::Number => {
                ColumnMeaning::Number(Unit::of(self.unit.as_deref()))
            }
            ColumnType::Latitude | ColumnType::Longitude => ColumnMeaning::Number(Unit::Pure),
            ColumnType::Boolean => ColumnMeaning::Flag,
            ColumnType::Date => ColumnMeaning::Date,
            ColumnType::FiscalYear => ColumnMeaning::FiscalYear,
            ColumnType::Time => ColumnMeaning::Time,
        }
    }

    /// No cell may be blank.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Says what a blank cell means.
    #[must_use]
    pub fn blank(mut self, ja: &str, en: &str) -> Self {
        self.blank = Some(Localized::with_english(ja, en));
        self
    }

    /// Gives the unit.
    #[must_use]
    pub fn with_unit(mut self, unit: &str) -> Self {
        self.unit = Some(unit.to_owned());
        self
    }

    /// Says what it means.
    #[must_use]
    pub fn described(mut self, ja: &str, en: &str) -> Self {
        self.description = Some(Localized::with_english(ja, en));
        self
    }
}

/// What the cells of a column are, and how they are published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColumnType {
    /// Any text.
    Text,
    /// A code: text, though it may look like a number.
    Code,
    /// A whole number.
    Integer,
    /// A decimal number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A day, ISO 8601.
    Date,
    /// A fiscal year, four digits.
    FiscalYear,
    /// A time of day, `hh:mm`.
    Time,
    /// An address of the web.
    Url,
    /// Degrees north, WGS 84.
    Latitude,
    /// Degrees east, WGS 84.
    Longitude,
}

impl ColumnType {
    /// Every type with its spelling in `dataset.toml`.
    pub const CHOICES: [(&'static str, Self); 11] = [
        ("text", Self::Text),
        ("code", Self::Code),
        ("integer", Self::Integer),
        ("number", Self::Number),
        ("boolean", Self::Boolean),
        ("date", Self::Date),
        ("fiscal_year", Self::FiscalYear),
        ("time", Self::Time),
        ("url", Self::Url),
        ("latitude", Self::Latitude),
        ("longitude", Self::Longitude),
    ];

    /// Its spelling in `dataset.toml`.
    pub fn as_str(self) -> &'static str {
        let found = Self::CHOICES.iter().find(|(_, kind)| *kind == self);
        found.map_or("text", |(spelling, _)| spelling)
    }

    /// Can one cell be less than another?
    pub fn is_ordered(self) -> bool {
        self.is_numeric() || matches!(self, Self::Date | Self::Time)
    }

    /// The order of two cells in canonical text, of an ordered type.
    pub fn compare(self, one: &str, other: &str) -> Ordering {
        let number = |text: &str| text.parse::<f64>().unwrap_or(f64::NAN);
        match self.is_numeric() {
            true => number(one).total_cmp(&number(other)),
            // Days and times are as long as one another.
            false => one.cmp(other),
        }
    }

    /// Are its cells numbers, set flush right and written without quotes in JSON?
    pub fn is_numeric(self) -> bool {
        matches!(
            self,
            Self::Integer | Self::Number | Self::FiscalYear | Self::Latitude | Self::Longitude
        )
    }
}
