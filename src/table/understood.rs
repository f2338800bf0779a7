//! What was **understood** of a table's layout, in the form of a declaration.
//!
//! Not in here: messages about it (`layout::words`).

use crate::diagnostic::Message;

use super::declaration::SheetLines;
use super::{Table, TableBody, TablePart, grid};

/// The layout of a table; empty where the header is the first row and all rows below it are
/// records.
#[derive(Debug, Default)]
pub struct Understood {
    /// Titles above the header, row by row.
    pub titles: Vec<String>,
    /// The lines of the header; `None` where it is the first row only.
    pub header: Option<SheetLines>,
    /// Rows that are no records, in the notation of `skip`, and their kinds. Notes are left out.
    pub skip: Vec<(String, Message)>,
    /// Are there notes below the records?
    pub notes: bool,
    /// The worksheets of the table; empty for CSV.
    pub sheets: Vec<String>,
}

impl Table {
    /// What was understood of its layout; empty for a table that a form has gathered.
    pub fn understood(&self) -> Understood {
        let TableBody::Sheets(parts) = &self.body else { return Understood::default() };
        let (first, last) = self.header_lines().unwrap_or((1, 1));
        let header = ((first, last) != (1, 1)).then_some(SheetLines { first, last });
        let titles = parts[0].outline.titles.iter().filter_map(|&row| {
            let mut cells = parts[0].sheet.grid.cells(row).map(str::trim);
            cells.find(|cell| !grid::is_blank(cell)).map(str::to_owned)
        });
        Understood {
            titles: titles.collect(),
            header,
            skip: parts.iter().flat_map(|part| skipped(part, parts.len() > 1)).collect(),
            notes: parts.iter().any(|part| !part.outline.notes.is_empty()),
            sheets: parts.iter().filter_map(|part| Some(part.sheet.name()?.to_string())).collect(),
        }
    }
}

/// The rows of one sheet that are no records, without notes. With `several` sheets, each has the
/// name of its sheet.
fn skipped(part: &TablePart, several: bool) -> Vec<(String, Message)> {
    let TablePart { sheet, outline, .. } = part;
    let kinds = [
        (&outline.subtotals, Message::new("小計", "subtotal")),
        (&outline.totals, Message::new("合計", "total")),
        (&outline.repeated, Message::new("繰り返しの見出し", "repeated header")),
    ];
    let mut rows: Vec<(u32, Message)> = Vec::new();
    for (found, kind) in kinds {
        rows.extend(found.iter().map(|&row| (sheet.grid.row(row).number, kind.clone())));
    }
    rows.sort_by_key(|(number, _)| *number);
    let named = |number: u32| match sheet.name() {
        Some(name) if several => format!("{name}!{number}"),
        _ => number.to_string(),
    };
    rows.into_iter().map(|(number, kind)| (named(number), kind)).collect()
}
