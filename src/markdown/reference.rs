//! The **references** of a text: its links, pictures, notes and fences of data, each with the place
//! where it is written.
//!
//! Not in here: whether they lead anywhere (`site`).

use std::ops::Range;

use comrak::Arena;
use comrak::nodes::{NodeValue, Sourcepos};

use super::parse::{parse, text_of};

/// Something that a text refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextReference {
    /// What it is.
    pub kind: ReferenceKind,
    /// Where it is written: a range of bytes of the text.
    pub range: Range<usize>,
}

/// What a text refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReferenceKind {
    /// A link, by its address as it is written.
    Link(String),
    /// A picture, by its address and its alternative text.
    Picture {
        /// The address as it is written.
        written: String,
        /// The alternative text.
        alt: String,
    },
    /// A fenced block, by its first word and its text, whose range is that of the reference.
    Fence {
        /// The first word after the fence.
        kind: String,
        /// The text between the fences.
        text: String,
    },
    /// The sign of a note, by its name, for which there is no note.
    Note(String),
}

/// Everything that `text` refers to, in order.
pub fn references(text: &str) -> Vec<TextReference> {
    let arena = Arena::new();
    let root = parse(&arena, text);
    let lines = TextLines::of(text);
    let mut found = Vec::new();
    for node in root.descendants() {
        let data = node.data();
        let range = lines.range(data.sourcepos, text);
        let kind = match &data.value {
            NodeValue::Link(link) => ReferenceKind::Link(link.url.clone()),
            NodeValue::Image(link) => {
                ReferenceKind::Picture { written: link.url.clone(), alt: text_of(node) }
            }
            NodeValue::CodeBlock(code) if code.fenced => {
                let kind = code.info.split_whitespace().next().unwrap_or_default().to_owned();
                // The text begins on the line after the fence.
                let start =
                    text[range.clone()].find('\n').map_or(range.end, |at| range.start + at + 1);
                let range = start..(start + code.literal.len()).min(text.len());
                found.push(TextReference {
                    kind: ReferenceKind::Fence { kind, text: code.literal.clone() },
                    range,
                });
                continue;
            }
            NodeValue::Text(words) if words.contains("[^") => {
                for name in notes_without_text(words) {
                    found.push(TextReference {
                        kind: ReferenceKind::Note(name),
                        range: range.clone(),
                    });
                }
                continue;
            }
            _ => continue,
        };
        found.push(TextReference { kind, range });
    }
    found
}

/// The names of the signs of notes in `words`: what is left as text has no note.
fn notes_without_text(words: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = words;
    while let Some((_, after)) = rest.split_once("[^") {
        let Some((name, following)) = after.split_once(']') else { break };
        if !name.is_empty() && !name.contains(char::is_whitespace) {
            names.push(name.to_owned());
        }
        rest = following;
    }
    names
}

/// The fences that show data of the site.
pub const DATA_FENCES: [&str; 5] = ["chart", "number", "table", "map", "measures"];

/// Does a fence with the words `info` show data?
pub(super) fn is_data(info: &str) -> bool {
    info.split_whitespace().next().is_some_and(|kind| DATA_FENCES.contains(&kind))
}

/// Does the address `written` lead to another site, to e-mail or to a telephone?
pub fn is_outside(written: &str) -> bool {
    let lower = written.to_ascii_lowercase();
    ["https:", "http:", "mailto:", "tel:", "//"].iter().any(|scheme| lower.starts_with(scheme))
}

/// The scheme of the address `written`, such as `dataset` in `dataset:population`.
pub fn scheme_of(written: &str) -> Option<&str> {
    let scheme = &written[..written.find(':')?];
    (!scheme.is_empty() && !scheme.contains(['/', '?', '#'])).then_some(scheme)
}

/// The bytes at which the lines of a text begin.
struct TextLines(Vec<usize>);

impl TextLines {
    fn of(text: &str) -> Self {
        let after_breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self(std::iter::once(0).chain(after_breaks.map(|(at, _)| at + 1)).collect())
    }

    /// The range of bytes of `text` for a range of lines and columns, widened to whole characters.
    fn range(&self, place: Sourcepos, text: &str) -> Range<usize> {
        let at = |line: usize, column: usize| {
            let start = self.0.get(line.saturating_sub(1)).copied().unwrap_or(text.len());
            (start + column).min(text.len())
        };
        let mut start = at(place.start.line, place.start.column.saturating_sub(1));
        let mut end = at(place.end.line, place.end.column).max(start);
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        while !text.is_char_boundary(end) {
            end += 1;
        }
        start..end
    }
}

#[cfg(test)]
mod tests {
    use super::{ReferenceKind, references};

    #[test]
    fn every_reference_has_its_place() {
        let text = "前[あ](a.md)と\n\n- 項目 ![図](b.png \"題\")\n\n> ```chart\n> x = 1\n> ```\n\n注[^1]\n";
        let found = references(text);
        let written: Vec<&str> = found.iter().map(|found| &text[found.range.clone()]).collect();
        assert_eq!(written[..2], ["[あ](a.md)", "![図](b.png \"題\")"]);
        assert!(
            matches!(&found[2].kind, ReferenceKind::Fence { kind, text } if kind == "chart" && text == "x = 1\n")
        );
        assert_eq!(found[3].kind, ReferenceKind::Note("1".to_owned()));
        assert!(references("注[^1]\n\n[^1]: あり\n").is_empty());
    }
}
