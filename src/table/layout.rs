//! The **layout** of a sheet is what each of its rows is: title, header, record, total, note.
//! Clerks set a list out for the eye, and what a person sees at a glance is worked out here; what
//! stays uncertain is an error that offers the choices.
//!
//! Not in here: what the clerk has declared (`declaration`), several sheets as one table
//! (`sheets`), and what a cell says (`workbook`, `csv`).

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

/// What the rows of one sheet are, all of them by their index in the grid.
#[derive(Clone, Debug, Default)]
pub(super) struct SheetOutline {
    /// The lines of the header.
    pub header: Range<usize>,
    /// The columns with a header, each header once.
    pub columns: Vec<HeaderCell>,
    /// The records.
    pub rows: Vec<u32>,
    /// What stands above the header.
    pub titles: Vec<usize>,
    /// A line of units under the header.
    pub units: Option<usize>,
    /// The unit that is given above the table.
    pub unit: Option<Located<String>>,
    /// Sums of parts of the table.
    pub subtotals: Vec<usize>,
    /// Sums of the whole table.
    pub totals: Vec<usize>,
    /// Notes, sources and the like.
    pub notes: Vec<usize>,
    /// The header once more.
    pub repeated: Vec<usize>,
    /// Cells that stand for those beside them.
    pub merged: Merged,
}

/// What the rows of `sheet` are; `None` where it cannot be told which of them is the header.
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
    // Headers that stand twice because there are two tables need not be told as well.
    if !beside::check(sheet, &blank, !twice.is_empty(), &mut outline, diagnostics) {
        diagnostics.extend(twice);
    }
    Some(outline)
}
