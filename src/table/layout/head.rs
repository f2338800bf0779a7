//! The **head** of a sheet: titles, the lines of the header, and a line of units below it.
//!
//! Not in here: the names of the columns (`names`).

use std::ops::Range;

use crate::diagnostic::{self, CellPlace, Diagnostic, Diagnostics, Located, Place};
use crate::message;
use crate::table::Sheet;
use crate::table::declaration::{Declaration, SheetLines};
use crate::table::grid::{Grid, is_blank};
use crate::table::header::{matching_form, shortened};

use super::signs::{is_missing_sign, is_value, unit_of_table, unit_word};

/// Position of the header in the grid.
#[derive(Clone, Debug)]
pub(super) struct HeaderPlace {
    /// The header's lines.
    pub lines: Range<usize>,
    /// The line of units that follows.
    pub units: Option<usize>,
}

impl HeaderPlace {
    /// Index of the first row below the header and its line of units.
    pub fn first_below(&self) -> usize {
        self.units.map_or(self.lines.end, |units| units + 1)
    }
}

/// Number of rows in which a header is looked for.
const HEAD: usize = 12;

/// Number of rows below a line that are examined to find out what its columns hold.
const SAMPLE: usize = 20;

/// Largest number of lines of a header with merged cells.
const MOST_LINES: u32 = 4;

/// Finds the header of `sheet`, which must have a row.
///
/// Returns `None` and reports the choices where the row below it may be a second line of the
/// header.
pub(super) fn find(
    sheet: &Sheet,
    declaration: &Declaration,
    diagnostics: &mut Diagnostics,
) -> Option<HeaderPlace> {
    if let Some(declared) = &declaration.header {
        return declared_head(sheet, declared, declaration, diagnostics);
    }
    // 1. The first line: named by the format, below a title, or the first row.
    let top = named_by_format(&sheet.grid).or_else(|| row_below_title(&sheet.grid)).unwrap_or(0);
    // 2. Its last line: as far as merged cells reach, or the next row if that completes the header.
    let mut end = spanned_by_merged(sheet, top);
    if end == top + 1 && completes(&sheet.grid, top) {
        end += 1;
    }
    // 3. A line of units.
    let units = (end < sheet.grid.len() && is_line_of_units(&sheet.grid, end)).then_some(end);
    // 4. The row below must not look like another line of the header.
    let head = HeaderPlace { lines: top..end, units };
    let next = head.first_below();
    let open = head.lines.len() == 1 && units.is_none() && !is_skipped(sheet, next, declaration);
    if open && may_be_second_line(&sheet.grid, next) {
        diagnostics.push(second_line(sheet, top, declaration));
        return None;
    }
    Some(head)
}

/// The header in the declared rows. Returns `None` and reports an error where these are blank.
fn declared_head(
    sheet: &Sheet,
    declared: &Located<SheetLines>,
    declaration: &Declaration,
    diagnostics: &mut Diagnostics,
) -> Option<HeaderPlace> {
    let SheetLines { first, last } = declared.value;
    let rows = (first..=last).filter_map(|number| sheet.grid.index_of(number));
    let rows: Vec<usize> = rows.collect();
    let (Some(start), Some(end)) = (rows.first(), rows.last()) else {
        let file = &sheet.file;
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::TABLE_LAYOUT,
                declared.place.clone(),
                message!(
                    ja: "「{file}」の{first}行目は空です",
                    en: "row {first} of {file} is blank",
                ),
            )
            .with_help(message!(
                ja: "見出しの行の番号を「header」に書いてください",
                en: "write the number of the header's row into `header`",
            )),
        );
        return None;
    };
    let lines = *start..*end + 1;
    let below = lines.end;
    let open = below < sheet.grid.len() && !is_skipped(sheet, below, declaration);
    let units = (open && is_line_of_units(&sheet.grid, below)).then_some(below);
    Some(HeaderPlace { lines, units })
}

/// Is the row, by its index in the grid, declared as left out?
fn is_skipped(sheet: &Sheet, row: usize, declaration: &Declaration) -> bool {
    let name = sheet.name().map(|name| &**name);
    row < sheet.grid.len() && declaration.skips(name, sheet.grid.row(row).number).unwrap_or(false)
}

/// The unit of the whole table, where the row above the header at `row` gives one.
pub(super) fn unit_above(sheet: &Sheet, row: usize) -> Option<Located<String>> {
    let found = sheet
        .grid
        .cells(row)
        .enumerate()
        .find_map(|(column, cell)| unit_of_table(cell).map(|unit| (column, unit.to_owned())));
    found.map(|(column, unit)| Located::new(unit, sheet.cell_place(row, column)))
}

/// Number of cells of a row that are not blank.
fn filled(grid: &Grid, row: usize) -> usize {
    grid.cells(row).filter(|cell| !is_blank(cell)).count()
}

/// The row that is the header in the format of LinkData: `#property` among lines such as `#lang`.
fn named_by_format(grid: &Grid) -> Option<usize> {
    (0..grid.len().min(HEAD)).find(|row| grid.cell(*row, 0).trim() == "#property")
}

/// The row that looks like the header below a title: the first row with at least two thirds of the
/// largest number of filled cells. Only if the very first row has few cells, and enough rows below
/// have several.
fn row_below_title(grid: &Grid) -> Option<usize> {
    let rows = grid.len().min(HEAD);
    let widths: Vec<usize> = (0..rows).map(|row| filled(grid, row)).collect();
    let widest = widths.iter().copied().max().unwrap_or(0);
    let title = match widths.first()? {
        1 => widest >= 2,
        few => few * 3 <= widest,
    };
    let found = title.then(|| (1..rows).find(|row| widths[*row] * 3 >= widest * 2)).flatten()?;
    // A stray value in a list of one column is no header, not even in its last row.
    let below = found + 1..grid.len().min(found + 1 + SAMPLE);
    let wide = below.clone().filter(|row| filled(grid, *row) >= 2).count();
    (wide > 0 && wide * 2 >= below.len()).then_some(found)
}

/// The row after the header that begins at `top`, judged by merged cells: their last line, or the
/// line below a wide merged cell that names each of its columns.
fn spanned_by_merged(sheet: &Sheet, top: usize) -> usize {
    let grid = &sheet.grid;
    let first = grid.row(top).number;
    let of_head = |number: u32| {
        sheet
            .facts
            .merged
            .iter()
            .filter(move |region| region.top == number && region.bottom < number + MOST_LINES)
    };
    let mut last = first;
    for number in first.. {
        if number > last {
            break;
        }
        for region in of_head(number) {
            last = last.max(region.bottom);
            let wide = region.right > region.left;
            let named = |column: &u32| {
                grid.index_of(region.bottom + 1).is_some_and(|row| {
                    let cell = grid.cell(row, *column as usize);
                    !is_blank(cell) && !is_value(cell)
                })
            };
            if wide && (region.left..=region.right).all(|column| named(&column)) {
                last = last.max(region.bottom + 1);
            }
        }
        if last >= first + MOST_LINES {
            break;
        }
    }
    (top + 1..grid.len()).find(|row| grid.row(*row).number > last).unwrap_or(grid.len())
}

/// Does the row below `top` complete a header whose merged cells the file does not record, such as
/// 人口, blank, blank above 男, 女, 計, or 人口, 人口, 人口? This includes a row that distinguishes
/// equal headers, such as 番号, 性別, 年代 below blank, 属性, 属性.
fn completes(grid: &Grid, top: usize) -> bool {
    let second = top + 1;
    if second >= grid.len() || grid.row(second).number != grid.row(top).number + 1 {
        return false;
    }
    let width = grid.width(top).max(grid.width(second));
    let (mut filled_up, mut told_apart, mut shared) = (0, 0, 0);
    for column in 0..width {
        let (upper, lower) = (grid.cell(top, column).trim(), grid.cell(second, column).trim());
        if is_value(lower) || is_missing_sign(lower) {
            return false;
        }
        let before = column.checked_sub(1).map_or("", |before| grid.cell(top, before).trim());
        match (upper.is_empty(), lower.is_empty()) {
            (true, false) => filled_up += 1,
            (false, false) if upper == lower => shared += 1,
            (false, false) if upper == before => told_apart += 1,
            _ => {}
        }
    }
    let first = (0..width).find(|column| !is_blank(grid.cell(top, *column)));
    let before_first = (0..first.unwrap_or(0)).any(|column| !is_blank(grid.cell(second, column)));
    let named = (filled_up > 0 && !before_first) || (told_apart > 0 && shared > 0);
    let least = match named {
        true => 1,
        // Two equal headers side by side are no header without the line that distinguishes them, so
        // more evidence is required.
        false if told_apart > 0 => 2,
        false => return false,
    };
    contrasts(grid, second) >= least
}

/// Does the row consist of units only, above columns of figures?
fn is_line_of_units(grid: &Grid, row: usize) -> bool {
    let mut cells = grid.cells(row).filter(|cell| !is_blank(cell)).peekable();
    cells.peek().is_some()
        && cells.all(|cell| unit_word(cell).is_some())
        && contrasts(grid, row) > 0
}

/// Does the row look like part of the header rather than a record? It does if it has words only, in
/// at least two columns that have only figures or dates below.
fn may_be_second_line(grid: &Grid, row: usize) -> bool {
    row < grid.len() && grid.cells(row).all(|cell| !is_value(cell)) && contrasts(grid, row) >= 2
}

/// Number of columns in which the row has a word and all rows below have values. Equal words count
/// once, because a repeated word may mean that there is no value.
fn contrasts(grid: &Grid, row: usize) -> usize {
    let below = row + 1..grid.len().min(row + 1 + SAMPLE);
    let mut words: Vec<&str> = Vec::new();
    for (column, cell) in grid.cells(row).enumerate() {
        let cell = cell.trim();
        if cell.is_empty() || is_missing_sign(cell) || is_value(cell) || words.contains(&cell) {
            continue;
        }
        let mut values = 0;
        let sound = below.clone().all(|other| {
            let value = grid.cell(other, column).trim();
            values += usize::from(is_value(value));
            value.is_empty() || is_missing_sign(value) || is_value(value)
        });
        if sound && values > 0 {
            words.push(cell);
        }
    }
    words.len()
}

/// Does the row `row` repeat a line of the header?
pub(super) fn repeats(grid: &Grid, head: &HeaderPlace, row: usize) -> bool {
    head.lines.clone().any(|line| {
        let mut named = 0;
        let same = (0..grid.width(line).max(grid.width(row))).all(|column| {
            let (header, cell) = (grid.cell(line, column), grid.cell(row, column));
            named += usize::from(!is_blank(cell));
            header == cell || matching_form(header) == matching_form(cell)
        });
        same && named > 0
    })
}

/// Does the row look like the header of another table: words below columns of figures, or a header
/// of this table?
pub(super) fn begins_another(grid: &Grid, head: &HeaderPlace, row: usize) -> bool {
    if grid.cells(row).any(is_value) || filled(grid, row) < 2 {
        return false;
    }
    let named =
        grid.cells(row).enumerate().filter(|(_, cell)| !is_blank(cell)).any(|(column, cell)| {
            head.lines
                .clone()
                .any(|line| matching_form(grid.cell(line, column)) == matching_form(cell))
        });
    let first = head.first_below();
    let over_values = |column: usize| {
        let mut values = 0;
        let sound = (first..row).take(SAMPLE).all(|above| {
            let value = grid.cell(above, column).trim();
            values += usize::from(is_value(value));
            value.is_empty() || is_missing_sign(value) || is_value(value)
        });
        sound && values > 0
    };
    let word = |cell: &str| !is_blank(cell) && !is_missing_sign(cell);
    named || grid.cells(row).enumerate().any(|(column, cell)| word(cell) && over_values(column))
}

/// The error that the row below the header looks like another line of it.
fn second_line(sheet: &Sheet, top: usize, declaration: &Declaration) -> Diagnostic {
    let (first, second) = (sheet.grid.row(top).number, sheet.grid.row(top + 1).number);
    let column = (0..sheet.grid.width(top + 1)).find(|c| !is_blank(sheet.grid.cell(top + 1, *c)));
    let place: CellPlace = sheet.cell_place(top + 1, column.unwrap_or(0));
    let cells = sheet.grid.cells(top + 1).filter(|cell| !is_blank(cell));
    let shown = shortened(&cells.map(str::trim).collect::<Vec<_>>().join("、"));
    let home = &declaration.home;
    Diagnostic::new(
        &diagnostic::TABLE_LAYOUT,
        Place::Cell(place),
        message!(
            ja: "{second}行目（{shown}）は、データの行ではなく、見出しの2行目か単位の行に見えます",
            en: "row {second} ({shown}) looks like a second line of the header or a line of units, not like a row of data",
        ),
    )
    .with_help(message!(
        ja: "「{home}」に、2行とも見出しなら「header = \"{first}-{second}\"」、{second}行目を公開しないなら「skip = [{second}]」、データの行なら「header = \"{first}\"」と書いてください",
        en: "write into `{home}`: `header = \"{first}-{second}\"` if both rows are the header, `skip = [{second}]` if row {second} is to be left out, `header = \"{first}\"` if it is data",
    ))
}

#[cfg(test)]
mod tests {
    use super::HeaderPlace;

    #[test]
    fn the_rows_begin_below_the_line_of_units() {
        assert_eq!(HeaderPlace { lines: 1..3, units: None }.first_below(), 3);
        assert_eq!(HeaderPlace { lines: 1..3, units: Some(3) }.first_below(), 4);
    }
}
