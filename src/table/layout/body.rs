//! The **body** of a sheet: which rows below the header are records, and which are sums, notes,
//! repeated headers, or another table.
//!
//! Not in here: checking sums (`totals`).

use crate::diagnostic::{self, Diagnostic, Diagnostics, Place};
use crate::message;
use crate::table::Sheet;
use crate::table::declaration::Declaration;
use crate::table::grid::{Grid, is_blank, to_u32};
use crate::table::header::shortened;

use super::head::{HeaderPlace, begins_another, repeats};
use super::kind::RowKind;
use super::signs::{Sum, begins_as_comment, begins_as_note, is_value, sum_word};
use super::{SheetOutline, totals};

/// Determines the kinds of the rows below `head` and adds them to `outline`. Reports a second table
/// (everything from there on is left out), texts that may be notes or records, and sums that do not
/// add up.
pub(super) fn sort(
    sheet: &Sheet,
    head: &HeaderPlace,
    declaration: &Declaration,
    outline: &mut SheetOutline,
    diagnostics: &mut Diagnostics,
) {
    let grid = &sheet.grid;
    let several = outline.columns.len() > 1;
    let mut kinds: Vec<(usize, RowKind)> = Vec::new();
    let mut end = grid.len();
    let mut before = grid.row(head.first_below() - 1).number;
    let name = sheet.name().map(|name| &**name);
    for row in head.first_below()..grid.len() {
        let number = grid.row(row).number;
        let gap = number > before + 1;
        before = number;
        match declaration.skips(name, number) {
            Some(true) => continue,
            Some(false) => {
                kinds
                    .push((row, if several { note_or_record(grid, row) } else { RowKind::Record }));
                continue;
            }
            None if !several => {
                kinds.push((row, RowKind::Record));
                continue;
            }
            None => {}
        }
        let kind = kind_of(grid, head, outline, row, gap, &kinds);
        let apart = gap || matches!(kinds.last(), Some((_, RowKind::Note | RowKind::Lone)));
        if kind == RowKind::Record && apart && begins_another(grid, head, row) {
            diagnostics.push(second_table(sheet, row, declaration));
            end = row;
            break;
        }
        kinds.push((row, kind));
    }
    settle_lone(sheet, declaration, &mut kinds, diagnostics);
    if kinds.iter().any(|(_, kind)| matches!(kind, RowKind::Sum(_))) {
        totals::prove(sheet, &mut kinds, declaration, diagnostics);
    }
    outline.rows.reserve(end.saturating_sub(head.first_below()));
    for (row, kind) in kinds {
        match kind {
            RowKind::Record | RowKind::Lone => outline.rows.push(to_u32(row)),
            RowKind::Sum(Sum::Whole) => outline.totals.push(row),
            RowKind::Sum(Sum::Part | Sum::Perhaps) => outline.subtotals.push(row),
            RowKind::Note | RowKind::Comment => outline.notes.push(row),
            RowKind::Repeated => outline.repeated.push(row),
            RowKind::Unclear => {}
        }
    }
}

/// The kind of a row by its first cell that is not blank: the name of a sum, a note, a comment, or
/// a repeated header. A single text after a `gap`, a note or another single text is a note if it
/// directly follows a note, otherwise undecided ([`RowKind::Lone`]); this only applies to tables of
/// more than two columns. Anything else is a record. `before` are the kinds of the rows above.
fn kind_of(
    grid: &Grid,
    head: &HeaderPlace,
    outline: &SheetOutline,
    row: usize,
    gap: bool,
    before: &[(usize, RowKind)],
) -> RowKind {
    let Some(first) = grid.cells(row).position(|cell| !is_blank(cell)) else {
        return RowKind::Record;
    };
    let cell = grid.cell(row, first).trim();
    if let Some(sum) = sum_word(cell) {
        return RowKind::Sum(sum);
    }
    if begins_as_note(cell) && few_filled(grid, row) {
        return RowKind::Note;
    }
    if begins_as_comment(cell) && begins_as_comment(grid.cell(head.lines.start, first).trim()) {
        return RowKind::Comment;
    }
    let named =
        |column: usize| head.lines.clone().any(|line| grid.cell(line, column).trim() == cell);
    if named(first) && repeats(grid, head, row) {
        return RowKind::Repeated;
    }
    let after = before.last().map(|(_, kind)| *kind);
    let goes_on = matches!(after, Some(RowKind::Note | RowKind::Lone));
    // In a table of two columns, one of them may well be blank.
    match (gap || goes_on) && outline.columns.len() > 2 && alone(grid, row) && !is_value(cell) {
        true if after == Some(RowKind::Note) => RowKind::Note,
        true => RowKind::Lone,
        false => RowKind::Record,
    }
}

/// The kind of a row that the declaration does not skip: a note by its sign, or else a record.
fn note_or_record(grid: &Grid, row: usize) -> RowKind {
    match grid.cells(row).find(|cell| !is_blank(cell)) {
        Some(cell) if begins_as_note(cell) && few_filled(grid, row) => RowKind::Note,
        _ => RowKind::Record,
    }
}

/// Does the row have only one text, or a short sign and one text?
fn few_filled(grid: &Grid, row: usize) -> bool {
    let mut filled = grid.cells(row).filter(|cell| !is_blank(cell));
    let sign = filled.next().is_some_and(|first| first.trim().chars().count() <= SIGN);
    filled.take(2).count() <= usize::from(sign)
}

/// Longest sign in a cell of its own, in characters: ※1, 注2).
const SIGN: usize = 4;

/// Does the row have exactly one cell that is not blank?
fn alone(grid: &Grid, row: usize) -> bool {
    grid.cells(row).filter(|cell| !is_blank(cell)).take(2).count() == 1
}

/// Decides about rows with a single text. Among the records they are records with blanks. At the
/// end of the table they are notes if the declaration says so; otherwise one error is reported for
/// all of them.
fn settle_lone(
    sheet: &Sheet,
    declaration: &Declaration,
    kinds: &mut [(usize, RowKind)],
    diagnostics: &mut Diagnostics,
) {
    let last = kinds.iter().rposition(|(row, kind)| match kind {
        RowKind::Note | RowKind::Comment | RowKind::Lone | RowKind::Unclear => false,
        RowKind::Record => !(declaration.notes_below && alone(&sheet.grid, *row)),
        RowKind::Sum(_) | RowKind::Repeated => true,
    });
    let at_end = last.map_or(0, |last| last + 1);
    for (_, kind) in &mut kinds[..at_end] {
        if *kind == RowKind::Lone {
            *kind = RowKind::Record;
        }
    }
    let end = &mut kinds[at_end..];
    if declaration.notes_below {
        end.iter_mut().for_each(|(_, kind)| *kind = RowKind::Note);
        return;
    }
    let lone = end.iter().filter(|(_, kind)| *kind == RowKind::Lone).map(|(row, _)| *row);
    let lone: Vec<usize> = lone.collect();
    let Some(first) = lone.first() else { return };
    diagnostics.push(lone_text(sheet, *first, lone.len(), declaration));
    // They are reported once, and not again for their blank cells.
    for (_, kind) in end.iter_mut().filter(|(_, kind)| *kind == RowKind::Lone) {
        *kind = RowKind::Unclear;
    }
}

/// The error that the row `row` with a single text, the first of `rows` such rows, may be a note or
/// a record.
fn lone_text(sheet: &Sheet, row: usize, rows: usize, declaration: &Declaration) -> Diagnostic {
    let column = sheet.grid.cells(row).position(|cell| !is_blank(cell)).unwrap_or(0);
    let text = shortened(sheet.grid.cell(row, column));
    let (number, home) = (sheet.grid.row(row).number, &declaration.home);
    let more = match rows {
        1 => message!(ja: "", en: ""),
        2 => message!(ja: "（ほかに1行）", en: " (as may the row below it)"),
        _ => {
            let more = rows - 1;
            message!(ja: "（ほかに{more}行）", en: " (as may {more} rows below it)")
        }
    };
    let (ja, en) = (more.ja, more.en);
    Diagnostic::new(
        &diagnostic::TABLE_LAYOUT,
        Place::Cell(sheet.cell_place(row, column)),
        message!(
            ja: "{number}行目の「{text}」は、表の下の注記か、ほかの欄が空いたデータの行か、判断できません{ja}",
            en: "row {number}, `{text}`, may be a note below the table or a row of data with blanks{en}",
        ),
    )
    .with_help(message!(
        ja: "注記なら「{home}」に「notes = \"below\"」と書いてください。データの行なら、上の空の行を削除してください",
        en: "if it is a note, write `notes = \"below\"` into `{home}`; if it is data, delete the blank row above it",
    ))
}

/// The error that a second table seems to begin in the row `row`, with a suggestion to skip all
/// rows from there on.
fn second_table(sheet: &Sheet, row: usize, declaration: &Declaration) -> Diagnostic {
    let column = sheet.grid.cells(row).position(|cell| !is_blank(cell)).unwrap_or(0);
    let number = sheet.grid.row(row).number;
    let last = sheet.grid.row(sheet.grid.len() - 1).number;
    let cells = sheet.grid.cells(row).filter(|cell| !is_blank(cell));
    let shown = shortened(&cells.map(str::trim).collect::<Vec<_>>().join("、"));
    let rows = match number == last {
        true => format!("{number}"),
        false => format!("\"{number}-{last}\""),
    };
    let home = &declaration.home;
    Diagnostic::new(
        &diagnostic::TABLE_SECOND,
        Place::Cell(sheet.cell_place(row, column)),
        message!(
            ja: "{number}行目（{shown}）から、2つ目の表が始まっているように見えます",
            en: "a second table seems to begin in row {number} ({shown})",
        ),
    )
    .with_help(message!(
        ja: "2つ目の表は別のファイルかシートに移してください。公開しないなら、「{home}」に「skip = [{rows}]」と書いてください",
        en: "move the second table to another file or sheet, or write `skip = [{rows}]` into `{home}` to leave it out",
    ))
}
