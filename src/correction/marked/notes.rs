//! The **notes** of a worksheet: a part with their texts, and a drawing with their boxes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;

use quick_xml::escape::escape;
use quick_xml::events::Event;

use crate::diagnostic::column_letters;

use super::parts::{attribute, changed, events, with_more};
use super::{MOST_NOTES, MarksByCell};

/// Characters of a note; Excel's maximum is 32,767.
const LONGEST: usize = 4_000;

const NEW: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments \
                   xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><authors>\
                   </authors><commentList></commentList></comments>";
const NEW_DRAWING: &str = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" \
                           xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
                           xmlns:x=\"urn:schemas-microsoft-com:office:excel\"></xml>";
const SHAPE_TYPE: &str = "<v:shapetype xmlns:v=\"urn:schemas-microsoft-com:vml\" \
    xmlns:o=\"urn:schemas-microsoft-com:office:office\" id=\"_x0000_t202\" \
    coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\"><v:stroke \
    joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";

/// The part with the texts and the drawing with the boxes of the notes of a worksheet, which may
/// have `texts` and a `drawing` already. `None` where these are not as expected.
pub(super) fn notes(
    texts: Option<&str>,
    drawing: Option<&str>,
    marks: &MarksByCell,
) -> Option<(String, String)> {
    let texts = texts.unwrap_or(NEW);
    let noted = || marks.iter().take(MOST_NOTES);
    let by_name: BTreeMap<String, _> =
        noted().map(|((row, column), mark)| (cell(*row, *column), mark)).collect();
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    let (mut authors, mut p) = (0, String::new());
    let (mut own, mut there) = (None, BTreeSet::new());
    for (range, event) in events(texts)? {
        match event {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                "author" => authors += 1,
                "commentList" => p = super::parts::prefix(&element),
                "comment" => {
                    let name = attribute(&element, "ref")?.into_owned();
                    own = by_name.get(&name);
                    there.insert(name);
                }
                _ => {}
            },
            // What the clerk had noted comes first.
            Event::End(element) if element.local_name().as_ref() == "text" => {
                if let Some(mark) = own.take() {
                    let note = text(&mark.note);
                    let run =
                        format!("<{p}r><{p}t xml:space=\"preserve\">\n\n{note}</{p}t></{p}r>");
                    changes.push((range.start..range.start, run));
                }
            }
            _ => {}
        }
    }
    let is_new = |row: u32, column: u32| !there.contains(&cell(row, column));
    let new = || noted().filter(|((row, column), _)| is_new(*row, *column));
    let mut comments = String::new();
    let mut shapes = String::new();
    for (number, ((row, column), mark)) in new().enumerate() {
        let (name, note) = (cell(*row, *column), text(&mark.note));
        let _ = write!(
            comments,
            "<{p}comment ref=\"{name}\" authorId=\"{authors}\"><{p}text><{p}r><{p}t \
             xml:space=\"preserve\">{note}</{p}t></{p}r></{p}text></{p}comment>"
        );
        shapes.push_str(&shape(number, *row, *column));
    }
    let texts = with_more(&changed(texts, &changes), "commentList", &comments)?;
    let texts = with_more(&texts, "authors", &format!("<{p}author>Kawaraban</{p}author>"))?;
    let drawing = drawing.unwrap_or(NEW_DRAWING);
    let kind = if drawing.contains("\"_x0000_t202\"") { "" } else { SHAPE_TYPE };
    Some((texts, with_more(drawing, "xml", &format!("{kind}{shapes}"))?))
}

fn cell(row: u32, column: u32) -> String {
    format!("{}{row}", column_letters(column))
}

/// `note` within XML, without characters that XML cannot hold.
fn text(note: &str) -> String {
    let allowed = |c: &char| !c.is_control() || *c == '\n';
    let note: String = note.chars().filter(allowed).take(LONGEST).collect();
    escape(note.as_str()).into_owned()
}

/// The box of the note with `number` at a cell, shown when the pointer is over the cell.
fn shape(number: usize, row: u32, column: u32) -> String {
    // Far from the numbers that Excel gives.
    let id = 900_000 + number;
    let (row, column) = (row - 1, column - 1);
    let (top, bottom, left, right) = (row.saturating_sub(1), row + 6, column + 1, column + 5);
    format!(
        "<v:shape xmlns:v=\"urn:schemas-microsoft-com:vml\" \
         xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
         xmlns:x=\"urn:schemas-microsoft-com:office:excel\" id=\"_x0000_s{id}\" \
         type=\"#_x0000_t202\" style=\"position:absolute;visibility:hidden\" \
         fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:path \
         o:connecttype=\"none\"/><v:textbox><div \
         style=\"text-align:left\"></div></v:textbox><x:ClientData \
         ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{left}, 15, {top}, 2, \
         {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row>\
         <x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
}

#[cfg(test)]
mod tests {
    use super::{MarksByCell, notes};
    use crate::correction::marked::CellMark;
    use crate::diagnostic::Severity;

    #[test]
    fn a_note_that_was_there_stays_and_says_more() {
        let mark = |note: &str| CellMark { severity: Severity::Error, note: note.to_owned() };
        let marks: MarksByCell = [((2, 3), mark("a < b\u{1}")), ((2, 4), mark("c"))].into();
        let (texts, drawing) = notes(None, None, &marks).expect("new notes");
        assert!(texts.contains("ref=\"C2\" authorId=\"0\"") && texts.contains("a &lt; b</t>"));
        assert_eq!(drawing.matches("<v:shape ").count(), 2);
        let there = "<x:comments><x:authors><x:author>A</x:author></x:authors><x:commentList>\
                     <x:comment ref=\"C2\" authorId=\"0\"><x:text><x:t>old</x:t></x:text></x:comment>\
                     </x:commentList></x:comments>";
        let (texts, drawing) = notes(Some(there), Some(&drawing), &marks).expect("more notes");
        assert!(
            texts.contains("<x:t>old</x:t><x:r><x:t xml:space=\"preserve\">\n\na &lt; b</x:t>")
        );
        assert!(texts.contains("<x:comment ref=\"D2\" authorId=\"1\">"));
        assert_eq!(drawing.matches("<v:shape ").count(), 3);
        assert_eq!(drawing.matches("<v:shapetype ").count(), 1);
    }
}
