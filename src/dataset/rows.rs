//! The **rows** of a dataset: cells in canonical text, stored compactly so that a million rows fit
//! into memory.

/// Cells in canonical text (ISO dates, plain decimals, `true`/`false`); a blank cell is `""`.
///
/// A cell that is equal to the one above it shares its text, since years, codes, names and
/// addresses often repeat in consecutive rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rows {
    width: usize,
    /// The texts, concatenated.
    text: String,
    /// The end of each text in `text`.
    ends: Vec<u32>,
    /// For each cell, row by row, the index of its text.
    cells: Vec<u32>,
}

impl Rows {
    /// A table without rows, whose rows have `width` cells.
    pub fn new(width: usize) -> Self {
        Self { width, text: String::new(), ends: Vec::new(), cells: Vec::new() }
    }

    /// Frees the memory that was reserved for more rows.
    pub fn shrink_to_fit(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.cells.shrink_to_fit();
    }

    /// Adds a cell. A row is complete after `width` cells.
    pub fn push(&mut self, cell: &str) {
        let above = self.cells.len().checked_sub(self.width).map(|above| self.cells[above]);
        let text = match above.filter(|above| self.text(*above) == cell) {
            Some(above) => above,
            None => self.add(cell),
        };
        self.cells.push(text);
    }

    /// Adds a whole row of `width` cells.
    pub fn push_row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        for cell in cells {
            self.push(cell);
        }
        debug_assert!(self.cells.len().is_multiple_of(self.width), "a row of another width");
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.cells.len().checked_div(self.width).unwrap_or(0)
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The total length of all cells, in bytes.
    pub fn bytes(&self) -> usize {
        self.cells.iter().map(|cell| self.text(*cell).len()).sum()
    }

    /// The total length of the cells that do not repeat the one above, in bytes.
    pub fn distinct_bytes(&self) -> usize {
        self.text.len()
    }

    /// The cell at `row` and `column`, both from 0.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.text(self.cells[row * self.width + column])
    }

    /// The cells of `row`, counted from 0.
    pub fn row(&self, row: usize) -> impl Iterator<Item = &str> {
        (0..self.width).map(move |column| self.cell(row, column))
    }

    /// The rows in order, each as an iterator over its cells.
    pub fn iter(&self) -> impl Iterator<Item = impl Iterator<Item = &str>> {
        (0..self.len()).map(|row| self.row(row))
    }

    fn text(&self, index: u32) -> &str {
        let index = index as usize;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.text[start..self.ends[index] as usize]
    }

    /// Adds a text and returns its index.
    fn add(&mut self, text: &str) -> u32 {
        self.text.push_str(text);
        let size = |size: usize| {
            u32::try_from(size).expect("tables of 4 GiB and more are refused before they are read")
        };
        self.ends.push(size(self.text.len()));
        size(self.ends.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::Rows;

    #[test]
    fn cells_that_repeat_are_kept_once() {
        let mut rows = Rows::new(3);
        let every = [["131016", "", "a"], ["131016", "", "b"], ["131016", "c", "b"], ["", "c", ""]];
        for row in every {
            rows.push_row(row);
        }
        let read: Vec<Vec<&str>> = rows.iter().map(Iterator::collect).collect();
        assert_eq!(read, every);
        assert_eq!((rows.len(), rows.cell(2, 1), rows.text.as_str()), (4, "c", "131016abc"));
    }
}
