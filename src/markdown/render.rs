//! **Rendering**: the prepared tree of a text as HTML.
//!
//! Tables stand in frames that scroll by themselves and are named by their header cells, since
//! Markdown has no captions. The blocks below a heading with the class `grid` stand in a grid.

use std::fmt::Write as _;

use comrak::arena_tree::NodeEdge;
use comrak::nodes::{ListType, NodeList, NodeValue, TableAlignment};

use super::headings::HeadingMarks;
use super::parse::{Node, text_of};
use super::surroundings::{Phrase, Surroundings};

/// The class of a heading whose blocks stand in a grid.
const GRID: &str = "grid";

/// Writes a text.
pub(super) struct Renderer<'r> {
    marks: &'r HeadingMarks,
    surroundings: &'r dyn Surroundings,
    /// Number of headings that were written.
    headings: usize,
    /// The level of the heading of the grid that is open.
    grid: Option<usize>,
    /// Whether the list of notes is open.
    in_notes: bool,
    /// The beginning of the ids of notes.
    notes: String,
}

impl<'r> Renderer<'r> {
    pub fn new(marks: &'r HeadingMarks, surroundings: &'r dyn Surroundings) -> Self {
        let notes = String::new();
        Self { marks, surroundings, headings: 0, grid: None, in_notes: false, notes }
    }

    /// Writes the tree below `root` as HTML to `html`.
    pub fn write(mut self, root: Node<'_>, html: &mut String) {
        let is_note =
            |node: Node<'_>| matches!(node.data().value, NodeValue::FootnoteDefinition(_));
        if root.children().any(is_note) {
            // The ids of notes are free or taken together, as one name.
            self.notes = self.surroundings.id("fn").unwrap_or_else(|| "fn".to_owned());
        }
        for edge in root.traverse() {
            match edge {
                NodeEdge::Start(node) => self.begin(node, html),
                NodeEdge::End(node) => self.end(node, html),
            }
        }
        self.close_grid(html);
        if self.in_notes {
            html.push_str("</ol>\n</section>\n");
        }
    }

    fn begin(&mut self, node: Node<'_>, html: &mut String) {
        match &node.data().value {
            NodeValue::Text(text) => html.push_str(&escaped(text)),
            NodeValue::Raw(raw) => {
                html.push_str(raw);
                if is_block(node) {
                    html.push('\n');
                }
            }
            NodeValue::SoftBreak => html.push('\n'),
            NodeValue::LineBreak => html.push_str("<br />\n"),
            NodeValue::Code(code) => {
                let _ = write!(html, "<code>{}</code>", escaped(&code.literal));
            }
            NodeValue::Strong => html.push_str("<strong>"),
            NodeValue::Emph => html.push_str("<em>"),
            NodeValue::Strikethrough => html.push_str("<del>"),
            NodeValue::Link(link) => {
                let _ = write!(html, "<a href=\"{}\"", href(&link.url));
                if !link.title.is_empty() {
                    let _ = write!(html, " title=\"{}\"", attribute(&link.title));
                }
                html.push('>');
            }
            NodeValue::Paragraph if !is_tight(node) => html.push_str("<p>"),
            NodeValue::Heading(_) => self.begin_heading(html),
            NodeValue::BlockQuote => html.push_str("<blockquote>\n"),
            NodeValue::ThematicBreak => html.push_str("<hr />\n"),
            NodeValue::List(list) => begin_list(list, html),
            NodeValue::Item(_) => html.push_str("<li>"),
            NodeValue::TaskItem(item) => {
                let (sign, phrase) = match item.symbol {
                    Some(_) => ("☑", Phrase::Done),
                    None => ("☐", Phrase::Open),
                };
                let phrase = escaped(&self.surroundings.phrase(phrase));
                let _ = write!(
                    html,
                    "<li class=\"task\"><span aria-hidden=\"true\">{sign}</span><span \
                     class=\"visually-hidden\">{phrase}</span> "
                );
            }
            NodeValue::CodeBlock(code) => {
                let text = escaped(&code.literal);
                let _ = writeln!(html, "<pre tabindex=\"0\"><code>{text}</code></pre>");
            }
            NodeValue::Table(_) => begin_table(node, html),
            NodeValue::TableRow(head) => {
                html.push_str(if *head { "<thead><tr>" } else { "<tr>" });
            }
            NodeValue::TableCell => html.push_str(&cell(node)),
            NodeValue::FootnoteReference(note) => {
                let (ids, number, name) = (&self.notes, note.ix, note_name(&note.name));
                let back = back_id(ids, &name, note.ref_num);
                let phrase = escaped(&self.surroundings.phrase(Phrase::Note));
                let _ = write!(
                    html,
                    "<sup><a href=\"#{ids}-{name}\" id=\"{back}\"><span \
                     class=\"visually-hidden\">{phrase}</span>{number}</a></sup>"
                );
            }
            NodeValue::FootnoteDefinition(note) => {
                self.close_grid(html);
                if !self.in_notes {
                    self.in_notes = true;
                    let label = attribute(&self.surroundings.phrase(Phrase::Notes));
                    let _ = writeln!(
                        html,
                        "<section class=\"footnotes\" aria-label=\"{label}\">\n<ol>"
                    );
                }
                let _ = write!(html, "<li id=\"{}-{}\">", self.notes, note_name(&note.name));
            }
            _ => {}
        }
    }

    fn end(&mut self, node: Node<'_>, html: &mut String) {
        match &node.data().value {
            NodeValue::Strong => html.push_str("</strong>"),
            NodeValue::Emph => html.push_str("</em>"),
            NodeValue::Strikethrough => html.push_str("</del>"),
            NodeValue::Link(_) => html.push_str("</a>"),
            NodeValue::Paragraph => {
                self.link_back(node, html);
                html.push_str(if is_tight(node) { "" } else { "</p>\n" });
            }
            NodeValue::Heading(_) => self.end_heading(html),
            NodeValue::BlockQuote => html.push_str("</blockquote>\n"),
            NodeValue::List(list) => html.push_str(match list.list_type {
                ListType::Bullet => "</ul>\n",
                ListType::Ordered => "</ol>\n",
            }),
            NodeValue::Item(_) | NodeValue::TaskItem(_) => html.push_str("</li>\n"),
            NodeValue::Table(_) => {
                let has_body = node.children().count() > 1;
                html.push_str(if has_body {
                    "</tbody></table></div>\n"
                } else {
                    "</table></div>\n"
                });
            }
            NodeValue::TableRow(true) => {
                let has_body = node.next_sibling().is_some();
                html.push_str(if has_body { "</tr></thead><tbody>\n" } else { "</tr></thead>\n" });
            }
            NodeValue::TableRow(false) => html.push_str("</tr>\n"),
            NodeValue::TableCell => html.push_str(if is_head(node) { "</th>" } else { "</td>" }),
            NodeValue::FootnoteDefinition(_) => html.push_str("</li>\n"),
            _ => {}
        }
    }

    fn begin_heading(&mut self, html: &mut String) {
        let Some(mark) = self.marks.at(self.headings) else { return };
        if self.grid.is_some_and(|level| mark.level <= level) {
            self.close_grid(html);
        }
        let _ = write!(html, "<h{} id=\"{}\">", mark.level, attribute(&mark.id));
    }

    fn end_heading(&mut self, html: &mut String) {
        let Some(mark) = self.marks.at(self.headings) else { return };
        self.headings += 1;
        let _ = writeln!(html, "</h{}>", mark.level);
        if self.grid.is_none() && mark.classes.iter().any(|class| class == GRID) {
            self.grid = Some(mark.level);
            html.push_str("<div class=\"grid\">\n");
        }
    }

    fn close_grid(&mut self, html: &mut String) {
        if self.grid.take().is_some() {
            html.push_str("</div>\n");
        }
    }

    /// At the end of the last paragraph of a note, writes the links back to where it is referred
    /// to.
    fn link_back(&self, paragraph: Node<'_>, html: &mut String) {
        let Some(parent) = paragraph.parent() else { return };
        let NodeValue::FootnoteDefinition(note) = &parent.data().value else { return };
        if paragraph.next_sibling().is_some() {
            return;
        }
        let label = attribute(&self.surroundings.phrase(Phrase::Back));
        for number in 1..=note.total_references {
            let back = back_id(&self.notes, &note_name(&note.name), number);
            let _ = write!(html, " <a href=\"#{back}\" aria-label=\"{label}\">↩</a>");
        }
    }
}

fn back_id(ids: &str, name: &str, number: u32) -> String {
    match number {
        1 => format!("{ids}ref-{name}"),
        _ => format!("{ids}ref-{name}-{number}"),
    }
}

/// The name of a note as a part of an id.
fn note_name(name: &str) -> String {
    super::heading_slug(name)
}

fn begin_list(list: &NodeList, html: &mut String) {
    match (list.list_type, list.start) {
        (ListType::Bullet, _) if list.is_task_list => html.push_str("<ul class=\"tasks\">\n"),
        (ListType::Bullet, _) => html.push_str("<ul>\n"),
        (ListType::Ordered, 1) => html.push_str("<ol>\n"),
        (ListType::Ordered, start) => {
            let _ = writeln!(html, "<ol start=\"{start}\">");
        }
    }
}

/// Begins a table in a frame, which can be reached by keyboard and is named after its header cells.
fn begin_table(table: Node<'_>, html: &mut String) {
    let heads = table.first_child().into_iter().flat_map(|row| row.children());
    let name: Vec<String> = heads.map(text_of).collect();
    let name = attribute(name.join(" ").trim());
    html.push_str("<div class=\"scroll\" tabindex=\"0\"");
    if !name.is_empty() {
        let _ = write!(html, " role=\"group\" aria-label=\"{name}\"");
    }
    html.push_str("><table>");
}

/// The opening tag of the cell `node`.
fn cell(node: Node<'_>) -> String {
    let place = node.preceding_siblings().count() - 1;
    let table = node.parent().and_then(|row| row.parent());
    let alignment = table.and_then(|table| match &table.data().value {
        NodeValue::Table(table) => table.alignments.get(place).copied(),
        _ => None,
    });
    let class = match alignment {
        Some(TableAlignment::Right) => " class=\"number\"",
        Some(TableAlignment::Center) => " class=\"centre\"",
        _ => "",
    };
    match is_head(node) {
        true => format!("<th scope=\"col\"{class}>"),
        false => format!("<td{class}>"),
    }
}

fn is_head(cell: Node<'_>) -> bool {
    cell.parent().is_some_and(|row| matches!(row.data().value, NodeValue::TableRow(true)))
}

/// Is `paragraph` the text of an item of a list whose items stand close together?
fn is_tight(paragraph: Node<'_>) -> bool {
    let list = paragraph.parent().and_then(|item| item.parent());
    list.is_some_and(|list| matches!(&list.data().value, NodeValue::List(list) if list.tight))
}

/// Is `node` a block of its own, rather than a part of a line?
fn is_block(node: Node<'_>) -> bool {
    node.parent().is_some_and(|parent| {
        matches!(
            parent.data().value,
            NodeValue::Document
                | NodeValue::BlockQuote
                | NodeValue::Item(_)
                | NodeValue::TaskItem(_)
                | NodeValue::FootnoteDefinition(_)
        )
    })
}

/// `text` for an element.
pub(super) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    let _ = comrak::html::escape(&mut html, text);
    html
}

/// `text` for a quoted attribute.
pub(super) fn attribute(text: &str) -> String {
    escaped(text)
}

/// `url` for an attribute that holds an address.
pub(super) fn href(url: &str) -> String {
    let mut html = String::with_capacity(url.len());
    let _ = comrak::html::escape_href(&mut html, url, false);
    html
}
