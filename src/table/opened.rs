//! An **opened** workbook gives its worksheets as they are, for a form that looks for single cells
//! on them.
//!
//! Not in here: finding cells (`form`), and worksheets that are laid out as a table (`sheets`).

use std::sync::Arc;

use crate::diagnostic::{CellPlace, Diagnostics};
use crate::source::SourceFile;

use super::facts::Region;
use super::hidden::{self, Hidden};
use super::workbook::Book;
use super::{Layout, Sheet, csv, damage, grid, invisible};

/// The worksheets of a workbook.
#[derive(Clone, Debug, Default)]
pub struct Worksheets {
    /// Those that are wanted, in their order.
    pub read: Vec<Arc<Sheet>>,
    /// The names of all others, including hidden ones.
    pub passed_over: Vec<String>,
}

/// Reads the worksheets of `file` that are shown and whose name is `wanted`. `hidden` says what to
/// do with hidden rows and columns, and `home` is the file to declare it in. A CSV file is one
/// sheet without name.
///
/// A sheet with damaged text is reported and left out. Returns `None` where the file, or one of the
/// wanted sheets, cannot be read.
pub fn open(
    file: &SourceFile,
    (hidden, home): (Option<Hidden>, &str),
    wanted: impl Fn(&str) -> bool,
    diagnostics: &mut Diagnostics,
) -> Option<Worksheets> {
    let mut found = Worksheets::default();
    let lower = file.path.to_lowercase();
    if lower.ends_with(".csv") || lower.ends_with(".tsv") {
        let sheet = csv::read(file, diagnostics)?;
        found.read.extend(cleaned(sheet, (hidden, home), diagnostics));
        return Some(found);
    }
    let mut book = Book::open(file, diagnostics)?;
    for index in 0..book.sheets().len() {
        let entry = &book.sheets()[index];
        if entry.hidden || !wanted(&entry.name) {
            found.passed_over.push(entry.name.clone());
            continue;
        }
        let sheet = book.read(file, index, diagnostics)?;
        found.read.extend(cleaned(sheet, (hidden, home), diagnostics));
    }
    Some(found)
}

/// The names of the worksheets of `file` that are shown; empty for CSV. Returns `None` and reports
/// the reason where the file cannot be opened.
pub fn sheet_names(file: &SourceFile, diagnostics: &mut Diagnostics) -> Option<Vec<String>> {
    let lower = file.path.to_lowercase();
    if lower.ends_with(".csv") || lower.ends_with(".tsv") {
        return Some(Vec::new());
    }
    let book = Book::open(file, diagnostics)?;
    let shown = book.sheets().iter().filter(|sheet| !sheet.hidden);
    Some(shown.map(|sheet| sheet.name.clone()).collect())
}

/// Removes invisible characters and applies the choice about hidden rows and columns; `None` where
/// some text is damaged.
fn cleaned(
    mut sheet: Sheet,
    (choice, home): (Option<Hidden>, &str),
    diagnostics: &mut Diagnostics,
) -> Option<Arc<Sheet>> {
    invisible::take_out(&mut sheet, diagnostics);
    hidden::settle(&mut sheet, choice, home, diagnostics);
    damage::check(&sheet, diagnostics).then(|| Arc::new(sheet))
}

impl Sheet {
    /// The name of the worksheet; `None` for CSV.
    pub fn name(&self) -> Option<&Arc<str>> {
        match &self.layout {
            Layout::Csv { .. } => None,
            Layout::Worksheet { name, .. } => Some(name),
        }
    }

    /// The file that the sheet is in.
    pub fn file(&self) -> &Arc<str> {
        &self.file
    }

    /// The cells that are not blank, row by row: row (from 1), column (from 0), text.
    pub fn filled(&self) -> impl Iterator<Item = (u32, u32, &str)> {
        (0..self.grid.len()).flat_map(move |index| {
            let row = self.grid.row(index).number;
            let cells = (0_u32..).zip(self.grid.cells(index));
            cells
                .filter(|(_, text)| !grid::is_blank(text))
                .map(move |(column, text)| (row, column, text))
        })
    }

    /// The text of the cell in `row` (from 1) and `column` (from 0); empty for a blank one.
    pub fn text_at(&self, row: u32, column: u32) -> &str {
        match self.grid.index_of(row) {
            Some(index) => self.grid.cell(index, column as usize),
            None => "",
        }
    }

    /// The sheet's merged cells.
    pub fn merged(&self) -> &[Region] {
        &self.facts.merged
    }

    /// The number of comments, and that of charts and pictures.
    pub fn objects(&self) -> (u32, u32) {
        (self.facts.objects.comments, self.facts.objects.drawings)
    }

    /// Does the file format not say which rows and columns are hidden?
    pub fn tells_nothing_hidden(&self) -> bool {
        self.facts.untold.hidden
    }

    /// The place of the cell in `row` (from 1) and `column` (from 0), whether it is filled or not.
    pub fn place_at(&self, row: u32, column: u32) -> CellPlace {
        match self.grid.index_of(row) {
            Some(index) => self.cell_place(index, column as usize),
            None => self.bare_place(row, Some(column)),
        }
    }
}
