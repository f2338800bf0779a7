//! **Preparing** the tree of a text for a page: pictures, fences of data and the permitted HTML
//! become what is published, links lead to where their targets are, and bare addresses become
//! links.

use std::borrow::Cow;

use comrak::Arena;
use comrak::nodes::{NodeLink, NodeValue};

use super::address::{self, TextPart};
use super::headings::HeadingMarks;
use super::inline::{HtmlPiece, pieces};
use super::lines;
use super::parse::{Node, text_of};
use super::reference::is_outside;
use super::render::{attribute, href};
use super::surroundings::Surroundings;

/// Prepares the tree below `root`, whose headings have the `marks`.
pub(super) fn prepare<'a>(
    arena: &'a Arena<'a>,
    root: Node<'a>,
    marks: &HeadingMarks,
    surroundings: &dyn Surroundings,
) {
    permit_html(arena, root);
    lines::join(root);
    link_addresses(arena, root);
    for node in root.descendants().collect::<Vec<_>>() {
        let changed = match &node.data().value {
            NodeValue::Link(link) => Some(NodeValue::Link(Box::new(NodeLink {
                url: led(&link.url, marks, surroundings),
                title: link.title.clone(),
            }))),
            NodeValue::Image(link) => Some(picture(node, link, surroundings)),
            NodeValue::CodeBlock(code) => {
                let kind = code.info.split_whitespace().next().unwrap_or_default();
                surroundings.fence(kind, &code.literal).map(NodeValue::Raw)
            }
            _ => None,
        };
        let Some(changed) = changed else { continue };
        if matches!(changed, NodeValue::Raw(_) | NodeValue::Text(_)) {
            node.children().collect::<Vec<_>>().into_iter().for_each(|child| child.detach());
        }
        node.data_mut().value = changed;
    }
}

/// Where a link that is written `written` leads.
fn led(written: &str, marks: &HeadingMarks, surroundings: &dyn Surroundings) -> String {
    if let Some(fragment) = written.strip_prefix('#') {
        let decoded = percent_encoding::percent_decode_str(fragment).decode_utf8_lossy();
        let id = marks.id_of(&decoded).map_or(fragment.to_owned(), str::to_owned);
        return format!("#{id}");
    }
    if is_outside(written) {
        return written.to_owned();
    }
    surroundings.link(written).map_or_else(|| "#".to_owned(), Cow::into_owned)
}

/// The picture of `link`, whose alternative text is that of `node`; the text alone if the picture
/// is not part of the site.
fn picture(node: Node<'_>, link: &NodeLink, surroundings: &dyn Surroundings) -> NodeValue {
    let text = text_of(node);
    let local = !link.url.starts_with("//") && !link.url.contains(':');
    let Some(shown) = local.then(|| surroundings.picture(&link.url)).flatten() else {
        return NodeValue::Text(Cow::Owned(text));
    };
    let mut html = format!("<img src=\"{}\" alt=\"{}\"", href(&shown.url), attribute(&text));
    if let Some((width, height)) = shown.size {
        html.push_str(&format!(" width=\"{width}\" height=\"{height}\" loading=\"lazy\""));
    }
    if !link.title.is_empty() {
        html.push_str(&format!(" title=\"{}\"", attribute(&link.title)));
    }
    html.push_str(" />");
    NodeValue::Raw(html)
}

/// Makes the permitted elements of the HTML below `root` HTML, and everything else text. Comments
/// are removed.
fn permit_html<'a>(arena: &'a Arena<'a>, root: Node<'a>) {
    let mut parents: Vec<Node<'a>> = Vec::new();
    for node in root.descendants().collect::<Vec<_>>() {
        let literal = match &node.data().value {
            NodeValue::HtmlBlock(block) => block.literal.clone(),
            NodeValue::HtmlInline(_) => {
                let parent = node.parent();
                parents.extend(parent.filter(|p| !parents.last().is_some_and(|l| l.same_node(p))));
                continue;
            }
            _ => continue,
        };
        let kept: Vec<String> = pieces(literal.trim_end())
            .into_iter()
            .filter(|piece| *piece != HtmlPiece::Comment)
            .map(|piece| match piece {
                HtmlPiece::Comment => String::new(),
                HtmlPiece::Void(html) => html.to_owned(),
                HtmlPiece::Open(name) => format!("<{name}>"),
                HtmlPiece::Close(name) => format!("</{name}>"),
                HtmlPiece::Text(text) => text.to_owned(),
            })
            .collect();
        if kept.iter().all(|piece| piece.trim().is_empty()) {
            node.detach();
            continue;
        }
        for piece in kept {
            node.append(arena.alloc(NodeValue::HtmlInline(piece).into()));
        }
        node.data_mut().value = NodeValue::Paragraph;
        parents.push(node);
    }
    for parent in parents {
        permit_children(parent);
    }
}

/// An element that has begun, and is text unless it ends.
struct OpenElement<'a> {
    name: &'static str,
    node: Node<'a>,
    /// The begins and ends of the parts of a ruby, which are elements if the ruby ends.
    parts: Vec<(HtmlPiece<'static>, Node<'a>)>,
}

/// Decides for each piece of HTML directly in `parent` whether it is an element. An element must
/// end where it began, or it is text. The ends of the parts of a ruby may be left out, as in HTML;
/// here they are written.
fn permit_children(parent: Node<'_>) {
    let mut open: Vec<OpenElement<'_>> = Vec::new();
    for node in parent.children().collect::<Vec<_>>() {
        let literal = match &node.data().value {
            NodeValue::HtmlInline(literal) => literal.clone(),
            _ => continue,
        };
        let found = pieces(&literal);
        let piece =
            if let [piece] = &found[..] { piece.clone() } else { HtmlPiece::Text(&literal) };
        // What is an element is found out at its end.
        text(node, &literal);
        match (piece, open.last_mut()) {
            (HtmlPiece::Comment, _) => node.detach(),
            (HtmlPiece::Void(html), _) => raw(node, html.to_owned()),
            (HtmlPiece::Open(name @ ("rt" | "rp")), Some(ruby)) if ruby.name == "ruby" => {
                ruby.parts.push((HtmlPiece::Open(name), node));
            }
            (HtmlPiece::Close(name @ ("rt" | "rp")), Some(ruby)) if ruby.name == "ruby" => {
                ruby.parts.push((HtmlPiece::Close(name), node));
            }
            (HtmlPiece::Open(name @ ("ruby" | "sub" | "sup")), _) => {
                open.push(OpenElement { name, node, parts: Vec::new() });
            }
            (HtmlPiece::Close(name), Some(last)) if last.name == name => {
                let end_of_part = permit_parts(&last.parts);
                raw(last.node, format!("<{name}>"));
                raw(node, format!("{end_of_part}</{name}>"));
                open.pop();
            }
            _ => {}
        }
    }
}

/// Makes the `parts` of a ruby elements, and returns the end of the last one if it was left out.
fn permit_parts(parts: &[(HtmlPiece<'_>, Node<'_>)]) -> String {
    let end = |part: Option<&str>| part.map(|name| format!("</{name}>")).unwrap_or_default();
    let mut within = None;
    for (piece, node) in parts {
        match piece {
            HtmlPiece::Open(name) => {
                raw(node, format!("{}<{name}>", end(within.replace(*name))));
            }
            HtmlPiece::Close(name) if within == Some(*name) => raw(node, end(within.take())),
            _ => {}
        }
    }
    end(within)
}

fn raw(node: Node<'_>, html: String) {
    node.data_mut().value = NodeValue::Raw(html);
}

fn text(node: Node<'_>, text: &str) {
    node.data_mut().value = NodeValue::Text(Cow::Owned(text.to_owned()));
}

/// Makes links of the bare addresses in the texts below `root`.
fn link_addresses<'a>(arena: &'a Arena<'a>, root: Node<'a>) {
    let is_link = |node: &Node<'_>| matches!(node.data().value, NodeValue::Link(_));
    for node in root.descendants().collect::<Vec<_>>() {
        let text = match &node.data().value {
            NodeValue::Text(text) if text.contains("http") => text.clone(),
            _ => continue,
        };
        if node.ancestors().any(|above| is_link(&above)) {
            continue;
        }
        for part in address::parts(&text) {
            let made: Node<'a> = match part {
                TextPart::Words(words) => {
                    arena.alloc(NodeValue::Text(Cow::Owned(words.to_owned())).into())
                }
                TextPart::Address(url) => {
                    let link = NodeLink { url: url.to_owned(), title: String::new() };
                    let made: Node<'a> = arena.alloc(NodeValue::Link(Box::new(link)).into());
                    made.append(arena.alloc(NodeValue::Text(Cow::Owned(url.to_owned())).into()));
                    made
                }
            };
            node.insert_before(made);
        }
        node.detach();
    }
}
