//! The **layout** of a sheet is the kind of each of its rows: title, header, record, total, note.
//! Clerks lay lists out for human readers, and this module infers what a person would see at a
//! glance; what stays uncertain is an error that offers the choices.
//!
//! Not in here: declarations (`declaration`), several sheets as one table (`sheets`), and the
//! values of cells (`workbook`, `csv`).

mod beside;
mod body;
mod form;
mod gaps;
mod head;
mod kind;
mod merged;
mod names;
mod signs;
mod told;
mod totals;

use std::ops::Range;

use crate::diagnostic::{Diagnostics, Located};

use super::declaration::Declaration;
use super::{HeaderCell, Sheet};

pub(super) use gaps::gaps;
pub(super) use merged::Merged;
pub use signs::{figure_and_unit, money_unit_of, money_unit_of_sheet, unit_in};
pub(super) use told::words;

/// The kinds of the rows of one sheet, given as indices in the grid.
#[derive(Clone, Debug, Default)]
pub(super) struct SheetOutline {
    /// The lines of the header.
    pub header: Range<usize>,
    /// The columns with a header.
    pub columns: Vec<HeaderCell>,
    /// The records.
    pub rows: Vec<u32>,
    /// Titles above the header.
    pub titles: Vec<usize>,
    /// The line of units below the header.
    pub units: Option<usize>,
    /// The unit that is given above the table.
    pub unit: Option<Located<String>>,
    /// Rows with sums of parts of the table.
    pub subtotals: Vec<usize>,
    /// Rows with sums of the whole table.
    pub totals: Vec<usize>,
    /// Notes, sources and the like.
    pub notes: Vec<usize>,
    /// Rows that repeat the header.
    pub repeated: Vec<usize>,
    /// Merged cells, whose value holds for all of them.
    pub merged: Merged,
}

/// Infers the kinds of the rows of `sheet`. Returns `None` and reports an error where the header
/// cannot be determined, or the sheet is a form rather than a table.
pub(super) fn outline(
    sheet: &Sheet,
    declaration: &Declaration,
    diagnostics: &mut Diagnostics,
) -> Option<SheetOutline> {
    let head = head::find(sheet, declaration, diagnostics)?;
    let mut outline = SheetOutline { units: head.units, ..SheetOutline::default() };
    let may_be_form = !declaration.by_form && declaration.header.is_none();
    if may_be_form && form::is_form(sheet, &head) {
        diagnostics.push(form::not_a_table(sheet));
        return None;
    }
    outline.merged = Merged::below(sheet, head.first_below(), diagnostics);
    for row in 0..head.lines.start {
        match head::unit_above(sheet, row) {
            Some(unit) if outline.unit.is_none() => outline.unit = Some(unit),
            _ => outline.titles.push(row),
        }
    }
    outline.header = head.lines.clone();
    let mut twice = Vec::new();
    outline.columns = names::columns(sheet, &head, declaration.by_form, &mut twice, diagnostics);
    body::sort(sheet, &head, declaration, &mut outline, diagnostics);
    if declaration.by_form {
        return Some(outline);
    }
    let blank = names::check_rows(sheet, &outline, diagnostics);
    // Duplicate headers that are due to two tables side by side are not reported as well.
    if !beside::check(sheet, &blank, !twice.is_empty(), &mut outline, diagnostics) {
        diagnostics.extend(twice);
    }
    Some(outline)
}
