//! Workbooks of **Excel 97 to 2003** (.xls), read by calamine.
//!
//! calamine reads the values. Number formats, hidden rows and columns, and struck-out cells are
//! read from the records of the file (`records`). For workbooks older than Excel 97 they are not
//! available, and this is reported.

mod guard;
mod records;
mod sound;

use std::io::Cursor;

use calamine::{Data, Reader, SheetType, SheetVisible, XlsError};

use crate::source::Limits;
use crate::table::facts::{CellFact, Region, SheetFacts, Untold};
use crate::table::value::{CellValue, value};

use super::formula::adds_up_rows;
use super::reason::Unreadable;
use super::{RawCells, SheetEntry, Worksheet};
use guard::guarded;
use records::XlsRecords;

/// An open workbook.
pub(in crate::table) struct Xls<'f> {
    book: calamine::Xls<Cursor<&'f [u8]>>,
    sheets: Vec<SheetEntry>,
    limits: Limits,
    records: Option<XlsRecords>,
}

impl<'f> Xls<'f> {
    /// Opens the workbook in `bytes`.
    ///
    /// # Errors
    ///
    /// Where the workbook is protected by a password or damaged.
    pub fn open(bytes: &'f [u8], limits: Limits) -> Result<Self, Unreadable> {
        sound::check(bytes)?;
        let book = guarded(|| calamine::Xls::new(Cursor::new(bytes)).map_err(reason))?;
        let sheets =
            book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        let sheets = sheets.map(|sheet| SheetEntry {
            name: sheet.name.clone(),
            hidden: sheet.visible != SheetVisible::Visible,
        });
        let sheets = sheets.collect();
        Ok(Self { book, sheets, limits, records: XlsRecords::of(bytes) })
    }

    /// The workbook's worksheets, in their order.
    pub fn sheets(&self) -> &[SheetEntry] {
        &self.sheets
    }

    /// Reads the worksheet at `index` of [`Xls::sheets`].
    ///
    /// # Errors
    ///
    /// Where the workbook is damaged or a limit is exceeded.
    pub fn read(&mut self, index: usize) -> Result<Worksheet, Unreadable> {
        let name = self.sheets[index].name.clone();
        let book = &mut self.book;
        let range = guarded(|| book.worksheet_range(&name).map_err(reason))?;
        let merged = self.book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let told = self.records.as_ref().and_then(|records| records.facts(index));
        let mut facts = told.unwrap_or_else(|| {
            let mut facts = SheetFacts::default();
            facts.untold = Untold { hidden: true, formats: true };
            facts
        });
        let told = !facts.untold.formats;
        facts.merged.extend(merged.iter().map(|region| Region {
            top: region.start.0 + 1,
            left: region.start.1,
            bottom: region.end.0 + 1,
            right: region.end.1,
        }));
        let mut cells = RawCells::new(self.limits);
        let (top, left) = range.start().unwrap_or((0, 0));
        let position = |offset: usize, from: u32| from + u32::try_from(offset).unwrap_or(u32::MAX);
        for (row, column, data) in range.used_cells() {
            let (row, column) = (position(row, top) + 1, position(column, left));
            let mut fact = CellFact::at(row, column);
            let known = told && !matches!(data, Data::Error(_));
            match value(data) {
                CellValue::Text(text) => cells.push(row, column, &text)?,
                CellValue::Error(error) => {
                    fact.error = true;
                    cells.push(row, column, &error.to_string())?;
                }
            }
            if let (Data::Float(number), false) = (data, known) {
                fact.number = Some(*number).filter(|number| number.abs() >= 1e15);
            }
            if fact.says_something() {
                facts.push(fact);
            }
        }
        facts.finish();
        // calamine does not resolve shared formulas; these are ignored.
        let book = &mut self.book;
        let formulas = guarded(|| book.worksheet_formula(&name).map_err(reason))?;
        let (top, left) = formulas.start().unwrap_or((0, 0));
        let places = formulas.used_cells().map(|(row, column, formula)| {
            (position(row, top) + 1, position(column, left), formula)
        });
        let sums = places.filter(|(row, _, formula)| adds_up_rows(formula, *row));
        facts.note_sums(sums.map(|(row, column, _)| (row, column)));
        Ok(Worksheet { cells, facts })
    }
}

fn reason(error: XlsError) -> Unreadable {
    match error {
        XlsError::Password => Unreadable::Password,
        other => Unreadable::damaged(other),
    }
}
