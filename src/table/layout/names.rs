//! The **names** of columns: joins the lines of the header, and checks that each name is unique and
//! no value is without a name.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{self, CellPlace, Diagnostic, Diagnostics, Message};
use crate::message;
use crate::table::grid::{is_blank, to_u32};
use crate::table::header::{matching_form, one_line, shortened};
use crate::table::{HeaderCell, Layout, Sheet};
use crate::text::counted;

use super::SheetOutline;
use super::head::HeaderPlace;
use super::signs::unit_word;

/// Separates the lines of a header: 予算額・当初.
const BETWEEN: &str = "・";

/// The columns that have a header, without duplicates. `twice` receives an error for each column
/// whose header an earlier one has already. Where a form chooses the columns (`by_form`),
/// duplicates are kept. Line breaks in headers are reported.
pub(super) fn columns(
    sheet: &Sheet,
    head: &HeaderPlace,
    by_form: bool,
    twice: &mut Vec<Diagnostic>,
    diagnostics: &mut Diagnostics,
) -> Vec<HeaderCell> {
    let width = head.lines.clone().map(|line| sheet.grid.width(line)).max().unwrap_or(0);
    let mut columns: Vec<HeaderCell> = Vec::with_capacity(width);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let covering = covering(sheet, head);
    for column in 0..width {
        let lines = lines_of(sheet, head, &covering, column);
        let text: Arc<str> = lines.join(BETWEEN).into();
        if text.is_empty() {
            continue;
        }
        let lowest = (lines.len() > 1).then(|| Arc::from(lines[lines.len() - 1].as_str()));
        let row = named_in(sheet, head, column);
        let place = || sheet.cell_place(row, column);
        let breaks = |line: usize| sheet.grid.cell(line, column).trim().contains(['\n', '\r']);
        if !by_form && head.lines.clone().any(breaks) {
            diagnostics.push(header_lines(place(), &text));
        }
        match seen.get(&matching_form(&text)).filter(|_| !by_form) {
            Some(first) => {
                let first = sheet.cell_place(named_in(sheet, head, *first), *first);
                twice.push(duplicate(first, place(), &text));
            }
            None => {
                seen.insert(matching_form(&text), column);
                let unit = head.units.and_then(|row| unit_word(sheet.grid.cell(row, column)));
                let unit = unit.map(Arc::from);
                columns.push(HeaderCell { text, column: to_u32(column) + 1, lowest, unit });
            }
        }
    }
    columns
}

/// For each merged cell of the header, by line and column, the line and column of its text.
type Covering = BTreeMap<(usize, usize), (usize, usize)>;

fn covering(sheet: &Sheet, head: &HeaderPlace) -> Covering {
    let mut covering = Covering::new();
    for line in head.lines.clone() {
        let number = sheet.grid.row(line).number;
        for region in sheet.facts.merged.iter().filter(|r| (r.top..=r.bottom).contains(&number)) {
            let Some(top) = sheet.grid.index_of(region.top) else { continue };
            let (left, right) = (region.left as usize, region.right as usize);
            for column in left..=right.min(MOST_COLUMNS) {
                covering.insert((line, column), (top, left));
            }
        }
    }
    covering
}

/// Largest number of columns of a worksheet.
const MOST_COLUMNS: usize = 16_384;

/// The lines of the name of `column` from top to bottom, without repetitions. A blank cell in an
/// upper line continues the cell to its left.
fn lines_of(sheet: &Sheet, head: &HeaderPlace, covering: &Covering, column: usize) -> Vec<String> {
    let grid = &sheet.grid;
    let mut parts: Vec<String> = Vec::with_capacity(head.lines.len());
    for line in head.lines.clone() {
        let (row, from) = covering.get(&(line, column)).copied().unwrap_or((line, column));
        let mut text = one_line(grid.cell(row, from));
        let below = line + 1..head.lines.end;
        if text.is_empty() && below.clone().any(|lower| !is_blank(grid.cell(lower, column))) {
            let mut to_the_left = (0..column).rev().map(|left| one_line(grid.cell(line, left)));
            text = to_the_left.find(|text| !text.is_empty()).unwrap_or_default();
        }
        if !text.is_empty() && parts.last() != Some(&text) {
            parts.push(text);
        }
    }
    parts
}

/// The lowest line of the header that is not blank in `column`.
fn named_in(sheet: &Sheet, head: &HeaderPlace, column: usize) -> usize {
    let mut lines = head.lines.clone().rev();
    lines.find(|line| !is_blank(sheet.grid.cell(*line, column))).unwrap_or(head.lines.start)
}

/// Reports values without header: in a column whose header is blank, or beyond the header's end.
/// Returns the columns within the header that are wholly blank, in their order.
pub(super) fn check_rows(
    sheet: &Sheet,
    outline: &SheetOutline,
    diagnostics: &mut Diagnostics,
) -> Vec<usize> {
    let grid = &sheet.grid;
    let header_row = outline.header.end - 1;
    let header_width = outline.header.clone().map(|line| grid.width(line)).max().unwrap_or(0);
    let blank =
        |column: &usize| outline.header.clone().all(|line| is_blank(grid.cell(line, *column)));
    let covered = |column: &usize| {
        outline.columns.binary_search_by_key(&(column + 1), |c| c.column as usize).is_ok()
    };
    let mut nameless: Vec<usize> =
        (0..header_width).filter(|column| blank(column) && !covered(column)).collect();
    let columns = (0..header_width).rfind(|column| !nameless.contains(column)).map_or(0, |c| c + 1);
    for &row in &outline.rows {
        let row = row as usize;
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
            diagnostics.push_with(&diagnostic::TABLE_ROW_LENGTH, &sheet.file, || {
                too_long(sheet, row, extra, columns)
            });
        }
    }
    nameless.retain(|column| *column < columns);
    nameless
}

fn header_lines(place: CellPlace, text: &str) -> Diagnostic {
    Diagnostic::new(
        &diagnostic::TABLE_HEADER_LINES,
        place,
        message!(
            ja: "見出しの中に改行があります。「{text}」として公開します",
            en: "the header has a line break; it is published as `{text}`",
        ),
    )
    .with_help(message!(ja: "見出しを1行で入力してください", en: "write the header on one line"))
}

fn duplicate(first: CellPlace, second: CellPlace, text: &str) -> Diagnostic {
    let (other, name) = (first.name(), second.name());
    Diagnostic::new(
        &diagnostic::TABLE_DUPLICATE_HEADER,
        second,
        message!(
            ja: "見出し「{text}」がセル{other}とセル{name}の両方にあります",
            en: "the header `{text}` is in both {other} and {name}",
        ),
    )
    .with_related(first, message!(ja: "先にある列", en: "the first column"))
    .with_help(message!(
        ja: "列ごとに別の見出しにしてください。不要な列は、列ごと削除してください",
        en: "give each column a header of its own, or delete one of the two",
    ))
}

/// The error that the header of `column` is blank although the row `row` has a value there.
fn empty_header(sheet: &Sheet, header_row: usize, column: usize, row: usize) -> Diagnostic {
    let place = sheet.cell_place(header_row, column);
    let name = place.name();
    let value = shortened(sheet.grid.cell(row, column));
    Diagnostic::new(
        &diagnostic::TABLE_EMPTY_HEADER,
        place,
        message!(
            ja: "セル{name}の見出しが空欄ですが、その下に値があります",
            en: "the header in {name} is blank, but there are values below it",
        ),
    )
    .with_related(
        sheet.cell_place(row, column),
        message!(ja: "最初の値は「{value}」です", en: "its first value is `{value}`"),
    )
    .with_help(message!(
        ja: "見出しを入力してください。不要な列は、列ごと削除してください",
        en: "write a header, or delete the whole column",
    ))
}

fn too_long(sheet: &Sheet, row: usize, extra: usize, columns: usize) -> Diagnostic {
    let place = sheet.cell_place(row, extra);
    let (number, cells) = (place.row, extra + 1);
    let header = counted(columns, "column");
    let value = shortened(sheet.grid.cell(row, extra));
    Diagnostic::new(
        &diagnostic::TABLE_ROW_LENGTH,
        place,
        message!(
            ja: "{number}行目の{cells}列目に「{value}」がありますが、見出しは{columns}列です",
            en: "row {number} has `{value}` in column {cells}, but the header has {header}",
        ),
    )
    .with_help(how_to_fit(&sheet.layout))
}

/// Advice for a value beyond the header.
fn how_to_fit(layout: &Layout) -> Message {
    let (ja, en) = match layout {
        Layout::Worksheet { .. } => {
            return message!(
                ja: "その列に見出しを入力するか、値を削除してください",
                en: "enter a header for that column, or delete the value",
            );
        }
        Layout::Csv { delimiter: b'\t', .. } => ("タブ", "tab"),
        Layout::Csv { delimiter: b';', .. } => ("セミコロン", "semicolon"),
        Layout::Csv { delimiter: b'|', .. } => ("縦棒", "vertical bar"),
        Layout::Csv { .. } => ("コンマ", "comma"),
    };
    message!(
        ja: "値の中に{ja}がある場合は、そのセルを「\"」で囲んでください",
        en: "if a value contains a {en}, put that cell in double quotes",
    )
}
