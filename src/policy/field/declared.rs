//! **Declared** fields: what a site says about the fields on its sheets.
//!
//! Not in here: reading the declaration (`declaration`), and values (`values`).

use crate::config::RatingLook;
use crate::text::{Id, Localized};

/// What a field is declared of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Of {
    /// A measure.
    Measure,
    /// The result of a measure.
    Result,
    /// An indicator in a year.
    Indicator,
    /// An amount of money.
    Budget,
    /// A policy.
    Policy,
    /// A department.
    Department,
    /// A node of the plan.
    Plan,
}

impl Of {
    /// Every owner with its spelling in `fields.toml`, which is also the singular of its published
    /// table.
    pub const CHOICES: [(&'static str, Self); 7] = [
        ("measure", Self::Measure),
        ("result", Self::Result),
        ("indicator", Self::Indicator),
        ("budget", Self::Budget),
        ("policy", Self::Policy),
        ("department", Self::Department),
        ("plan", Self::Plan),
    ];

    /// Its spelling in `fields.toml`.
    pub fn as_str(self) -> &'static str {
        let found = Self::CHOICES.iter().find(|(_, of)| *of == self);
        found.map_or("measure", |(spelling, _)| spelling)
    }
}

/// The type of a field's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldType {
    /// A plain text.
    Text,
    /// A text in Markdown.
    Markdown,
    /// A decimal number.
    Number,
    /// A day.
    Date,
    /// A fiscal year.
    FiscalYear,
    /// One of the declared choices.
    Choice,
    /// Several texts.
    List,
    /// A code: a text that may look like a number.
    Code,
    /// An address of the web.
    Url,
    /// Yes or no.
    YesNo,
}

impl FieldType {
    /// Every type with its spelling in `fields.toml`.
    pub const CHOICES: [(&'static str, Self); 10] = [
        ("text", Self::Text),
        ("markdown", Self::Markdown),
        ("number", Self::Number),
        ("date", Self::Date),
        ("fiscal_year", Self::FiscalYear),
        ("choice", Self::Choice),
        ("list", Self::List),
        ("code", Self::Code),
        ("url", Self::Url),
        ("yes-no", Self::YesNo),
    ];

    /// Its spelling in `fields.toml`.
    pub fn as_str(self) -> &'static str {
        let found = Self::CHOICES.iter().find(|(_, kind)| *kind == self);
        found.map_or("text", |(spelling, _)| spelling)
    }

    /// Do its values consist of sentences, which may be translated?
    pub fn is_prose(self) -> bool {
        matches!(self, Self::Text | Self::Markdown)
    }
}

/// Where a field is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldPlace {
    /// In the page's text.
    Body,
    /// In a part of the page that is folded.
    Details,
    /// In the published data only.
    Data,
}

impl FieldPlace {
    /// Every place with its spelling in `fields.toml`.
    pub const CHOICES: [(&'static str, Self); 3] =
        [("body", Self::Body), ("details", Self::Details), ("data", Self::Data)];
}

/// One of the values that a field of choices may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The id of the choice in data.
    pub id: Id,
    /// Its name.
    pub label: Localized,
    /// Its look, as that of a rating.
    pub look: RatingLook,
}

/// A column of the tables that are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldColumn {
    /// Physical name: the id, with `_en`, `_reason` or `_reason_en` behind it.
    pub name: String,
    /// Japanese header: the label, with _英字, の理由 or の理由_英字 behind it.
    pub title: String,
    /// Does it hold sentences?
    pub narrative: bool,
}

/// A declared field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its id, unique over all owners.
    pub id: Id,
    /// What it is declared of.
    pub of: Of,
    /// Its name.
    pub label: Localized,
    /// The type of its values.
    pub kind: FieldType,
    /// Unit of its numbers.
    pub unit: Option<Localized>,
    /// What may be chosen; empty unless it is a field of choices.
    pub choices: Vec<Choice>,
    /// Does its value come with a text that gives the reason?
    pub reason: bool,
    /// The heading under which it is shown.
    pub group: Option<Localized>,
    /// Where it is shown.
    pub place: FieldPlace,
    /// Is it found by the search?
    pub search: bool,
    /// Are measures filtered by it?
    pub filter: bool,
    /// What it means, for the data dictionary.
    pub description: Option<Localized>,
    /// The columns that hold it in the tables that are read.
    pub columns: Vec<FieldColumn>,
    /// Is its declaration free of errors? The values of a faulty field are ignored, since the error
    /// itself is reported.
    pub sound: bool,
}

impl Field {
    /// Its name in published data, where `-` is not usual: `legal_basis` of `legal-basis`.
    pub fn name(&self) -> String {
        self.id.as_str().replace('-', "_")
    }
}

/// The fields that a site declares, in the order of `fields.toml`.
#[derive(Clone, Debug, Default)]
pub struct DeclaredFields {
    /// All fields.
    pub all: Vec<Field>,
    /// May there be further fields that could not be read because of errors in the file?
    pub broken: bool,
}

impl DeclaredFields {
    /// The fields declared for `of`, each with its index in `all`.
    pub fn of(&self, of: Of) -> impl Iterator<Item = (usize, &Field)> {
        self.all.iter().enumerate().filter(move |(_, field)| field.of == of)
    }

    /// Is any field declared for `of`?
    pub fn any(&self, of: Of) -> bool {
        self.of(of).next().is_some()
    }
}
