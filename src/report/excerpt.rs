//! An **excerpt** is the line of a text file that contains a place, with the place marked.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::Place;
use crate::source::{Sources, decode_table};

/// A line of a text with a marked range.
pub struct Excerpt {
    /// Line from 1.
    pub line: usize,
    /// Column from 1, in characters.
    pub column: usize,
    /// The whole line.
    pub text: String,
    /// The marked byte range in `text`; empty only at the end of the line.
    pub marked: Range<usize>,
}

/// Finds excerpts. Each file is decoded once, even if it has many problems.
pub struct Excerpts<'s> {
    sources: &'s Sources,
    files: BTreeMap<String, LineStarts<'s>>,
}

/// A text with the byte positions at which its lines begin.
struct LineStarts<'s> {
    text: Cow<'s, str>,
    starts: Vec<usize>,
}

impl<'s> Excerpts<'s> {
    /// Finds excerpts of `sources`.
    pub fn new(sources: &'s Sources) -> Self {
        Self { sources, files: BTreeMap::new() }
    }

    /// A place as editors follow it: the file with line and column, or with the cell.
    pub fn position(&mut self, place: &Place) -> String {
        match (place, self.find(place)) {
            (place, Some(found)) => format!("{}:{}:{}", place.path(), found.line, found.column),
            (Place::Cell(cell), None) => format!("{}:{}", cell.file, cell.name()),
            (place, None) => place.path().to_owned(),
        }
    }

    /// The line in which `place` begins; `None` if the place is a whole file, or a cell of a
    /// workbook.
    pub fn find(&mut self, place: &Place) -> Option<Excerpt> {
        let (start, end) = match place {
            Place::File { .. } => return None,
            Place::Text { start, end, .. } => (*start, *end),
            Place::Cell(cell) => cell.bytes?,
        };
        let lines = self.lines(place)?;
        let text = &lines.text;
        let start = floor_boundary(text, start);
        let index = lines.starts.partition_point(|line| *line <= start).checked_sub(1)?;
        let line_start = lines.starts[index];
        let line_end =
            text[line_start..].find(['\n', '\r']).map_or(text.len(), |at| line_start + at);
        let start = start.min(line_end);
        let end = floor_boundary(text, end).clamp(start, line_end);
        Some(Excerpt {
            line: index + 1,
            column: text[line_start..start].chars().count() + 1,
            text: text[line_start..line_end].to_owned(),
            marked: start - line_start..end - line_start,
        })
    }

    fn lines(&mut self, place: &Place) -> Option<&LineStarts<'s>> {
        let path = place.path();
        if !self.files.contains_key(path) {
            let file = self.sources.get(path)?;
            // Places refer to the text as it was decoded when the problem was found.
            let text = match place {
                Place::Cell(_) => decode_table(&file.bytes).0,
                _ => file.text_to_show(),
            };
            self.files.insert(path.to_owned(), LineStarts::new(text));
        }
        self.files.get(path)
    }
}

impl<'s> LineStarts<'s> {
    fn new(text: Cow<'s, str>) -> Self {
        let bytes = text.as_bytes();
        // A table may be long, and one warning about it is enough to come here.
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
            .filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
        let starts = std::iter::once(0).chain(ends.map(|at| at + 1)).collect();
        Self { text, starts }
    }
}

/// The last character boundary at or before the byte `at`.
fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
