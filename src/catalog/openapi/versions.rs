//! The paths of **released versions**: one path for each dataset and format, with the name of a
//! version that has the format as the parameter.

use std::cmp::Reverse;

use serde_json::{Value, json};

use crate::artifact::FactsByPath;
use crate::dataset::{Dataset, FileFormat};
use crate::site::file_paths;

use super::{Paths, answer, components, first_row, get, parameter, schema_of};

/// Placeholder for the name of a version in a path.
const VERSION: &str = "{version}";

/// The paths of the released versions of `dataset`: their data files, their metadata, and the
/// changes from each state to the next. `released` are the facts of their files.
pub(super) fn paths(dataset: &Dataset, released: &FactsByPath) -> Paths {
    let mut paths = Paths::new();
    let tables: Vec<&Dataset> = dataset.versions.iter().map(|version| &version.table).collect();
    for format in FileFormat::ALL {
        let having: Vec<&Dataset> = (tables.iter().copied())
            .filter(|table| released.contains_key(&file_paths::file_of(table, format)))
            .collect();
        let described = Described {
            operation: format!("{}.version.{}", dataset.id, format.ending()),
            summary: format!("{} ({}, released)", dataset.title.own, format.name()),
            media_type: format.media_type(),
            schema: any_of(&having, format),
        };
        let path = |table: &Dataset| file_paths::file_of(table, format);
        paths.extend(described.path(&having, path, |table| first_row(table, format)));
    }
    let described = |name: &str, form: &str, media_type, schema| Described {
        operation: format!("{}.version.{name}", dataset.id),
        summary: format!("{} ({form}, released)", dataset.title.own),
        media_type,
        schema,
    };
    let columns = || components::of_kind("csv-metadata");
    let package = components::package();
    let narrative: Vec<&Dataset> =
        tables.iter().copied().filter(|table| table.is_narrative()).collect();
    let json = "application/json";
    paths.extend(described("columns", "CSV on the Web", json, columns()).path(
        &tables,
        |table| file_paths::descriptions_of(table)[0].clone(),
        |_| None,
    ));
    paths.extend(described("text.columns", "CSV on the Web of the texts", json, columns()).path(
        &narrative,
        file_paths::text_metadata,
        |_| None,
    ));
    paths.extend(described("package", "Data Package", json, package).path(
        &tables,
        |table| file_paths::descriptions_of(table)[1].clone(),
        |_| None,
    ));
    let steps = (0..=dataset.versions.len()).filter_map(|number| dataset.step(number));
    let changed: Vec<&Dataset> = steps.map(|step| step.after).collect();
    let text = json!({ "type": "string" });
    paths.extend(described("changes", "changes since the version before", "text/csv", text).path(
        &changed,
        file_paths::changes,
        |_| None,
    ));
    paths
}

/// The description of a path, without its parameter.
struct Described {
    operation: String,
    summary: String,
    media_type: &'static str,
    schema: Value,
}

impl Described {
    /// The path, with its description, of a file that each of `states` has; `None` if there are no
    /// states. For a state, `path` returns the path of the file and `example` an example of its
    /// contents.
    fn path(
        self,
        states: &[&Dataset],
        path: impl Fn(&Dataset) -> String,
        example: impl Fn(&Dataset) -> Option<Value>,
    ) -> Option<(String, Value)> {
        let newest = states.last()?;
        let folder = format!("/{}/", name(newest));
        let template = path(newest).replacen(&folder, &format!("/{VERSION}/"), 1);
        let names: Vec<String> = states.iter().map(|state| name(state)).collect();
        let version = parameter("version", "The name of a version.", &names, &name(newest));
        let mut answer = answer(self.media_type, &self.schema, None);
        let examples = states
            .iter()
            .filter_map(|state| Some((name(state), json!({ "value": example(state)? }))));
        let examples: Paths = examples.collect();
        if !examples.is_empty() {
            answer["content"][self.media_type]["examples"] = Value::Object(examples);
        }
        let mut get = get(&self.operation, "versions", &self.summary, answer);
        get["responses"]["404"] = json!({ "$ref": "#/components/responses/NotFound" });
        Some((format!("/{template}"), json!({ "parameters": [version], "get": get })))
    }
}

/// The name of a state in URLs: that of the version, or `latest`.
fn name(state: &Dataset) -> String {
    state.version.as_ref().map_or("latest".to_owned(), |name| name.to_string())
}

/// A schema that allows the files of `states` in `format`. Duplicates are removed, and usually one
/// schema remains. States with more columns come first: a client takes the first schema whose
/// columns are all there, and another with fewer of them would lose the rest.
fn any_of(states: &[&Dataset], format: FileFormat) -> Value {
    let mut states = states.to_vec();
    states.sort_by_key(|state| Reverse(state.columns.len()));
    let mut distinct: Vec<Value> = Vec::new();
    for schema in states.into_iter().map(|state| schema_of(state, format)) {
        if !distinct.contains(&schema) {
            distinct.push(schema);
        }
    }
    match distinct.len() {
        1 => distinct.remove(0),
        _ => json!({ "anyOf": distinct }),
    }
}
