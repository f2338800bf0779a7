//! A **copy** of a table as a workbook, for files that have no colours (CSV) or cannot be written
//! unchanged: the values as texts, with the faulty cells marked.

use rust_xlsxwriter::{Color, Format, Note, Workbook, XlsxError};

use crate::source::SourceFile;
use crate::table::Sheet;

use super::super::rows::sheets;
use super::{CellMark, MOST_NOTES, MarksByCell, MarksBySheet, colour};

/// Longest text that a cell of a workbook holds, in characters.
const LONGEST: usize = 32_767;

/// The workbook; `None` where `file` cannot be read as a table, or does not fit into a workbook.
pub(super) fn copy(file: &SourceFile, marks: &MarksBySheet<'_>) -> Option<Vec<u8>> {
    let sheets = sheets(file);
    if sheets.is_empty() {
        return None;
    }
    let mut workbook = Workbook::new();
    for sheet in sheets {
        let name = sheet.name().map(|name| &**name);
        let none = MarksByCell::new();
        write(&mut workbook, &sheet, marks.get(&name).unwrap_or(&none)).ok()?;
    }
    workbook.save_to_buffer().ok()
}

fn write(workbook: &mut Workbook, sheet: &Sheet, marks: &MarksByCell) -> Result<(), XlsxError> {
    let page = workbook.add_worksheet();
    if let Some(name) = sheet.name() {
        page.set_name(&**name)?;
    }
    let text = Format::new().set_num_format("@");
    let marked =
        |mark: &CellMark| text.clone().set_background_color(Color::RGB(colour(mark.severity)));
    for (row, column, value) in sheet.filled() {
        let format = marks.get(&(row, column + 1)).map_or_else(|| text.clone(), marked);
        let value: String = value.chars().take(LONGEST).collect();
        page.write_with_format(row - 1, narrow(column), value, &format)?;
    }
    for (index, ((row, column), mark)) in marks.iter().enumerate() {
        let (row, column) = (row - 1, narrow(column - 1));
        if sheet.text_at(row + 1, column.into()).is_empty() {
            page.write_blank(row, column, &marked(mark))?;
        }
        if index < MOST_NOTES {
            let note = Note::new(&mark.note).add_author_prefix(false).set_author("Kawaraban");
            page.insert_note(row, column, &note.set_width(360).set_height(120))?;
        }
    }
    page.set_autofit_max_width(400);
    page.autofit();
    Ok(())
}

/// A column's number as workbooks count; one that does not fit is refused when it is written.
fn narrow(column: u32) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}
