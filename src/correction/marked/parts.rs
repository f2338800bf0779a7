//! The **parts** of a workbook as texts, and changes to them: what is not changed stays as it is,
//! byte for byte.
//!
//! Not in here: which part is which (`package`).

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

/// An event of a part, with the bytes that it takes.
pub(super) type PartEvent<'t> = (Range<usize>, Event<'t>);

/// The events of `text` in order. `None` where it is not well-formed.
pub(super) fn events(text: &str) -> Option<Vec<PartEvent<'_>>> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut events = Vec::new();
    loop {
        let start = usize::try_from(reader.buffer_position()).ok()?;
        let event = reader.read_event().ok()?;
        let end = usize::try_from(reader.buffer_position()).ok()?;
        if matches!(event, Event::Eof) {
            return Some(events);
        }
        events.push((start..end, event));
    }
}

/// The attribute `name` of `element`, in any namespace.
pub(super) fn attribute<'e>(element: &'e BytesStart<'_>, name: &str) -> Option<Cow<'e, str>> {
    let mut attributes = element.attributes();
    attributes.with_checks(false);
    let found = attributes.flatten().find(|found| found.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok()
}

/// The number in the attribute `name` of `element`.
pub(super) fn number(element: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(element, name)?.parse().ok()
}

/// The tag of `element` with `changes` to its attributes, up to its `>` or `/>`, which is left out.
pub(super) fn tag(element: &BytesStart<'_>, changes: &[(&str, String)]) -> String {
    let mut tag = format!("<{}", element.name().as_ref());
    let mut attributes = element.attributes();
    attributes.with_checks(false);
    for kept in attributes.flatten() {
        let key = kept.key.as_ref();
        if !changes.iter().any(|(name, _)| *name == key) {
            let _ = write!(tag, " {key}=\"{}\"", kept.value.replace('"', "&quot;"));
        }
    }
    for (name, value) in changes {
        let _ = write!(tag, " {name}=\"{value}\"");
    }
    tag
}

/// The prefix of the name of `element` with its colon; empty without one.
pub(super) fn prefix(element: &BytesStart<'_>) -> String {
    let name = element.name();
    name.as_ref().split_once(':').map(|(prefix, _)| format!("{prefix}:")).unwrap_or_default()
}

/// `text` with `changes`, which are in order and do not overlap: bytes and what replaces them.
pub(super) fn changed(text: &str, changes: &[(Range<usize>, String)]) -> String {
    let mut result = String::with_capacity(text.len() + 64 * changes.len());
    let mut at = 0;
    for (range, new) in changes {
        result.push_str(&text[at..range.start]);
        result.push_str(new);
        at = range.end;
    }
    result.push_str(&text[at..]);
    result
}

/// `text` with `more` before the last end tag of the element `name`, which may have a prefix.
/// `None` where there is no such end tag.
pub(super) fn with_more(text: &str, name: &str, more: &str) -> Option<String> {
    let at = text.rmatch_indices("</").map(|(at, _)| at).find(|at| {
        let tag = text[at + 2..].split('>').next().unwrap_or_default().trim();
        tag.rsplit(':').next() == Some(name)
    })?;
    Some(changed(text, &[(at..at, more.to_owned())]))
}

#[cfg(test)]
mod tests {
    use super::{changed, events, with_more};

    #[test]
    fn what_is_not_changed_stays() {
        let text = "<a  x='1'><b/>\r\n<!-- c --></a >";
        let whole: String = events(text)
            .expect("it is well-formed")
            .iter()
            .map(|(at, _)| &text[at.clone()])
            .collect();
        assert_eq!(whole, text);
        assert_eq!(changed(text, &[(10..14, "<d/>".to_owned())]), text.replace("<b/>", "<d/>"));
        assert!(with_more(text, "a", "<e/>").expect("an end tag").ends_with("<e/></a >"));
        assert_eq!(with_more("<a/>", "a", "<e/>"), None);
    }
}
