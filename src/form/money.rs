//! The **unit of money** (千円) that worksheets and lists name for their amounts.
//!
//! Not in here: whether it is that of the site's budgets (`policy`).

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Place;
use crate::table::{money_unit_of, money_unit_of_sheet};

use super::view::{Address, Filled, FormView};

/// A unit that amounts of money are in.
#[derive(Clone, Debug)]
pub struct MoneyUnit {
    /// As written, in normal form (NFKC) and without spaces.
    pub unit: String,
    /// Where it is first named.
    pub place: Place,
    /// How many worksheets or lists name it.
    pub sheets: usize,
}

/// Units of money, each once.
#[derive(Debug, Default)]
pub(super) struct MoneyUnits(BTreeMap<String, MoneyUnit>);

impl MoneyUnits {
    /// Adds `unit`, which one more worksheet names at `place`.
    pub fn add(&mut self, unit: String, place: Place) {
        let first = MoneyUnit { unit: unit.clone(), place, sheets: 0 };
        self.0.entry(unit).or_insert(first).sheets += 1;
    }

    pub fn finish(self) -> impl Iterator<Item = MoneyUnit> {
        self.0.into_values()
    }
}

/// The units of money that a worksheet names for the amounts in `rows`, with their cells. They are
/// looked for left of the column `first` in these rows, and in the row `years` and the two rows
/// above it; if there are none, in a note for the whole worksheet, （単位：千円）.
pub(super) fn of_rows(
    view: &FormView,
    years: u32,
    first: u32,
    rows: &BTreeSet<u32>,
) -> BTreeMap<String, Address> {
    let is_near = |cell: &&Filled| {
        let heading = (years.saturating_sub(2)..=years).contains(&cell.row);
        heading || (rows.contains(&cell.row) && cell.column < first)
    };
    let mut found = BTreeMap::new();
    for cell in view.cells.iter().filter(is_near) {
        if let Some(unit) = money_unit_of(view.text(cell.address())) {
            found.entry(unit).or_insert(cell.address());
        }
    }
    if found.is_empty() {
        for cell in &view.cells {
            if let Some(unit) = money_unit_of_sheet(view.text(cell.address())) {
                found.entry(unit).or_insert(cell.address());
            }
        }
    }
    found
}
