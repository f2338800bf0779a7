//! What is **published of a cell**: the value that a clerk sees in it, in canonical form.
//!
//! This module alone decides it, for measures, budgets, departments and datasets alike. It is given
//! the meaning of the column. Where the displayed and the stored value differ and it is unclear
//! which is meant, the cell is an error that names both. An assumption that is safe, but that
//! somebody might not expect, is reported once per column.
//!
//! Not in here: the canonical form of each type of a dataset's columns (`dataset::canonical`),
//! hidden cells (`hidden`), and damaged characters (`damage`).

mod code;
mod said;
mod shown;
mod wrong;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Place};
use crate::text::Decimal;

use super::facts::{CellFact, Struck};
use super::number::{Unit, figure};
use super::{Sheet, Table};
use said::Said;
use wrong::error_value;

pub use wrong::no_result;

/// The type of a column, as far as it decides what is published of its cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnMeaning<'c> {
    /// Texts.
    Text,
    /// Codes: texts that may look like numbers.
    Code,
    /// Numbers.
    Number(Unit<'c>),
    /// Dates.
    Date,
    /// Times of day.
    Time,
    /// Fiscal years.
    FiscalYear,
    /// Yes and no.
    Flag,
}

/// What is wrong with a cell.
#[derive(Debug)]
pub struct Wrong {
    /// The kind of problem.
    pub code: &'static Code,
    /// What is wrong.
    pub message: Message,
    /// How to correct it.
    pub help: Message,
}

/// Reads the cells of one table, and collects what is to be reported of its columns.
pub struct CellReader<'t> {
    table: &'t Table,
    /// For each column and kind of notice, the first place and the number of cells.
    said: BTreeMap<(usize, Said), (Place, usize)>,
}

impl<'t> CellReader<'t> {
    /// A reader of the cells of `table`.
    pub fn new(table: &'t Table) -> Self {
        Self { table, said: BTreeMap::new() }
    }

    /// Returns the text that is published of the cell in record `row` and column `column`, both
    /// from 0, where the column means `meaning`. A text that does not have that meaning is returned
    /// unchanged; the caller has to reject it.
    ///
    /// # Errors
    ///
    /// Where the cell has no value that can be relied on.
    pub fn read(
        &mut self,
        row: usize,
        column: usize,
        meaning: ColumnMeaning<'_>,
    ) -> Result<Cow<'t, str>, Wrong> {
        self.read_text(row, column, self.table.cell(row, column), meaning)
    }

    /// The same for a cell whose text, as [`Table::cell`] returns it, is known to be `text`.
    ///
    /// # Errors
    ///
    /// Where the cell has no value that can be relied on.
    pub fn read_text(
        &mut self,
        row: usize,
        column: usize,
        text: &'t str,
        meaning: ColumnMeaning<'_>,
    ) -> Result<Cow<'t, str>, Wrong> {
        // Fast path for nearly every cell of a large table.
        let is_number = matches!(meaning, ColumnMeaning::Number(_));
        let plain = |byte: u8| byte.is_ascii_digit() || byte == b'-' || (is_number && byte == b'.');
        let fact = self.fact(row, column);
        if meaning == ColumnMeaning::FiscalYear && is_year_of_era(text) {
            self.say(row, column, Said::EraYear);
        }
        if fact.is_none() && (text.is_empty() || text.bytes().all(plain)) {
            return Ok(text.into());
        }
        if let Some(fact) = fact {
            if fact.struck != Struck::No && !text.is_empty() {
                let whole = fact.struck == Struck::Whole;
                self.say(row, column, Said::Struck { whole });
            }
            if fact.error {
                return Err(error_value(text));
            }
            if fact.without_result {
                return Err(no_result());
            }
            if let Some(number) = fact.number {
                return self.number(row, column, (number, fact), meaning);
            }
        }
        if is_error_value(text) {
            return Err(error_value(text));
        }
        // In this form Excel keeps the leading zeros of a code: ="0123".
        if let Some(inner) = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
            self.say(row, column, Said::Unwrapped);
            return Ok(inner.into());
        }
        match meaning {
            ColumnMeaning::Number(unit) => Ok(self.typed_number(row, column, text, unit)),
            ColumnMeaning::Code => code::check(text).map(|()| text.into()),
            ColumnMeaning::Text => {
                if let Some(said) = code::doubt(text, &self.table.header()[column].text) {
                    self.say(row, column, said);
                }
                Ok(text.into())
            }
            _ => Ok(text.into()),
        }
    }

    /// A number that was typed as text: without its unit, if that is the column's own unit;
    /// otherwise unchanged.
    fn typed_number(
        &mut self,
        row: usize,
        column: usize,
        text: &'t str,
        unit: Unit<'_>,
    ) -> Cow<'t, str> {
        if Decimal::parse(text).is_some() {
            return text.into();
        }
        let Some(figure) = figure(text) else { return text.into() };
        if figure.parenthesised || figure.unit.is_empty() || !unit.is_named(&figure.unit) {
            return text.into();
        }
        self.say(row, column, Said::OwnUnit);
        figure.number.to_string().into()
    }

    fn fact(&self, row: usize, column: usize) -> Option<&'t CellFact> {
        self.table.fact(row, column).map(|(_, fact)| fact)
    }

    /// Counts a notice for a cell.
    fn say(&mut self, row: usize, column: usize, said: Said) {
        let table = self.table;
        let first = || (table.place(row, column), 0);
        self.said.entry((column, said)).or_insert_with(first).1 += 1;
    }

    /// Reports each kind of notice once per column.
    pub fn finish(self, diagnostics: &mut Diagnostics) {
        for ((_, said), (place, count)) in self.said {
            diagnostics.push(said.diagnostic(place, count));
        }
    }
}

impl Wrong {
    /// The diagnostic at `place`.
    pub fn at(self, place: Place) -> Diagnostic {
        Diagnostic::new(self.code, place, self.message).with_help(self.help)
    }
}

/// Is it a year of an era without the era (`6`, `６`)?
fn is_year_of_era(text: &str) -> bool {
    let digits = text.chars().count();
    (1..=2).contains(&digits)
        && text.chars().all(|c| c.is_ascii_digit() || ('０'..='９').contains(&c))
}

/// Reports the cells with an error value or without result, in a table without header.
pub(super) fn report_broken(sheet: &Sheet, diagnostics: &mut Diagnostics) {
    let rows: BTreeMap<u32, usize> =
        (0..sheet.grid.len()).map(|index| (sheet.grid.row(index).number, index)).collect();
    for fact in sheet.facts.cells().iter().filter(|fact| fact.error || fact.without_result) {
        let Some(&row) = rows.get(&fact.row) else { continue };
        let column = fact.column as usize;
        let wrong = match fact.error {
            true => error_value(sheet.grid.cell(row, column)),
            false => no_result(),
        };
        diagnostics.push(wrong.at(Place::Cell(sheet.cell_place(row, column))));
    }
}

/// Is it an error value such as `#N/A` or `#REF!`, or the `####` of a column that is too narrow?
fn is_error_value(text: &str) -> bool {
    text.starts_with('#')
        && (matches!(
            text,
            "#N/A"
                | "#REF!"
                | "#DIV/0!"
                | "#VALUE!"
                | "#NAME?"
                | "#NULL!"
                | "#NUM!"
                | "#SPILL!"
                | "#CALC!"
                | "#GETTING_DATA"
                | "#N/A!"
        ) || (text.len() > 1 && text.bytes().all(|byte| byte == b'#')))
}

#[cfg(test)]
mod tests {
    use super::is_error_value;

    #[test]
    fn errors_of_formulas_and_columns_that_are_too_narrow_are_known() {
        for error in ["#N/A", "#REF!", "#DIV/0!", "##", "########"] {
            assert!(is_error_value(error), "{error}");
        }
        for other in ["#", "", "#1", "##1", "# #", "N/A", "#n/a"] {
            assert!(!is_error_value(other), "{other}");
        }
    }
}
