//! A **record** of CSV: cells separated by delimiters, up to the end of a line (RFC 4180).
//!
//! The csv crate reads the same cells (a test compares the two), but it does not give the position
//! of each cell, skips empty lines, and silently closes an open quotation mark. Clerks must be told
//! about all three.

use std::borrow::Cow;

use super::grid::to_u32;

/// The records of a text, one cell after another.
pub(super) struct TextRecords<'t> {
    text: &'t str,
    delimiter: u8,
    position: usize,
    /// Number of the line that contains `line_from`, from 1.
    line: u32,
    /// Byte up to which lines have been counted.
    line_from: usize,
    in_record: bool,
}

/// The beginning of a record.
pub(super) struct Begin {
    /// The record's first byte.
    pub(super) start: usize,
    /// The record's line, from 1.
    pub(super) line: u32,
    /// Number of empty lines between the record before and this one.
    pub(super) empty_lines: u32,
}

/// A cell of a record.
pub(super) struct RecordCell<'t> {
    /// The cell's value, without the quotation marks around it.
    pub(super) value: Cow<'t, str>,
    /// The cell's first byte, including an opening quotation mark.
    pub(super) start: usize,
    /// The byte after its last one.
    pub(super) end: usize,
    /// What is wrong with its quotation marks.
    pub(super) fault: Option<QuoteFault>,
}

/// What is wrong with quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum QuoteFault {
    /// The quotation mark is never closed.
    NotClosed,
    /// There is text between the closing mark and the end of the cell.
    TextAfterClosing,
}

impl<'t> TextRecords<'t> {
    pub(super) fn new(text: &'t str, delimiter: u8) -> Self {
        Self { text, delimiter, position: 0, line: 1, line_from: 0, in_record: false }
    }

    /// The cells of the record that begins at `start`.
    pub(super) fn cells_at(text: &'t str, delimiter: u8, start: u32) -> Self {
        Self { position: start as usize, in_record: true, ..Self::new(text, delimiter) }
    }

    /// Advances to the next record; `None` at the end of the text.
    pub(super) fn begin(&mut self) -> Option<Begin> {
        self.line += line_ends(&self.text[self.line_from..self.position]);
        let rest = &self.text[self.position..];
        let blank = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        let empty_lines = line_ends(&rest[..blank]);
        self.line += empty_lines;
        self.position += blank;
        self.line_from = self.position;
        self.in_record = self.position < self.text.len();
        self.in_record.then_some(Begin { start: self.position, line: self.line, empty_lines })
    }

    /// Reads the next cell of the record; `None` after the last one.
    pub(super) fn next_cell(&mut self) -> Option<RecordCell<'t>> {
        if !self.in_record {
            return None;
        }
        let start = self.position;
        let (value, end, fault) = match self.text.as_bytes().get(start) {
            Some(b'"') => self.quoted(start),
            _ => {
                let end = self.cell_end(start);
                (Cow::Borrowed(&self.text[start..end]), end, None)
            }
        };
        self.finish_cell(end);
        Some(RecordCell { value, start, end, fault })
    }

    /// Advances past the delimiter or line end after the cell, which ends at `end`.
    fn finish_cell(&mut self, end: usize) {
        let rest = &self.text.as_bytes()[end..];
        self.in_record = rest.first() == Some(&self.delimiter);
        self.position = end
            + match rest {
                [b'\r', b'\n', ..] => 2,
                [_, ..] => 1,
                [] => 0,
            };
    }

    /// Reads the quoted cell that begins at `start`: its value, its end, and what is wrong with its
    /// quotation marks. An unclosed cell extends to the end of the text. Text after the closing
    /// mark is part of the value.
    fn quoted(&self, start: usize) -> (Cow<'t, str>, usize, Option<QuoteFault>) {
        let inner_start = start + 1;
        let mut from = inner_start;
        let mut doubled = false;
        let closing = loop {
            let Some(found) = self.text[from..].find('"') else {
                let inner = &self.text[inner_start..];
                return (unescaped(inner, doubled), self.text.len(), Some(QuoteFault::NotClosed));
            };
            let mark = from + found;
            if self.text.as_bytes().get(mark + 1) != Some(&b'"') {
                break mark;
            }
            doubled = true;
            from = mark + 2;
        };
        let inner = unescaped(&self.text[inner_start..closing], doubled);
        let end = self.cell_end(closing + 1);
        match self.text[closing + 1..end].trim() {
            "" => (inner, end, None),
            _ => {
                let value = inner.into_owned() + &self.text[closing + 1..end];
                (value.into(), end, Some(QuoteFault::TextAfterClosing))
            }
        }
    }

    /// Position of the next delimiter or line end from `from` on.
    fn cell_end(&self, from: usize) -> usize {
        let ends = |byte: &u8| *byte == self.delimiter || matches!(byte, b'\r' | b'\n');
        let found = self.text.as_bytes()[from..].iter().position(ends);
        found.map_or(self.text.len(), |length| from + length)
    }
}

fn unescaped(inner: &str, doubled: bool) -> Cow<'_, str> {
    match doubled {
        true => inner.replace("\"\"", "\"").into(),
        false => inner.into(),
    }
}

/// Byte range of the record that begins at `start`, without its line end.
pub(super) fn record_range(text: &str, delimiter: u8, start: u32) -> (usize, usize) {
    let mut records = TextRecords::cells_at(text, delimiter, start);
    let mut end = start as usize;
    while let Some(cell) = records.next_cell() {
        end = cell.end;
    }
    (start as usize, end)
}

/// Byte range, quotation marks included, of the cell at `column` of the record that begins at
/// `start`; empty, at the record's end, where the record has no such cell.
pub(super) fn cell_range(text: &str, delimiter: u8, start: u32, column: usize) -> (usize, usize) {
    let mut records = TextRecords::cells_at(text, delimiter, start);
    let mut end = start as usize;
    for index in 0.. {
        let Some(cell) = records.next_cell() else { break };
        if index == column {
            return (cell.start, cell.end);
        }
        end = cell.end;
    }
    (end, end)
}

/// Number of line ends in `text`: CRLF, LF and a lone CR.
pub(super) fn line_ends(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let ends = bytes.iter().enumerate().filter(|(index, byte)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(index + 1) != Some(&b'\n'),
        _ => false,
    });
    to_u32(ends.count())
}
