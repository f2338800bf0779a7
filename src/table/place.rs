//! The **places** of rows and cells, computed when a problem needs them.

use crate::diagnostic::CellPlace;

use super::grid::to_u32;
use super::records;
use super::{Layout, Sheet};

impl Sheet {
    /// The place of the row at `index` of the grid.
    pub(super) fn row_place(&self, index: usize) -> CellPlace {
        let row = self.grid.row(index);
        let mut place = self.bare_place(row.number, None);
        if let Layout::Csv { text, delimiter } = &self.layout {
            place.line = Some(row.line);
            place.bytes = Some(records::record_range(text, *delimiter, row.start));
        }
        place
    }

    /// The place of the cell in `row` (from 1) and `column` (from 0), or of the whole row, whether
    /// it is blank or not; without its position in the text of a CSV file.
    pub(super) fn bare_place(&self, row: u32, column: Option<u32>) -> CellPlace {
        CellPlace {
            file: self.file.clone(),
            sheet_number: match self.layout {
                Layout::Csv { .. } => 0,
                Layout::Worksheet { number, .. } => number,
            },
            sheet: self.name().cloned(),
            row,
            column: column.map(|column| column + 1),
            header: None,
            line: None,
            bytes: None,
        }
    }

    /// The place of the cell at `column`, from 0, of the row at `index` of the grid.
    pub(super) fn cell_place(&self, index: usize, column: usize) -> CellPlace {
        let row = self.grid.row(index);
        let mut place = self.bare_place(row.number, Some(to_u32(column)));
        if let Layout::Csv { text, delimiter } = &self.layout {
            let (start, end) = records::cell_range(text, *delimiter, row.start, column);
            place.line = Some(row.line + records::line_ends(&text[row.start as usize..start]));
            place.bytes = Some((start, end));
        }
        place
    }
}
