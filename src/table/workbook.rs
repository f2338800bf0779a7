//! A **workbook**: the worksheets of an Excel or OpenDocument file as rows of text, each with the facts beside it.
//!
//! One reader for each kind of file: `xlsx`, `ods`, `xls`. What they give is of one shape.
//!
//! Not in here: which sheet is meant and what its rows are (`header`, `grid`), what a cell is in its column (`cell`), and
//! macros, which are not looked at.

mod budget;
mod cells;
mod fake;
mod ods;
mod package;
mod reason;
mod xls;
mod xlsx;
mod xml;

use std::sync::Arc;

use crate::diagnostic::{self, CellPlace, Diagnostic, Diagnostics, Place};
use crate::message;
use crate::source::SourceFile;

use super::facts::{Facts, Region};
use super::grid::{Gaps, Grid, is_blank};
use super::{Layout, Sheet};
use cells::RawCells;
use ods::Ods;
use reason::Reason;
use xls::Xls;
use xlsx::Xlsx;

pub(super) use fake::is_workbook;

/// A worksheet of a workbook.
pub(super) struct SheetEntry {
    /// Its name.
    pub name: String,
    /// Is it hidden from those who open the workbook?
    pub hidden: bool,
}

/// A worksheet that has been read: its filled cells, and what is known beside their values.
#[derive(Default)]
pub(super) struct Worksheet {
    pub(in crate::table) cells: RawCells,
    pub(in crate::table) facts: Facts,
}

/// An open workbook.
pub(super) enum Book<'f> {
    Xlsx(Box<Xlsx<'f>>),
    Xls(Box<Xls<'f>>),
    Ods(Box<Ods>),
}

impl<'f> Book<'f> {
    /// Opens the workbook in `file`; what is in the way is among `diagnostics`.
    pub fn open(file: &'f SourceFile, diagnostics: &mut Diagnostics) -> Option<Self> {
        let open = || -> Result<Self, Reason> {
            let limits = file.limits;
            if file.bytes.len() as u64 > limits.file {
                return Err(Reason::TooLarge(limits.file_met()));
            }
            fake::check(file)?;
            match fake::ending(&file.path).as_str() {
                "xls" => Xls::open(&file.bytes, limits).map(|book| Self::Xls(Box::new(book))),
                "ods" => Ods::open(&file.bytes, limits).map(|book| Self::Ods(Box::new(book))),
                _ => Xlsx::open(&file.bytes, limits).map(|book| Self::Xlsx(Box::new(book))),
            }
        };
        open().map_err(|reason| diagnostics.push(reason.diagnostic(file))).ok()
    }

    /// Its worksheets, in their order, hidden ones too.
    pub fn sheets(&self) -> &[SheetEntry] {
        match self {
            Self::Xlsx(book) => book.sheets(),
            Self::Xls(book) => book.sheets(),
            Self::Ods(book) => book.sheets(),
        }
    }

    /// Reads the rows of the worksheet at `index` of [`Book::sheets`].
    pub fn read(
        &mut self,
        file: &SourceFile,
        index: usize,
        diagnostics: &mut Diagnostics,
    ) -> Option<Sheet> {
        let name: Arc<str> = self.sheets()[index].name.as_str().into();
        let read = match self {
            Self::Xlsx(book) => book.read(index),
            Self::Xls(book) => book.read(index),
            Self::Ods(book) => Ok(book.read(index)),
        };
        match read {
            Ok(worksheet) => Some(rows(file, name, worksheet)),
            Err(reason) => {
                diagnostics.push(reason.diagnostic(file));
                None
            }
        }
    }
}

/// Reads the rows of the worksheet `sheet`, or of the only one that is shown and has any.
pub(super) fn read(
    file: &SourceFile,
    sheet: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Option<Sheet> {
    let mut book = Book::open(file, diagnostics)?;
    let sheet = match sheet {
        Some(name) => named(&mut book, file, name, diagnostics),
        None => only(&mut book, file, diagnostics),
    }?;
    let mut sound = true;
    if let Layout::Worksheet(name) = &sheet.layout {
        for region in &sheet.facts.merged {
            sound = false;
            diagnostics.push(merged_cells(file, name, region));
        }
    }
    sound.then_some(sheet)
}

fn named(
    book: &mut Book<'_>,
    file: &SourceFile,
    name: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Sheet> {
    if let Some(index) = book.sheets().iter().position(|sheet| sheet.name == name) {
        return book.read(file, index, diagnostics);
    }
    let shown = book.sheets().iter().filter(|sheet| !sheet.hidden);
    let list = shown.map(|sheet| sheet.name.as_str()).collect::<Vec<_>>().join("`, `");
    diagnostics.push(
        Diagnostic::new(
            &diagnostic::TABLE_SHEET,
            Place::file(file.path.clone()),
            message!(ja: "シート `{name}` がない", en: "there is no worksheet `{name}`"),
        )
        .with_help(message!(ja: "あるシート: `{list}`", en: "there are: `{list}`")),
    );
    None
}

/// The only worksheet that is shown and has anything in it.
fn only(book: &mut Book<'_>, file: &SourceFile, diagnostics: &mut Diagnostics) -> Option<Sheet> {
    let hidden = book.sheets().iter().filter(|sheet| sheet.hidden).map(|sheet| &*sheet.name);
    let hidden = hidden.collect::<Vec<_>>().join("`, `");
    if !hidden.is_empty() {
        let hidden_ja = hidden.replace("`, `", "」「");
        diagnostics.push(Diagnostic::new(
            &diagnostic::TABLE_UNDERSTOOD,
            Place::file(file.path.clone()),
            message!(
                ja: "非表示のシート「{hidden_ja}」は読み取りません",
                en: "the hidden worksheet `{hidden}` is left out",
            ),
        ));
    }
    let mut filled: Vec<Sheet> = Vec::new();
    let mut empty = None;
    for index in 0..book.sheets().len() {
        if book.sheets()[index].hidden {
            continue;
        }
        let sheet = book.read(file, index, diagnostics)?;
        match sheet.grid.len() {
            0 => empty = empty.or(Some(sheet)),
            _ => filled.push(sheet),
        }
    }
    if filled.len() > 1 {
        let names = filled.iter().filter_map(|sheet| match &sheet.layout {
            Layout::Worksheet(name) => Some(&**name),
            Layout::Csv { .. } => None,
        });
        let list = names.collect::<Vec<_>>().join("`, `");
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::TABLE_SHEET,
                Place::file(file.path.clone()),
                message!(
                    ja: "データのあるシートがいくつもある: `{list}`",
                    en: "several worksheets have data: `{list}`",
                ),
            )
            .with_help(message!(
                ja: "一つのファイルに一つの表だけを残す。データセットなら `dataset.toml` に `sheet = …` を書く",
                en: "leave one table in a file; for a dataset, write `sheet = …` into `dataset.toml`",
            )),
        );
        return None;
    }
    let nothing = || rows(file, "".into(), Worksheet::default());
    Some(filled.pop().or(empty).unwrap_or_else(nothing))
}

/// The rows of a worksheet, blank ones left out.
fn rows(file: &SourceFile, name: Arc<str>, worksheet: Worksheet) -> Sheet {
    let Worksheet { mut cells, facts } = worksheet;
    cells.sort();
    let mut sheet = Sheet {
        file: file.path.clone(),
        grid: Grid::with_capacity(cells.bytes()),
        gaps: Gaps::default(),
        layout: Layout::Worksheet(name),
        facts,
    };
    let mut last_row = 0;
    let mut cells = cells.iter().peekable();
    while let Some(&(number, ..)) = cells.peek() {
        if number > last_row + 1 {
            sheet.gaps.add(last_row + 1, number - 1);
        }
        last_row = number;
        sheet.grid.begin_row(number, 0, 0);
        let mut width = 0;
        while let Some((_, column, text)) = cells.next_if(|(row, ..)| *row == number) {
            for _ in width..column {
                sheet.grid.push_cell("");
            }
            sheet.grid.push_cell(text);
            width = column + 1;
        }
        let index = sheet.grid.len() - 1;
        // A formula without a result is blank, and belongs to the table.
        let formulas =
            |sheet: &Sheet| (0..width).any(|column| sheet.facts.is_without_result(number, column));
        let blank = sheet.grid.cells(index).all(is_blank) && !formulas(&sheet);
        match blank {
            true => {
                sheet.grid.drop_last_row();
                sheet.gaps.add(number, number);
            }
            false => sheet.gaps.close(),
        }
    }
    sheet
}

fn merged_cells(file: &SourceFile, sheet: &Arc<str>, merged: &Region) -> Diagnostic {
    let corner = |row: u32, column: u32| CellPlace {
        file: file.path.clone(),
        sheet: Some(sheet.clone()),
        row,
        column: Some(column + 1),
        header: None,
        line: None,
        bytes: None,
    };
    let start = corner(merged.top, merged.left);
    let (first, last) = (start.name(), corner(merged.bottom, merged.right).name());
    Diagnostic::new(
        &diagnostic::TABLE_MERGED,
        start,
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
