//! The **styles** of a workbook, to which copies of the styles of faulty cells are added: the same
//! but for their colour.

use std::collections::BTreeMap;
use std::ops::Range;

use quick_xml::events::{BytesStart, Event};

use crate::diagnostic::Severity;

use super::colour;
use super::parts::{PartEvent, changed, events, prefix, tag};

/// The part with the styles, and what is to be added to it.
pub(super) struct MarkedStyles {
    text: String,
    /// The start tag of `fills`, with its number of entries and its prefix, and where it ends.
    fills: StyleList,
    /// The same of `cellXfs`.
    formats: StyleList,
    /// The start tag, and the whole, of each cell format.
    known: Vec<(Range<usize>, Range<usize>)>,
    added: BTreeMap<(u32, Severity), u32>,
}

/// A list of styles.
#[derive(Clone, Default)]
struct StyleList {
    start: Range<usize>,
    end: usize,
    entries: u32,
    prefix: String,
}

impl MarkedStyles {
    /// Reads the part `text`; `None` where it has no lists of fills and of cell formats.
    pub fn read(text: String) -> Option<Self> {
        let parsed = events(&text)?;
        let fills = list(&parsed, "fills", "fill")?.0;
        let (formats, known) = list(&parsed, "cellXfs", "xf")?;
        drop(parsed);
        Some(Self { text, fills, formats, known, added: BTreeMap::new() })
    }

    /// The number of the style that is `style` in the colour of `severity`.
    pub fn marked(&mut self, style: u32, severity: Severity) -> u32 {
        let next = self.formats.entries + u32::try_from(self.added.len()).unwrap_or(u32::MAX);
        let style = if style < self.formats.entries { style } else { 0 };
        *self.added.entry((style, severity)).or_insert(next)
    }

    /// The part with all styles that were asked for; `None` where it is damaged.
    pub fn written(self) -> Option<String> {
        let of = |list: &StyleList| events(&self.text[list.start.clone()]);
        let counted = |list: &StyleList, more: usize| -> Option<String> {
            let (_, start) = of(list)?.into_iter().next()?;
            let Event::Start(start) = start else { return None };
            let count = list.entries as usize + more;
            Some(tag(&start, &[("count", count.to_string())]) + ">")
        };
        let severities = [Severity::Error, Severity::Warning];
        let p = &self.fills.prefix;
        let fills = severities.map(|severity| {
            format!(
                "<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"FF{:06X}\"/>\
                 <{p}bgColor indexed=\"64\"/></{p}patternFill></{p}fill>",
                colour(severity)
            )
        });
        let mut added: Vec<_> = self.added.iter().collect();
        added.sort_by_key(|(_, number)| **number);
        let mut formats = String::new();
        for ((style, severity), _) in &added {
            let (start, whole) = self.known.get(*style as usize)?;
            let (_, event) = events(&self.text[start.clone()])?.into_iter().next()?;
            let (element, end) = match &event {
                Event::Start(element) => (element, ">"),
                Event::Empty(element) => (element, "/>"),
                _ => return None,
            };
            let fill = self.fills.entries + u32::from(*severity != Severity::Error);
            let changes = [("fillId", fill.to_string()), ("applyFill", "1".to_owned())];
            formats.push_str(&tag(element, &changes));
            formats.push_str(end);
            formats.push_str(&self.text[start.end..whole.end]);
        }
        let mut changes = vec![
            (self.fills.start.clone(), counted(&self.fills, fills.len())?),
            (self.fills.end..self.fills.end, fills.concat()),
            (self.formats.start.clone(), counted(&self.formats, added.len())?),
            (self.formats.end..self.formats.end, formats),
        ];
        changes.sort_by_key(|(range, _)| range.start);
        Some(changed(&self.text, &changes))
    }
}

type ListEntries = Vec<(Range<usize>, Range<usize>)>;

/// The list `name` of entries `entry`.
fn list(parsed: &[PartEvent<'_>], name: &str, entry: &str) -> Option<(StyleList, ListEntries)> {
    let is = |element: &BytesStart<'_>, name: &str| element.local_name().as_ref() == name;
    let mut found = StyleList::default();
    let mut entries = ListEntries::new();
    let mut inside = false;
    for (at, event) in parsed {
        match event {
            Event::Start(element) if is(element, name) => {
                inside = true;
                found.start = at.clone();
                found.prefix = prefix(element);
            }
            Event::End(end) if inside && end.local_name().as_ref() == name => {
                found.end = at.start;
                found.entries = u32::try_from(entries.len()).ok()?;
                return (found.entries > 0).then_some((found, entries));
            }
            Event::Start(element) | Event::Empty(element) if inside && is(element, entry) => {
                entries.push((at.clone(), at.clone()));
            }
            Event::End(end) if inside && end.local_name().as_ref() == entry => {
                entries.last_mut()?.1.end = at.end;
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::MarkedStyles;
    use crate::diagnostic::Severity;

    #[test]
    fn a_style_is_copied_in_another_colour() {
        let text = "<styleSheet><fills count=\"1\"><fill><patternFill patternType=\"none\"/></fill>\
                    </fills><cellXfs count=\"2\"><xf fillId=\"0\"/><xf numFmtId=\"14\" fillId=\"0\">\
                    <alignment wrapText=\"1\"/></xf></cellXfs></styleSheet>";
        let mut styles = MarkedStyles::read(text.to_owned()).expect("styles");
        assert_eq!(styles.marked(1, Severity::Warning), 2);
        assert_eq!(styles.marked(0, Severity::Error), 3);
        assert_eq!(styles.marked(1, Severity::Warning), 2);
        let written = styles.written().expect("they are whole");
        assert!(written.contains("<fills count=\"3\">") && written.contains("FFFFEB9C"));
        assert!(written.contains(
            "<cellXfs count=\"4\"><xf fillId=\"0\"/><xf numFmtId=\"14\" fillId=\"0\"><alignment \
             wrapText=\"1\"/></xf><xf numFmtId=\"14\" fillId=\"2\" applyFill=\"1\"><alignment \
             wrapText=\"1\"/></xf><xf fillId=\"1\" applyFill=\"1\"/></cellXfs>"
        ));
    }
}
