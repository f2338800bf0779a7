//! **RDF/XML**: an element for each named node, with blank nodes where they are used.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::Value;

use super::{Object, PREFIXES, id, is_described, kind, properties, whole};

/// The nodes `roots` and all below them as RDF/XML.
pub(in crate::catalog) fn xml(roots: &[&Value]) -> Vec<u8> {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"",
    );
    for (prefix, url) in PREFIXES {
        let _ = write!(text, "\n  xmlns:{prefix}=\"{url}\"");
    }
    text.push_str(">\n");
    let mut written = BTreeSet::new();
    for root in roots {
        element(root, &mut text, &mut written);
    }
    text.push_str("</rdf:RDF>\n");
    text.into_bytes()
}

/// Writes the element of the named node `node`, then those of the named nodes below it. An element
/// that has been written is not repeated.
fn element(node: &Value, text: &mut String, written: &mut BTreeSet<String>) {
    let mut below = Vec::new();
    let said = described(node, &mut below);
    if let Some(id) = id(node)
        && is_described(node)
    {
        let about = escaped(&iri(&id));
        let said = format!("<rdf:Description rdf:about=\"{about}\">{said}</rdf:Description>\n");
        if written.insert(said.clone()) {
            text.push_str(&said);
        }
    }
    for node in below {
        element(node, text, written);
    }
}

/// The elements of the type and the properties of `node`. Named nodes that are among their values
/// are added to `below`.
fn described<'v>(node: &'v Value, below: &mut Vec<&'v Value>) -> String {
    let mut said = String::new();
    if let Some(kind) = kind(node) {
        let _ = write!(said, "<rdf:type rdf:resource=\"{}\"/>", escaped(&whole(kind)));
    }
    for (name, objects) in properties(node) {
        for object in objects {
            property(name, object, &mut said, below);
        }
    }
    said
}

fn property<'v>(name: &str, object: Object<'v>, said: &mut String, below: &mut Vec<&'v Value>) {
    let _ = match object {
        Object::Node(node) => match id(node) {
            Some(id) => {
                below.push(node);
                write!(said, "<{name} rdf:resource=\"{}\"/>", escaped(&iri(&id)))
            }
            None => {
                let inner = described(node, below);
                write!(said, "<{name}><rdf:Description>{inner}</rdf:Description></{name}>")
            }
        },
        Object::Literal { text, language: Some(language), .. } => {
            write!(said, "<{name} xml:lang=\"{language}\">{}</{name}>", escaped(text))
        }
        Object::Literal { text, datatype: Some(datatype), .. } => {
            let datatype = whole(datatype);
            write!(said, "<{name} rdf:datatype=\"{datatype}\">{}</{name}>", escaped(text))
        }
        Object::Literal { text, .. } => write!(said, "<{name}>{}</{name}>", escaped(text)),
    };
}

/// An IRI with the characters that may not be in one percent-encoded.
pub(super) fn iri(id: &str) -> String {
    let mut sound = String::with_capacity(id.len());
    for c in id.chars() {
        match c {
            '<' | '>' | '"' | '{' | '}' | '|' | '^' | '`' | '\\' | '\0'..=' ' => {
                let _ = write!(sound, "%{:02X}", u32::from(c));
            }
            c => sound.push(c),
        }
    }
    sound
}

/// Text of an element or an attribute in double quotes. A carriage return would be read as a line
/// feed.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\r' => escaped.push_str("&#13;"),
            c => escaped.push(c),
        }
    }
    escaped
}
