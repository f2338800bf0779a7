//! A **table** is a header and its records, where each cell knows its place. CSV and Excel files,
//! and lists that a clerk has laid out for human readers, are all read into this form.
//!
//! Not in here: what the columns mean (`policy`, `dataset`), and the encoding of bytes (`source`).

mod bind;
mod cell;
mod csv;
mod damage;
mod declaration;
mod facts;
mod fields;
mod format;
mod gathered;
mod grid;
mod header;
mod hidden;
mod invisible;
mod layout;
mod missing;
mod named;
mod noted;
mod number;
mod opened;
mod patience;
mod place;
mod readability;
mod records;
mod sheets;
mod status;
mod understood;
mod value;
mod workbook;

use std::sync::Arc;

use crate::diagnostic::{self, CellPlace, Diagnostic, Diagnostics, Located, Message, Place};
use crate::message;
use crate::source::SourceFile;

pub use bind::{BoundTable, ColumnSpec, OwnColumns, TableSpec};
pub use cell::{CellReader, ColumnMeaning, Wrong, no_result};
pub use declaration::{
    Declaration, SheetLines, Sheets, Skip, beside, declaration_shape, is_declaration,
};
pub use facts::Region;
pub use fields::{RowFields, parse_date, parse_flag};
pub use gathered::{GatheredCell, GatheredColumn, Gathering, Spot};
pub use header::{matching_form, shortened};
pub use hidden::Hidden;
pub use layout::{figure_and_unit, money_unit_of, money_unit_of_sheet, unit_in};
pub use missing::Missing;
pub use named::{ENDINGS, is_table, single};
pub use number::{Unit, is_same, no_value_help, not_a_number_help};
pub use opened::{Worksheets, open, sheet_names};
pub use patience::Patience;
pub use readability::{Look, Readability};
pub use status::Status;
pub use understood::Understood;
pub use workbook::NOT_PUBLISHED;

use facts::{CellFact, SheetFacts};
use gathered::Gathered;
use grid::{Gaps, Grid};
use layout::SheetOutline;

/// One table.
///
/// A million rows fit: the cells are stored in one string, and the place of a cell is computed only
/// when a problem needs it.
#[derive(Clone, Debug)]
pub struct Table {
    body: TableBody,
    header: Vec<HeaderCell>,
    /// Number of records.
    len: usize,
    /// Texts that mean that there is no value.
    missing: Missing,
    /// The declared unit of its numbers.
    unit: Option<Located<String>>,
    /// Name of the file in which the table is, or can be, declared.
    home: Arc<str>,
    markdown: bool,
}

/// Where the records of a table are stored.
#[derive(Clone, Debug)]
enum TableBody {
    /// On sheets that are laid out as a table, at least one.
    Sheets(Vec<TablePart>),
    /// In the cells that a form has found.
    Gathered(Gathered),
}

/// The part of a table that is on one sheet.
#[derive(Clone, Debug)]
struct TablePart {
    sheet: Arc<Sheet>,
    outline: SheetOutline,
    /// For each header of the table, its column in the grid.
    columns: Vec<u32>,
    /// Index of its first record in the table.
    first: usize,
}

/// A header on one line and without surrounding spaces; the lines of a header of several lines are
/// joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderCell {
    /// The header's text.
    pub text: Arc<str>,
    /// The header's column in the file, from 1.
    pub column: u32,
    /// The text of the lowest line of a header of several lines: 当初 of 予算額・当初.
    pub lowest: Option<Arc<str>>,
    /// The unit in a line of units below the header.
    pub unit: Option<Arc<str>>,
}

/// Rows of cells as they are in a file, before a header is found.
#[derive(Clone, Debug)]
pub struct Sheet {
    file: Arc<str>,
    grid: Grid,
    gaps: Gaps,
    layout: Layout,
    facts: SheetFacts,
}

/// Joins `words` into one message that begins with `scope`; `None` where there are no words.
fn scoped(scope: Option<Message>, words: &[Message]) -> Option<Message> {
    let Message { ja, en } = (!words.is_empty()).then(|| Message::joined(words))?;
    Some(match scope {
        Some(Message { ja: scope, en: scope_en }) => {
            message!(ja: "{scope}：{ja}", en: "{scope_en}: {en}")
        }
        None => Message::new(ja, en),
    })
}

/// What is needed to compute the place of a cell.
#[derive(Clone, Debug)]
enum Layout {
    /// The decoded text and the delimiter.
    Csv { text: Arc<str>, delimiter: u8 },
    /// The name of the worksheet, and its number in the workbook, from 0.
    Worksheet { name: Arc<str>, number: u32 },
}

/// Reads the table in `file` according to `declaration`. Returns `None` where there is no table
/// that can be relied on, and reports the reasons.
///
/// It is an error to have several worksheets with data and no declaration of which are the table;
/// those with the same header are nevertheless read as one table, so that other problems are found
/// in the same run. What was assumed about the layout is reported by [`Table::tell`].
pub fn read(
    file: &SourceFile,
    declaration: &Declaration,
    diagnostics: &mut Diagnostics,
) -> Option<Table> {
    let mut sheets = read_sheets(file, declaration, diagnostics)?;
    if declaration.sheets.is_none() && !sheets::have_one_header(&sheets, declaration) {
        return None;
    }
    let mut sound = true;
    for sheet in &mut sheets {
        invisible::take_out(sheet, diagnostics);
        hidden::settle(sheet, declaration.hidden, &declaration.home, diagnostics);
        hidden::tell_objects(sheet, diagnostics);
        sound &= damage::check(sheet, diagnostics);
    }
    if sheets.iter().all(|sheet| sheet.grid.len() == 0) {
        diagnostics.push(header::no_header(&file.path));
        return None;
    }
    let filled = sheets.into_iter().filter(|sheet| sheet.grid.len() > 0).collect();
    let table = sheets::table(filled, declaration, diagnostics)?;
    sound.then_some(table)
}

/// Reads the rows of a table without header: for each row, its cells that are not blank. Reports
/// damaged and unreadable cells.
pub fn read_groups(file: &SourceFile, diagnostics: &mut Diagnostics) -> Vec<Vec<String>> {
    let read = read_sheets(file, &Declaration::default(), diagnostics);
    let Some(mut sheet) = read.and_then(|mut sheets| sheets.pop()) else { return Vec::new() };
    invisible::take_out(&mut sheet, diagnostics);
    if !damage::check(&sheet, diagnostics) {
        return Vec::new();
    }
    cell::report_broken(&sheet, diagnostics);
    let rows = 0..sheet.grid.len();
    rows.map(|row| {
        let cells = sheet.grid.cells(row).map(str::trim);
        cells.filter(|cell| !cell.is_empty()).map(str::to_owned).collect()
    })
    .collect()
}

fn read_sheets(
    file: &SourceFile,
    declaration: &Declaration,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Sheet>> {
    let lower = file.path.to_lowercase();
    match lower.ends_with(".csv") || lower.ends_with(".tsv") {
        true => csv::read(file, diagnostics).map(|sheet| vec![sheet]),
        false => workbook::read(file, declaration, diagnostics),
    }
}

impl Table {
    /// The file that the table is in.
    pub fn file(&self) -> &Arc<str> {
        match &self.body {
            TableBody::Sheets(parts) => &parts[0].sheet.file,
            TableBody::Gathered(gathered) => gathered.form(),
        }
    }

    /// The table's headers, in the order of the columns. Columns without header and unpublished
    /// columns are left out.
    pub fn header(&self) -> &[HeaderCell] {
        &self.header
    }

    /// The number of records; blank rows, totals and notes do not count.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Does the table have no records?
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Name of the file in which the table is, or can be, declared: `R6.xlsx.toml`.
    pub fn declared_in(&self) -> &str {
        &self.home
    }

    /// Are the texts of the table written in Markdown?
    pub fn is_markdown(&self) -> bool {
        self.markdown
    }

    /// The unit of the column at `column`: from its header, from the line of units below it, or
    /// else that of the whole table.
    pub fn unit(&self, column: usize) -> Option<&str> {
        let header = &self.header[column];
        let own = header.unit.as_deref().or_else(|| unit_in(&header.text).map(|(_, unit)| unit));
        own.or_else(|| self.unit_of_all())
    }

    /// The unit of all numbers of the table: the declared one, or the one given above the table.
    pub fn unit_of_all(&self) -> Option<&str> {
        let above = match &self.body {
            TableBody::Sheets(parts) => parts[0].outline.unit.as_ref(),
            TableBody::Gathered(_) => None,
        };
        let found = self.unit.as_ref().or(above);
        found.map(|unit| unit.value.as_str())
    }

    /// The text of the cell in record `row` and column `column`, both from 0, without surrounding
    /// spaces; `""` for a blank cell, and for a text that means that there is no value.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.text_of(self.written(row, column))
    }

    /// The value of a cell whose text in the file is `written`: trimmed, and empty if it means that
    /// there is no value.
    fn text_of<'w>(&self, written: &'w str) -> &'w str {
        let text = written.trim();
        match self.missing.contains(text) {
            true => "",
            false => text,
        }
    }

    /// The reason why the cell has no value, if its text gives one.
    pub fn missing_status(&self, row: usize, column: usize) -> Option<Status> {
        self.missing.status(self.written(row, column).trim())
    }

    /// The text of a cell exactly as in the file, with surrounding spaces. A blank cell within
    /// merged cells has the text of the first of them.
    pub fn written(&self, row: usize, column: usize) -> &str {
        let parts = match &self.body {
            TableBody::Sheets(parts) => parts,
            TableBody::Gathered(gathered) => return gathered.text(row, column),
        };
        let (part, index) = find(parts, row);
        let column = part.columns[column] as usize;
        let text = part.sheet.grid.cell(index, column);
        match text.is_empty() && !part.outline.merged.is_empty() {
            true => {
                let top = part.outline.merged.row_of(&part.sheet, index, column);
                top.map_or("", |top| part.sheet.grid.cell(top, column))
            }
            false => text,
        }
    }

    /// Is the cell blank? A formula whose result the file lacks is not blank.
    pub fn is_blank(&self, row: usize, column: usize) -> bool {
        self.cell(row, column).is_empty()
            && !self.fact(row, column).is_some_and(|(_, fact)| fact.without_result)
    }

    /// The text that is displayed in the cell, where it differs from the stored one: `45.5%` for
    /// 0.455.
    pub fn shown(&self, row: usize, column: usize) -> Option<String> {
        let (facts, fact) = self.fact(row, column)?;
        facts.shown(fact)
    }

    /// Place of a cell, counted as in [`Table::cell`].
    pub fn place(&self, row: usize, column: usize) -> Place {
        let parts = match &self.body {
            TableBody::Sheets(parts) => parts,
            TableBody::Gathered(gathered) => return gathered.place(row, column),
        };
        let (part, index) = find(parts, row);
        let place = part.sheet.cell_place(index, part.columns[column] as usize);
        Place::Cell(CellPlace { header: Some(self.header[column].text.clone()), ..place })
    }

    /// Place of a header.
    pub fn header_place(&self, column: usize) -> Place {
        let parts = match &self.body {
            TableBody::Sheets(parts) => parts,
            TableBody::Gathered(gathered) => return gathered.declared_at(column),
        };
        let TablePart { sheet, outline, columns, .. } = &parts[0];
        let column = columns[column] as usize;
        let filled = |line: &usize| !grid::is_blank(sheet.grid.cell(*line, column));
        let line = outline.header.clone().rev().find(filled).unwrap_or(outline.header.start);
        Place::Cell(sheet.cell_place(line, column))
    }

    /// Place of the first row of the header.
    pub fn header_row_place(&self) -> Place {
        match &self.body {
            TableBody::Sheets(parts) => {
                let TablePart { sheet, outline, .. } = &parts[0];
                Place::Cell(sheet.row_place(outline.header.start))
            }
            TableBody::Gathered(gathered) => Place::file(gathered.form().clone()),
        }
    }

    /// Numbers of the first and last row of the header; `None` for a table that a form has
    /// gathered.
    pub fn header_lines(&self) -> Option<(u32, u32)> {
        let TableBody::Sheets(parts) = &self.body else { return None };
        let TablePart { sheet, outline, .. } = &parts[0];
        let number = |line: usize| sheet.grid.row(line).number;
        Some((number(outline.header.start), number(outline.header.end - 1)))
    }

    /// Place of a record, counted from 0.
    pub fn row_place(&self, row: usize) -> Place {
        match &self.body {
            TableBody::Sheets(parts) => {
                let (part, index) = find(parts, row);
                Place::Cell(part.sheet.row_place(index))
            }
            TableBody::Gathered(gathered) => gathered.row_place(row),
        }
    }

    /// The row number in the spreadsheet, from 1, of the record at `row`, counted from 0.
    pub fn row_number(&self, row: usize) -> u32 {
        match &self.body {
            TableBody::Sheets(parts) => {
                let (part, index) = find(parts, row);
                part.sheet.grid.row(index).number
            }
            TableBody::Gathered(gathered) => gathered.row_number(row),
        }
    }

    /// Reports in one notice what was understood of the layout, and `more`, which was understood of
    /// the columns.
    pub fn tell(&self, more: Vec<Message>, diagnostics: &mut Diagnostics) {
        let mut said: Vec<Message> = Vec::new();
        let parts: &[TablePart] = match &self.body {
            TableBody::Sheets(parts) => parts,
            TableBody::Gathered(_) => &[],
        };
        if parts.len() > 1 {
            let names: Vec<&str> =
                parts.iter().filter_map(|part| Some(&**part.sheet.name()?)).collect();
            let Message { ja, en } = sheets::listed(&names);
            said.push(message!(
                ja: "シート{ja}を一つの表として読みました",
                en: "worksheets {en} read as one table",
            ));
        }
        let words: Vec<Vec<Message>> =
            parts.iter().map(|part| layout::words(&part.sheet, &part.outline)).collect();
        // What holds for every sheet is said once; the rest is said for each sheet by its name.
        let [first, others @ ..] = words.as_slice() else {
            return self.tell_all(more, diagnostics);
        };
        let of_all = |word: &Message| others.iter().all(|words| words.contains(word));
        let shared: Vec<Message> = first.iter().filter(|word| of_all(word)).cloned().collect();
        let scope = match parts.len() {
            0 | 1 => None,
            _ => Some(message!(ja: "全シート共通", en: "all of them")),
        };
        said.extend(scoped(scope, &shared));
        said.extend(more);
        for (part, words) in parts.iter().zip(&words) {
            let own: Vec<Message> =
                words.iter().filter(|word| !shared.contains(word)).cloned().collect();
            let name = part.sheet.name().map_or("", |name| name);
            let scope = message!(ja: "シート「{name}」", en: "worksheet `{name}`");
            said.extend(scoped(Some(scope), &own));
        }
        self.tell_all(said, diagnostics);
    }

    fn tell_all(&self, said: Vec<Message>, diagnostics: &mut Diagnostics) {
        if said.is_empty() {
            return;
        }
        let message = Message::joined(&said);
        diagnostics.push(Diagnostic::new(
            &diagnostic::TABLE_UNDERSTOOD,
            self.header_row_place(),
            message,
        ));
    }

    /// Does the table have a column with the header `name`?
    fn has_header(&self, name: &str) -> bool {
        self.header.iter().any(|header| *header.text == *name)
    }

    /// The facts of a cell, and those of its sheet.
    fn fact(&self, row: usize, column: usize) -> Option<(&SheetFacts, &CellFact)> {
        let parts = match &self.body {
            TableBody::Sheets(parts) => parts,
            TableBody::Gathered(gathered) => return gathered.fact(row, column),
        };
        let (part, index) = find(parts, row);
        let facts = &part.sheet.facts;
        if facts.cells().is_empty() {
            return None;
        }
        let fact = facts.cell(part.sheet.grid.row(index).number, part.columns[column])?;
        Some((facts, fact))
    }

    /// The cell's place in its workbook; `None` for a value that the form itself gives.
    pub fn spot(&self, row: usize, column: usize) -> Option<Spot> {
        match &self.body {
            TableBody::Sheets(parts) => {
                let (part, index) = find(parts, row);
                let row = part.sheet.grid.row(index).number;
                Some(Spot { sheet: part.sheet.clone(), row, column: part.columns[column] })
            }
            TableBody::Gathered(gathered) => gathered.spot(row, column),
        }
    }

    /// Was the table gathered by a form, cell by cell?
    pub fn is_gathered(&self) -> bool {
        matches!(self.body, TableBody::Gathered(_))
    }

    /// Has a problem of the cell been reported already?
    pub fn is_told(&self, row: usize, column: usize) -> bool {
        match &self.body {
            TableBody::Sheets(_) => false,
            TableBody::Gathered(gathered) => gathered.is_told(row, column),
        }
    }

    /// The name of the column for messages: its header, or the label beside which a form reads it.
    pub fn column_name(&self, column: usize) -> &str {
        match &self.body {
            TableBody::Sheets(_) => &self.header[column].text,
            TableBody::Gathered(gathered) => gathered.label(column),
        }
    }
}

/// The part that holds the record `row`, and the index of its row in the grid.
fn find(parts: &[TablePart], row: usize) -> (&TablePart, usize) {
    let part = match parts {
        [only] => only,
        parts => &parts[parts.partition_point(|part| part.first <= row) - 1],
    };
    (part, part.outline.rows[row - part.first] as usize)
}
