//! **Texts** of a workbook: plain, or made of runs with different formatting.

use std::collections::BTreeMap;
use std::io::BufRead;

use quick_xml::events::Event;

use crate::table::facts::Struck;

use super::super::package::Package;
use super::super::reason::Unreadable;
use super::super::xml::{Xml, attribute, push_entity};
use super::styles::is_on;

/// The shared texts of cells, concatenated.
#[derive(Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<usize>,
    struck: BTreeMap<usize, Struck>,
}

impl Strings {
    /// Reads the shared texts in the part at `path`; none where there is no such part.
    ///
    /// # Errors
    ///
    /// Where the part is damaged or a limit is exceeded.
    pub fn read(package: &mut Package<'_>, path: &str) -> Result<Self, Unreadable> {
        let limits = package.limits();
        let Some(mut part) = package.part(path)? else { return Ok(Self::default()) };
        let mut strings = Self::default();
        loop {
            let Some(event) = part.next()? else { return Ok(strings) };
            let Event::Start(element) = event else { continue };
            if element.local_name().as_ref() != "si" {
                continue;
            }
            let from = strings.text.len();
            let struck = read_text(&mut part, "si", &mut strings.text)?;
            if (strings.text.len() - from) as u64 > limits.cell {
                return Err(Unreadable::TooLarge(limits.cell_met()));
            }
            if struck != Struck::No {
                strings.struck.insert(strings.ends.len(), struck);
            }
            strings.ends.push(strings.text.len());
        }
    }

    /// The text at `index`, and how much of it is struck out.
    pub fn get(&self, index: usize) -> Option<(&str, Struck)> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        let struck = self.struck.get(&index).copied().unwrap_or_default();
        Some((&self.text[start..end], struck))
    }
}

/// Appends the text of the element `name`, which has just begun, to `text`. Returns how much of it
/// is struck out.
pub(super) fn read_text<R: BufRead>(
    part: &mut Xml<R>,
    name: &str,
    text: &mut String,
) -> Result<Struck, Unreadable> {
    let (mut in_text, mut preserved, mut struck_run) = (false, false, false);
    let (mut struck, mut plain) = (false, false);
    let mut from = text.len();
    while let Some(event) = part.next()? {
        match event {
            Event::Start(element) => match element.local_name().as_ref() {
                "t" => {
                    in_text = true;
                    preserved =
                        attribute(&element, "space").is_some_and(|value| value == "preserve");
                    from = text.len();
                }
                "r" => struck_run = false,
                "strike" => struck_run = is_on(&element),
                // The reading (furigana) of a text is skipped.
                "rPh" => part.skip("rPh")?,
                _ => {}
            },
            Event::Text(piece) if in_text => text.push_str(&piece.xml10_content()),
            Event::CData(piece) if in_text => text.push_str(&piece.xml10_content()),
            Event::GeneralRef(entity) if in_text => push_entity(&entity, text),
            Event::End(element) => match element.local_name().as_ref() {
                "t" => {
                    in_text = false;
                    if !preserved {
                        trim(text, from);
                    }
                    unescape(text, from);
                    if !text[from..].trim().is_empty() {
                        struck |= struck_run;
                        plain |= !struck_run;
                    }
                }
                closing if closing == name => {
                    return Ok(match (struck, plain) {
                        (true, true) => Struck::Part,
                        (true, false) => Struck::Whole,
                        (false, _) => Struck::No,
                    });
                }
                _ => {}
            },
            _ => {}
        }
    }
    Err(Unreadable::cut_short())
}

/// Removes XML white space from both ends of `text[from..]`.
fn trim(text: &mut String, from: usize) {
    const SPACE: [char; 4] = [' ', '\t', '\r', '\n'];
    let kept = text[from..].trim_matches(SPACE).to_owned();
    if kept.len() < text.len() - from {
        text.truncate(from);
        text.push_str(&kept);
    }
}

/// Decodes the characters that XML does not allow, which Excel writes as `_x000D_`, and `_` before
/// such a text, written as `_x005F_`, in `text[from..]`.
pub(super) fn unescape(text: &mut String, from: usize) {
    if !text[from..].contains("_x") {
        return;
    }
    let escaped = text.split_off(from);
    let mut rest = escaped.as_str();
    let mut first_half = None;
    while let Some(at) = rest.find("_x") {
        text.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6).filter(|_| rest.get(at + 6..at + 7) == Some("_"));
        match code.and_then(|code| u16::from_str_radix(code, 16).ok()) {
            Some(unit) => {
                let units = [first_half.take().unwrap_or(unit), unit];
                let whole = if units[0] == unit { &units[1..] } else { &units[..] };
                match char::decode_utf16(whole.iter().copied()).next() {
                    Some(Ok(c)) => text.push(c),
                    _ => first_half = Some(unit),
                }
                rest = &rest[at + 7..];
            }
            None => {
                text.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    text.push_str(rest);
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use super::{Package, Strings, Struck, unescape};
    use crate::source::Limits;

    /// The shared texts of a package with this part, read with room for `most` bytes a cell.
    fn shared(part: &str, most: u64) -> Option<Strings> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file("strings.xml", options).expect("the first part");
        archive.write_all(part.as_bytes()).expect("memory can be written");
        let bytes = archive.finish().expect("memory can be written").into_inner();
        let limits = Limits { cell: most, ..Limits::default() };
        let mut package = Package::open(&bytes, limits).ok().expect("a ZIP archive");
        Strings::read(&mut package, "strings.xml").ok()
    }

    #[test]
    fn shared_texts_are_read_one_by_one() {
        let part = "<sst><si><t> a </t></si><si><t xml:space=\"preserve\"> b </t></si>\
            <si><r><t>名</t></r><r><rPr><strike/></rPr><t>称</t></r><rPh><t>メイ</t></rPh></si>\
            <si><r><rPr><strike/></rPr><t>没</t></r></si><si/></sst>";
        let strings = shared(part, 100).expect("short texts");
        let texts: Vec<_> = (0..6).map(|index| strings.get(index)).collect();
        assert_eq!(
            texts,
            [
                Some(("a", Struck::No)),
                Some((" b ", Struck::No)),
                Some(("名称", Struck::Part)),
                Some(("没", Struck::Whole)),
                Some(("", Struck::No)),
                None,
            ]
        );
    }

    #[test]
    fn the_limit_of_a_cell_is_that_of_each_text() {
        let part = "<sst><si><t>four</t></si><si><t>five5</t></si><si><t>four</t></si></sst>";
        assert!(shared(part, 5).is_some(), "together they may be longer");
        assert!(shared(part, 4).is_none());
    }

    #[test]
    fn escaped_characters_are_what_they_stand_for() {
        for (written, meant) in [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDCF7_", "📷"),
            ("snake_x_case", "snake_x_case"),
            ("_xZZZZ_", "_xZZZZ_"),
        ] {
            let mut text = written.to_owned();
            unescape(&mut text, 0);
            assert_eq!(text, meant);
        }
    }
}
