//! The **facts** of a worksheet beside the values of its cells: how numbers are shown, what is
//! hidden, merged, struck out, or stored without a result.
//!
//! They are kept apart from the grid and are sparse: a cell about which there is nothing to say has
//! no entry, and a CSV file has none at all.
//!
//! Not in here: what they mean for a column (`cell`), and how each kind of file stores them
//! (`workbook`).

use std::ops::RangeInclusive;

use super::format::NumberFormat;

/// What is known of a worksheet beside its values. Rows count from 1, as a spreadsheet shows them;
/// columns from 0.
#[derive(Clone, Debug, Default)]
pub(super) struct SheetFacts {
    /// By row, then column.
    cells: Vec<CellFact>,
    /// Number formats, by [`CellFact::format`].
    formats: Vec<NumberFormat>,
    /// Does the workbook count days from 1904?
    pub date_1904: bool,
    /// Merged regions, by their first cell.
    pub merged: Vec<Region>,
    /// Rows that are not shown, whether hidden or filtered out.
    pub hidden_rows: Vec<RangeInclusive<u32>>,
    /// Columns that are not shown.
    pub hidden_columns: Vec<RangeInclusive<u32>>,
    /// Rows that an active filter covers: what is hidden among them is filtered out.
    pub filtered: Option<RangeInclusive<u32>>,
    /// What lies on or beside the cells and is not part of them.
    pub objects: Objects,
    /// What the kind of file does not tell.
    pub untold: Untold,
}

/// What is known of one cell.
#[derive(Clone, Debug)]
pub(super) struct CellFact {
    /// Row, from 1.
    pub row: u32,
    /// Column, from 0.
    pub column: u32,
    /// The stored number, for cells that have one whose format says more than its digits.
    pub number: Option<f64>,
    /// Index of the number format.
    pub format: u16,
    /// The text that the program showed, where the file keeps it (.ods).
    pub shown: Option<Box<str>>,
    /// What is struck out of its text.
    pub struck: Struck,
    /// Is all of its text bold?
    pub bold: bool,
    /// Is it a formula?
    pub formula: bool,
    /// Is it a formula that adds up cells of other rows?
    pub adds_up: bool,
    /// Is it a formula whose result the file does not hold?
    pub without_result: bool,
    /// Is its value an error, such as `#DIV/0!`?
    pub error: bool,
}

/// How much of a cell's text is struck out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Struck {
    /// Nothing.
    #[default]
    No,
    /// Some of its characters.
    Part,
    /// All of it.
    Whole,
}

/// Merged cells, both corners included. Rows count from 1, columns from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region {
    /// Its first row.
    pub top: u32,
    /// Its first column.
    pub left: u32,
    /// Its last row.
    pub bottom: u32,
    /// Its last column.
    pub right: u32,
}

/// What is on a sheet beside its cells, none of which is published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Objects {
    /// Comments and notes.
    pub comments: u32,
    /// Charts, shapes and pictures.
    pub drawings: u32,
}

/// What a kind of file does not tell, or we cannot look into.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Untold {
    /// Hidden rows and columns.
    pub hidden: bool,
    /// The formats of numbers.
    pub formats: bool,
}

impl CellFact {
    /// A cell of which nothing is known yet.
    pub fn at(row: u32, column: u32) -> Self {
        Self {
            row,
            column,
            number: None,
            format: 0,
            shown: None,
            struck: Struck::No,
            bold: false,
            formula: false,
            adds_up: false,
            without_result: false,
            error: false,
        }
    }

    /// Is there something to say about it?
    pub fn says_something(&self) -> bool {
        self.number.is_some()
            || self.shown.is_some()
            || self.struck != Struck::No
            || self.bold
            || self.formula
            || self.without_result
            || self.error
    }
}

impl SheetFacts {
    /// Facts with the number formats of a workbook.
    pub fn with_formats(formats: Vec<NumberFormat>) -> Self {
        Self { formats, ..Self::default() }
    }

    /// Adds what is known of a cell; cells come in any order, [`SheetFacts::finish`] sorts them.
    pub fn push(&mut self, fact: CellFact) {
        self.cells.push(fact);
    }

    /// To be called once after the last [`SheetFacts::push`].
    pub fn finish(&mut self) {
        self.cells.sort_by_key(|fact| (fact.row, fact.column));
        self.merged.sort_unstable();
        self.hidden_rows.sort_unstable_by_key(|rows| *rows.start());
    }

    /// What is known of the cell at `row` (from 1) and `column` (from 0).
    pub fn cell(&self, row: u32, column: u32) -> Option<&CellFact> {
        if self.cells.is_empty() {
            return None;
        }
        let found = self.cells.binary_search_by_key(&(row, column), |fact| (fact.row, fact.column));
        found.ok().map(|index| &self.cells[index])
    }

    /// All cells of which something is known.
    pub fn cells(&self) -> &[CellFact] {
        &self.cells
    }

    /// The number format of `fact`.
    pub fn format(&self, fact: &CellFact) -> Option<&NumberFormat> {
        self.formats.get(usize::from(fact.format))
    }

    /// The text that a spreadsheet program shows for the number in `fact`; `None` where that is
    /// just the stored value.
    pub fn shown(&self, fact: &CellFact) -> Option<String> {
        if let Some(shown) = &fact.shown {
            return Some(shown.to_string());
        }
        self.format(fact)?.shown(fact.number?, self.date_1904)
    }

    /// Is the cell at `row` (from 1) and `column` (from 0) a formula whose result the file does not
    /// hold?
    pub fn is_without_result(&self, row: u32, column: u32) -> bool {
        self.cell(row, column).is_some_and(|fact| fact.without_result)
    }

    /// Is there in `row` (from 1) a formula that adds up cells of other rows?
    pub fn adds_up(&self, row: u32) -> bool {
        let first = self.cells.partition_point(|fact| fact.row < row);
        self.cells[first..].iter().take_while(|fact| fact.row == row).any(|fact| fact.adds_up)
    }

    /// Notes of the cells at `places`, row (from 1) and column (from 0), that they are formulas
    /// which add up cells of other rows; to be called after [`SheetFacts::finish`].
    pub fn note_sums(&mut self, places: impl Iterator<Item = (u32, u32)>) {
        let known = self.cells.len();
        for place in places {
            let found = self.cells[..known].binary_search_by_key(&place, |f| (f.row, f.column));
            let sum = |fact: &mut CellFact| (fact.formula, fact.adds_up) = (true, true);
            match found {
                Ok(index) => sum(&mut self.cells[index]),
                Err(_) => {
                    let mut fact = CellFact::at(place.0, place.1);
                    sum(&mut fact);
                    self.cells.push(fact);
                }
            }
        }
        self.cells.sort_by_key(|fact| (fact.row, fact.column));
    }

    /// Takes it that no formula has a result that can be relied on.
    pub fn doubt_results(&mut self) {
        for fact in self.cells.iter_mut().filter(|fact| fact.formula) {
            fact.without_result = true;
        }
    }

    /// Is `row` (from 1) not shown?
    pub fn is_row_hidden(&self, row: u32) -> bool {
        // They come in the order of rows, and none covers another.
        let after = self.hidden_rows.partition_point(|rows| *rows.start() <= row);
        after > 0 && self.hidden_rows[after - 1].contains(&row)
    }

    /// Is `row` (from 1) hidden because a filter leaves it out?
    pub fn is_row_filtered(&self, row: u32) -> bool {
        self.is_row_hidden(row) && self.filtered.as_ref().is_some_and(|rows| rows.contains(&row))
    }

    /// Is `column` (from 0) not shown?
    pub fn is_column_hidden(&self, column: u32) -> bool {
        self.hidden_columns.iter().any(|columns| columns.contains(&column))
    }
}
