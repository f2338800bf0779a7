//! A **form** is a sheet that is not a table: it has labels with their values beside them, as an
//! evaluation sheet does.
//!
//! Not in here: reading forms (module `form`, by the city's definition).

use std::collections::BTreeSet;

use crate::diagnostic::{self, Diagnostic, Place};
use crate::message;
use crate::table::Sheet;
use crate::table::facts::Region;
use crate::table::grid::is_blank;

use super::head::HeaderPlace;

/// Number of rows with merged cells across several columns from which on a sheet is a form.
const ROWS: usize = 3;

/// Is `sheet` a form? It is, if the header that `head` found has merged cells across several
/// columns with other cells beside them and no line below that divides them, and further rows have
/// such merged cells too.
pub(super) fn is_form(sheet: &Sheet, head: &HeaderPlace) -> bool {
    let grid = &sheet.grid;
    let beside = |region: &&Region| {
        let Some(row) = grid.index_of(region.top) else { return false };
        let (left, right) = (region.left as usize, region.right as usize);
        let mut cells = grid.cells(row).enumerate();
        right > left
            && !is_blank(grid.cell(row, left))
            && cells.any(|(column, cell)| !(left..=right).contains(&column) && !is_blank(cell))
    };
    let boxes: Vec<&Region> = sheet.facts.merged.iter().filter(beside).collect();
    let last = head.lines.end - 1;
    let last_number = grid.row(last).number;
    let in_header = boxes.iter().any(|region| region.bottom == last_number);
    let below = boxes.iter().filter(|region| region.top > last_number);
    let rows: BTreeSet<u32> = below.map(|region| region.top).collect();
    in_header && rows.len() + 1 >= ROWS
}

pub(super) fn not_a_table(sheet: &Sheet) -> Diagnostic {
    let place = match sheet.grid.len() {
        0 => Place::file(sheet.file.clone()),
        _ => Place::Cell(sheet.row_place(0)),
    };
    Diagnostic::new(
        &diagnostic::TABLE_LAYOUT,
        place,
        message!(
            ja: "項目名の横に記入欄がある様式（評価シートなど）で、1行に1件の表ではありません",
            en: "this worksheet is a form, with labels beside their values, not a table with one record in each row",
        ),
    )
    .with_help(message!(
        ja: "どの欄に何があるかを「content/forms」のファイルに定義すると、様式のまま読み取れます。表として読む場合は、結合を解除し、1行に1件で入力してください",
        en: "describe in a file below `content/forms` where each fact stands, and the sheet is read as it is; or set it out as a table, one record in each row, without merged cells",
    ))
}
