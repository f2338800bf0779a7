//! The **places** of rows and cells, worked out when a problem asks for them.

use crate::diagnostic::CellPlace;

use super::grid::to_u32;
use super::records;
use super::{Layout, Sheet};

impl Sheet {
    /// The place of the row at `index` of the grid.
    pub(super) fn row_place(&self, index: usize) -> CellPlace {
        let row = self.grid.row(index);
        let (sheet, line, bytes) = match &self.layout {
            Layout::Csv { text, delimiter } => {
                (None, Some(row.line), Some(records::record_range(text, *delimiter, row.start)))
            }
            Layout::Worksheet(name) => (Some(name.clone()), None, None),
        };
        let file = self.file.clone();
        CellPlace { file, sheet, row: row.number, column: None, header: None, line, bytes }
    }

    /// The place of the cell at `column`, from 0, of the row at `index` of the grid.
    pub(super) fn cell_place(&self, index: usize, column: usize) -> CellPlace {
        let mut place = self.row_place(index);
        place.column = Some(to_u32(column) + 1);
        if let Layout::Csv { text, delimiter } = &self.layout {
            let row = self.grid.row(index);
            let (start, end) = records::cell_range(text, *delimiter, row.start, column);
            place.line = Some(row.line + records::line_ends(&text[row.start as usize..start]));
            place.bytes = Some((start, end));
        }
        place
    }
}
