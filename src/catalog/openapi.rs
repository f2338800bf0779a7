//! **OpenAPI 3.1**: every URL of the site that returns data, with the schema of the data and a real
//! example.
//!
//! The site consists of static files, so the only parameters are ids and names of versions, and the
//! only method is GET.

mod components;
mod versions;

use serde_json::{Map, Value, json};

use crate::artifact::FactsByPath;
use crate::dataset::{Dataset, FileFormat};
use crate::site::{Site, file_paths, is_explored};

use self::components::Part;
use super::{File, entries, json as rows, pretty};

/// Version of the description. It increases when a URL or a format is removed or changes its
/// meaning.
const VERSION: &str = "1.0.0";

/// `openapi.json`. `files` are those of each dataset, in the order of the datasets; `released` are
/// the facts of the files of released versions.
pub(super) fn render(site: &Site, files: &[Vec<File<'_>>], released: &FactsByPath) -> Vec<u8> {
    let mut paths = lists(site);
    paths.extend(entry_paths(site));
    paths.extend(table_path(site));
    for (dataset, files) in site.datasets.iter().zip(files) {
        paths.extend(dataset_paths(dataset, files));
        paths.extend(versions::paths(dataset, released));
    }
    let paths = Value::Object(paths);
    let schemas = components::render(site, &paths);
    let config = &site.config;
    let mut contact = json!({ "name": config.publisher.name.own });
    if let Some(url) = &config.publisher.url {
        contact["url"] = json!(url);
    }
    pretty(&json!({
        "openapi": "3.1.0",
        "info": {
            "title": config.title.own,
            "description": "Static files. Every answer is the same for everybody and needs no key.",
            "version": VERSION,
            "license": { "name": config.licence.name(), "url": config.licence.address() },
            "contact": contact,
        },
        "servers": [{ "url": config.base_url.as_str().trim_end_matches('/') }],
        "tags": [
            { "name": "lists", "description": "What there is." },
            { "name": "entries", "description": "Measures and policies, one by one." },
            { "name": "datasets", "description": "Tables, in every format." },
            { "name": "versions", "description": "Tables as they were released; these files never change." },
        ],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": { "NotFound": {
                "description": "There is no such file.",
                "content": { "text/html": { "schema": { "type": "string" } } },
            } },
        },
    }))
}

/// Descriptions by path.
type Paths = Map<String, Value>;

/// The paths of the files that cover the whole site: the catalogue, manifests, metadata, bundle,
/// feed and sitemap.
fn lists(site: &Site) -> Paths {
    let text = json!({ "type": "string" });
    let known = [
        (
            file_paths::CATALOG,
            "catalog",
            "Every dataset with its files, sizes and digests",
            "application/json",
            components::of_kind("catalog"),
        ),
        (
            file_paths::MANIFEST,
            "manifest",
            "Every published file with its size and digest",
            "application/json",
            components::of_kind("manifest"),
        ),
        (
            file_paths::DATA_PACKAGE,
            "dataPackage",
            "Every table as one Data Package",
            "application/json",
            components::package(),
        ),
        (
            file_paths::CSV_METADATA,
            "csvMetadata",
            "Every table with its foreign keys, as CSV on the Web",
            "application/csvm+json",
            components::of_kind("csv-metadata-of-all"),
        ),
        (
            file_paths::SQL_SCHEMA,
            "sqlSchema",
            "The tables and their keys in the SQL of SQLite and DuckDB",
            "application/sql",
            text.clone(),
        ),
        (
            file_paths::SQL_FOR_SQLITE,
            "sqlForSqlite",
            "A script that fills these tables in SQLite",
            "application/sql",
            text.clone(),
        ),
        (
            file_paths::SQL_FOR_DUCKDB,
            "sqlForDuckdb",
            "A script that fills these tables in DuckDB",
            "application/sql",
            text.clone(),
        ),
        (
            file_paths::DCAT,
            "dcat",
            "The catalogue in DCAT-AP",
            "application/ld+json",
            components::json_ld(),
        ),
        (
            file_paths::DCAT_TURTLE,
            "dcatTurtle",
            "The catalogue in DCAT-AP, as Turtle",
            "text/turtle",
            text.clone(),
        ),
        (
            file_paths::DCAT_XML,
            "dcatXml",
            "The catalogue in DCAT-AP, as RDF/XML",
            "application/rdf+xml",
            text.clone(),
        ),
        (
            file_paths::DCAT_VERSIONS,
            "dcatVersions",
            "The released versions in DCAT-AP",
            "application/ld+json",
            components::json_ld(),
        ),
        (
            file_paths::SEARCH_MANIFEST,
            "search",
            "The files of the search index",
            "application/json",
            components::of_kind("search-manifest"),
        ),
        (file_paths::OPENDATA_LIST, "opendataList", "オープンデータ一覧", "text/csv", text.clone()),
        (file_paths::SITE_BUNDLE, "bundle", "Every table in one ZIP", "application/zip", binary()),
        (
            file_paths::FEED,
            "feed",
            "What has changed, as Atom",
            "application/atom+xml",
            text.clone(),
        ),
        (file_paths::SITEMAP, "sitemap", "Every page", "application/xml", text),
    ];
    let updated = site.updated.map(|day| day.to_string());
    let has_versions = site.datasets.iter().any(|dataset| !dataset.versions.is_empty());
    let has_bundle = FileFormat::Bundle.is_among(&site.config.formats);
    known
        .into_iter()
        .filter(|(path, ..)| match *path {
            file_paths::SITE_BUNDLE => has_bundle,
            file_paths::DCAT_VERSIONS => has_versions,
            _ => true,
        })
        .map(|(path, operation, summary, media_type, schema)| {
            let answer = answer(media_type, &schema, None);
            let mut get = get(operation, "lists", summary, answer);
            if let (Some(updated), file_paths::CATALOG) = (&updated, path) {
                get["description"] = json!(format!("Last change: {updated}."));
            }
            (format!("/{path}"), json!({ "get": get }))
        })
        .collect()
}

/// The paths of measures and of policies, each with the first one as the example; a kind without
/// entries has no path.
fn entry_paths(site: &Site) -> Paths {
    let mut paths = Paths::new();
    if let Some(first) = site.measures.first() {
        let example = parsed(&entries::measure(site, first));
        let path = file_paths::measure_json("{id}");
        let described = one_of_many("measure", "One measure", first.id.as_str(), &example);
        paths.insert(format!("/{path}"), described);
    }
    if let Some(first) = site.policies.first() {
        let example = parsed(&entries::policy(site, first));
        let path = file_paths::policy_json("{id}");
        let described = one_of_many("policy", "One operating policy", &first.id, &example);
        paths.insert(format!("/{path}"), described);
    }
    paths
}

/// The path of the manifests of the tables that can be explored on their pages; `None` if there are
/// none.
fn table_path(site: &Site) -> Option<(String, Value)> {
    let datasets = site.datasets.iter().filter(|dataset| is_explored(dataset.rows.len()));
    let own: Vec<String> = datasets.map(|dataset| dataset.id.to_string()).collect();
    let first = own.first()?.clone();
    let path = file_paths::manifest_below(&file_paths::table("{id}"));
    let schema = components::of_kind("table-manifest");
    let summary = "The files by which a table is sorted and filtered";
    let get = get("table", "datasets", summary, answer("application/json", &schema, None));
    let parameter = parameter("id", "The id of a dataset.", &own, &first);
    Some((format!("/{path}"), json!({ "parameters": [parameter], "get": get })))
}

/// A path parameter whose value is one of `values`.
fn parameter(name: &str, description: &str, values: &[String], example: &str) -> Value {
    json!({
        "name": name,
        "in": "path",
        "required": true,
        "description": description,
        "schema": { "type": "string", "enum": values },
        "example": example,
    })
}

/// The description of a path with the parameter `id`. `id` and `example` are the id and the JSON of
/// the example.
fn one_of_many(kind: &str, summary: &str, id: &str, example: &Value) -> Value {
    let schema = components::of_kind(kind);
    let answer = answer("application/json", &schema, Some((id, example.clone())));
    let mut get = get(kind, "entries", summary, answer);
    get["responses"]["404"] = json!({ "$ref": "#/components/responses/NotFound" });
    json!({
        "parameters": [{
            "name": "id",
            "in": "path",
            "required": true,
            "description": "As in the column `id` of the table.",
            "schema": { "type": "string" },
            "example": id,
        }],
        "get": get,
    })
}

/// The paths of the data files of `dataset`, which are `files`, and of its metadata.
fn dataset_paths(dataset: &Dataset, files: &[File<'_>]) -> Paths {
    let id = dataset.id.as_str();
    let mut paths: Paths = files.iter().map(|file| data_file(dataset, file)).collect();
    let metadata = [
        (file_paths::data_package(id), "package", "Data Package", components::package()),
        (
            file_paths::csv_metadata(id),
            "columns",
            "CSV on the Web",
            components::of_kind("csv-metadata"),
        ),
    ];
    let texts = dataset.is_narrative().then(|| {
        let schema = components::of_kind("csv-metadata");
        (file_paths::text_metadata(dataset), "text.columns", "CSV on the Web of the texts", schema)
    });
    for (path, name, form, schema) in metadata.into_iter().chain(texts) {
        let summary = format!("{} ({form})", dataset.title.own);
        let answer = answer("application/json", &schema, None);
        let get = get(&format!("{id}.{name}"), "datasets", &summary, answer);
        paths.insert(format!("/{path}"), json!({ "get": get }));
    }
    paths
}

fn data_file(dataset: &Dataset, file: &File<'_>) -> (String, Value) {
    let schema = schema_of(dataset, file.format);
    let summary = format!("{} ({})", dataset.title.own, file.format.name());
    let operation = format!("{}.{}", dataset.id, file.format.ending());
    let first_row = first_row(dataset, file.format).map(|line| ("first-row", line));
    let answer = answer(file.format.media_type(), &schema, first_row);
    let get = get(&operation, "datasets", &summary, answer);
    (format!("/{}", file.path), json!({ "get": get }))
}

/// The schema of a file of `dataset` in `format`, by reference to a component where there is one.
fn schema_of(dataset: &Dataset, format: FileFormat) -> Value {
    match format {
        FileFormat::Json => components::of_dataset(dataset, Part::Dataset),
        FileFormat::JsonLines => {
            let row = file_paths::schema_of(dataset);
            json!({ "type": "string", "description": format!("Each line: {row}#/$defs/row") })
        }
        FileFormat::GeoJson => components::of_dataset(dataset, Part::Places),
        FileFormat::Csv | FileFormat::ExcelCsv | FileFormat::TextCsv => json!({ "type": "string" }),
        FileFormat::Workbook | FileFormat::Parquet | FileFormat::Bundle => binary(),
    }
}

/// The schema of files that are not text. The standard has none since version 3.1, but generators
/// know them by this form of 3.0.
fn binary() -> Value {
    json!({ "type": "string", "format": "binary" })
}

/// The first line of the JSON Lines, as an example; `None` for other formats and for tables without
/// rows.
fn first_row(dataset: &Dataset, format: FileFormat) -> Option<Value> {
    if format != FileFormat::JsonLines || dataset.rows.is_empty() {
        return None;
    }
    let mut line = String::new();
    rows::push_row(dataset.rows.row(0), dataset, &rows::names(dataset), &mut line);
    Some(json!(format!("{line}\n")))
}

fn get(operation: &str, tag: &str, summary: &str, answer: Value) -> Value {
    json!({
        "operationId": operation,
        "tags": [tag],
        "summary": summary,
        "responses": { "200": answer },
    })
}

fn answer(media_type: &str, schema: &Value, example: Option<(&str, Value)>) -> Value {
    let mut content = json!({ "schema": schema });
    if let Some((name, value)) = example {
        content["examples"] = json!({ name: { "value": value } });
    }
    json!({ "description": "The file.", "content": { media_type: content } })
}

fn parsed(document: &[u8]) -> Value {
    serde_json::from_slice(document).expect("our own JSON is JSON")
}
