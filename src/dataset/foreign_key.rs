//! A **foreign key** says that what stands in some columns of a dataset is a row of another one.
//!
//! Not in here: whether that row is there (`check`), for one dataset does not know the others.

use std::sync::Arc;

use crate::diagnostic::Place;
use crate::table::Table;
use crate::text::Id;

/// What the rows of a dataset take from another.
#[derive(Clone, Debug)]
pub struct ForeignKey {
    /// Indices of the columns that refer.
    pub columns: Vec<usize>,
    /// The dataset that they refer to; it may be their own.
    pub dataset: Id,
    /// Names of its columns, in the same order.
    pub to: Vec<String>,
    /// Where it is declared.
    pub place: Place,
}

/// The clerk's table that a dataset was read from.
#[derive(Debug)]
pub struct Origin {
    pub(super) table: Table,
    /// For each column of the dataset, that of the table.
    pub(super) sources: Vec<usize>,
}

impl Origin {
    /// The file of the table.
    pub fn file(&self) -> &Arc<str> {
        self.table.file()
    }

    /// Place of the cell in `row` and `column` of the dataset.
    pub fn place(&self, row: usize, column: usize) -> Place {
        self.table.place(row, self.sources[column])
    }
}
