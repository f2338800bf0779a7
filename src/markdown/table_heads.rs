//! The **header cells of tables**, which name the scrollable frame around a table: Markdown has no
//! captions.

use pulldown_cmark::{Event, Tag, TagEnd, html};

/// The header cells of each table of a text, joined to one line.
#[derive(Default)]
pub(super) struct TableHeads {
    lines: Vec<String>,
    inside: bool,
}

impl TableHeads {
    /// Collects the header cells from the `event` of a parser.
    pub fn read(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::TableHead) => {
                self.inside = true;
                self.lines.push(String::new());
            }
            Event::End(TagEnd::TableHead) => self.inside = false,
            Event::Start(Tag::TableCell) if self.inside => self.push(" "),
            Event::Text(text) | Event::Code(text) if self.inside => self.push(text),
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(line) = self.lines.last_mut() {
            line.push_str(text);
        }
    }

    /// Puts each table of `html` into a frame, so that a wide table scrolls by itself. The frame
    /// can be reached by keyboard and is named after the table's header cells.
    pub fn frame(&self, html: &str) -> String {
        let mut parts = html.split("<table>");
        let mut framed = parts.next().unwrap_or_default().to_owned();
        for (part, line) in parts.zip(&self.lines) {
            let mut name = String::new();
            html::push_html(&mut name, std::iter::once(Event::Text(line.trim().into())));
            let name = name.replace('"', "&quot;");
            framed.push_str("<div class=\"scroll\" tabindex=\"0\"");
            if !name.is_empty() {
                framed.push_str(&format!(" role=\"group\" aria-label=\"{name}\""));
            }
            framed.push_str("><table>");
            framed.push_str(part);
        }
        framed
    }
}
