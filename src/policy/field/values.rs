//! The **values** of fields: what one measure, policy or figure says of them.

use std::collections::BTreeMap;

use crate::calendar::{Date, FiscalYear};
use crate::text::{Decimal, Localized};

/// What one owner says of its fields, by the index of the field; what is not known is not there.
pub type FieldValues = BTreeMap<usize, FieldValue>;

/// The value of one field and the reason for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldValue {
    /// Its value; `None` where only the reason is given.
    pub value: Option<FieldContent>,
    /// The reason for the value, in plain text.
    pub reason: Option<Localized>,
}

/// A value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldContent {
    /// A text: plain, or Markdown where the field says so.
    Text(Localized),
    /// A number, in the field's unit.
    Number(Decimal),
    /// A day.
    Date(Date),
    /// A fiscal year.
    FiscalYear(FiscalYear),
    /// Index of the choice.
    Choice(usize),
    /// Texts, at least one.
    List(Vec<String>),
    /// A code.
    Code(String),
    /// An address of the web.
    Url(String),
    /// Yes or no.
    YesNo(bool),
}
