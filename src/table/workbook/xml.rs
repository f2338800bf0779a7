//! Reading **XML** event by event, and helpers that all parts of workbooks need.

use std::borrow::Cow;
use std::io::BufRead;
use std::rc::Rc;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::budget::UnpackingBudget;
use super::reason::Unreadable;

/// A part that is being read.
pub(super) struct Xml<R> {
    reader: quick_xml::Reader<R>,
    buffer: Vec<u8>,
    budget: Rc<UnpackingBudget>,
}

impl<R: BufRead> Xml<R> {
    /// A reader of `source`.
    pub fn new(source: R, budget: Rc<UnpackingBudget>) -> Self {
        let mut reader = quick_xml::Reader::from_reader(source);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.expand_empty_elements = true;
        Self { reader, buffer: Vec::with_capacity(1024), budget }
    }

    /// Reads the next event; `None` at the end.
    ///
    /// # Errors
    ///
    /// Where the XML is not well-formed, or a limit is exceeded.
    pub fn next(&mut self) -> Result<Option<Event<'_>>, Unreadable> {
        self.buffer.clear();
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(Event::Eof) => Ok(None),
            Ok(event) => Ok(Some(event)),
            Err(error) => Err(self.budget.reason(error)),
        }
    }

    /// Appends the text up to the end of the element `name`, which has just begun, to `text`. The
    /// tags of elements within it are skipped, but not their text.
    ///
    /// # Errors
    ///
    /// The same as [`Self::next`], or where the element does not end.
    pub fn text_until(&mut self, name: &str, text: &mut String) -> Result<(), Unreadable> {
        while let Some(event) = self.next()? {
            match event {
                Event::Text(part) => text.push_str(&part.xml10_content()),
                Event::CData(part) => text.push_str(&part.xml10_content()),
                Event::GeneralRef(entity) => push_entity(&entity, text),
                Event::End(end) if end.local_name().as_ref() == name => return Ok(()),
                _ => {}
            }
        }
        Err(Unreadable::cut_short())
    }

    /// Skips everything up to the end of the element `name`, which has just begun.
    ///
    /// # Errors
    ///
    /// The same as [`Self::next`], or where the element does not end.
    pub fn skip(&mut self, name: &str) -> Result<(), Unreadable> {
        let mut depth = 1;
        while let Some(event) = self.next()? {
            match event {
                Event::Start(start) if start.local_name().as_ref() == name => depth += 1,
                Event::End(end) if end.local_name().as_ref() == name => {
                    depth -= 1;
                    if depth == 0 {
                        return Ok(());
                    }
                }
                _ => {}
            }
        }
        Err(Unreadable::cut_short())
    }
}

/// Appends the character of an entity such as `&amp;` or `&#10;`; an unknown one is ignored.
pub(super) fn push_entity(entity: &BytesRef<'_>, text: &mut String) {
    if let Some(known) = resolve_xml_entity(entity) {
        text.push_str(known);
    } else if let Ok(Some(c)) = entity.resolve_char_ref() {
        text.push(c);
    }
}

/// The attribute `name` of an element, in any namespace.
pub(super) fn attribute<'e>(element: &'e BytesStart<'_>, name: &str) -> Option<Cow<'e, str>> {
    let mut attributes = element.attributes();
    attributes.with_checks(false);
    let found = attributes.flatten().find(|found| found.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok()
}

/// Is the attribute `name` present and true?
pub(super) fn is_set(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|value| matches!(&*value, "1" | "true" | "on"))
}
