//! The **cells** of a worksheet, of which the faulty ones get a marked style. A faulty cell that
//! the worksheet does not have, since it is blank, is added.

use std::collections::BTreeSet;
use std::ops::Range;

use quick_xml::events::{BytesStart, Event};

use crate::diagnostic::{column_letters, column_number};

use super::MarksByCell;
use super::parts::{attribute, changed, events, number, prefix, tag};
use super::styles::MarkedStyles;

/// A worksheet with marked cells.
pub(super) struct MarkedCells {
    /// The part.
    pub text: String,
    /// The id of its link to the drawing of its notes, if it had one.
    pub drawing: Option<String>,
}

/// Elements of a worksheet that come after the link to the drawing of its notes.
const AFTER_DRAWING: [&str; 9] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "AlternateContent",
    "webPublishItems",
    "tableParts",
    "extLst",
];

/// Where a reader of rows and cells is.
#[derive(Default)]
struct SheetPosition {
    row: u32,
    column: u32,
    row_style: Option<u32>,
    columns: Vec<(u32, u32, u32)>,
}

impl SheetPosition {
    /// The style that a blank cell in `column` has.
    fn style(&self, column: u32) -> u32 {
        let of_column = || {
            let found = self.columns.iter().find(|(min, max, _)| (*min..=*max).contains(&column));
            found.map(|(_, _, style)| *style)
        };
        self.row_style.or_else(of_column).unwrap_or(0)
    }
}

/// Marks the cells `marks` of the worksheet `text`, which gets a link with the id `new_drawing` to
/// the drawing of its notes if it has none. `None` where the part is not as expected.
pub(super) fn mark(
    text: &str,
    marks: &MarksByCell,
    styles: &mut MarkedStyles,
    new_drawing: &str,
) -> Option<MarkedCells> {
    let parsed = events(text)?;
    let mut left: BTreeSet<(u32, u32)> = marks.keys().copied().collect();
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    let mut at = SheetPosition::default();
    let (mut p, mut in_data, mut depth) = (String::new(), false, 0);
    let (mut drawing, mut place_of_drawing) = (None, None);
    for (range, event) in &parsed {
        let before = range.start..range.start;
        if let Event::Start(_) = event {
            depth += 1;
        }
        match event {
            Event::Start(element) | Event::Empty(element) => {
                let is_empty = matches!(event, Event::Empty(_));
                match element.local_name().as_ref() {
                    "col" => at.columns.extend(column_style(element)),
                    "sheetData" => {
                        p = prefix(element);
                        in_data = !is_empty;
                        if is_empty {
                            let rows = blank_rows(&mut left, u32::MAX, marks, styles, &at, &p);
                            let name = format!("{p}sheetData");
                            changes.push((range.clone(), format!("<{name}>{rows}</{name}>")));
                        }
                    }
                    "row" if in_data => {
                        let row = number(element, "r").unwrap_or(at.row + 1);
                        let rows = blank_rows(&mut left, row, marks, styles, &at, &p);
                        changes.push((before, rows));
                        (at.row, at.column) = (row, 0);
                        at.row_style = number(element, "s");
                        if is_empty {
                            let cells = blank_cells(&mut left, &at, u32::MAX, marks, styles, &p);
                            if !cells.is_empty() {
                                let row = format!("{}>{cells}</{p}row>", tag(element, &[]));
                                changes.push((range.clone(), row));
                            }
                        }
                    }
                    "c" if in_data => {
                        let named = attribute(element, "r").and_then(|name| column_of(&name));
                        at.column = named.unwrap_or(at.column + 1);
                        let cells = blank_cells(&mut left, &at, at.column, marks, styles, &p);
                        changes.push((before, cells));
                        let cell = (at.row, at.column);
                        if let Some(mark) = marks.get(&cell).filter(|_| left.remove(&cell)) {
                            let own = number(element, "s").unwrap_or(0);
                            let style = styles.marked(own, mark.severity).to_string();
                            let end = if is_empty { "/>" } else { ">" };
                            let tag = tag(element, &[("s", style)]) + end;
                            changes.push((range.clone(), tag));
                        }
                    }
                    "legacyDrawing" => drawing = attribute(element, "id").map(String::from),
                    name if !in_data
                        && at_top(depth, is_empty)
                        && AFTER_DRAWING.contains(&name) =>
                    {
                        place_of_drawing.get_or_insert(range.start);
                    }
                    _ => {}
                }
            }
            Event::End(end) => {
                depth -= 1;
                match end.local_name().as_ref() {
                    "row" if in_data => {
                        let cells = blank_cells(&mut left, &at, u32::MAX, marks, styles, &p);
                        changes.push((before, cells));
                    }
                    "sheetData" => {
                        in_data = false;
                        let rows = blank_rows(&mut left, u32::MAX, marks, styles, &at, &p);
                        changes.push((before, rows));
                    }
                    "worksheet" => drop(place_of_drawing.get_or_insert(range.start)),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    if !left.is_empty() {
        return None;
    }
    if drawing.is_none() {
        let place = place_of_drawing?;
        let link = format!(
            "<{p}legacyDrawing xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/\
             relationships\" r:id=\"{new_drawing}\"/>"
        );
        let index = changes.partition_point(|(range, _)| range.start < place);
        changes.insert(index, (place..place, link));
    }
    Some(MarkedCells { text: changed(text, &changes), drawing })
}

/// Is an element a child of the worksheet? `depth` counts the open elements, with itself unless it
/// is empty.
fn at_top(depth: i32, is_empty: bool) -> bool {
    depth == if is_empty { 1 } else { 2 }
}

/// The columns of a `col`, from and to, with their style.
fn column_style(element: &BytesStart<'_>) -> Option<(u32, u32, u32)> {
    Some((number(element, "min")?, number(element, "max")?, number(element, "style")?))
}

/// The column (from 1) of a cell's name, such as `AB12`.
fn column_of(name: &str) -> Option<u32> {
    column_number(name.trim_end_matches(|c: char| c.is_ascii_digit()))
}

/// The marked cells in the row that is being read and before the column `end`; they are not there.
fn blank_cells(
    left: &mut BTreeSet<(u32, u32)>,
    at: &SheetPosition,
    end: u32,
    marks: &MarksByCell,
    styles: &mut MarkedStyles,
    p: &str,
) -> String {
    let cells: Vec<(u32, u32)> = left.range((at.row, 0)..(at.row, end)).copied().collect();
    let mut text = String::new();
    for (row, column) in cells {
        left.remove(&(row, column));
        let style = styles.marked(at.style(column), marks[&(row, column)].severity);
        text.push_str(&format!("<{p}c r=\"{}{row}\" s=\"{style}\"/>", column_letters(column)));
    }
    text
}

/// The rows with marked cells after the row that was read last, and before the row `end`.
fn blank_rows(
    left: &mut BTreeSet<(u32, u32)>,
    end: u32,
    marks: &MarksByCell,
    styles: &mut MarkedStyles,
    at: &SheetPosition,
    p: &str,
) -> String {
    let mut text = String::new();
    while let Some(&(row, _)) = left.range((at.row + 1, 0)..(end.max(at.row + 1), 0)).next() {
        let own = SheetPosition { row, columns: at.columns.clone(), ..SheetPosition::default() };
        let cells = blank_cells(left, &own, u32::MAX, marks, styles, p);
        text.push_str(&format!("<{p}row r=\"{row}\">{cells}</{p}row>"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{MarkedStyles, mark};
    use crate::correction::marked::{CellMark, MarksByCell};
    use crate::diagnostic::Severity;

    const STYLES: &str = "<x><fills><fill/></fills><cellXfs><xf/><xf/></cellXfs></x>";

    fn marked(text: &str, cells: &[(u32, u32)]) -> Option<String> {
        let mark_of = || CellMark { severity: Severity::Error, note: String::new() };
        let marks: MarksByCell = cells.iter().map(|cell| (*cell, mark_of())).collect();
        let mut styles = MarkedStyles::read(STYLES.to_owned()).expect("styles");
        Some(mark(text, &marks, &mut styles, "n")?.text)
    }

    #[test]
    fn cells_are_marked_and_blank_ones_added() {
        let text = "<worksheet><cols><col min=\"3\" max=\"4\" style=\"1\"/></cols><sheetData>\
                    <row r=\"1\"><c r=\"A1\" s=\"1\" t=\"s\"><v>0</v></c><c r=\"D1\"/></row><row \
                    r=\"4\"/></sheetData><tableParts/></worksheet>";
        let found = marked(text, &[(1, 1), (1, 3), (2, 2), (4, 1), (9, 1)]).expect("it is marked");
        assert!(found.contains("<c r=\"A1\" t=\"s\" s=\"2\"><v>0</v></c><c r=\"C1\" s=\"2\"/>"));
        assert!(found.contains("<c r=\"D1\"/></row><row r=\"2\"><c r=\"B2\" s=\"3\"/></row><row"));
        assert!(found.contains("<row r=\"4\"><c r=\"A4\" s=\"3\"/></row><row r=\"9\">"), "{found}");
        assert!(found.contains("</sheetData><legacyDrawing") && found.contains("/><tableParts/>"));
    }

    #[test]
    fn what_is_not_in_order_is_not_marked() {
        let text = "<worksheet><sheetData><row r=\"5\"/><row r=\"2\"/></sheetData></worksheet>";
        assert!(marked(text, &[(6, 1)]).is_some());
        assert!(marked(text, &[(1, 1), (5, 1)]).is_some());
        assert!(marked("<worksheet></worksheet>", &[(1, 1)]).is_none());
    }
}
