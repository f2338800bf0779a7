//! The **cells** of a worksheet as they are read: only filled ones, in any order.

use std::rc::Rc;

use crate::source::Limits;

use super::budget::UnpackingBudget;
use super::reason::Unreadable;

/// Filled cells, with their texts concatenated.
#[derive(Default)]
pub(in crate::table) struct RawCells {
    text: String,
    cells: Vec<FilledCell>,
    /// Are they ordered by row and column, as ordinary programs write them?
    sorted: bool,
    limits: Limits,
    /// Number of cells in all rows, each counted up to its last filled cell.
    extent: u64,
    /// The budget of their package; `None` for a file that is not compressed.
    budget: Option<Rc<UnpackingBudget>>,
    /// Number of bytes that are stored for the cells elsewhere.
    beside: usize,
}

/// A filled cell.
#[derive(Clone, Copy)]
struct FilledCell {
    row: u32,
    column: u32,
    start: usize,
    end: usize,
}

impl RawCells {
    /// No cells yet, with the given limits.
    pub fn new(limits: Limits) -> Self {
        Self { sorted: true, limits, ..Self::default() }
    }

    /// No cells yet, of a package that is read with `budget`.
    pub(in crate::table::workbook) fn of_package(budget: Rc<UnpackingBudget>) -> Self {
        Self { budget: Some(budget.clone()), ..Self::new(budget.limits()) }
    }

    /// Adds the cell at `row` (from 1) and `column` (from 0).
    ///
    /// # Errors
    ///
    /// Where a limit is exceeded: the number of columns or cells, or the memory that repeated cells
    /// take.
    pub fn push(&mut self, row: u32, column: u32, text: &str) -> Result<(), Unreadable> {
        if u64::from(column) >= self.limits.columns {
            return Err(Unreadable::TooLarge(self.limits.columns_met()));
        }
        let (last_row, last_column) = self.cells.last().map_or((0, 0), |c| (c.row, c.column));
        self.extent += match last_row == row {
            true => u64::from(column.saturating_sub(last_column)),
            false => u64::from(column) + 1,
        };
        if self.extent > self.limits.cells || self.text.len() + text.len() > u32::MAX as usize {
            return Err(Unreadable::TooLarge(self.limits.cells_met()));
        }
        // A text or cell that the file stores once may be repeated in any number of cells.
        let cells = (self.cells.len() + 1) * size_of::<FilledCell>();
        let taken = self.text.len() + text.len() + cells + self.beside;
        if let Some(budget) = &self.budget
            && taken as u64 > 2 * budget.unpacked() + self.limits.repeated
        {
            return Err(Unreadable::TooLarge(self.limits.repeated_met()));
        }
        self.sorted &= (last_row, last_column) < (row, column) || self.cells.is_empty();
        let start = self.text.len();
        self.text.push_str(text);
        self.cells.push(FilledCell { row, column, start, end: self.text.len() });
        Ok(())
    }

    /// Counts `bytes` that are stored for a cell elsewhere.
    pub fn count_beside(&mut self, bytes: usize) {
        self.beside += bytes;
    }

    /// Total length of all texts in bytes.
    pub fn bytes(&self) -> usize {
        self.text.len()
    }

    /// Do all the cells at `places` (row from 1, column from 0, in order) hold `text`?
    pub fn are_all(&self, places: &[(u32, u32)], text: &str) -> bool {
        let mut cells =
            self.cells.iter().filter(|c| places.binary_search(&(c.row, c.column)).is_ok());
        cells.all(|cell| &self.text[cell.start..cell.end] == text)
    }

    /// Orders them by row and column; of two cells at the same place, the later one remains.
    pub fn sort(&mut self) {
        if self.sorted {
            return;
        }
        self.cells.sort_by_key(|cell| (cell.row, cell.column));
        self.cells.dedup_by(|next, cell| {
            let same = (next.row, next.column) == (cell.row, cell.column);
            if same {
                *cell = *next;
            }
            same
        });
        self.sorted = true;
    }

    /// Row (from 1), column (from 0) and text of each cell.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u32, &str)> {
        self.cells.iter().map(|cell| (cell.row, cell.column, &self.text[cell.start..cell.end]))
    }
}
