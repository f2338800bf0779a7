//! **Changes** between two states of a dataset as a CSV in long format, one record per cell: the
//! kind of change, the numbers and keys of the rows, the column, and the values before and after.
//!
//! The later table can be computed from the earlier one and the changes, except for the order of
//! the rows and the data dictionary.

use ::csv::Writer;

use crate::artifact::{Body, BodyWriter};
use crate::dataset::{Column, Dataset, HistoryStep};

use super::csv::{self, Dialect, WRITTEN, writer};

/// The changes as a CSV for programs, in UTF-8 without a byte order mark. The columns are the kind
/// of change, the two row numbers, the primary key with each column named `key_<name>`, and the
/// column with its values before and after.
pub(super) fn render(step: HistoryStep<'_>) -> Body {
    let mut changes = ChangesWriter { writer: writer(Dialect::Plain), step };
    changes.write_header();
    changes.write_columns();
    changes.write_rows();
    csv::finish(changes.writer)
}

struct ChangesWriter<'d> {
    writer: Writer<BodyWriter>,
    step: HistoryStep<'d>,
}

/// One record: the change, the rows counted from 0, the column, and the values before and after.
struct ChangeRecord<'r> {
    change: &'static str,
    before: Option<usize>,
    after: Option<usize>,
    column: &'r str,
    was: &'r str,
    is: &'r str,
}

impl ChangesWriter<'_> {
    fn write_header(&mut self) {
        let HistoryStep { after, difference, .. } = self.step;
        let keys =
            difference.key.iter().map(|&column| format!("key_{}", after.columns[column].name));
        let header = ["change", "row_before", "row_after"].map(str::to_owned).into_iter();
        let cell = ["column", "before", "after"].map(str::to_owned);
        self.writer.write_record(header.chain(keys).chain(cell)).expect(WRITTEN);
    }

    /// Writes a record for each column that was added, removed or redefined; the values are its
    /// type and unit.
    fn write_columns(&mut self) {
        let HistoryStep { before, after, difference } = self.step;
        let about = |change, column| ChangeRecord {
            change,
            before: None,
            after: None,
            column,
            was: "",
            is: "",
        };
        for &column in &difference.columns_added {
            let column = &after.columns[column];
            self.write(ChangeRecord {
                is: &column.definition(),
                ..about("column_added", &column.name)
            });
        }
        for &column in &difference.columns_removed {
            let column = &before.columns[column];
            self.write(ChangeRecord {
                was: &column.definition(),
                ..about("column_removed", &column.name)
            });
        }
        for &(earlier, later) in &difference.columns_changed {
            let (was, is) = (&before.columns[earlier], &after.columns[later]);
            let about = about("column_changed", &is.name);
            self.write(ChangeRecord { was: &was.definition(), is: &is.definition(), ..about });
        }
    }

    /// Writes a record for each cell of the removed rows, then of the added rows, except blank ones
    /// ([`cells`]), and then for each changed cell.
    fn write_rows(&mut self) {
        let HistoryStep { before, after, difference } = self.step;
        for &row in &difference.rows_removed {
            for (column, was) in cells(before, row) {
                let record = ("row_removed", Some(row), None);
                self.write_cell(record, column, was, "");
            }
        }
        for &row in &difference.rows_added {
            for (column, is) in cells(after, row) {
                self.write_cell(("row_added", None, Some(row)), column, "", is);
            }
        }
        for row in &difference.rows_changed {
            for &(earlier, later) in &row.cells {
                let record = ("cell_changed", Some(row.before), Some(row.after));
                let was = before.rows.cell(row.before, earlier);
                let is = after.rows.cell(row.after, later);
                self.write_cell(record, &after.columns[later], was, is);
            }
        }
    }

    fn write_cell(
        &mut self,
        (change, before, after): (&'static str, Option<usize>, Option<usize>),
        column: &Column,
        was: &str,
        is: &str,
    ) {
        self.write(ChangeRecord { change, before, after, column: &column.name, was, is });
    }

    /// Writes one record. Rows are numbered from 1, and the primary key is that of the later row
    /// or, for a removed row, of the earlier one.
    fn write(&mut self, record: ChangeRecord<'_>) {
        let HistoryStep { before, after, difference } = self.step;
        let number = |row: Option<usize>| row.map_or(String::new(), |row| (row + 1).to_string());
        let mut field = |text: &str| csv::write_cell(&mut self.writer, text, Dialect::Plain);
        field(record.change);
        field(&number(record.before));
        field(&number(record.after));
        for &column in &difference.key {
            let name = &after.columns[column].name;
            field(match (record.after, record.before) {
                (Some(row), _) => after.rows.cell(row, column),
                (None, Some(row)) => {
                    let earlier = before.columns.iter().position(|column| column.name == *name);
                    earlier.map_or("", |column| before.rows.cell(row, column))
                }
                (None, None) => "",
            });
        }
        field(record.column);
        field(record.was);
        field(record.is);
        self.writer.write_record(None::<&[u8]>).expect(WRITTEN);
    }
}

/// The cells of an added or removed row that are not blank, or the first cell if all are blank.
fn cells(dataset: &Dataset, row: usize) -> impl Iterator<Item = (&Column, &str)> {
    let blank = dataset.rows.row(row).all(str::is_empty);
    let cells = dataset.columns.iter().zip(dataset.rows.row(row)).enumerate();
    cells
        .filter(move |(index, (_, cell))| !cell.is_empty() || (blank && *index == 0))
        .map(|(_, cell)| cell)
}
