//! The **facts** of a worksheet, other than the values of its cells: how numbers are displayed,
//! what is hidden, merged, struck out, or stored without a result.
//!
//! They are stored separately from the grid and are sparse: a cell without special facts has no
//! entry, and a CSV file has none at all.
//!
//! Not in here: what they mean for a column (`cell`), and how each kind of file stores them
//! (`workbook`).

use std::ops::RangeInclusive;

use super::format::NumberFormat;

/// The facts of a worksheet. Rows count from 1, as a spreadsheet shows them; columns from 0.
#[derive(Clone, Debug, Default)]
pub(super) struct SheetFacts {
    /// Facts of cells, ordered by row, then column.
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
    /// Rows that an active filter covers: hidden rows among them are filtered out.
    pub filtered: Option<RangeInclusive<u32>>,
    /// Comments, charts and pictures, which are not part of the cells.
    pub objects: Objects,
    /// What cannot be found out for this file format.
    pub untold: Untold,
}

/// The facts of one cell.
#[derive(Clone, Debug)]
pub(super) struct CellFact {
    /// Row, from 1.
    pub row: u32,
    /// Column, from 0.
    pub column: u32,
    /// The stored number, for cells whose number format displays more than its digits.
    pub number: Option<f64>,
    /// Index of the number format.
    pub format: u16,
    /// The displayed text, where the file stores it (.ods).
    pub shown: Option<Box<str>>,
    /// How much of its text is struck out.
    pub struck: Struck,
    /// Is it a formula?
    pub formula: bool,
    /// Is it a formula that adds up cells of other rows?
    pub adds_up: bool,
    /// Is it a formula whose result the file lacks?
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
    /// The region's first row.
    pub top: u32,
    /// The region's first column.
    pub left: u32,
    /// The region's last row.
    pub bottom: u32,
    /// The region's last column.
    pub right: u32,
}

/// What is on a sheet other than its cells; none of it is published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Objects {
    /// Comments and notes.
    pub comments: u32,
    /// Charts, shapes and pictures.
    pub drawings: u32,
}

/// What a file format does not store, or what is not read from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Untold {
    /// Hidden rows and columns.
    pub hidden: bool,
    /// The formats of numbers.
    pub formats: bool,
}

impl CellFact {
    /// A cell without any facts yet.
    pub fn at(row: u32, column: u32) -> Self {
        Self {
            row,
            column,
            number: None,
            format: 0,
            shown: None,
            struck: Struck::No,
            formula: false,
            adds_up: false,
            without_result: false,
            error: false,
        }
    }

    /// Does it hold any fact?
    pub fn says_something(&self) -> bool {
        self.number.is_some()
            || self.shown.is_some()
            || self.struck != Struck::No
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

    /// Adds the facts of a cell. Cells may be added in any order; [`SheetFacts::finish`] sorts
    /// them.
    pub fn push(&mut self, fact: CellFact) {
        self.cells.push(fact);
    }

    /// Sorts the facts. Must be called once after the last [`SheetFacts::push`].
    pub fn finish(&mut self) {
        self.cells.sort_by_key(|fact| (fact.row, fact.column));
        self.merged.sort_unstable();
        self.hidden_rows.sort_unstable_by_key(|rows| *rows.start());
    }

    /// The facts of the cell at `row` (from 1) and `column` (from 0), if it has any.
    pub fn cell(&self, row: u32, column: u32) -> Option<&CellFact> {
        if self.cells.is_empty() {
            return None;
        }
        let found = self.cells.binary_search_by_key(&(row, column), |fact| (fact.row, fact.column));
        found.ok().map(|index| &self.cells[index])
    }

    /// All cells that have facts.
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

    /// Is the cell at `row` (from 1) and `column` (from 0) a formula whose result the file lacks?
    pub fn is_without_result(&self, row: u32, column: u32) -> bool {
        self.cell(row, column).is_some_and(|fact| fact.without_result)
    }

    /// Is there in `row` (from 1) a formula that adds up cells of other rows?
    pub fn adds_up(&self, row: u32) -> bool {
        let first = self.cells.partition_point(|fact| fact.row < row);
        self.cells[first..].iter().take_while(|fact| fact.row == row).any(|fact| fact.adds_up)
    }

    /// Marks the cells at `places`, row (from 1) and column (from 0), as formulas that add up cells
    /// of other rows. Must be called after [`SheetFacts::finish`].
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

    /// Treats all formulas as if the file lacked their results, because stored results cannot be
    /// relied on.
    pub fn doubt_results(&mut self) {
        for fact in self.cells.iter_mut().filter(|fact| fact.formula) {
            fact.without_result = true;
        }
    }

    /// Is `row` (from 1) not shown?
    pub fn is_row_hidden(&self, row: u32) -> bool {
        // The ranges are ordered and do not overlap.
        let after = self.hidden_rows.partition_point(|rows| *rows.start() <= row);
        after > 0 && self.hidden_rows[after - 1].contains(&row)
    }

    /// Is `row` (from 1) filtered out?
    pub fn is_row_filtered(&self, row: u32) -> bool {
        self.is_row_hidden(row) && self.filtered.as_ref().is_some_and(|rows| rows.contains(&row))
    }

    /// Is `column` (from 0) not shown?
    pub fn is_column_hidden(&self, column: u32) -> bool {
        self.hidden_columns.iter().any(|columns| columns.contains(&column))
    }
}
