//! **Turtle**: a block for each named node, with blank nodes in brackets where they are used.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::Value;

use super::{Object, PREFIXES, id, is_described, kind, properties};

/// The nodes `roots` and all below them as Turtle.
pub(in crate::catalog) fn turtle(roots: &[&Value]) -> Vec<u8> {
    let mut text = String::new();
    for (prefix, url) in PREFIXES {
        let _ = writeln!(text, "@prefix {prefix}: <{url}> .");
    }
    let mut written = BTreeSet::new();
    for root in roots {
        block(root, &mut text, &mut written);
    }
    text.into_bytes()
}

/// Writes the block of the named node `node`, then those of the named nodes below it. A block that
/// has been written is not repeated.
fn block(node: &Value, text: &mut String, written: &mut BTreeSet<String>) {
    let mut below = Vec::new();
    if let Some(id) = id(node)
        && is_described(node)
    {
        let said = format!("\n{} {} .\n", iri(&id), described(node, "\n  ", &mut below));
        if written.insert(said.clone()) {
            text.push_str(&said);
        }
    } else {
        described(node, " ", &mut below);
    }
    for node in below {
        block(node, text, written);
    }
}

/// The type and the properties of `node`, separated by `;` and `gap`. Named nodes that are among
/// their values are added to `below`.
fn described<'v>(node: &'v Value, gap: &str, below: &mut Vec<&'v Value>) -> String {
    let mut said: Vec<String> = kind(node).map(|kind| format!("a {kind}")).into_iter().collect();
    for (name, objects) in properties(node) {
        let values: Vec<String> = objects.into_iter().map(|object| value(object, below)).collect();
        said.push(format!("{name} {}", values.join(", ")));
    }
    said.join(&format!(" ;{gap}"))
}

fn value<'v>(object: Object<'v>, below: &mut Vec<&'v Value>) -> String {
    match object {
        Object::Node(node) => match id(node) {
            Some(id) => {
                below.push(node);
                iri(&id)
            }
            None => format!("[ {} ]", described(node, " ", below)),
        },
        Object::Literal { text, language: Some(language), .. } => {
            format!("{}@{language}", literal(text))
        }
        Object::Literal { text, datatype: Some(datatype), .. } => {
            format!("{}^^{datatype}", literal(text))
        }
        Object::Literal { text, .. } => literal(text),
    }
}

/// An IRI between `<` and `>`, with the characters that may not be in one percent-encoded.
fn iri(id: &str) -> String {
    format!("<{}>", super::xml::iri(id))
}

fn literal(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
