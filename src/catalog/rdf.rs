//! A graph of **RDF** (the catalogue in DCAT) in the formats that harvesters read: JSON-LD, Turtle
//! and RDF/XML, all written from the same tree of nodes.
//!
//! A node is a JSON object as in JSON-LD: `@id` (without it, the node is blank), `@type`, and
//! properties by prefixed name, each with a text, a literal (`@value` with `@language` or `@type`),
//! a node, or a list of these.
//!
//! Not in here: what the nodes say (`dcat`).

mod turtle;
mod xml;

use serde_json::{Map, Value, json};

use super::pretty;

pub(super) use turtle::turtle;
pub(super) use xml::xml;

/// The vocabularies, by the prefixes of their names.
const PREFIXES: [(&str, &str); 11] = [
    ("adms", "http://www.w3.org/ns/adms#"),
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("geo", "http://www.opengis.net/ont/geosparql#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("spdx", "http://spdx.org/rdf/terms#"),
    ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// The node `root` and all below it as JSON-LD, with an inline context.
pub(super) fn json_ld(mut root: Value) -> Vec<u8> {
    let context: Map<String, Value> =
        PREFIXES.iter().map(|(prefix, url)| ((*prefix).to_owned(), json!(url))).collect();
    root["@context"] = Value::Object(context);
    pretty(&root)
}

/// A property of a node with one of its values.
enum Object<'v> {
    /// A node with its properties; they may be none.
    Node(&'v Value),
    /// A text, with its language or its datatype.
    Literal { text: &'v str, language: Option<&'v str>, datatype: Option<&'v str> },
}

/// The properties of the node with their values, in the order of their names. Properties without a
/// value are left out.
fn properties(node: &Value) -> Vec<(&str, Vec<Object<'_>>)> {
    let named = node.as_object().into_iter().flatten().filter(|(name, _)| !name.starts_with('@'));
    let mut properties: Vec<(&str, Vec<Object<'_>>)> = named
        .map(|(name, value)| (name.as_str(), objects(value)))
        .filter(|(_, objects)| !objects.is_empty())
        .collect();
    properties.sort_by_key(|(name, _)| *name);
    properties
}

fn objects(value: &Value) -> Vec<Object<'_>> {
    let plain = |text| Object::Literal { text, language: None, datatype: None };
    match value {
        Value::String(text) => vec![plain(text)],
        Value::Array(values) => values.iter().flat_map(objects).collect(),
        Value::Object(fields) => match fields.get("@value").and_then(Value::as_str) {
            Some(text) => {
                let field = |name| fields.get(name).and_then(Value::as_str);
                vec![Object::Literal {
                    text,
                    language: field("@language"),
                    datatype: field("@type"),
                }]
            }
            None => vec![Object::Node(value)],
        },
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

/// The whole IRI of a name that may be written with a prefix.
fn whole(name: &str) -> String {
    let known = name.split_once(':').and_then(|(prefix, local)| {
        let (_, url) = PREFIXES.iter().find(|(known, _)| *known == prefix)?;
        Some(format!("{url}{local}"))
    });
    known.unwrap_or_else(|| name.to_owned())
}

fn id(node: &Value) -> Option<String> {
    node.get("@id").and_then(Value::as_str).map(whole)
}

fn kind(node: &Value) -> Option<&str> {
    node.get("@type").and_then(Value::as_str)
}

/// Whether something is said of the node beyond its name.
fn is_described(node: &Value) -> bool {
    node.as_object().is_some_and(|fields| fields.keys().any(|key| key != "@id"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{turtle, xml};

    #[test]
    fn a_graph_is_written_with_its_literals_and_nodes() {
        let node = json!({
            "@id": "https://x.example/a b",
            "@type": "dcat:Catalog",
            "dct:title": [{ "@value": "表\"\\\n<&", "@language": "ja" }, "plain"],
            "dct:issued": { "@value": "2024-04-01", "@type": "xsd:date" },
            "dct:publisher": { "@id": "https://x.example/#p", "@type": "foaf:Agent" },
            "dcat:contactPoint": { "@type": "vcard:Kind", "vcard:fn": "課" },
            "dct:modified": null,
        });
        let text = String::from_utf8(turtle(&[&node])).expect("it is text");
        assert!(text.contains("<https://x.example/a%20b> a dcat:Catalog"), "{text}");
        assert!(text.contains(r#""表\"\\\n<&"@ja, "plain""#), "{text}");
        assert!(text.contains("\"2024-04-01\"^^xsd:date"), "{text}");
        assert!(text.contains("<https://x.example/#p> a foaf:Agent ."), "{text}");
        assert!(text.contains("dcat:contactPoint [ a vcard:Kind ; vcard:fn \"課\" ]"), "{text}");
        assert!(!text.contains("modified"), "{text}");
        let text = String::from_utf8(xml(&[&node])).expect("it is text");
        assert!(
            text.contains("<dct:title xml:lang=\"ja\">表\"\\\n&lt;&amp;</dct:title>"),
            "{text}"
        );
        assert!(text.contains("<dct:publisher rdf:resource=\"https://x.example/#p\"/>"), "{text}");
    }
}
