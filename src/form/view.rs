//! A **view** of a worksheet: its filled cells in the order of reading, found by their text, merged
//! cells taken as one.
//!
//! Not in here: which of them a form reads (`sheet`).

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Place;
use crate::table::{GatheredCell, Sheet, Spot, matching_form};

/// The address of a cell: its row from 1, its column from 0.
pub(super) type Address = (u32, u32);

/// The filled cells of a worksheet.
pub(super) struct FormView {
    pub sheet: Arc<Sheet>,
    /// In the order of reading.
    pub cells: Vec<Filled>,
    /// Indexes of `cells` by what is written there, in the form in which labels are compared.
    by_text: BTreeMap<Arc<str>, Vec<usize>>,
}

/// A filled cell, which may be merged from several.
#[derive(Clone, Debug)]
pub(super) struct Filled {
    pub row: u32,
    pub column: u32,
    /// Its last row.
    pub bottom: u32,
    /// Its last column.
    pub right: u32,
    /// What is written there, in the form in which labels are compared.
    pub form: Arc<str>,
}

impl Filled {
    pub fn address(&self) -> Address {
        (self.row, self.column)
    }
}

impl FormView {
    pub fn of(sheet: Arc<Sheet>) -> Self {
        let merged: BTreeMap<Address, Address> = sheet
            .merged()
            .iter()
            .map(|merged| ((merged.top, merged.left), (merged.bottom, merged.right)))
            .collect();
        let mut cells = Vec::new();
        let mut by_text: BTreeMap<Arc<str>, Vec<usize>> = BTreeMap::new();
        for (row, column, text) in sheet.filled() {
            let (bottom, right) = merged.get(&(row, column)).copied().unwrap_or((row, column));
            let form: Arc<str> = matching_form(text).into();
            by_text.entry(form.clone()).or_default().push(cells.len());
            cells.push(Filled { row, column, bottom, right, form });
        }
        Self { sheet, cells, by_text }
    }

    /// What is written at `address`, without space around it.
    pub fn text(&self, address: Address) -> &str {
        self.sheet.text_at(address.0, address.1).trim()
    }

    /// The cells whose whole text is `form`.
    pub fn with_text<'v>(&'v self, form: &str) -> impl Iterator<Item = &'v Filled> + use<'v> {
        self.by_text.get(form).into_iter().flatten().map(|index| &self.cells[*index])
    }

    /// Does any cell have the text `form`?
    pub fn has(&self, form: &str) -> bool {
        self.by_text.contains_key(form)
    }

    /// All texts, each once, in the form in which labels are compared.
    pub fn texts(&self) -> impl Iterator<Item = &Arc<str>> {
        self.by_text.keys()
    }

    /// The filled cells of `row`, from left to right.
    pub fn row(&self, row: u32) -> &[Filled] {
        let start = self.cells.partition_point(|cell| cell.row < row);
        let end = self.cells.partition_point(|cell| cell.row <= row);
        &self.cells[start..end]
    }

    /// The filled cell at `address`.
    pub fn at(&self, address: Address) -> Option<&Filled> {
        self.row(address.0).iter().find(|cell| cell.column == address.1)
    }

    /// The first filled cell below `above`, in its columns.
    pub fn below(&self, above: &Filled) -> Option<&Filled> {
        let columns = above.column..=above.right;
        self.cells.iter().find(|cell| cell.row > above.bottom && columns.contains(&cell.column))
    }

    pub fn spot(&self, (row, column): Address) -> Spot {
        Spot { sheet: self.sheet.clone(), row, column }
    }

    pub fn place(&self, address: Address) -> Place {
        Place::Cell(self.spot(address).place())
    }

    /// The cell at `address`, unchanged.
    pub fn cell(&self, address: Address) -> GatheredCell {
        GatheredCell {
            text: self.text(address).to_owned(),
            spot: Some(self.spot(address)),
            whole: true,
            told: false,
        }
    }

    /// The name of the worksheet; of a CSV file, which has none, that of the file.
    pub fn name(&self) -> &str {
        let file = || self.sheet.file().rsplit('/').next().unwrap_or_default();
        self.sheet.name().map(|name| &**name).unwrap_or_else(file)
    }
}
