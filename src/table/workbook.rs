//! A **workbook**: one worksheet of an Excel or OpenDocument file as rows of text.
//!
//! Not in here: opening it and choosing the worksheet (`book`), formatting other than what makes a number a date, hidden
//! rows, macros, and merged cells of .ods files, which the reader does not tell.

mod book;

use std::sync::Arc;

use calamine::Dimensions;

use crate::diagnostic::{self, CellPlace, Diagnostic, Diagnostics};
use crate::message;
use crate::source::SourceFile;

use super::grid::{Gaps, Grid, is_blank};
use super::value::{Value, value};
use super::{Layout, Sheet};
use book::{Book, FilledCell, unreadable};

/// Reads the rows of the worksheet `sheet`, or of the only one that has any.
pub(super) fn read(
    file: &SourceFile,
    sheet: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Option<Sheet> {
    let mut book = match Book::open(file) {
        Ok(book) => book,
        Err(reason) => {
            diagnostics.push(unreadable(file, &reason));
            return None;
        }
    };
    let read = match sheet {
        Some(name) => book.named(file, name),
        None => book.only(file),
    };
    match read {
        Ok((name, cells)) => fill(file, &mut book, name.into(), cells, diagnostics),
        Err(problem) => {
            diagnostics.push(*problem);
            None
        }
    }
}

/// The rows of a worksheet; `None` where merged cells or failed formulas leave out what belongs into
/// other cells, for each of those would be reported once more as missing.
fn fill(
    file: &SourceFile,
    book: &mut Book<'_>,
    name: Arc<str>,
    cells: Vec<FilledCell>,
    diagnostics: &mut Diagnostics,
) -> Option<Sheet> {
    let merged = book.merged(&name);
    let mut sound = merged.is_empty();
    for region in &merged {
        diagnostics.push(merged_cells(file, &name, region));
    }
    let grid = Grid::with_capacity(cells.len() * 8);
    let mut sheet = Sheet {
        file: file.path.clone(),
        grid,
        gaps: Gaps::default(),
        layout: Layout::Worksheet(name),
    };
    let mut last_row = 0;
    for cells in cells.chunk_by(|a, b| a.0 == b.0) {
        let number = cells[0].0 + 1;
        if number > last_row + 1 {
            sheet.gaps.add(last_row + 1, number - 1);
        }
        last_row = number;
        sheet.grid.begin_row(number, 0, 0);
        let index = sheet.grid.len() - 1;
        for (_, column, data) in cells {
            let column = *column as usize;
            while sheet.grid.width(index) < column {
                sheet.grid.push_cell("");
            }
            match value(data) {
                Value::Text(text) => sheet.grid.push_cell(&text),
                Value::Error(error) => {
                    sound = false;
                    sheet.grid.push_cell(&error.to_string());
                    diagnostics.push(formula_error(sheet.cell_place(index, column), error));
                }
            }
        }
        let blank = sheet.grid.cells(index).all(is_blank);
        match blank {
            true => {
                sheet.grid.drop_last_row();
                sheet.gaps.add(number, number);
            }
            false => sheet.gaps.close(),
        }
    }
    sound.then_some(sheet)
}

fn merged_cells(file: &SourceFile, sheet: &Arc<str>, merged: &Dimensions) -> Diagnostic {
    let corner = |(row, column): (u32, u32)| CellPlace {
        file: file.path.clone(),
        sheet: Some(sheet.clone()),
        row: row + 1,
        column: Some(column + 1),
        header: None,
        line: None,
        bytes: None,
    };
    let (first, last) = (corner(merged.start).name(), corner(merged.end).name());
    Diagnostic::new(
        &diagnostic::TABLE_MERGED,
        corner(merged.start),
        message!(
            ja: "セル{first}から{last}までが結合されている",
            en: "the cells {first}:{last} are merged",
        ),
    )
    .with_help(message!(
        ja: "結合を解除して、それぞれのセルに値を書く",
        en: "unmerge them and write the value into each cell",
    ))
}

fn formula_error(place: CellPlace, error: &calamine::CellErrorType) -> Diagnostic {
    Diagnostic::new(
        &diagnostic::TABLE_FORMULA_ERROR,
        place,
        message!(
            ja: "数式が `{error}` になっている",
            en: "the formula ends in `{error}`",
        ),
    )
    .with_help(message!(
        ja: "数式を直すか、値を書く。値が分からないときは空にする",
        en: "mend the formula or write the value; leave the cell blank where it is not known",
    ))
}
