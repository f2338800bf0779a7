//! A **place** is a position in the user's files: a byte range of a text file, a cell of a table,
//! or a whole file. Lines and columns are computed when a place is shown (`report`).
//!
//! Not in here: the contents of files (`source`).

use std::ops::Range;
use std::sync::Arc;

/// A position in the user's files. Paths are relative to the site's root and use `/` on every
/// system.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A whole file or folder; the site's root is `.`.
    File {
        /// Relative path.
        file: Arc<str>,
    },
    /// A byte range of a UTF-8 text file.
    Text {
        /// Relative path.
        file: Arc<str>,
        /// First byte of the range.
        start: usize,
        /// One past its last byte.
        end: usize,
    },
    /// A cell of a table.
    Cell(CellPlace),
}

/// A cell, addressed as spreadsheet programs address it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellPlace {
    /// Relative path.
    pub file: Arc<str>,
    /// Number of the worksheet in its workbook, from 0, so that places sort in the workbook's
    /// order; 0 for CSV.
    pub sheet_number: u32,
    /// Name of the worksheet; `None` for CSV.
    pub sheet: Option<Arc<str>>,
    /// Row from 1, as a spreadsheet program numbers it: a quoted line break does not start a new
    /// row.
    pub row: u32,
    /// Column from 1 (A); `None` for the whole row.
    pub column: Option<u32>,
    /// The header above the cell, as written.
    pub header: Option<Arc<str>>,
    /// For CSV: line from 1 on which the cell begins. Differs from `row` after a quoted line break.
    pub line: Option<u32>,
    /// For CSV: byte range of the cell in the decoded text, including quotation marks.
    pub bytes: Option<(usize, usize)>,
}

impl Place {
    /// A whole file.
    pub fn file(file: impl Into<Arc<str>>) -> Self {
        Self::File { file: file.into() }
    }

    /// A byte range of a text file.
    pub fn text(file: impl Into<Arc<str>>, range: Range<usize>) -> Self {
        Self::Text { file: file.into(), start: range.start, end: range.end }
    }

    /// Path of the file, relative to the site's root.
    pub fn path(&self) -> &str {
        self.file_path()
    }

    /// Path of the file as a shared string.
    pub fn file_path(&self) -> &Arc<str> {
        match self {
            Self::File { file } | Self::Text { file, .. } => file,
            Self::Cell(cell) => &cell.file,
        }
    }
}

/// A value together with the place from which it was read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// The place from which it was read.
    pub place: Place,
}

impl<T> Located<T> {
    /// Creates a located value.
    pub fn new(value: T, place: impl Into<Place>) -> Self {
        Self { value, place: place.into() }
    }
}

impl<T> std::ops::Deref for Located<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl From<CellPlace> for Place {
    fn from(cell: CellPlace) -> Self {
        Self::Cell(cell)
    }
}

impl CellPlace {
    /// `B12`, or `12` when the whole row is meant.
    pub fn name(&self) -> String {
        match self.column {
            Some(column) => format!("{}{}", column_letters(column), self.row),
            None => self.row.to_string(),
        }
    }
}

/// Letters of a column counted from 1, as spreadsheets write them: 1 is `A`, 27 is `AA`.
pub fn column_letters(mut column: u32) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        let digit = (column - 1) % 26;
        letters.push(char::from(b'A' + u8::try_from(digit).expect("a digit of base 26")));
        column = (column - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// The column, counted from 1, that spreadsheets write with `letters`: `A` is 1, `AA` is 27. `None`
/// for anything but one to three capital letters.
pub fn column_number(letters: &str) -> Option<u32> {
    let is_column =
        (1..=3).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_uppercase());
    let add = |number, letter| number * 26 + u32::from(letter - b'A') + 1;
    is_column.then(|| letters.bytes().fold(0, add))
}

#[cfg(test)]
mod tests {
    use super::{column_letters, column_number};

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        let names: Vec<String> = [1, 26, 27, 52, 53, 702, 703, 16384].map(column_letters).to_vec();
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
        for (letters, number) in names.iter().zip([1, 26, 27, 52, 53, 702, 703, 16384]) {
            assert_eq!(column_number(letters), Some(number));
        }
        assert!(
            ["", "a", "A1", "AAAA", "Ａ"].into_iter().all(|other| column_number(other).is_none())
        );
    }
}
