//! The open **book**: which worksheets it has, which of them has the table, and why it cannot be opened.

use std::io::Cursor;

use calamine::{Data, Dimensions, Ods, Reader, SheetType, SheetVisible, Xls, Xlsx};

use crate::diagnostic::{self, Diagnostic, Place};
use crate::message;
use crate::source::SourceFile;

type Bytes<'f> = Cursor<&'f [u8]>;

/// A cell that is not empty: row and column from 0, and what is in it.
pub(super) type FilledCell = (u32, u32, Data);

/// An open workbook.
pub(super) enum Book<'f> {
    Xlsx(Box<Xlsx<Bytes<'f>>>),
    Xls(Box<Xls<Bytes<'f>>>),
    Ods(Box<Ods<Bytes<'f>>>),
}

impl<'f> Book<'f> {
    pub fn open(file: &'f SourceFile) -> Result<Self, Reason> {
        let bytes = Cursor::new(&*file.bytes);
        match ending(file) {
            ".xls" => Xls::new(bytes).map(|book| Self::Xls(Box::new(book))).map_err(Reason::of_xls),
            ".ods" => Ods::new(bytes).map(|book| Self::Ods(Box::new(book))).map_err(Reason::of_ods),
            _ => Xlsx::new(bytes).map(|book| Self::Xlsx(Box::new(book))).map_err(Reason::of_xlsx),
        }
    }

    /// Names of the worksheets that a person sees.
    fn sheets(&self) -> Vec<String> {
        let sheets = match self {
            Self::Xlsx(book) => book.sheets_metadata(),
            Self::Xls(book) => book.sheets_metadata(),
            Self::Ods(book) => book.sheets_metadata(),
        };
        let shown = sheets.iter().filter(|sheet| {
            sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible
        });
        shown.map(|sheet| sheet.name.clone()).collect()
    }

    /// The filled cells of a worksheet, row by row.
    fn cells(&mut self, sheet: &str) -> Result<Vec<FilledCell>, Reason> {
        let range = match self {
            // Cell by cell: one stray cell in the last corner must not cost 17 thousand million.
            Self::Xlsx(book) => return xlsx_cells(book, sheet).map_err(Reason::of_xlsx),
            Self::Xls(book) => book.worksheet_range(sheet).map_err(Reason::of_xls)?,
            Self::Ods(book) => book.worksheet_range(sheet).map_err(Reason::of_ods)?,
        };
        let (top, left) = range.start().unwrap_or((0, 0));
        let position = |offset: usize, from: u32| from + u32::try_from(offset).unwrap_or(u32::MAX);
        let used = range.used_cells();
        Ok(used.map(|(r, c, data)| (position(r, top), position(c, left), data.clone())).collect())
    }

    pub fn merged(&mut self, sheet: &str) -> Vec<Dimensions> {
        match self {
            Self::Xlsx(book) => book.merge_cells_by_sheet_name(sheet).unwrap_or_default(),
            Self::Xls(book) => book.merge_cells_by_sheet_name(sheet).unwrap_or_default(),
            Self::Ods(_) => Vec::new(),
        }
    }

    /// The worksheet `name`.
    pub fn named(
        &mut self,
        file: &SourceFile,
        name: &str,
    ) -> Result<(String, Vec<FilledCell>), Box<Diagnostic>> {
        let sheets = self.sheets();
        if !sheets.iter().any(|sheet| sheet == name) {
            let list = sheets.join("`, `");
            return Err(Box::new(
                Diagnostic::new(
                    &diagnostic::TABLE_SHEET,
                    Place::file(file.path.clone()),
                    message!(ja: "シート `{name}` がない", en: "there is no worksheet `{name}`"),
                )
                .with_help(message!(ja: "あるシート: `{list}`", en: "there are: `{list}`")),
            ));
        }
        let cells = self.cells(name).map_err(|reason| Box::new(unreadable(file, &reason)))?;
        Ok((name.to_owned(), cells))
    }

    /// The only worksheet with anything in it.
    pub fn only(
        &mut self,
        file: &SourceFile,
    ) -> Result<(String, Vec<FilledCell>), Box<Diagnostic>> {
        let mut filled = Vec::new();
        for sheet in self.sheets() {
            let cells = self.cells(&sheet).map_err(|reason| Box::new(unreadable(file, &reason)))?;
            if !cells.is_empty() {
                filled.push((sheet, cells));
            }
        }
        if filled.len() > 1 {
            let names: Vec<&str> = filled.iter().map(|(name, _)| name.as_str()).collect();
            let list = names.join("`, `");
            return Err(Box::new(
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
            ));
        }
        let first = self.sheets().into_iter().next().unwrap_or_default();
        Ok(filled.pop().unwrap_or((first, Vec::new())))
    }
}

fn xlsx_cells(
    book: &mut Xlsx<Bytes<'_>>,
    sheet: &str,
) -> Result<Vec<FilledCell>, calamine::XlsxError> {
    let mut reader = book.worksheet_cells_reader(sheet)?;
    let mut cells = Vec::new();
    while let Some(cell) = reader.next_cell()? {
        let (row, column) = cell.get_position();
        let data = Data::from(cell.get_value().clone());
        if data != Data::Empty {
            cells.push((row, column, data));
        }
    }
    // Ordinary writers keep this order, but the format does not ask for it.
    cells.sort_by_key(|(row, column, _)| (*row, *column));
    Ok(cells)
}

fn ending(file: &SourceFile) -> &'static str {
    let lower = file.path.to_lowercase();
    [".xls", ".ods"].into_iter().find(|ending| lower.ends_with(ending)).unwrap_or(".xlsx")
}

/// Why a workbook cannot be read.
pub(super) enum Reason {
    Password,
    Damaged(String),
}

impl Reason {
    fn of_xlsx(error: calamine::XlsxError) -> Self {
        match error {
            calamine::XlsxError::Password => Self::Password,
            other => Self::Damaged(other.to_string()),
        }
    }

    fn of_xls(error: calamine::XlsError) -> Self {
        match error {
            calamine::XlsError::Password => Self::Password,
            other => Self::Damaged(other.to_string()),
        }
    }

    fn of_ods(error: calamine::OdsError) -> Self {
        match error {
            calamine::OdsError::Password => Self::Password,
            other => Self::Damaged(other.to_string()),
        }
    }
}

pub(super) fn unreadable(file: &SourceFile, reason: &Reason) -> Diagnostic {
    let (message, help) = match reason {
        Reason::Password => (
            message!(
                ja: "パスワードで保護されている",
                en: "the workbook is protected by a password",
            ),
            message!(
                ja: "パスワードを外して保存し直す",
                en: "save it again without the password",
            ),
        ),
        Reason::Damaged(said) => {
            let said = said.replace('\n', " ");
            (
                message!(
                    ja: "ブックとして読み取れない（{said}）",
                    en: "the workbook cannot be read: {said}",
                ),
                message!(
                    ja: "Excelで開いて、「Excelブック（.xlsx）」として保存し直す",
                    en: "open it in Excel and save it again as a workbook (.xlsx)",
                ),
            )
        }
    };
    Diagnostic::new(&diagnostic::TABLE_UNREADABLE, Place::file(file.path.clone()), message)
        .with_help(help)
}
