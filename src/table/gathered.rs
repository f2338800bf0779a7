//! A **gathered** table consists of cells that a form has found anywhere on a sheet: beside a
//! label, below a year, in a block of columns. It is read like any other table, and every cell
//! keeps its place.
//!
//! Not in here: finding the cells (`form`).

use std::sync::Arc;

use crate::diagnostic::{CellPlace, Place};

use super::facts::{CellFact, SheetFacts};
use super::missing::Missing;
use super::{HeaderCell, Sheet, Table, TableBody};

/// A cell of a worksheet.
#[derive(Clone, Debug)]
pub struct Spot {
    /// The worksheet.
    pub sheet: Arc<Sheet>,
    /// The cell's row, from 1.
    pub row: u32,
    /// The cell's column, from 0.
    pub column: u32,
}

impl Spot {
    /// The place of the cell for messages.
    pub fn place(&self) -> CellPlace {
        self.sheet.place_at(self.row, self.column)
    }

    /// Is it a formula whose result the file lacks?
    pub fn is_without_result(&self) -> bool {
        self.sheet.facts.is_without_result(self.row, self.column)
    }
}

/// A cell of a gathered table.
#[derive(Clone, Debug, Default)]
pub struct GatheredCell {
    /// The cell's text; empty where nothing is written.
    pub text: String,
    /// The cell's place, or the place where it would be; `None` for a value that the form itself
    /// gives.
    pub spot: Option<Spot>,
    /// Is it the whole text of the cell? Then the facts of the cell (its number format, a
    /// strikethrough) apply to it.
    pub whole: bool,
    /// Has a problem of it been reported? Then it is not reported as blank as well.
    pub told: bool,
}

/// A column of a gathered table.
#[derive(Clone, Debug)]
pub struct GatheredColumn {
    /// Physical name of the column.
    pub name: Arc<str>,
    /// The label or header beside which its cells are, for messages.
    pub label: Arc<str>,
    /// The place in the form that declares it.
    pub declared: Place,
}

/// A gathered table under construction.
#[derive(Clone, Debug)]
pub struct Gathering {
    /// The file of the form.
    pub form: Arc<str>,
    /// The columns.
    pub columns: Vec<GatheredColumn>,
    /// The records, each with one cell per column.
    pub rows: Vec<Vec<GatheredCell>>,
    /// Texts that mean that there is no value.
    pub missing: Missing,
    /// Are the texts written in Markdown?
    pub markdown: bool,
}

/// The cells of a gathered table.
#[derive(Clone, Debug)]
pub(super) struct Gathered {
    form: Arc<str>,
    columns: Vec<GatheredColumn>,
    rows: Vec<Vec<GatheredCell>>,
}

impl Gathering {
    /// Converts it into a table.
    pub fn into_table(self) -> Table {
        let header = (1..).zip(&self.columns).map(|(column, gathered)| HeaderCell {
            text: gathered.name.clone(),
            column,
            lowest: None,
            unit: None,
        });
        let home = self.form.rsplit('/').next().unwrap_or_default().into();
        Table {
            header: header.collect(),
            len: self.rows.len(),
            missing: self.missing,
            unit: None,
            home,
            markdown: self.markdown,
            body: TableBody::Gathered(Gathered {
                form: self.form,
                columns: self.columns,
                rows: self.rows,
            }),
        }
    }
}

impl Gathered {
    pub(super) fn form(&self) -> &Arc<str> {
        &self.form
    }

    pub(super) fn text(&self, row: usize, column: usize) -> &str {
        &self.rows[row][column].text
    }

    pub(super) fn label(&self, column: usize) -> &str {
        &self.columns[column].label
    }

    pub(super) fn is_told(&self, row: usize, column: usize) -> bool {
        self.rows[row][column].told
    }

    pub(super) fn declared_at(&self, column: usize) -> Place {
        self.columns[column].declared.clone()
    }

    pub(super) fn spot(&self, row: usize, column: usize) -> Option<Spot> {
        self.rows[row][column].spot.clone()
    }

    /// The place of a cell; for a value that the form itself gives, the place of its record.
    pub(super) fn place(&self, row: usize, column: usize) -> Place {
        match &self.rows[row][column].spot {
            Some(spot) => {
                let header = Some(self.columns[column].label.clone());
                Place::Cell(CellPlace { header, ..spot.place() })
            }
            None => self.row_place(row),
        }
    }

    /// The place of a record: that of its first cell that has one, otherwise the form.
    pub(super) fn row_place(&self, row: usize) -> Place {
        match self.rows[row].iter().find_map(|cell| cell.spot.as_ref()) {
            Some(spot) => Place::Cell(spot.place()),
            None => Place::file(self.form.clone()),
        }
    }

    pub(super) fn row_number(&self, row: usize) -> u32 {
        self.rows[row].iter().find_map(|cell| cell.spot.as_ref()).map_or(1, |spot| spot.row)
    }

    pub(super) fn fact(&self, row: usize, column: usize) -> Option<(&SheetFacts, &CellFact)> {
        let cell = &self.rows[row][column];
        let spot = cell.spot.as_ref().filter(|_| cell.whole)?;
        let facts = &spot.sheet.facts;
        Some((facts, facts.cell(spot.row, spot.column)?))
    }
}
