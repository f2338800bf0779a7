//! A **table** is one header row and its data rows, as the clerk's program wrote them, each cell with
//! its place. CSV and Excel files come to the same shape.
//!
//! Not in here: what the columns mean (`policy`, `dataset`), and the encoding of bytes (`source`).

mod bind;
mod csv;
mod excel;
mod fields;
mod header;

use std::sync::Arc;

use crate::diagnostic::{CellPlace, Diagnostics, Place};
use crate::source::SourceFile;

pub use bind::{Bound, ColumnSpec};
pub use fields::{Fields, not_a_number_help, parse_date, parse_flag};

/// One table.
#[derive(Clone, Debug)]
pub struct Table {
    file: Arc<str>,
    sheet: Option<Arc<str>>,
    header: Vec<HeaderCell>,
    header_row: RowStart,
    /// All cells of the data rows, row by row, `width` a row.
    text: String,
    ends: Vec<usize>,
    rows: Vec<RowStart>,
    /// Decoded text of a CSV file, by which the byte range of a cell is found when it is asked for.
    csv: Option<(Arc<str>, u8)>,
}

/// A header as written, on one line and without spaces around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderCell {
    /// Its text.
    pub text: Arc<str>,
    /// Its column in the file, from 1.
    pub column: u32,
}

/// Where a row begins.
#[derive(Clone, Copy, Debug, Default)]
struct RowStart {
    /// Row from 1, as a spreadsheet program counts.
    row: u32,
    /// For CSV: line from 1.
    line: u32,
    /// For CSV: first byte in the decoded text.
    byte: usize,
}

/// Endings of the files that are tables.
pub const ENDINGS: [&str; 6] = [".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods"];

/// Is the file at `path` a table, by its ending?
pub fn is_table(path: &str) -> bool {
    let lower = path.to_lowercase();
    ENDINGS.iter().any(|ending| lower.ends_with(ending))
}

/// Reads the table in `file`; of an Excel file that on `sheet`, or the only one. `None` when there is
/// none that can be trusted; the reasons are among `diagnostics`.
pub fn read(
    file: &SourceFile,
    sheet: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Option<Table> {
    let lower = file.path.to_lowercase();
    let delimiter = if lower.ends_with(".tsv") { b'\t' } else { b',' };
    let grid = if lower.ends_with(".csv") || lower.ends_with(".tsv") {
        csv::read(file, delimiter, diagnostics)?
    } else {
        excel::read(file, sheet, diagnostics)?
    };
    header::table(grid, diagnostics)
}

/// Reads the rows of a CSV without header: groups of cells, blank ones left out.
pub fn read_groups(file: &SourceFile, diagnostics: &mut Diagnostics) -> Vec<Vec<String>> {
    let Some(grid) = csv::read(file, b',', diagnostics) else { return Vec::new() };
    let filled = |cells: Vec<String>| -> Vec<String> {
        cells.iter().map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty()).collect()
    };
    grid.rows.into_iter().map(|(_, cells)| filled(cells)).filter(|group| !group.is_empty()).collect()
}

/// Cells as they stand in the file, before a header has been found.
#[derive(Debug)]
struct Grid {
    file: Arc<str>,
    sheet: Option<Arc<str>>,
    rows: Vec<(RowStart, Vec<String>)>,
    csv: Option<(Arc<str>, u8)>,
}

impl Table {
    /// The file it is in.
    pub fn file(&self) -> &Arc<str> {
        &self.file
    }

    /// Its headers, in the order of the columns.
    pub fn header(&self) -> &[HeaderCell] {
        &self.header
    }

    /// How many data rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Has it no data rows?
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Text of the cell in data row `row` and column `column`, both from 0; `""` for a blank one.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        let index = row * self.header.len() + column;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[index]]
    }

    /// Place of a cell, counted as in [`Table::cell`].
    pub fn place(&self, row: usize, column: usize) -> Place {
        let header = &self.header[column];
        let mut place = self.row_place_of(&self.rows[row]);
        place.column = Some(header.column);
        place.header = Some(header.text.clone());
        if let Some((line, bytes)) = self.find_in_csv(&self.rows[row], header.column) {
            place.line = Some(line);
            place.bytes = Some(bytes);
        }
        Place::Cell(place)
    }

    /// Place of a header.
    pub fn header_place(&self, column: usize) -> Place {
        let mut place = self.row_place_of(&self.header_row);
        place.column = Some(self.header[column].column);
        if let Some((line, bytes)) = self.find_in_csv(&self.header_row, self.header[column].column) {
            place.line = Some(line);
            place.bytes = Some(bytes);
        }
        Place::Cell(place)
    }

    /// Place of the header row.
    pub fn header_row_place(&self) -> Place {
        Place::Cell(self.row_place_of(&self.header_row))
    }

    /// Place of a data row, counted from 0.
    pub fn row_place(&self, row: usize) -> Place {
        Place::Cell(self.row_place_of(&self.rows[row]))
    }

    fn row_place_of(&self, start: &RowStart) -> CellPlace {
        row_place(&self.file, &self.sheet, start, self.csv.is_some())
    }

    fn find_in_csv(&self, start: &RowStart, column: u32) -> Option<(u32, (usize, usize))> {
        let (text, delimiter) = self.csv.as_ref()?;
        let bytes = csv::cell_range(text, start.byte, column, *delimiter)?;
        let newlines = text[start.byte..bytes.0].matches('\n').count();
        Some((start.line + u32::try_from(newlines).unwrap_or(u32::MAX), bytes))
    }
}

fn row_place(file: &Arc<str>, sheet: &Option<Arc<str>>, start: &RowStart, csv: bool) -> CellPlace {
    CellPlace {
        file: file.clone(),
        sheet: sheet.clone(),
        row: start.row,
        column: None,
        header: None,
        line: csv.then_some(start.line),
        bytes: csv.then_some((start.byte, start.byte)),
    }
}
