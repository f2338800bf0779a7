//! A **schema** (JSON Schema, draft 2020-12) describes a published JSON file. There is one for each
//! kind of file, and one for each dataset, made from its declaration. Most schemas are closed:
//! properties that they do not name are not allowed.
//!
//! Not in here: formats with schemas of their own (Data Package, DCAT, GeoJSON).

mod dataset;
mod entries;
mod lists;
mod manifests;

use serde_json::{Map, Value, json};

use crate::artifact::Artifact;
use crate::config::{BaseUrl, Licence};
use crate::dataset::Dataset;
use crate::site::{Site, file_paths};

use super::{annotation, pretty, tables};

/// All schemas of `site`, in a fixed order.
pub(super) fn render(site: &Site) -> Vec<Artifact> {
    let kinds = of_kinds(site).into_iter();
    let kinds = kinds.map(|(kind, schema)| (file_paths::schema(kind), schema));
    let versions = site.datasets.iter().flat_map(|dataset| &dataset.versions);
    let every = site.datasets.iter().chain(versions.map(|version| &version.table));
    let datasets = every.map(|dataset| (file_paths::schema_of(dataset), of_dataset(dataset)));
    let base = &site.config.base_url;
    let named = kinds.chain(datasets);
    named.map(|(path, schema)| Artifact::new(path.clone(), whole(base, &path, schema))).collect()
}

/// The kinds of files of which a site has one schema each, with these schemas.
pub(super) fn of_kinds(site: &Site) -> [(&'static str, Value); 8] {
    [
        ("measure", entries::measure(site)),
        ("policy", entries::policy(site)),
        ("catalog", lists::catalog()),
        ("manifest", lists::manifest()),
        ("csv-metadata", lists::csv_metadata()),
        ("csv-metadata-of-all", lists::csv_metadata_of_all()),
        ("search-manifest", manifests::search(site)),
        ("table-manifest", manifests::table(tables::FORMAT)),
    ]
}

/// The schema of one state of `dataset`.
pub(super) fn of_dataset(dataset: &Dataset) -> Value {
    dataset::document(dataset)
}

/// The URL of the schema at `path`, for `$schema` in a document.
pub(super) fn address(site: &Site, path: &str) -> String {
    site.config.base_url.join(path)
}

fn whole(base: &BaseUrl, path: &str, mut schema: Value) -> Vec<u8> {
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["$id"] = json!(base.join(path));
    pretty(&schema)
}

/// The schema of an object with exactly these properties, all of them required.
fn closed(properties: Value) -> Value {
    let required: Vec<&String> = properties.as_object().into_iter().flat_map(Map::keys).collect();
    json!({
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": false,
    })
}

/// The schema of a whole document with exactly these properties and a reference to its schema.
fn document(title: &str, mut properties: Value) -> Value {
    properties["$schema"] = described(address_of_a_page(), "This schema.");
    let mut schema = closed(properties);
    schema["title"] = json!(title);
    schema
}

fn described(mut schema: Value, description: &str) -> Value {
    schema["description"] = json!(description);
    schema
}

fn list_of(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

/// `schema` extended by `null`, for values that may be unknown or not applicable.
fn or_null(mut schema: Value) -> Value {
    if let Some(Value::Array(values)) = schema.get_mut("enum") {
        values.push(Value::Null);
    }
    match schema.get("type") {
        Some(kind) => schema["type"] = json!([kind, "null"]),
        None => schema = json!({ "anyOf": [schema, { "type": "null" }] }),
    }
    schema
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn flag() -> Value {
    json!({ "type": "boolean" })
}

fn number() -> Value {
    json!({ "type": "number" })
}

fn count() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

fn day() -> Value {
    json!({ "type": "string", "format": "date" })
}

fn fiscal_year() -> Value {
    let year = json!({ "type": "integer" });
    annotation::described(
        year,
        "4月1日に始まる年度の、始まる年。",
        "The year in which it begins, on 1 April.",
    )
}

fn id() -> Value {
    json!({ "type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$", "maxLength": 80 })
}

fn localgov_code() -> Value {
    let code = json!({ "type": "string", "pattern": "^[0-9]{6}$" });
    annotation::described(code, "全国地方公共団体コード", "Code of the local government, 6 digits.")
}

fn address_of_a_page() -> Value {
    json!({ "type": "string", "pattern": "^https?://" })
}

fn sha256() -> Value {
    json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" })
}

fn version_name() -> Value {
    json!({ "type": "string", "pattern": "^[0-9][a-z0-9.-]*$", "maxLength": 40 })
}

fn licence_id() -> Value {
    one_of(Licence::CHOICES.map(|(id, _)| id))
}

fn one_of<'a>(values: impl IntoIterator<Item = &'a str>) -> Value {
    json!({ "type": "string", "enum": values.into_iter().collect::<Vec<_>>() })
}

fn node_of_plan() -> Value {
    closed(json!({ "id": id(), "code": or_null(text()), "title": text() }))
}

fn named_thing() -> Value {
    closed(json!({ "id": id(), "name": text() }))
}
