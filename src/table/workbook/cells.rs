//! The **cells** of a worksheet as they come out of a file: filled ones only, in any order.

use std::rc::Rc;

use crate::source::Limits;

use super::budget::UnpackingBudget;
use super::reason::Unreadable;

/// Filled cells, their texts packed into one.
#[derive(Default)]
pub(in crate::table) struct RawCells {
    text: String,
    cells: Vec<FilledCell>,
    /// Are they in the order of rows and columns, as ordinary writers have them?
    sorted: bool,
    limits: Limits,
    /// Cells up to the last filled one of each row.
    extent: u64,
    /// What was unpacked for them; `None` for a file that is not packed.
    budget: Option<Rc<UnpackingBudget>>,
    /// Bytes that are kept beside them.
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
    /// None yet, and no more than `limits` allow.
    pub fn new(limits: Limits) -> Self {
        Self { sorted: true, limits, ..Self::default() }
    }

    /// None yet, of a package that is read at the cost of `budget`.
    pub(in crate::table::workbook) fn of_package(budget: Rc<UnpackingBudget>) -> Self {
        Self { budget: Some(budget.clone()), ..Self::new(budget.limits()) }
    }

    /// Adds the cell at `row` (from 1) and `column` (from 0).
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
        // A text that the file holds once can be that of every cell, and a cell that of every row.
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

    /// Counts `bytes` that are kept of a cell elsewhere.
    pub fn count_beside(&mut self, bytes: usize) {
        self.beside += bytes;
    }

    /// Bytes of all texts.
    pub fn bytes(&self) -> usize {
        self.text.len()
    }

    /// Do all the cells at `places` (row from 1, column from 0, in order) hold `text`?
    pub fn are_all(&self, places: &[(u32, u32)], text: &str) -> bool {
        let mut cells =
            self.cells.iter().filter(|c| places.binary_search(&(c.row, c.column)).is_ok());
        cells.all(|cell| &self.text[cell.start..cell.end] == text)
    }

    /// Brings them into the order of rows and columns; of two in one place the last stays.
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
