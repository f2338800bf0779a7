//! Whether an old workbook is **sound** enough for calamine, which makes room for as many rows and
//! columns as the file says there are: a damaged file of a few kilobytes would ask for more memory
//! than there is, and end the program.

use std::io::{Cursor, Read as _};

use crate::table::workbook::reason::Unreadable;

use super::records::{Iter, u16_at, u32_at};

/// Rows of a sheet in this format.
const ROWS: u32 = 65_536;
/// Columns of a sheet in this format.
const COLUMNS: u32 = 256;

const BOUND_SHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
const MULTIPLE_RK: u16 = 0x00bd;
/// Records that begin with the row and the column of a cell.
const CELLS: [u16; 8] = [0x0006, 0x00d6, 0x00fd, 0x0203, 0x0204, 0x0205, 0x0207, 0x027e];

/// Holds that every cell of the workbook in `bytes` lies within a sheet.
///
/// # Errors
///
/// Where one does not, or the container of the file is damaged.
pub(super) fn check(bytes: &[u8]) -> Result<(), Unreadable> {
    let mut container = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(Unreadable::damaged)?;
    let name = if container.is_stream("/Workbook") { "/Workbook" } else { "/Book" };
    let mut stream = Vec::new();
    let mut opened = container.open_stream(name).map_err(Unreadable::damaged)?;
    opened.read_to_end(&mut stream).map_err(Unreadable::damaged)?;
    // A sheet begins where the workbook says, which in a damaged file can be anywhere.
    let sheets = Iter::at(&stream, 0).filter(|(kind, _)| *kind == BOUND_SHEET);
    let sheets = sheets.filter_map(|(_, data)| Some(u32_at(data, 0)? as usize));
    for start in [0].into_iter().chain(sheets) {
        for (kind, data) in Iter::at(&stream, start) {
            if !is_within(kind, data) {
                return Err(Unreadable::damaged("a cell is outside of the sheet"));
            }
        }
    }
    Ok(())
}

/// Does the record name only cells of a sheet?
fn is_within(kind: u16, data: &[u8]) -> bool {
    let short = |at: usize| u16_at(data, at).map(u32::from);
    if kind == DIMENSIONS {
        // The first row, and the one after the last; the same of columns.
        let ends = match data.len() < 14 {
            true => (short(0), short(2), short(6)),
            false => (u32_at(data, 0), u32_at(data, 4), short(10)),
        };
        let (Some(first), Some(rows), Some(columns)) = ends else { return false };
        return rows <= ROWS && columns <= COLUMNS && (first <= rows || rows == 0);
    }
    let column = match kind {
        MULTIPLE_RK => short(data.len().saturating_sub(2)).max(short(2)),
        kind if CELLS.contains(&kind) => short(2),
        _ => None,
    };
    column.is_none_or(|column| column < COLUMNS)
}
