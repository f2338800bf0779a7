//! **Parsing**: the extensions of Markdown that texts of a site may use, and the tree that comrak
//! makes of a text.

use std::sync::OnceLock;

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, parse_document};

/// A node of the tree of a text.
pub(super) type Node<'a> = &'a AstNode<'a>;

/// Parses `text` into a tree that lives in `arena`.
pub(super) fn parse<'a>(arena: &'a Arena<'a>, text: &str) -> Node<'a> {
    static OPTIONS: OnceLock<Options<'static>> = OnceLock::new();
    let options = OPTIONS.get_or_init(|| {
        let mut options = Options::default();
        let extension = &mut options.extension;
        extension.cjk_friendly_emphasis = true;
        extension.footnotes = true;
        extension.header_attributes = true;
        extension.strikethrough = true;
        extension.table = true;
        extension.tasklist = true;
        options
    });
    parse_document(arena, text, options)
}

/// The text of `node` and of all nodes in it, without markup, comments and notes.
pub(super) fn text_of(node: Node<'_>) -> String {
    let mut text = String::new();
    for inner in node.descendants() {
        match &inner.data().value {
            NodeValue::Text(part) => text.push_str(part),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
            _ => {}
        }
    }
    text
}
