//! A **table** is one header row and its data rows, as the clerk's program wrote them, each cell with
//! its place. CSV and Excel files come to the same shape.
//!
//! Not in here: what the columns mean (`policy`, `dataset`), and the encoding of bytes (`source`).

mod bind;
mod cell;
mod csv;
mod damage;
mod facts;
mod fields;
mod format;
mod grid;
mod header;
mod hidden;
mod invisible;
mod number;
mod place;
mod records;
mod value;
mod workbook;

use std::sync::Arc;

use crate::diagnostic::{CellPlace, Diagnostics, Place};
use crate::source::SourceFile;

pub use bind::{Bound, ColumnSpec};
pub use cell::{CellReader, Meaning, Wrong};
pub use fields::{Fields, parse_date, parse_flag};
pub use header::shortened;
pub use hidden::Hidden;
pub use number::{Unit, not_a_number_help};

use facts::Facts;
use grid::{Gaps, Grid};

/// One table.
///
/// A million rows fit: the cells lie packed in one text, and the place of one is worked out only
/// when a problem asks for it.
#[derive(Clone, Debug)]
pub struct Table {
    sheet: Sheet,
    header: Vec<HeaderCell>,
    /// Index of the header's row in the grid.
    header_row: usize,
}

/// A header as written, on one line and without spaces around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderCell {
    /// Its text.
    pub text: Arc<str>,
    /// Its column in the file, from 1.
    pub column: u32,
}

/// Rows of cells as they stand in a file, before a header has been found.
#[derive(Clone, Debug)]
struct Sheet {
    file: Arc<str>,
    grid: Grid,
    gaps: Gaps,
    layout: Layout,
    facts: Facts,
}

/// What is needed to say where a cell stands.
#[derive(Clone, Debug)]
enum Layout {
    /// The decoded text and the sign between cells.
    Csv { text: Arc<str>, delimiter: u8 },
    /// The name of the worksheet.
    Worksheet(Arc<str>),
}

/// Endings of the files that are tables.
pub const ENDINGS: [&str; 6] = [".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods"];

/// Is the file at `path` a table, by its ending?
pub fn is_table(path: &str) -> bool {
    let lower = path.to_lowercase();
    ENDINGS.iter().any(|ending| lower.ends_with(ending))
}

/// Reads the table in `file`; of a workbook that on `sheet`, or the only one. `None` when there is
/// none that can be trusted; the reasons are among `diagnostics`.
pub fn read(
    file: &SourceFile,
    sheet: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Option<Table> {
    let mut sheet = read_sheet(file, sheet, diagnostics)?;
    invisible::take_out(&mut sheet, diagnostics);
    hidden::settle(&mut sheet, None, diagnostics);
    hidden::tell_objects(&sheet, diagnostics);
    let table = header::table(sheet, diagnostics)?;
    damage::check(&table.sheet, diagnostics).then_some(table)
}

/// Reads the rows of a table without header: groups of cells, blank ones left out.
pub fn read_groups(file: &SourceFile, diagnostics: &mut Diagnostics) -> Vec<Vec<String>> {
    let Some(mut sheet) = read_sheet(file, None, diagnostics) else { return Vec::new() };
    invisible::take_out(&mut sheet, diagnostics);
    if !damage::check(&sheet, diagnostics) {
        return Vec::new();
    }
    cell::report_broken(&sheet, diagnostics);
    let rows = 0..sheet.grid.len();
    rows.map(|row| {
        let cells = sheet.grid.cells(row).map(str::trim);
        cells.filter(|cell| !cell.is_empty()).map(str::to_owned).collect()
    })
    .collect()
}

fn read_sheet(
    file: &SourceFile,
    sheet: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Option<Sheet> {
    let lower = file.path.to_lowercase();
    match lower.ends_with(".csv") || lower.ends_with(".tsv") {
        true => csv::read(file, diagnostics),
        false => workbook::read(file, sheet, diagnostics),
    }
}

impl Table {
    /// The file it is in.
    pub fn file(&self) -> &Arc<str> {
        &self.sheet.file
    }

    /// Its headers, in the order of the columns; columns without header are left out.
    pub fn header(&self) -> &[HeaderCell] {
        &self.header
    }

    /// How many data rows; wholly blank ones are left out.
    pub fn len(&self) -> usize {
        self.sheet.grid.len() - self.header_row - 1
    }

    /// Has it no data rows?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Text of the cell in data row `row` and column `column`, both from 0, without space around it;
    /// `""` for a blank one.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.written(row, column).trim()
    }

    /// The same as it stands in the file, with the space around it.
    pub fn written(&self, row: usize, column: usize) -> &str {
        self.sheet.grid.cell(self.in_grid(row), self.column_in_grid(column))
    }

    /// Is there nothing in the cell? A formula whose result the file does not hold is something.
    pub fn is_blank(&self, row: usize, column: usize) -> bool {
        let in_grid = grid::to_u32(self.column_in_grid(column));
        self.cell(row, column).is_empty()
            && !self.sheet.facts.is_without_result(self.row_number(row), in_grid)
    }

    /// Place of a cell, counted as in [`Table::cell`].
    pub fn place(&self, row: usize, column: usize) -> Place {
        let place = self.sheet.cell_place(self.in_grid(row), self.column_in_grid(column));
        Place::Cell(CellPlace { header: Some(self.header[column].text.clone()), ..place })
    }

    /// Place of a header.
    pub fn header_place(&self, column: usize) -> Place {
        Place::Cell(self.sheet.cell_place(self.header_row, self.column_in_grid(column)))
    }

    /// Place of the header row.
    pub fn header_row_place(&self) -> Place {
        Place::Cell(self.sheet.row_place(self.header_row))
    }

    /// Place of a data row, counted from 0.
    pub fn row_place(&self, row: usize) -> Place {
        Place::Cell(self.sheet.row_place(self.in_grid(row)))
    }

    /// Number of a data row, counted from 0, in a spreadsheet program, which counts from 1.
    pub fn row_number(&self, row: usize) -> u32 {
        self.sheet.grid.row(self.in_grid(row)).number
    }

    /// Has it a column under the header `name`?
    fn has_header(&self, name: &str) -> bool {
        self.header.iter().any(|header| *header.text == *name)
    }

    fn in_grid(&self, row: usize) -> usize {
        self.header_row + 1 + row
    }

    fn column_in_grid(&self, column: usize) -> usize {
        self.header[column].column as usize - 1
    }
}
