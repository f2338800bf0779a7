//! The **rows** of a dataset: cells in their canonical text, packed so that a million rows fit.

/// Cells in canonical text (ISO dates, plain decimals, `true`/`false`); a blank cell is `""`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    width: usize,
    text: String,
    /// End of each cell in `text`, row by row.
    ends: Vec<u32>,
}

impl Rows {
    /// No rows yet, of `width` cells each.
    pub fn new(width: usize) -> Self {
        Self { width, text: String::new(), ends: Vec::new() }
    }

    /// No rows yet, with room for `cells` and `bytes` of text, of `width` cells each.
    pub fn with_capacity(width: usize, cells: usize, bytes: usize) -> Self {
        Self { width, text: String::with_capacity(bytes), ends: Vec::with_capacity(cells) }
    }

    /// Gives back what is kept free for more rows.
    pub fn shrink_to_fit(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// Adds a cell; a row is whole after `width` of them.
    pub fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        let end = u32::try_from(self.text.len());
        self.ends.push(end.expect("tables of 4 GiB and more are refused before they are read"));
    }

    /// Adds a whole row of `width` cells.
    pub fn push_row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        for cell in cells {
            self.push(cell);
        }
        debug_assert!(self.ends.len().is_multiple_of(self.width), "a row of another width");
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        self.ends.len().checked_div(self.width).unwrap_or(0)
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// How many bytes all cells have.
    pub fn bytes(&self) -> usize {
        self.text.len()
    }

    /// The cell at `row` and `column`, both from 0.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        let index = row * self.width + column;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.text[start..self.ends[index] as usize]
    }

    /// The cells of `row`, counted from 0.
    pub fn row(&self, row: usize) -> impl Iterator<Item = &str> {
        (0..self.width).map(move |column| self.cell(row, column))
    }

    /// The rows in order, each as an iterator over its cells.
    pub fn iter(&self) -> impl Iterator<Item = impl Iterator<Item = &str>> {
        (0..self.len()).map(|row| self.row(row))
    }
}
