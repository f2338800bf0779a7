//! A **column** of a dataset: its physical name, title, type, unit and rules.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use regex::Regex;

use crate::table::{ColumnMeaning, Missing, Unit};
use crate::text::Localized;

/// One column.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Column {
    /// Physical name, of `a–z`, `0–9` and `_`; the header of the published CSV.
    pub name: String,
    /// Name for people.
    pub title: Localized,
    /// The type of its cells.
    pub kind: ColumnType,
    /// Unit of its numbers.
    pub unit: Option<String>,
    /// Its description.
    pub description: Option<Localized>,
    /// Whether no cell may be blank.
    pub required: bool,
    /// Whether no two cells may be equal.
    pub unique: bool,
    /// The closed vocabulary; empty if there is none.
    pub values: Vec<String>,
    /// The meaning of each of `values`, in their order; empty if they are not described.
    pub labels: Vec<Localized>,
    /// The least allowed value, in canonical text.
    pub minimum: Option<String>,
    /// The greatest allowed value, in canonical text.
    pub maximum: Option<String>,
    /// Regular expression that a whole cell must match.
    pub pattern: Option<CellPattern>,
    /// Texts in the clerk's table that stand for a missing value; such a cell is published as
    /// blank.
    pub missing: Missing,
    /// The meaning of a blank cell, if it is not simply “not known”.
    pub blank: Option<Localized>,
    /// Whether its cells are sentences and paragraphs. Such texts are left out of the CSV of the
    /// table and have a CSV of their own.
    pub narrative: bool,
    /// For a column of times, whether 24:00 is allowed and its type in other formats allows for it;
    /// if nothing is declared, it is allowed, and the cells decide about the type.
    pub end_of_day: Option<bool>,
    /// Whether pages show the labels of its values instead of the values, as for statuses.
    pub worded: bool,
}

/// A regular expression that a whole cell must match.
#[derive(Clone, Debug)]
pub struct CellPattern {
    written: String,
    whole: Regex,
}

impl CellPattern {
    /// Parses the regular expression `written`.
    ///
    /// # Errors
    ///
    /// Returns the message of the parser if the expression is not valid.
    pub fn parse(written: &str) -> Result<Self, String> {
        // The expression is compiled alone first, so that an unbalanced parenthesis does not close
        // the group.
        Regex::new(written)
            .and_then(|_| Regex::new(&format!("^(?:{written})$")))
            .map(|whole| Self { written: written.to_owned(), whole })
            .map_err(|error| {
                let said = error.to_string();
                said.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
            })
    }

    /// The expression as it was written.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// The expression anchored at both ends, for programs that would accept a match of a part of
    /// the cell.
    pub fn anchored(&self) -> &str {
        self.whole.as_str()
    }

    /// Whether the whole of `cell` matches.
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

impl Hash for CellPattern {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.written.hash(state);
    }
}

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
            end_of_day: None,
            worded: false,
        }
    }

    /// A column of narrative texts in Markdown, for the built-in tables.
    pub fn narrative(name: &str, ja: &str, en: &str) -> Self {
        let column = Self::new(name, ja, en, ColumnType::Text).described("Markdown", "Markdown");
        Self { narrative: true, ..column }
    }

    /// The values of the closed vocabulary, each followed by its label if there are labels: `1
    /// 小学校`.
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

    /// Whether its numbers are amounts, which are shown with their digits in groups of three: they
    /// have a unit, and it does not make a year of them. Numbers of houses and the like have none.
    pub fn is_amount(&self) -> bool {
        let unit = self.unit.as_deref().map(str::trim);
        self.kind.is_quantity() && unit.is_some_and(|unit| !["年", "年度"].contains(&unit))
    }

    /// Whether its numbers are shares, means or the like, which cannot be added up.
    pub fn is_ratio(&self) -> bool {
        let unit = self.unit.as_deref().unwrap_or_default();
        let title = &self.title.own;
        unit.contains(['%', '％', '‰', '/', '／'])
            || ["率", "割合", "平均", "比", "指数"].iter().any(|word| title.ends_with(word))
    }

    /// Its type and unit: `integer`, `integer (円)`.
    pub fn definition(&self) -> String {
        match &self.unit {
            Some(unit) => format!("{} ({unit})", self.kind.as_str()),
            None => self.kind.as_str().to_owned(),
        }
    }

    /// The unit of its numbers as it is said; `None` for pure numbers, whose unit is `なし`.
    pub fn said_unit(&self) -> Option<&str> {
        self.unit.as_deref().filter(|unit| Unit::of(Some(unit)) != Unit::Pure)
    }

    /// The meaning of its cells, which decides what is published of them.
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

    /// Allows no blank cells.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Sets the meaning of a blank cell.
    #[must_use]
    pub fn blank(mut self, ja: &str, en: &str) -> Self {
        self.blank = Some(Localized::with_english(ja, en));
        self
    }

    /// Sets the unit.
    #[must_use]
    pub fn with_unit(mut self, unit: &str) -> Self {
        self.unit = Some(unit.to_owned());
        self
    }

    /// Sets the description.
    #[must_use]
    pub fn described(mut self, ja: &str, en: &str) -> Self {
        self.description = Some(Localized::with_english(ja, en));
        self
    }
}

/// Index of the one of `columns` that holds the readings of `column`: `name_kana` for `name`.
pub fn reading_of(columns: &[Column], column: &Column) -> Option<usize> {
    columns.iter().position(|other| other.name.strip_suffix("_kana") == Some(&column.name))
}

/// The type of a column's cells, which determines how they are published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ColumnType {
    /// Any text.
    Text,
    /// A code: text, although it may look like a number.
    Code,
    /// A whole number.
    Integer,
    /// A decimal number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A date in ISO 8601.
    Date,
    /// A fiscal year of four digits.
    FiscalYear,
    /// A time of day, `hh:mm`.
    Time,
    /// A URL.
    Url,
    /// Latitude in degrees, WGS 84.
    Latitude,
    /// Longitude in degrees, WGS 84.
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

    /// Whether its cells are ordered, so that they can have a minimum and a maximum.
    pub fn is_ordered(self) -> bool {
        self.is_numeric() || matches!(self, Self::Date | Self::Time)
    }

    /// Compares two cells in canonical text, which are of an ordered type.
    pub fn compare(self, one: &str, other: &str) -> Ordering {
        let number = |text: &str| text.parse::<f64>().unwrap_or(f64::NAN);
        match self.is_numeric() {
            true => number(one).total_cmp(&number(other)),
            // Canonical dates and times have a fixed length.
            false => one.cmp(other),
        }
    }

    /// Whether its cells count or measure something; years and positions do not.
    pub fn is_quantity(self) -> bool {
        matches!(self, Self::Integer | Self::Number)
    }

    /// Whether its cells are numbers, which are aligned right and written without quotes in JSON.
    pub fn is_numeric(self) -> bool {
        matches!(
            self,
            Self::Integer | Self::Number | Self::FiscalYear | Self::Latitude | Self::Longitude
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{CellPattern, Column, ColumnType};

    #[test]
    fn shares_and_means_are_known_by_their_unit_or_title() {
        for (title, unit, is_ratio) in [
            ("回収", Some("％"), true),
            ("回収", Some("%"), true),
            ("死亡", Some("‰"), true),
            ("人口密度", Some("人/km²"), true),
            ("人口密度", Some("人／km²"), true),
            ("高齢化率", None, true),
            ("平均", None, true),
            ("前年度比", None, true),
            ("人口", Some("人"), false),
            ("率先した人", Some("人"), false),
            ("人口", None, false),
        ] {
            let column = Column::new("c", title, "Column", ColumnType::Number);
            let column = Column { unit: unit.map(str::to_owned), ..column };
            assert_eq!(column.is_ratio(), is_ratio, "{title} {unit:?}");
        }
    }

    #[test]
    fn a_definition_names_type_and_unit() {
        let column = Column::new("c", "人口", "Population", ColumnType::Integer);
        assert_eq!(column.definition(), "integer");
        let column = Column { unit: Some("人".to_owned()), ..column };
        assert_eq!(column.definition(), "integer (人)");
    }

    #[test]
    fn patterns_are_equal_as_they_are_written_and_match_whole_cells() {
        let pattern = |text: &str| CellPattern::parse(text).expect("a regular expression");
        assert_eq!(pattern("A[0-9]"), pattern("A[0-9]"));
        assert_ne!(pattern("A[0-9]"), pattern("A[0-8]"));
        assert!(pattern("A|B").matches("A") && pattern("A|B").matches("B"));
        assert!(!pattern("A|B").matches("AB") && !pattern("A[0-9]").matches("A10"));
    }
}
