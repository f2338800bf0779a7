//! The **rows** of a sheet that the page shows: its first ones, those with faults, and their
//! neighbours.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::source::SourceFile;
use crate::table::{self, Hidden, Sheet};

/// First rows of a sheet that are always shown, since they hold its header.
const HEAD: u32 = 4;
/// Number of columns that are shown although no fault is in them.
const WIDEST: u32 = 60;

/// The part of a sheet that is shown.
pub(super) struct ShownRows {
    /// Numbers of the rows from 1, in order.
    pub rows: Vec<u32>,
    /// Number of columns.
    pub columns: u32,
}

/// The sheets of the table in `file`; none where it cannot be read as one.
pub(super) fn sheets(file: &SourceFile) -> Vec<Arc<Sheet>> {
    if !table::is_table(&file.path) {
        return Vec::new();
    }
    // What is wrong with the file has been reported.
    let nothing = &mut Diagnostics::new();
    let opened = table::open(file, (Some(Hidden::Publish), ""), |_| true, nothing);
    opened.map(|sheets| sheets.read).unwrap_or_default()
}

/// What to show of `sheet` for the faulty cells `faults` (row and column, both from 1).
pub(super) fn shown(sheet: &Sheet, faults: &[(u32, u32)]) -> ShownRows {
    let mut filled: BTreeSet<u32> = BTreeSet::new();
    let mut columns = 1;
    for (row, column, _) in sheet.filled() {
        filled.insert(row);
        columns = columns.max(column + 1);
    }
    let widest = faults.iter().map(|(_, column)| *column).max().unwrap_or(1);
    let columns = columns.min(WIDEST).max(widest);
    let mut rows: BTreeSet<u32> = filled.iter().copied().take_while(|row| *row <= HEAD).collect();
    for (row, _) in faults {
        rows.insert(*row);
        rows.extend(filled.range(..*row).next_back());
        rows.extend(filled.range(*row + 1..).next());
    }
    ShownRows { rows: rows.into_iter().collect(), columns }
}
