//! From rows of cells to a table: the **header** found and checked, and every row held to its length.

use std::collections::BTreeMap;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{self, CellPlace, Diagnostic, Diagnostics, Place};
use crate::message;

use super::grid::{Gap, Grid, is_blank, to_u32};
use super::{HeaderCell, Sheet, Table};

/// Makes a table of `sheet`; `None` where there is no row at all.
///
/// The header must be the first row. Where a title stands above it, that is reported and the rest is
/// read all the same, so that the clerk learns of everything at once.
pub(super) fn table(sheet: Sheet, diagnostics: &mut Diagnostics) -> Option<Table> {
    if sheet.grid.len() == 0 {
        diagnostics.push(no_header(&sheet));
        return None;
    }
    let header_row = row_below_title(&sheet.grid).unwrap_or(0);
    if header_row > 0 {
        diagnostics.push(title_row(&sheet, sheet.grid.row(header_row).number));
    }
    // What stands above the header goes with the title; at the top of a file it is a gap.
    let above = if header_row == 0 { 0 } else { sheet.grid.row(header_row).number };
    diagnostics.extend(sheet.gaps.below(above).map(|gap| empty_rows(&sheet, gap)));
    let header = named_columns(&sheet, header_row, diagnostics);
    check_rows(&sheet, header_row, diagnostics);
    Some(Table { sheet, header, header_row })
}

/// The columns that have a header, each header once.
fn named_columns(
    sheet: &Sheet,
    header_row: usize,
    diagnostics: &mut Diagnostics,
) -> Vec<HeaderCell> {
    let mut header = Vec::with_capacity(sheet.grid.width(header_row));
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (column, cell) in sheet.grid.cells(header_row).enumerate() {
        let text: Arc<str> = one_line(cell).into();
        if text.is_empty() {
            continue;
        }
        let place = || sheet.cell_place(header_row, column);
        if cell.trim().contains(['\n', '\r']) {
            diagnostics.push(header_lines(place(), &text));
        }
        match seen.get(&matching_form(&text)) {
            Some(first) => {
                diagnostics.push(duplicate(sheet.cell_place(header_row, *first), place(), &text));
            }
            None => {
                seen.insert(matching_form(&text), column);
                header.push(HeaderCell { text, column: to_u32(column) + 1 });
            }
        }
    }
    header
}

/// Values under no header: in a column whose header is blank, or past the header's end.
fn check_rows(sheet: &Sheet, header_row: usize, diagnostics: &mut Diagnostics) {
    let grid = &sheet.grid;
    let header_width = grid.width(header_row);
    let mut nameless: Vec<usize> =
        (0..header_width).filter(|column| is_blank(grid.cell(header_row, *column))).collect();
    let columns = (0..header_width).rfind(|column| !nameless.contains(column)).map_or(0, |c| c + 1);
    for row in header_row + 1..grid.len() {
        nameless.retain(|column| {
            let blank = is_blank(grid.cell(row, *column));
            if !blank {
                diagnostics.push(empty_header(sheet, header_row, *column, row));
            }
            blank
        });
        let extra =
            (header_width..grid.width(row)).find(|column| !is_blank(grid.cell(row, *column)));
        if let Some(extra) = extra {
            diagnostics.push(too_long(sheet, row, extra, columns));
        }
    }
}

/// A header without spaces around it and without line breaks in it.
fn one_line(cell: &str) -> String {
    let lines = cell.lines().flat_map(|line| line.split('\r')).map(str::trim);
    lines.collect::<String>().trim_matches('\u{FEFF}').to_owned()
}

/// The form in which headers are compared: one width, one case, no space within.
pub(super) fn matching_form(header: &str) -> String {
    header.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Rows in which a header is looked for.
const HEAD: usize = 12;

/// The row that looks like the header below a title: the first that is filled nearly as far as any,
/// where the very first row has hardly anything in it.
fn row_below_title(grid: &Grid) -> Option<usize> {
    let rows = grid.len().min(HEAD);
    let filled = |row: usize| grid.cells(row).filter(|cell| !is_blank(cell)).count();
    let widest = (0..rows).map(filled).max().unwrap_or(0);
    let title = match filled(0) {
        1 => widest >= 2,
        few => few * 3 <= widest,
    };
    title.then(|| (1..rows).find(|row| filled(*row) * 3 >= widest * 2)).flatten()
}

fn no_header(sheet: &Sheet) -> Diagnostic {
    Diagnostic::new(
        &diagnostic::TABLE_NO_HEADER,
        Place::file(sheet.file.clone()),
        message!(ja: "表が空である", en: "the table is empty"),
    )
    .with_help(message!(
        ja: "1行目に列の見出しを書く",
        en: "write the headers of the columns into the first row",
    ))
}

fn title_row(sheet: &Sheet, header_row: u32) -> Diagnostic {
    let column = sheet.grid.cells(0).position(|cell| !is_blank(cell)).unwrap_or(0);
    let place = sheet.cell_place(0, column);
    let (title, first, last) = (shortened(sheet.grid.cell(0, column)), place.row, header_row - 1);
    let help = match first == last {
        true => message!(ja: "{first}行目を消す", en: "delete row {first}"),
        false => message!(
            ja: "{first}行目から{last}行目までを消す",
            en: "delete the rows {first} to {last}",
        ),
    };
    Diagnostic::new(
        &diagnostic::TABLE_TITLE_ROW,
        place,
        message!(
            ja: "見出しの上に `{title}` がある（見出しは{header_row}行目と思われる）",
            en: "`{title}` stands above the header, which seems to be row {header_row}",
        ),
    )
    .with_help(help)
}

fn empty_rows(sheet: &Sheet, Gap { first, last }: Gap) -> Diagnostic {
    let any_row = sheet.row_place(0);
    let place = CellPlace { row: first, line: None, bytes: None, ..any_row };
    let message = match first == last {
        true => message!(ja: "{first}行目が空である", en: "row {first} is empty"),
        false => message!(
            ja: "{first}行目から{last}行目までが空である",
            en: "the rows {first} to {last} are empty",
        ),
    };
    Diagnostic::new(&diagnostic::TABLE_EMPTY_ROW, place, message).with_help(message!(
        ja: "空の行を消す。ここでは読み飛ばした",
        en: "delete the empty rows; they were passed over here",
    ))
}

fn header_lines(place: CellPlace, text: &str) -> Diagnostic {
    Diagnostic::new(
        &diagnostic::TABLE_HEADER_LINES,
        place,
        message!(
            ja: "見出しの中に改行がある。`{text}` として公開する",
            en: "the header has a line break; it is published as `{text}`",
        ),
    )
    .with_help(message!(ja: "見出しを1行で書く", en: "write the header on one line"))
}

fn duplicate(first: CellPlace, second: CellPlace, text: &str) -> Diagnostic {
    let (other, name) = (first.name(), second.name());
    Diagnostic::new(
        &diagnostic::TABLE_DUPLICATE_HEADER,
        second,
        message!(
            ja: "見出し `{text}` がセル{other}と{name}の両方にある",
            en: "the header `{text}` stands in both {other} and {name}",
        ),
    )
    .with_related(first, message!(ja: "先にある列", en: "the first column"))
    .with_help(message!(
        ja: "列ごとに別の見出しにする。要らない列なら列ごと消す",
        en: "give each column a header of its own, or remove one of the two",
    ))
}

fn empty_header(sheet: &Sheet, header_row: usize, column: usize, row: usize) -> Diagnostic {
    let place = sheet.cell_place(header_row, column);
    let name = place.name();
    let value = shortened(sheet.grid.cell(row, column));
    Diagnostic::new(
        &diagnostic::TABLE_EMPTY_HEADER,
        place,
        message!(
            ja: "セル{name}の見出しが空だが、下に値がある",
            en: "the header {name} is blank, but its column is not",
        ),
    )
    .with_related(
        sheet.cell_place(row, column),
        message!(ja: "最初の値は `{value}`", en: "its first value is `{value}`"),
    )
    .with_help(message!(
        ja: "見出しを書く。要らない列なら列ごと消す",
        en: "write a header, or remove the whole column",
    ))
}

fn too_long(sheet: &Sheet, row: usize, extra: usize, columns: usize) -> Diagnostic {
    let place = sheet.cell_place(row, extra);
    let (number, cells) = (place.row, extra + 1);
    let value = shortened(sheet.grid.cell(row, extra));
    Diagnostic::new(
        &diagnostic::TABLE_ROW_LENGTH,
        place,
        message!(
            ja: "{number}行目は{cells}列目に `{value}` があるが、見出しは{columns}列である",
            en: "row {number} has `{value}` in column {cells}, but the header has {columns} columns",
        ),
    )
    .with_help(message!(
        ja: "値の中にコンマがあるなら、そのセルを `\"` で囲む",
        en: "if a value has a comma in it, put that cell between `\"`",
    ))
}

/// The beginning of `text`, for messages.
pub fn shortened(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match one_line.char_indices().nth(MESSAGE_LENGTH) {
        Some((end, _)) => format!("{}…", &one_line[..end]),
        None => one_line,
    }
}

/// Characters of a cell that a message repeats.
const MESSAGE_LENGTH: usize = 30;
