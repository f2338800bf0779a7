//! Reading **XML** event by event, with what all parts of workbooks have in common.

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
    /// Reads from `source`.
    pub fn new(source: R, budget: Rc<UnpackingBudget>) -> Self {
        let mut reader = quick_xml::Reader::from_reader(source);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.expand_empty_elements = true;
        Self { reader, buffer: Vec::with_capacity(1024), budget }
    }

    /// The next event; `None` at the end.
    pub fn next(&mut self) -> Result<Option<Event<'_>>, Unreadable> {
        self.buffer.clear();
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(Event::Eof) => Ok(None),
            Ok(event) => Ok(Some(event)),
            Err(error) => Err(self.budget.reason(error)),
        }
    }

    /// Adds the text up to the end of the element `name`, which has just begun, to `text`. Elements
    /// within it are passed over, their text is not.
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

    /// Passes over everything up to the end of the element `name`, which has just begun.
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

/// Adds what an entity such as `&amp;` or `&#10;` stands for; an unknown one stands for nothing.
pub(super) fn push_entity(entity: &BytesRef<'_>, text: &mut String) {
    if let Some(known) = resolve_xml_entity(entity) {
        text.push_str(known);
    } else if let Ok(Some(c)) = entity.resolve_char_ref() {
        text.push(c);
    }
}

/// The attribute `name` of an element, whatever its namespace.
pub(super) fn attribute<'e>(element: &'e BytesStart<'_>, name: &str) -> Option<Cow<'e, str>> {
    let mut attributes = element.attributes();
    attributes.with_checks(false);
    let found = attributes.flatten().find(|found| found.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok()
}

/// Is the attribute `name` there, and true?
pub(super) fn is_set(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|value| matches!(&*value, "1" | "true" | "on"))
}
