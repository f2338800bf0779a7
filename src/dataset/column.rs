//! A **column** of a dataset: physical name, names for people, type, unit and rules.

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
}

impl Column {
    /// A column of `kind` without rules, for the built-in tables.
    pub fn new(name: &str, ja: &str, en: &str, kind: ColumnType) -> Self {
        Self {
            name: name.to_owned(),
            title: Localized::with_english(ja, en),
            kind,
            unit: None,
            description: None,
            required: false,
            unique: false,
            values: Vec::new(),
        }
    }

    /// Its type and unit: `integer`, `integer (円)`.
    pub fn definition(&self) -> String {
        match &self.unit {
            Some(unit) => format!("{} ({unit})", self.kind.as_str()),
            None => self.kind.as_str().to_owned(),
        }
    }

    /// No cell may be blank.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
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

    /// Are its cells numbers, set flush right and written without quotes in JSON?
    pub fn is_numeric(self) -> bool {
        matches!(
            self,
            Self::Integer | Self::Number | Self::FiscalYear | Self::Latitude | Self::Longitude
        )
    }
}
