//! **Merged** cells: one text for several rows or columns. In a header it names all of them, above
//! the table it is a title, and beside records it is the value of each.

use std::collections::BTreeMap;

use crate::diagnostic::{self, Diagnostic, Diagnostics, Place};
use crate::message;
use crate::table::Sheet;
use crate::table::facts::Region;
use crate::table::grid::is_blank;

use super::signs::is_value;

/// The merged regions among the records that are one column wide.
#[derive(Clone, Debug, Default)]
pub(in crate::table) struct Merged {
    /// For each column its regions, in order: the index in the grid of the first row, and the
    /// number of the last.
    columns: BTreeMap<usize, Vec<(usize, u32)>>,
    /// Are there other regions, which have been reported?
    pub unclear: bool,
}

impl Merged {
    /// Collects the regions from the row at index `below` of the grid on. Reports a region that is
    /// wider than a column or that holds a figure: it is unclear whether the figure is that of each
    /// row or of all of them together. A note across the table is ignored.
    pub fn below(sheet: &Sheet, below: usize, diagnostics: &mut Diagnostics) -> Self {
        let mut merged = Self::default();
        let Some(first_row) = (below < sheet.grid.len()).then(|| sheet.grid.row(below).number)
        else {
            return merged;
        };
        for region in sheet.facts.merged.iter().filter(|region| region.bottom >= first_row) {
            let Some(top) = sheet.grid.index_of(region.top) else { continue };
            let text = sheet.grid.cell(top, region.left as usize);
            let tall = region.bottom > region.top;
            if is_blank(text) || top < below {
                continue;
            }
            if tall && region.left == region.right && !is_value(text) {
                let column = merged.columns.entry(region.left as usize).or_default();
                column.push((top, region.bottom));
            } else if tall || !alone_in_row(sheet, top, region) {
                merged.unclear = true;
                diagnostics.push(unclear(sheet, region, is_value(text)));
            }
        }
        merged
    }

    /// The index in the grid of the row that has the text of the cell at `row` and `column`; `None`
    /// unless the cell is covered by a region that begins above.
    pub fn row_of(&self, sheet: &Sheet, row: usize, column: usize) -> Option<usize> {
        let regions = self.columns.get(&column)?;
        let before = regions.partition_point(|(top, _)| *top < row);
        let (top, last) = regions[..before].last()?;
        (sheet.grid.row(row).number <= *last).then_some(*top)
    }

    /// The columns that have regions, with the number of regions.
    pub fn columns(&self) -> impl Iterator<Item = (usize, usize)> {
        self.columns.iter().map(|(column, regions)| (*column, regions.len()))
    }

    /// Are there no regions?
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }
}

/// Is the region the only content of its row, like a note across the table?
fn alone_in_row(sheet: &Sheet, row: usize, region: &Region) -> bool {
    let mut filled = sheet.grid.cells(row).enumerate().filter(|(_, cell)| !is_blank(cell));
    filled.all(|(column, _)| column == region.left as usize)
}

/// The error about the merged `region`; `figure` says whether it holds a figure.
fn unclear(sheet: &Sheet, region: &Region, figure: bool) -> Diagnostic {
    let corner = |row, column: u32| sheet.bare_place(row, Some(column));
    let start = corner(region.top, region.left);
    let (first, last) = (start.name(), corner(region.bottom, region.right).name());
    let help = match figure {
        true => message!(
            ja: "結合を解除し、それぞれの行の値を入力してください。合わせた値なら、1行にまとめるか、列を分けてください",
            en: "unmerge the cells and write the value of each row; if the figure is one for all the rows, put it into a row or a column of its own",
        ),
        false => message!(
            ja: "結合を解除して、それぞれのセルに値を入力してください",
            en: "unmerge the cells and write the value into each of them",
        ),
    };
    Diagnostic::new(
        &diagnostic::TABLE_MERGED,
        Place::Cell(start),
        message!(
            ja: "セル{first}から{last}までが結合されています",
            en: "the cells {first}:{last} are merged",
        ),
    )
    .with_help(help)
}
