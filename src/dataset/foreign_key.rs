//! A **foreign key** relates some columns of a dataset to columns of a dataset, so that their
//! values must be those of one of its rows.
//!
//! Not in here: whether the row exists (`check`), since a dataset is read without the others.

use std::sync::Arc;

use crate::diagnostic::Place;
use crate::table::Table;
use crate::text::Id;

/// A reference from columns of a dataset to columns of another dataset, or of the same one.
#[derive(Clone, Debug, Hash)]
pub struct ForeignKey {
    /// Indices of the referring columns.
    pub columns: Vec<usize>,
    /// The dataset to which they refer; it may be their own.
    pub dataset: Id,
    /// Names of the columns to which they refer, in the same order.
    pub to: Vec<String>,
    /// The place of its declaration.
    pub place: Place,
}

/// The clerk's table from which a dataset was read.
#[derive(Debug)]
pub struct Origin {
    pub(super) table: Table,
    /// For each column of the dataset, the index of the table's column.
    pub(super) sources: Vec<usize>,
}

impl Origin {
    /// The path of the table's file.
    pub fn file(&self) -> &Arc<str> {
        self.table.file()
    }

    /// The place of the header of `column` of the dataset, counted from 0.
    pub fn header_place(&self, column: usize) -> Place {
        self.table.header_place(self.sources[column])
    }

    /// The place of the cell in `row` and `column` of the dataset, both counted from 0.
    pub fn place(&self, row: usize, column: usize) -> Place {
        self.table.place(row, self.sources[column])
    }
}
