//! From a grid of cells to a table: the **header** found and checked, blank rows and columns dropped,
//! the length of every row checked.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{self, Diagnostic, Diagnostics, Place};
use crate::message;

use super::{Grid, HeaderCell, RowStart, Table, csv, row_place};

/// Makes a table of `grid`; `None` where its header cannot be trusted.
pub(super) fn table(mut grid: Grid, diagnostics: &mut Diagnostics) -> Option<Table> {
    let is_blank = |cells: &[String]| cells.iter().all(|cell| cell.trim().is_empty());
    while grid.rows.last().is_some_and(|(_, cells)| is_blank(cells)) {
        grid.rows.pop();
    }
    let rows = std::mem::take(&mut grid.rows);
    let mut rows = rows.into_iter();
    let Some((header_start, header_cells)) = rows.next() else {
        diagnostics.push(no_header(&grid));
        return None;
    };
    let rows: Vec<(RowStart, Vec<String>)> = rows.collect();
    if let Some(problem) = title_row(&grid, &header_start, &header_cells, &rows) {
        diagnostics.push(problem);
        return None;
    }
    let header = header(&grid, &header_start, &header_cells, &rows, diagnostics)?;
    Some(pack(grid, header, header_start, rows, diagnostics))
}

fn no_header(grid: &Grid) -> Diagnostic {
    Diagnostic::new(
        &diagnostic::TABLE_NO_HEADER,
        Place::file(grid.file.clone()),
        message!(ja: "表が空である", en: "the table is empty"),
    )
    .with_help(message!(
        ja: "1行目に列の見出しを書く",
        en: "write the headers of the columns into the first row",
    ))
}

/// A single cell above wider rows is a title or a note, not a header.
fn title_row(
    grid: &Grid,
    start: &RowStart,
    cells: &[String],
    rows: &[(RowStart, Vec<String>)],
) -> Option<Diagnostic> {
    let filled = |cells: &[String]| cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    if filled(cells) > 1 {
        return None;
    }
    let (likely, _) = rows.iter().take(10).find(|(_, cells)| filled(cells) > 1)?;
    let row = likely.row;
    let place = row_place(&grid.file, &grid.sheet, start, grid.csv.is_some());
    Some(
        Diagnostic::new(
            &diagnostic::TABLE_TITLE_ROW,
            place,
            message!(
                ja: "見出し行より上に表題か空行がある（見出しは{row}行目と思われる）",
                en: "a title or a blank row stands above the header, which seems to be row {row}",
            ),
        )
        .with_help(message!(
            ja: "見出しが1行目になるように、上の行を消す",
            en: "remove the rows above, so that the header is row 1",
        )),
    )
}

/// The headers of the columns that hold anything. Blank and repeated ones are errors.
fn header(
    grid: &Grid,
    start: &RowStart,
    cells: &[String],
    rows: &[(RowStart, Vec<String>)],
    diagnostics: &mut Diagnostics,
) -> Option<Vec<HeaderCell>> {
    let mut headers: Vec<HeaderCell> = Vec::with_capacity(cells.len());
    let mut seen: BTreeMap<Arc<str>, u32> = BTreeMap::new();
    let mut sound = true;
    for (index, cell) in cells.iter().enumerate() {
        let column = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let place = || header_cell_place(grid, start, column);
        let text: Arc<str> = one_line(cell).into();
        if text.is_empty() {
            let filled = |cells: &Vec<String>| cells.get(index).is_some_and(|c| !c.trim().is_empty());
            if rows.iter().any(|(_, cells)| filled(cells)) {
                sound = false;
                diagnostics.push(
                    Diagnostic::new(
                        &diagnostic::TABLE_EMPTY_HEADER,
                        place(),
                        message!(ja: "列の見出しが空である", en: "the header of this column is blank"),
                    )
                    .with_help(message!(
                        ja: "見出しを書く。要らない列なら列ごと消す",
                        en: "write a header, or remove the whole column",
                    )),
                );
            }
            continue;
        }
        if cell.trim().contains(['\n', '\r']) {
            diagnostics.push(
                Diagnostic::new(
                    &diagnostic::TABLE_HEADER_LINES,
                    place(),
                    message!(
                        ja: "見出しの中に改行がある。`{text}` として公開する",
                        en: "the header has a line break; it is published as `{text}`",
                    ),
                )
                .with_help(message!(ja: "見出しを1行で書く", en: "write the header on one line")),
            );
        }
        if let Some(first) = seen.get(&text) {
            sound = false;
            diagnostics.push(
                Diagnostic::new(
                    &diagnostic::TABLE_DUPLICATE_HEADER,
                    place(),
                    message!(ja: "見出し `{text}` の列がすでにある", en: "another column has the header `{text}`"),
                )
                .with_help(message!(
                    ja: "列ごとに別の見出しにする",
                    en: "give each column a header of its own",
                ))
                .with_related(
                    header_cell_place(grid, start, *first),
                    message!(ja: "先にある列", en: "the first column"),
                ),
            );
            continue;
        }
        seen.insert(text.clone(), column);
        headers.push(HeaderCell { text, column });
    }
    sound.then_some(headers)
}

fn header_cell_place(grid: &Grid, start: &RowStart, column: u32) -> Place {
    let mut place = row_place(&grid.file, &grid.sheet, start, grid.csv.is_some());
    place.column = Some(column);
    if let Some((text, delimiter)) = &grid.csv {
        place.bytes = csv::cell_range(text, start.byte, column, *delimiter);
    }
    Place::Cell(place)
}

/// A header without spaces around it and without line breaks in it.
fn one_line(cell: &str) -> String {
    let lines: Vec<&str> = cell.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let joined = lines.join("");
    joined.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').to_owned()
}

fn pack(
    grid: Grid,
    header: Vec<HeaderCell>,
    header_row: RowStart,
    rows: Vec<(RowStart, Vec<String>)>,
    diagnostics: &mut Diagnostics,
) -> Table {
    let mut table = Table {
        file: grid.file,
        sheet: grid.sheet,
        header,
        header_row,
        text: String::new(),
        ends: Vec::with_capacity(rows.len()),
        rows: Vec::with_capacity(rows.len()),
        csv: grid.csv,
    };
    let width = table.header.last().map_or(0, |last| last.column as usize);
    for (start, cells) in rows {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            diagnostics.push(
                Diagnostic::new(
                    &diagnostic::TABLE_EMPTY_ROW,
                    table.row_place_of(&start),
                    message!(ja: "空の行がある。読み飛ばした", en: "the row is blank; it was passed over"),
                )
                .with_help(message!(ja: "行を消す", en: "remove the row")),
            );
            continue;
        }
        if let Some(extra) = cells.iter().skip(width).position(|cell| !cell.trim().is_empty()) {
            diagnostics.push(too_long(&table, &start, width + extra, &cells));
        }
        for header in &table.header {
            let cell = cells.get(header.column as usize - 1).map_or("", String::as_str);
            table.text.push_str(cell.trim_matches(|c: char| c == ' ' || c == '\u{3000}' || c == '\t'));
            table.ends.push(table.text.len());
        }
        table.rows.push(start);
    }
    table
}

fn too_long(table: &Table, start: &RowStart, index: usize, cells: &[String]) -> Diagnostic {
    let mut place = table.row_place_of(start);
    let column = u32::try_from(index + 1).unwrap_or(u32::MAX);
    place.column = Some(column);
    if let Some((line, bytes)) = table.find_in_csv(start, column) {
        place.line = Some(line);
        place.bytes = Some(bytes);
    }
    let extra = &cells[index];
    Diagnostic::new(
        &diagnostic::TABLE_ROW_LENGTH,
        place,
        message!(
            ja: "見出しのない列に `{extra}` がある",
            en: "`{extra}` stands in a column without header",
        ),
    )
    .with_help(message!(
        ja: "値の中にコンマがあるなら、そのセルを `\"` で囲む",
        en: "if a value has a comma in it, put that cell between `\"`",
    ))
}
