//! Markdown: the HTML has only elements and attributes that the renderer writes, its elements are
//! closed in order, and no address leads to a script.
#![no_main]

use kawaraban::markdown::{self, Alone};
use libfuzzer_sys::fuzz_target;

/// Elements without end.
const VOID: [&str; 4] = ["br", "hr", "img", "wbr"];
const ELEMENTS: [&str; 31] = [
    "a", "blockquote", "br", "code", "del", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "img", "li", "ol", "p", "pre", "rp", "rt", "ruby", "section", "span", "strong", "sup", "table",
    "tbody", "td", "th", "thead",
];
const MORE_ELEMENTS: [&str; 2] = ["tr", "ul"];
const ATTRIBUTES: [&str; 20] = [
    "alt", "aria-hidden", "aria-label", "aria-labelledby", "class", "colspan", "decoding",
    "height", "href", "id", "lang", "loading", "role", "rowspan", "scope", "src", "start",
    "tabindex", "title", "width",
];

fuzz_target!(|text: &str| {
    for first_level in 1..=3 {
        let (html, headings) = markdown::with_headings(text, first_level, &Alone);
        assert_sound(&html);
        for heading in &headings {
            let opening = format!(" id=\"{}\"", heading.id);
            assert!(html.contains(&opening) || heading.id.contains(['&', '"', '<', '>']), "{html}");
        }
    }
    markdown::plain(text);
    markdown::first_sentence(text, 60);
    markdown::blocks(text);
    markdown::summary(text, 80);
    markdown::references(text);
    // What is escaped is shown as it was typed.
    let shown = markdown::to_html(&markdown::escaped(text), 2, &Alone);
    assert_sound(&shown);
});

fn assert_sound(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let tag = &rest[at + 1..];
        let end = end_of_tag(tag).unwrap_or_else(|| panic!("a tag without end: {html}"));
        rest = &tag[end + 1..];
        let tag = &tag[..end];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{html}");
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        assert!(ELEMENTS.contains(&name) || MORE_ELEMENTS.contains(&name), "<{tag}> in {html}");
        attributes(&tag[name.len()..], html);
        if !VOID.contains(&name) {
            open.push(name);
        }
    }
    assert_eq!(open, [""; 0], "{html}");
}

/// Where the tag ends: at a `>` outside of quotation marks.
fn end_of_tag(tag: &str) -> Option<usize> {
    let mut quoted = false;
    tag.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b'>' && !quoted
    })
}

fn attributes(mut rest: &str, html: &str) {
    loop {
        rest = rest.trim_start_matches([' ', '/']);
        let Some((name, value)) = rest.split_once("=\"") else { break };
        assert!(ATTRIBUTES.contains(&name), "the attribute {name:?} in {html}");
        let (value, after) = value.split_once('"').unwrap_or_else(|| panic!("{html}"));
        if matches!(name, "href" | "src") {
            let address: String =
                value.chars().filter(|c| !c.is_ascii_control() && *c != ' ').collect();
            let scheme = address.to_ascii_lowercase();
            for bad in ["javascript:", "vbscript:", "data:", "file:"] {
                assert!(!scheme.starts_with(bad), "{value:?} in {html}");
            }
        }
        rest = after;
    }
    assert!(rest.is_empty(), "{rest:?} in {html}");
}
