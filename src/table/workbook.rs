//! A **workbook**: the worksheets of an Excel or OpenDocument file as rows of text, each with its
//! facts.
//!
//! There is one reader for each file format: `xlsx`, `ods`, `xls`. All return the same structures.
//!
//! Not in here: the kinds of rows (`layout`), what is published of a cell (`cell`), and macros,
//! which are ignored.

mod budget;
mod cells;
mod fake;
mod formula;
mod ods;
mod package;
mod reason;
mod xls;
mod xlsx;
mod xml;

use std::sync::Arc;

use crate::diagnostic::{self, Diagnostic, Diagnostics, Located, Message, Place};
use crate::message;
use crate::source::SourceFile;

use super::declaration::{Declaration, Sheets};
use super::facts::SheetFacts;
use super::grid::{Gaps, Grid, is_blank, to_u32};
use super::sheets::listed;
use super::{Layout, Sheet};
use cells::RawCells;
use ods::Ods;
use reason::Unreadable;
use xls::Xls;
use xlsx::Xlsx;

pub(super) use fake::is_workbook;

/// Text of the first cell of a worksheet that is not part of the table, such as one that explains
/// how to fill it in. The sheet says so itself, so no report does.
pub const NOT_PUBLISHED: &str = "このシートは公開しません";

/// A worksheet of a workbook.
pub(super) struct SheetEntry {
    /// The worksheet's name.
    pub name: String,
    /// Is it hidden in the workbook?
    pub hidden: bool,
}

/// A worksheet that has been read: its filled cells, and its facts.
#[derive(Default)]
pub(super) struct Worksheet {
    pub(in crate::table) cells: RawCells,
    pub(in crate::table) facts: SheetFacts,
}

/// An open workbook.
pub(super) enum Book<'f> {
    Xlsx(Box<Xlsx<'f>>),
    Xls(Box<Xls<'f>>),
    Ods(Box<Ods>),
}

impl<'f> Book<'f> {
    /// Opens the workbook in `file`. Returns `None` and reports the reason where this is
    /// impossible.
    pub fn open(file: &'f SourceFile, diagnostics: &mut Diagnostics) -> Option<Self> {
        let open = || -> Result<Self, Unreadable> {
            let limits = file.limits;
            if file.bytes.len() as u64 > limits.file {
                return Err(Unreadable::TooLarge(limits.file_met()));
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

    /// The workbook's worksheets, in their order, including hidden ones.
    pub fn sheets(&self) -> &[SheetEntry] {
        match self {
            Self::Xlsx(book) => book.sheets(),
            Self::Xls(book) => book.sheets(),
            Self::Ods(book) => book.sheets(),
        }
    }

    /// Reads the rows of the worksheet at `index` of [`Book::sheets`]. Returns `None` and reports
    /// the reason where this is impossible.
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
            Ok(worksheet) => Some(rows(file, (name, index), worksheet)),
            Err(reason) => {
                diagnostics.push(reason.diagnostic(file));
                None
            }
        }
    }
}

/// Reads the worksheets that `declaration` names, or all that are shown and not empty. Reports an
/// error, but still returns the sheets, where there are several and nothing is declared.
pub(super) fn read(
    file: &SourceFile,
    declaration: &Declaration,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Sheet>> {
    let mut book = Book::open(file, diagnostics)?;
    match &declaration.sheets {
        Some(Sheets::Named(names)) => {
            let read = names.iter().map(|name| named(&mut book, file, name, diagnostics));
            read.collect()
        }
        Some(Sheets::All) => filled(&mut book, file, diagnostics),
        None => {
            let sheets = filled(&mut book, file, diagnostics)?;
            if sheets.len() > 1 {
                let names: Vec<&str> =
                    sheets.iter().filter_map(|sheet| Some(&**sheet.name()?)).collect();
                diagnostics.push(which(file, &names, &declaration.home));
            }
            Some(sheets)
        }
    }
}

/// Reads the worksheet called `name`. Returns `None` and reports an error that lists the worksheets
/// where there is no such sheet.
fn named(
    book: &mut Book<'_>,
    file: &SourceFile,
    name: &Located<String>,
    diagnostics: &mut Diagnostics,
) -> Option<Sheet> {
    let index = book.sheets().iter().position(|sheet| sheet.name == name.value);
    if let Some(index) = index {
        return book.read(file, index, diagnostics);
    }
    let shown: Vec<&str> =
        book.sheets().iter().filter(|sheet| !sheet.hidden).map(|sheet| &*sheet.name).collect();
    let (name, place, path) = (&name.value, name.place.clone(), &file.path);
    let Message { ja, en } = listed(&shown);
    diagnostics.push(
        Diagnostic::new(
            &diagnostic::TABLE_SHEET,
            place,
            message!(
                ja: "「{path}」にシート「{name}」はありません",
                en: "{path} has no worksheet `{name}`",
            ),
        )
        .with_help(message!(ja: "あるシート：{ja}", en: "its worksheets: {en}")),
    );
    None
}

/// The worksheets that are shown and not empty; if there are none, one that is empty. Reports
/// hidden ones, which are not read.
fn filled(
    book: &mut Book<'_>,
    file: &SourceFile,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Sheet>> {
    let hidden = book.sheets().iter().filter(|sheet| sheet.hidden).map(|sheet| &*sheet.name);
    let hidden: Vec<&str> = hidden.collect();
    if !hidden.is_empty() {
        let Message { ja, en } = listed(&hidden);
        let what = match hidden.len() {
            1 => "the hidden worksheet",
            _ => "hidden worksheets not read:",
        };
        let end = if hidden.len() == 1 { " is not read" } else { "" };
        diagnostics.push(Diagnostic::new(
            &diagnostic::TABLE_UNDERSTOOD,
            Place::file(file.path.clone()),
            message!(
                ja: "非表示のシート{ja}は読み取りません",
                en: "{what} {en}{end}",
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
            _ if sheet.grid.cell(0, 0).trim() == NOT_PUBLISHED => {}
            _ => filled.push(sheet),
        }
    }
    if filled.is_empty() {
        let nothing = || rows(file, ("".into(), 0), Worksheet::default());
        filled.push(empty.unwrap_or_else(nothing));
    }
    Some(filled)
}

/// The rows of a worksheet with this name and number, without blank rows.
fn rows(file: &SourceFile, (name, number): (Arc<str>, usize), worksheet: Worksheet) -> Sheet {
    let Worksheet { mut cells, facts } = worksheet;
    cells.sort();
    let mut sheet = Sheet {
        file: file.path.clone(),
        grid: Grid::with_capacity(cells.bytes()),
        gaps: Gaps::default(),
        layout: Layout::Worksheet { name, number: to_u32(number) },
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
        // A formula without a result has no text, but its row belongs to the table.
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

/// The error that the worksheets `names` of `file` all have data and nothing declares which are the
/// table; `home` is the file to declare it in.
fn which(file: &SourceFile, names: &[&str], home: &str) -> Diagnostic {
    let Message { ja, en } = listed(names);
    let first = names[0];
    Diagnostic::new(
        &diagnostic::TABLE_SHEET,
        Place::file(file.path.clone()),
        message!(
            ja: "データの入ったシートが複数あります：{ja}",
            en: "several worksheets have data: {en}",
        ),
    )
    .with_help(message!(
        ja: "「{home}」に、同じ見出しのシートを一つの表にするなら「sheets = \"all\"」、一部だけなら「sheets = [\"{first}\"]」と書いてください",
        en: "write into `{home}`: `sheets = \"all\"` if they have the same header and are one table, or name those of the table, as in `sheets = [\"{first}\"]`",
    ))
}
