//! The **provenance** of a record: for each of its facts the cell, or the line and column, from
//! which it was read.
//!
//! Not in here: publishing it (`site`, `catalog`).

use super::column_letters;
use std::sync::Arc;

/// A fact of a record, with its position. There may be a million facts, so what they have in common
/// is shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcedFact {
    /// The kind of fact, and its file.
    pub kind: Arc<FactKind>,
    /// The position in the file or sheet.
    pub position: Position,
}

/// A kind of fact in one file or worksheet: the facts of one column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactKind {
    /// Name of the fact: that of its column or key in the content.
    pub fact: Arc<str>,
    /// Path of the file, relative to the site's root.
    pub file: Arc<str>,
    /// Name of the worksheet; `None` for CSV and TOML.
    pub sheet: Option<Arc<str>>,
}

/// A position within a file or a worksheet, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Position {
    /// A cell, as spreadsheet programs number it.
    Cell {
        /// The row.
        row: u32,
        /// The column; 1 is A.
        column: u32,
    },
    /// A character of a text file.
    Text {
        /// The line.
        line: u32,
        /// The character in the line.
        column: u32,
    },
}

impl Position {
    /// `B12` for a cell, `12:9` for line and column of a text.
    pub fn name(self) -> String {
        match self {
            Self::Cell { row, column } => format!("{}{row}", column_letters(column)),
            Self::Text { line, column } => format!("{line}:{column}"),
        }
    }
}

/// The facts of one record, in the order in which they were read. Cheap to copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance(Arc<[SourcedFact]>);

impl Provenance {
    /// The facts.
    pub fn facts(&self) -> &[SourcedFact] {
        &self.0
    }

    /// The facts of both, these first.
    pub fn and(&self, more: &Self) -> Self {
        match (self.0.is_empty(), more.0.is_empty()) {
            (true, _) => more.clone(),
            (_, true) => self.clone(),
            _ => self.0.iter().chain(&*more.0).cloned().collect(),
        }
    }
}

impl FromIterator<SourcedFact> for Provenance {
    fn from_iter<I: IntoIterator<Item = SourcedFact>>(facts: I) -> Self {
        Self(facts.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::Position;

    #[test]
    fn a_position_is_named_as_its_program_shows_it() {
        assert_eq!(Position::Cell { row: 12, column: 28 }.name(), "AB12");
        assert_eq!(Position::Text { line: 12, column: 9 }.name(), "12:9");
    }
}
