//! A **grid** holds the cells of all rows in one string, before a header is found.

/// Rows of cells; each row has as many cells as the file gives it.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    text: String,
    /// End of each cell in `text`, row after row.
    ends: Vec<u32>,
    rows: Vec<GridRow>,
}

/// Position of a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct GridRow {
    /// Number of the row in a spreadsheet, from 1.
    pub(super) number: u32,
    /// For CSV: line on which it begins, from 1.
    pub(super) line: u32,
    /// For CSV: its first byte in the decoded text.
    pub(super) start: u32,
    /// Index of its first cell.
    first: u32,
}

impl Grid {
    /// A grid without rows, with room for `bytes` of text.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), ..Self::default() }
    }

    /// Begins a row.
    pub(super) fn begin_row(&mut self, number: u32, line: u32, start: u32) {
        let first = to_u32(self.ends.len());
        self.rows.push(GridRow { number, line, start, first });
    }

    /// Adds a cell to the row begun last.
    pub(super) fn push_cell(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(to_u32(self.text.len()));
    }

    /// Removes the last row.
    pub(super) fn drop_last_row(&mut self) {
        let Some(row) = self.rows.pop() else { return };
        self.ends.truncate(row.first as usize);
        self.text.truncate(self.ends.last().map_or(0, |end| *end as usize));
    }

    /// Number of rows.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Position of the row at `index`.
    pub(super) fn row(&self, index: usize) -> GridRow {
        self.rows[index]
    }

    /// Index of the row with the number `number`; `None` where that row is blank or past the end.
    pub(super) fn index_of(&self, number: u32) -> Option<usize> {
        self.rows.binary_search_by_key(&number, |row| row.number).ok()
    }

    /// Number of cells in the row at `index`.
    pub(super) fn width(&self, index: usize) -> usize {
        self.first_of(index + 1) - self.first_of(index)
    }

    /// The cell at `column` (from 0) of the row at `index`; empty past the row's end.
    pub(super) fn cell(&self, index: usize, column: usize) -> &str {
        let cell = self.first_of(index) + column;
        if cell >= self.first_of(index + 1) {
            return "";
        }
        let start = cell.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.text[start..self.ends[cell] as usize]
    }

    /// The cells of the row at `index`.
    pub(super) fn cells(&self, index: usize) -> impl Iterator<Item = &str> {
        (0..self.width(index)).map(move |column| self.cell(index, column))
    }

    /// The concatenated text of all cells.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Index of the first cell of the row at `index`; past the last row, the number of cells.
    fn first_of(&self, index: usize) -> usize {
        self.rows.get(index).map_or(self.ends.len(), |row| row.first as usize)
    }
}

/// Converts an offset to four bytes. Larger files are refused before they are read.
pub(super) fn to_u32(offset: usize) -> u32 {
    u32::try_from(offset).expect("files of 4 GiB and more are refused before they are read")
}

/// Is the cell blank? Full-width spaces are blank too.
pub(super) fn is_blank(cell: &str) -> bool {
    cell.trim().is_empty()
}

/// A gap: consecutive empty rows followed by another row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gap {
    /// Number of the first empty row.
    pub(super) first: u32,
    /// Number of the last empty row.
    pub(super) last: u32,
}

/// The gaps of a sheet. Empty rows at its end are no gap.
#[derive(Clone, Debug, Default)]
pub(super) struct Gaps {
    found: Vec<Gap>,
    open: Option<Gap>,
}

impl Gaps {
    /// Records that the rows from `first` to `last` are empty; adjacent calls extend the same gap.
    pub(super) fn add(&mut self, first: u32, last: u32) {
        let first = self.open.map_or(first, |gap| gap.first);
        self.open = Some(Gap { first, last });
    }

    /// Ends the gap: a row that is not empty follows.
    pub(super) fn close(&mut self) {
        self.found.extend(self.open.take());
    }

    /// The gaps below the row `number`.
    pub(super) fn below(&self, number: u32) -> impl Iterator<Item = Gap> {
        self.found.iter().copied().filter(move |gap| gap.first > number)
    }
}
