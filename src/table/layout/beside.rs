//! What is **beside** an empty column: the rest of the table, or another table.

use crate::diagnostic::{self, CellPlace, Diagnostic, Diagnostics, Place};
use crate::message;
use crate::table::grid::is_blank;
use crate::table::header::shortened;
use crate::table::{HeaderCell, Sheet};

use super::SheetOutline;

/// Examines what is left and right of the blank columns `blank`. Returns true where there is a
/// second table; this is reported, and its columns are removed from `outline`. Otherwise the empty
/// columns between columns of the table are reported. `twice` says whether some header is a
/// duplicate, which is a sign of a second table.
pub(super) fn check(
    sheet: &Sheet,
    blank: &[usize],
    twice: bool,
    outline: &mut SheetOutline,
    diagnostics: &mut Diagnostics,
) -> bool {
    let parts = |column: &&usize| {
        let index = **column;
        let is_left = |c: &HeaderCell| (c.column as usize) <= index;
        outline.columns.iter().any(is_left) && !outline.columns.iter().all(is_left)
    };
    let Some(&gap) = blank.iter().find(parts) else { return false };
    let split = outline.columns.partition_point(|c| (c.column as usize) <= gap);
    let (left, right) = outline.columns.split_at(split);
    if twice || is_another(sheet, &outline.rows, left, right) {
        diagnostics.push(second_table(sheet, outline, &right[0]));
        outline.columns.truncate(split);
        return true;
    }
    for column in blank.iter().filter(parts) {
        diagnostics.push(empty_column(sheet, outline.header.start, *column));
    }
    false
}

/// Does the right part have rows of its own? That is, does it have a row where the left part is
/// blank, or, with several columns, is it blank from some row on?
fn is_another(sheet: &Sheet, rows: &[u32], left: &[HeaderCell], right: &[HeaderCell]) -> bool {
    let filled = |row: usize, part: &[HeaderCell]| {
        part.iter().any(|c| !is_blank(sheet.grid.cell(row, c.column as usize - 1)))
    };
    let mut ended = false;
    let mut goes_on = false;
    for row in rows.iter().map(|row| *row as usize) {
        match (filled(row, left), filled(row, right)) {
            (false, true) => return true,
            (_, false) => ended = true,
            (true, true) => goes_on |= ended,
        }
    }
    ended && !goes_on && right.len() > 1
}

fn second_table(sheet: &Sheet, outline: &SheetOutline, first: &HeaderCell) -> Diagnostic {
    let column = first.column as usize - 1;
    let place: CellPlace = sheet.cell_place(outline.header.end - 1, column);
    let (name, text) = (place.name(), shortened(&first.text));
    Diagnostic::new(
        &diagnostic::TABLE_SECOND,
        Place::Cell(place),
        message!(
            ja: "セル{name}（{text}）から、右に2つ目の表があるように見えます",
            en: "a second table seems to begin in {name} ({text}), beside an empty column",
        ),
    )
    .with_help(message!(
        ja: "2つ目の表は別のファイルかシートに移してください。1つの表なら、間の空の列を削除してください",
        en: "move the second table to another file or sheet; if it is one table, delete the empty column between",
    ))
}

fn empty_column(sheet: &Sheet, header_row: usize, column: usize) -> Diagnostic {
    let place = sheet.cell_place(header_row, column);
    let name = place.name();
    let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
    Diagnostic::new(
        &diagnostic::TABLE_EMPTY_COLUMN,
        Place::Cell(place),
        message!(
            ja: "{letters}列が空で、表を分けています。左右を一つの表として読みました",
            en: "column {letters} is empty and parts the table; both sides were read as one table",
        ),
    )
    .with_help(message!(ja: "空の列を削除してください", en: "delete the empty column"))
}
