//! **CSV** and TSV as spreadsheet programs write them (RFC 4180 and its relatives).
//!
//! Lines are counted from byte offsets: the csv crate's own count is one too small after CRLF.

use std::sync::Arc;

use crate::diagnostic::{self, CellPlace, Diagnostic, Diagnostics};
use crate::message;
use crate::source::{SourceFile, decode_table};

use super::{Grid, RowStart};

/// Reads all records of `file`.
pub(super) fn read(
    file: &SourceFile,
    delimiter: u8,
    diagnostics: &mut Diagnostics,
) -> Option<Grid> {
    let (text, encoding) = decode_table(&file.bytes);
    let text: Arc<str> = text.into();
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut record = ::csv::ByteRecord::new();
    let mut rows: Vec<(RowStart, Vec<String>)> = Vec::new();
    let mut lines = LineCounter::new(&text);
    let mut row = 0;
    loop {
        // Neither lengths nor encoding can be wrong here: the reader is flexible and reads bytes.
        if !reader.read_byte_record(&mut record).unwrap_or(false) {
            break;
        }
        let reported = record.position().map_or(0, ::csv::Position::byte);
        let start = lines.record_start(usize::try_from(reported).unwrap_or(text.len()));
        row += 1 + start.blank_lines;
        let cells = record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
        rows.push((RowStart { row, line: start.line, byte: start.byte }, cells));
    }
    let mut grid = Grid { file: file.path.clone(), sheet: None, rows, csv: None };
    let sound = report_open_quote(&grid, &text, diagnostics)
        & report_damage(&grid, &text, encoding.name(), delimiter, diagnostics);
    grid.csv = Some((text, delimiter));
    sound.then_some(grid)
}

/// Byte range of the cell in `column` (from 1) of the record that begins at `start`, its quotation
/// marks included; `None` where the record has no such cell.
pub(super) fn cell_range(
    text: &str,
    start: usize,
    column: u32,
    delimiter: u8,
) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let (mut at, mut current, mut begin, mut quoted) = (start, 1, start, false);
    while at < bytes.len() {
        let byte = bytes[at];
        if quoted {
            // A doubled quote leaves and enters again, which comes to the same.
            quoted = byte != b'"';
        } else if byte == b'"' && (at == begin || bytes[at - 1] == b'"') {
            quoted = true;
        } else if byte == delimiter || byte == b'\n' || byte == b'\r' {
            if current == column {
                return Some((begin, at));
            }
            if byte != delimiter {
                return None;
            }
            current += 1;
            begin = at + 1;
        }
        at += 1;
    }
    (current == column).then_some((begin, bytes.len()))
}

/// Counts lines from byte offsets that only grow.
struct LineCounter<'t> {
    bytes: &'t [u8],
    at: usize,
    line: u32,
}

struct RecordStart {
    byte: usize,
    line: u32,
    blank_lines: u32,
}

impl<'t> LineCounter<'t> {
    fn new(text: &'t str) -> Self {
        Self { bytes: text.as_bytes(), at: 0, line: 1 }
    }

    /// The record that the csv crate says begins at `reported`, which may lie before line ends that
    /// it is going to skip.
    fn record_start(&mut self, reported: usize) -> RecordStart {
        self.advance(reported);
        let end_of_last = reported > 0 && self.bytes[reported - 1] == b'\r';
        if end_of_last && self.bytes.get(reported) == Some(&b'\n') {
            self.advance(reported + 1);
        }
        let before = self.line;
        let blank = self.bytes[self.at..].iter().take_while(|&&b| b == b'\r' || b == b'\n').count();
        self.advance(self.at + blank);
        RecordStart { byte: self.at, line: self.line, blank_lines: self.line - before }
    }

    fn advance(&mut self, to: usize) {
        while self.at < to.min(self.bytes.len()) {
            let byte = self.bytes[self.at];
            self.at += 1;
            let crlf = byte == b'\r' && self.bytes.get(self.at) == Some(&b'\n');
            if byte == b'\n' || (byte == b'\r' && !crlf) {
                self.line += 1;
            }
        }
    }
}

/// A quotation mark that is never closed swallows the rest of the file, so only the last record can
/// have one.
fn report_open_quote(grid: &Grid, text: &str, diagnostics: &mut Diagnostics) -> bool {
    let Some((start, cells)) = grid.rows.last() else { return true };
    let last = text[start.byte..].trim_end_matches(['\r', '\n']);
    let marks = last.matches('"').count();
    let runs_on = cells.iter().any(|cell| cell.contains('\n'));
    if marks % 2 == 0 || !(runs_on || last.ends_with('"') || last.contains(",\"")) {
        return true;
    }
    let mark = start.byte + last.rfind(",\"").map_or_else(|| last.find('"').unwrap_or(0), |at| at + 1);
    let opened = open_quote(&text[start.byte..]).map_or(mark, |at| start.byte + at);
    let line = text[..opened].matches('\n').count() + 1;
    diagnostics.push(
        Diagnostic::new(
            &diagnostic::TABLE_QUOTE,
            CellPlace {
                file: grid.file.clone(),
                sheet: None,
                row: start.row,
                column: None,
                header: None,
                line: u32::try_from(line).ok(),
                bytes: Some((opened, opened + 1)),
            },
            message!(
                ja: "ここで開いた引用符 `\"` が閉じていない",
                en: "the quotation mark `\"` opened here is never closed",
            ),
        )
        .with_help(message!(
            ja: "セルの終わりに `\"` を補う。値の中の `\"` は `\"\"` と書く",
            en: "add `\"` at the end of the cell; write a `\"` inside a value as `\"\"`",
        )),
    );
    false
}

/// Offset of the mark that opens the cell in which `text` ends.
fn open_quote(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut quoted, mut opened, mut begin) = (false, None, 0);
    for (at, &byte) in bytes.iter().enumerate() {
        if quoted {
            quoted = byte != b'"';
        } else if byte == b'"' && at == begin {
            quoted = true;
            opened = Some(at);
        } else if byte == b'"' && at > 0 && bytes[at - 1] == b'"' {
            quoted = true;
        } else if matches!(byte, b',' | b'\t' | b'\n' | b'\r') {
            begin = at + 1;
        }
    }
    if quoted { opened } else { None }
}

/// Names every cell with a character that could not be decoded, and NUL.
fn report_damage(
    grid: &Grid,
    text: &str,
    encoding: &str,
    delimiter: u8,
    diagnostics: &mut Diagnostics,
) -> bool {
    if !text.contains(['\u{FFFD}', '\0']) {
        return true;
    }
    for (start, cells) in &grid.rows {
        for (column, cell) in (1u32..).zip(cells) {
            if !cell.contains(['\u{FFFD}', '\0']) {
                continue;
            }
            let shown: String = cell.chars().take(20).filter(|c| !c.is_control()).collect();
            diagnostics.push(
                Diagnostic::new(
                    &diagnostic::SOURCE_ENCODING,
                    CellPlace {
                        file: grid.file.clone(),
                        sheet: None,
                        row: start.row,
                        column: Some(column),
                        header: None,
                        line: Some(start.line),
                        bytes: cell_range(text, start.byte, column, delimiter),
                    },
                    message!(
                        ja: "壊れた文字がある: `{shown}`（{encoding}として読んだ）",
                        en: "a character is damaged: `{shown}` (read as {encoding})",
                    ),
                )
                .with_help(message!(
                    ja: "元のファイルから「CSV UTF-8」で保存し直す",
                    en: "save it again from the original as “CSV UTF-8”",
                )),
            );
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::{Table, read};
    use super::cell_range;
    use crate::diagnostic::{Diagnostics, Place};
    use crate::source::Sources;

    fn table(text: &str) -> (Option<Table>, Diagnostics) {
        let sources = Sources::from_memory([("content/t.csv", text.as_bytes())]);
        let mut diagnostics = Diagnostics::new();
        let file = sources.get("content/t.csv").expect("just made");
        (read(file, None, &mut diagnostics), diagnostics)
    }

    fn line_and_name(table: &Table, row: usize, column: usize) -> (Option<u32>, String) {
        match table.place(row, column) {
            Place::Cell(cell) => (cell.line, cell.name()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn lines_are_counted_whatever_ends_them() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "1,2", "", "3,\"x", "y\"", "5,6", ""].join(end);
            let (table, _) = table(&text);
            let table = table.expect("a table");
            assert_eq!(table.len(), 3, "{end:?}");
            assert_eq!(line_and_name(&table, 0, 1), (Some(2), "B2".into()), "{end:?}");
            assert_eq!(line_and_name(&table, 1, 1), (Some(4), "B4".into()), "{end:?}");
            assert_eq!(line_and_name(&table, 2, 0), (Some(6), "A5".into()), "{end:?}");
        }
    }

    #[test]
    fn a_cell_is_found_by_its_bytes() {
        let text = "a,\"b,\"\"c\"\"\",d\r\n";
        assert_eq!(cell_range(text, 0, 1, b','), Some((0, 1)));
        assert_eq!(cell_range(text, 0, 2, b',').map(|(a, b)| &text[a..b]), Some("\"b,\"\"c\"\"\""));
        assert_eq!(cell_range(text, 0, 3, b',').map(|(a, b)| &text[a..b]), Some("d"));
        assert_eq!(cell_range(text, 0, 4, b','), None);
    }

    #[test]
    fn an_open_quote_is_named_where_it_opens() {
        let (table, diagnostics) = table("a,b\n1,\"open\n2,3\n");
        assert!(table.is_none());
        let problem = diagnostics.iter().next().expect("a problem");
        assert_eq!(problem.code.id, "table::quote");
        let Place::Cell(cell) = &problem.place else { panic!("a cell") };
        assert_eq!((cell.line, cell.bytes), (Some(2), Some((6, 7))));
    }

    #[test]
    fn an_inch_mark_is_no_open_quote() {
        let (table, diagnostics) = table("a,b\n1,27\" screen\n");
        assert_eq!(table.expect("a table").cell(0, 1), "27\" screen");
        assert!(diagnostics.is_empty());
    }
}
