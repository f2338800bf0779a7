//! The **components** of the description: the JSON Schemas of the site, within the document itself,
//! since most generators of clients read one document and follow no reference out of it.
//!
//! They say the same as the published schemas, in the keywords that generators understand, and
//! where a keyword is not understood they allow more. They have no `title`: generators name classes
//! by it, and the states of a dataset have the same.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::catalog::annotation::{DESCRIPTION_EN, TITLE_EN};
use crate::catalog::{data_package, schema};
use crate::dataset::Dataset;
use crate::site::Site;

/// Where a reference finds the components.
const SCHEMAS: &str = "#/components/schemas/";
/// The component of Data Packages, whose schema is the standard's.
const DATA_PACKAGE: &str = "data-package";
/// The component of catalogues in JSON-LD.
const JSON_LD: &str = "json-ld";
/// The parts of the JSON of a dataset that are described alike for every dataset: the property, and
/// the component.
const SHARED: [(&str, &str); 5] = [
    ("publisher", "dataset-publisher"),
    ("licence", "dataset-licence"),
    ("period", "dataset-period"),
    ("columns", "dataset-columns"),
    ("foreign_keys", "dataset-foreign-keys"),
];

/// What a response holds of a dataset.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    /// The whole JSON.
    Dataset,
    /// A row.
    Row,
    /// The GeoJSON.
    Places,
}

/// A reference to the component of the kind `kind`.
pub(super) fn of_kind(kind: &str) -> Value {
    json!({ "$ref": format!("{SCHEMAS}{kind}") })
}

/// A reference to the component of Data Packages.
pub(super) fn package() -> Value {
    of_kind(DATA_PACKAGE)
}

/// A reference to the component of catalogues in JSON-LD.
pub(super) fn json_ld() -> Value {
    of_kind(JSON_LD)
}

/// A reference to the component of a part of `dataset`.
pub(super) fn of_dataset(dataset: &Dataset, part: Part) -> Value {
    of_kind(&name(dataset, part))
}

/// The name of a component. The part stands last, so that the name of no part of a dataset is that
/// of a part of another.
fn name(dataset: &Dataset, part: Part) -> String {
    let part = match part {
        Part::Dataset => "dataset",
        Part::Row => "row",
        Part::Places => "places",
    };
    match &dataset.version {
        Some(version) => format!("{}.{version}.{part}", dataset.id),
        None => format!("{}.{part}", dataset.id),
    }
}

/// The components to which `paths`, or other components, refer.
pub(super) fn render(site: &Site, paths: &Value) -> Map<String, Value> {
    let mut all: Map<String, Value> = schema::of_kinds(site)
        .into_iter()
        .map(|(kind, schema)| (kind.to_owned(), plain(&schema, &|_| String::new())))
        .collect();
    all.insert(DATA_PACKAGE.to_owned(), of_data_package());
    all.insert(JSON_LD.to_owned(), json!({ "type": "object", "additionalProperties": true }));
    let versions = site.datasets.iter().flat_map(|dataset| &dataset.versions);
    for dataset in site.datasets.iter().chain(versions.map(|version| &version.table)) {
        all.extend(parts(dataset));
    }
    let mut wanted = BTreeSet::new();
    collect(paths, &all, &mut wanted);
    all.into_iter().filter(|(name, _)| wanted.contains(name)).collect()
}

/// Adds to `found` the names of the components to which `value` refers, and those to which these
/// refer.
fn collect(value: &Value, all: &Map<String, Value>, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (key, inner) in members {
                let name = inner.as_str().and_then(|text| text.strip_prefix(SCHEMAS));
                match name.filter(|_| key == "$ref") {
                    Some(name) if found.insert(name.to_owned()) => collect(&all[name], all, found),
                    Some(_) => {}
                    None => collect(inner, all, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, all, found)),
        _ => {}
    }
}

/// The components of one state of a dataset.
fn parts(dataset: &Dataset) -> Vec<(String, Value)> {
    let component = |part: &str| match part {
        "row" => name(dataset, Part::Row),
        _ => name(dataset, Part::Places),
    };
    let mut document = schema::of_dataset(dataset);
    // The names of the columns are all by which this part differs from dataset to dataset.
    document["properties"]["columns"]["items"]["properties"]["name"] = json!({ "type": "string" });
    let mut parts = Vec::new();
    if let Some(Value::Object(inner)) = document.get("$defs") {
        let inner = inner.iter();
        parts.extend(inner.map(|(part, schema)| (component(part), plain(schema, &component))));
    }
    let mut whole = plain(&document, &component);
    for (property, shared) in SHARED {
        let schema = whole["properties"][property].take();
        whole["properties"][property] = of_kind(shared);
        parts.push((shared.to_owned(), schema));
    }
    parts.push((name(dataset, Part::Dataset), whole));
    parts
}

/// The schema `schema` as a component. `component` gives the name of the component of a part of the
/// document.
fn plain(schema: &Value, component: &dyn Fn(&str) -> String) -> Value {
    let Value::Object(keywords) = schema else { return schema.clone() };
    let mut result = Map::new();
    for (keyword, value) in keywords {
        let value = match (keyword.as_str(), value) {
            ("title" | TITLE_EN | "$defs" | "$schema" | "$id", _) => continue,
            ("properties" | "patternProperties", Value::Object(properties)) => properties
                .iter()
                .map(|(name, schema)| (name.clone(), plain(schema, component)))
                .collect::<Map<_, _>>()
                .into(),
            ("items" | "additionalProperties", schema) => plain(schema, component),
            ("anyOf", Value::Array(schemas)) => {
                schemas.iter().map(|schema| plain(schema, component)).collect()
            }
            ("$ref", Value::String(part)) => {
                let part = part.strip_prefix("#/$defs/").expect("schemas refer to their own parts");
                json!(format!("{SCHEMAS}{}", component(part)))
            }
            (_, value) => value.clone(),
        };
        result.insert(keyword.clone(), value);
    }
    for (title, description) in [("title", "description"), (TITLE_EN, DESCRIPTION_EN)] {
        let text = |keyword: &str| keywords.get(keyword).and_then(Value::as_str);
        if let Some(title) = text(title) {
            let said = text(description);
            let said = said.map_or(title.to_owned(), |text| format!("{title}: {text}"));
            result.insert(description.to_owned(), json!(said));
        }
    }
    without_patterns(&mut result);
    without_constants(&mut result);
    with_names_of_values(&mut result);
    Value::Object(result)
}

/// Replaces properties whose names match a pattern by any properties with the same schema, if there
/// is one pattern and no other properties are allowed.
fn without_patterns(schema: &mut Map<String, Value>) {
    if schema.get("additionalProperties") != Some(&Value::Bool(false)) {
        return;
    }
    let Some(Value::Object(patterns)) = schema.remove("patternProperties") else { return };
    let mut schemas = patterns.into_iter().map(|(_, schema)| schema);
    let only = schemas.next().filter(|_| schemas.next().is_none());
    schema.insert("additionalProperties".to_owned(), only.unwrap_or(json!(true)));
}

/// Replaces a list that is always the same by a list of as many of its items, and `true` by a
/// boolean.
fn without_constants(schema: &mut Map<String, Value>) {
    match schema.get("const").cloned() {
        Some(Value::Array(items)) => {
            schema.remove("const");
            let item = if items.is_empty() {
                json!({ "type": "string" })
            } else {
                json!({ "type": "string", "enum": items })
            };
            schema.insert("type".to_owned(), json!("array"));
            schema.insert("items".to_owned(), item);
            schema.insert("minItems".to_owned(), json!(items.len()));
            schema.insert("maxItems".to_owned(), json!(items.len()));
        }
        Some(Value::Bool(_)) => {
            schema.remove("const");
            schema.insert("type".to_owned(), json!("boolean"));
        }
        _ => {}
    }
}

/// Gives the values of a vocabulary names where none can be made of the values themselves, and puts
/// a `null` among the values beside them. Vocabularies other than of texts or of integers, for
/// which generators have no type, are left out.
fn with_names_of_values(schema: &mut Map<String, Value>) {
    let Some(Value::Array(values)) = schema.remove("enum") else { return };
    let (blank, values): (Vec<Value>, Vec<Value>) = values.into_iter().partition(Value::is_null);
    let is_of_texts = values.iter().all(Value::is_string);
    if !is_of_texts && !values.iter().all(|value| value.is_i64() || value.is_u64()) {
        return;
    }
    let mut own = Map::new();
    own.insert("type".to_owned(), json!(if is_of_texts { "string" } else { "integer" }));
    let texts: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
    if is_of_texts && !are_names(&texts) {
        let names: Vec<String> =
            (1..=texts.len()).map(|number| format!("VALUE_{number}")).collect();
        own.insert("x-enum-varnames".to_owned(), json!(names));
    }
    own.insert("enum".to_owned(), Value::Array(values));
    if blank.is_empty() {
        schema.extend(own);
        return;
    }
    for keyword in ["type", "pattern", "minLength", "maxLength", "minimum", "maximum", "format"] {
        if let Some(value) = schema.remove(keyword)
            && keyword != "type"
        {
            own.insert(keyword.to_owned(), value);
        }
    }
    schema.insert("anyOf".to_owned(), json!([own, { "type": "null" }]));
}

/// Whether names of constants can be made of `texts` that differ from each other.
fn are_names(texts: &[&str]) -> bool {
    let is_name = |text: &str| {
        text.starts_with(|first: char| first.is_ascii_alphabetic())
            && text.chars().all(|char| char.is_ascii_alphanumeric() || "-_/.+ ".contains(char))
    };
    let bare = |text: &str| {
        let kept = text.chars().filter(char::is_ascii_alphanumeric);
        kept.collect::<String>().to_ascii_lowercase()
    };
    let distinct: BTreeSet<String> = texts.iter().map(|text| bare(text)).collect();
    distinct.len() == texts.len() && texts.iter().all(|text| is_name(text))
}

/// The component of Data Packages: what a reader of one needs to know of it. The rest is in the
/// schema of the standard.
fn of_data_package() -> Value {
    let text = json!({ "type": "string" });
    json!({
        "type": "object",
        "description": "A Data Package of version 2.",
        "externalDocs": { "description": "The schema of the standard.", "url": data_package::PROFILE },
        "required": ["$schema", "name", "resources"],
        "properties": {
            "$schema": { "const": data_package::PROFILE },
            "name": text,
            "title": text,
            "resources": { "type": "array", "items": {
                "type": "object",
                "required": ["name", "path"],
                "properties": {
                    "name": text,
                    "path": text,
                    "schema": { "type": "object", "additionalProperties": true },
                },
                "additionalProperties": true,
            } },
        },
        "additionalProperties": true,
    })
}
