//! The schemas of the **manifests** in which the scripts of the pages look up their files: that of
//! the search index, and those of tables. Other programs may read them too
//! (`docs/en/search-index.md`, `docs/en/table-files.md`).

use serde_json::{Value, json};

use crate::dataset::ColumnType;
use crate::site::{Site, filters};

use super::{closed, count, described, list_of, one_of, or_null, text};

/// The schema of the manifest of a table, which is closed. `format` is the name and version of the
/// format.
pub(super) fn table(format: &str) -> Value {
    let link = closed(json!({ "column": text(), "before": text(), "after": text() }));
    let column = json!({
        "type": "object",
        "required": ["name", "title", "type", "distinct", "blanks"],
        "properties": {
            "name": described(text(), "Physical name."),
            "title": described(text(), "Name for people; empty for a column that is not shown."),
            "type": one_of(ColumnType::CHOICES.map(|(spelling, _)| spelling)),
            "distinct": count(),
            "blanks": count(),
            "values": list_of(text()),
            "reading": described(text(), "The column that this one is sorted by."),
            "separator": text(),
            "tones": { "type": "object", "additionalProperties": text() },
            "grouped": described(json!({ "const": true }), "Numbers are shown with their digits in threes."),
            "decimals": described(json!({ "type": "integer", "minimum": 1 }), "Digits after the point that each number is shown with."),
            "ratio": described(json!({ "const": true }), "Numbers are shares or means, which cannot be added up."),
            "link": link,
            "file": digest(),
            "bytes": count(),
        },
        "dependentRequired": { "file": ["bytes"], "bytes": ["file"] },
        "additionalProperties": false,
    });
    let mut schema = closed(json!({
        "format": { "const": format },
        "check": check(),
        "rows": { "type": "integer", "minimum": 1 },
        "rows_in_chunk": { "type": "integer", "minimum": 1 },
        "chunks": described(
            json!({ "type": "string", "pattern": "^([0-9a-f]{6})+$" }),
            "The digests of the chunks, one after the other.",
        ),
        "key": list_of(text()),
        "columns": list_of(column),
    }));
    schema["title"] = json!("The files by which a table is sorted and filtered on its page");
    schema
}

/// The schema of the manifest of the search index. It is not closed, since the format may be
/// extended, and requires only some of the keys.
pub(super) fn search(site: &Site) -> Value {
    let localized = json!({
        "type": "object",
        "required": ["own"],
        "properties": { "own": text(), "en": or_null(text()) },
    });
    let label = json!({
        "type": "object",
        "required": ["id", "name"],
        "properties": { "id": text(), "name": localized.clone(), "tone": or_null(text()) },
    });
    let own = json!({
        "type": "object",
        "required": ["facet", "name"],
        "properties": { "facet": text(), "name": localized },
    });
    let mut labels = json!({
        "type": "object",
        "properties": {
            "department": list_of(label.clone()),
            "rating": list_of(label.clone()),
            "topic": list_of(label.clone()),
            "kind": list_of(text()),
        },
    });
    if filters(site).next().is_some() {
        let own = described(list_of(own), "The fields of the site by which measures are narrowed.");
        labels["properties"]["own"] = own;
        labels["patternProperties"] = json!({ "^f-": list_of(label) });
    }
    let field = json!({
        "type": "object",
        "required": ["name"],
        "properties": { "name": text(), "boost": { "type": "number" } },
    });
    json!({
        "title": "The files of the search index",
        "type": "object",
        "required": ["format", "documents", "fields", "labels"],
        "properties": {
            "format": { "type": "string", "pattern": "^kawaraban-search/[0-9]+$" },
            "check": check(),
            "documents": count(),
            "fields": { "type": "array", "items": field, "minItems": 1 },
            "synonyms": list_of(list_of(text())),
            "labels": labels,
            "inline": described(
                json!({
                    "type": "object",
                    "patternProperties": { "^[0-9a-f]{12}$": { "type": "string", "contentEncoding": "base64" } },
                    "additionalProperties": false,
                }),
                "Files that every search needs, by name.",
            ),
        },
    })
}

/// The schema of the checksum of a manifest, in hexadecimal.
fn check() -> Value {
    json!({ "type": "string", "pattern": "^[0-9a-f]{8}$" })
}

/// The schema of the first three bytes of a SHA-256 digest, in hexadecimal.
fn digest() -> Value {
    json!({ "type": "string", "pattern": "^[0-9a-f]{6}$" })
}
