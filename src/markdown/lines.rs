//! **Lines**: a line break in the source is a space in HTML, which Japanese does not want between
//! two of its characters. A line that begins with a sign of lists, such as ・ or ※, stays a line of
//! its own.

use comrak::nodes::NodeValue;

use super::parse::{Node, text_of};

/// Removes the soft line breaks between Japanese characters from the tree below `root`, and keeps
/// those before signs of lists as breaks.
pub(super) fn join(root: Node<'_>) {
    let breaks: Vec<Node<'_>> = root
        .descendants()
        .filter(|node| matches!(node.data().value, NodeValue::SoftBreak))
        .collect();
    for node in breaks {
        let before = node.previous_sibling().map(text_of);
        let after = node.next_sibling().map(text_of);
        let last = before.as_deref().and_then(|text| text.chars().next_back());
        let next = after.as_deref().and_then(|text| text.chars().next());
        if next.is_some_and(begins_line) {
            node.data_mut().value = NodeValue::LineBreak;
        } else if last.is_some_and(is_japanese) && next.is_some_and(is_japanese) {
            node.detach();
        }
    }
}

fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}')
}

/// Is `c` a sign with which Japanese texts begin the items of a list?
fn begins_line(c: char) -> bool {
    matches!(c, '・' | '○' | '●' | '◎' | '◇' | '◆' | '□' | '■' | '※' | '★' | '☆' | '①'..='⑳')
}
