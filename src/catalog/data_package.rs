//! **Data Package 2.0** (datapackage.org): for each dataset, its CSV files with schema, size and
//! digest; and one package of all datasets with their common properties.

use serde_json::{Map, Value, json};

use crate::config::Licence;
use crate::dataset::{ColumnType, Dataset, FileFormat, TIMES_OF_DAY};
use crate::site::{Site, file_paths};

use super::{File, Within, pretty};

/// URL of the official JSON Schema of a Data Package.
pub(super) const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";

/// The Data Package of one dataset with those of its `files` that are CSV for programs. It is
/// published in the same folder.
pub(super) fn of_dataset(site: &Site, dataset: &Dataset, files: &[File<'_>]) -> Vec<u8> {
    let licence = site.licence_of(dataset);
    let mut package = package(site, licence);
    package.insert("name".to_owned(), json!(dataset.id));
    package.insert(
        "id".to_owned(),
        json!(site.config.base_url.join(&file_paths::descriptions_of(dataset)[1])),
    );
    if let Some(version) = &dataset.version {
        package.insert("version".to_owned(), json!(version));
    }
    package.insert("title".to_owned(), json!(dataset.title.own));
    package.insert("description".to_owned(), json!(dataset.plain_description().own));
    package.insert(
        "homepage".to_owned(),
        json!(site.config.base_url.join(&file_paths::page_of(dataset))),
    );
    if !dataset.keywords.is_empty() {
        package.insert("keywords".to_owned(), json!(dataset.keywords));
    }
    let sources = sources(dataset);
    if !sources.is_empty() {
        package.insert("sources".to_owned(), json!(sources));
    }
    if let Some(Value::Array(contributors)) = package.get_mut("contributors") {
        contributors.extend(contributors_of(dataset));
    }
    package.insert("resources".to_owned(), json!(resources(dataset, files, Within::Dataset)));
    pretty(&Value::Object(package))
}

/// The Data Package of all datasets. `files` are those of each dataset, in the order of the
/// datasets.
pub(super) fn of_site(site: &Site, files: &[Vec<File<'_>>]) -> Vec<u8> {
    let resources = site.datasets.iter().zip(files).flat_map(|(dataset, files)| {
        let mut resources = resources(dataset, files, Within::Site);
        for resource in &mut resources {
            if let Some(licence) = dataset.licence {
                resource.insert("licenses".to_owned(), licences(licence));
            }
            let sources = sources(dataset);
            if !sources.is_empty() {
                resource.insert("sources".to_owned(), json!(sources));
            }
        }
        resources
    });
    let resources: Vec<Map<String, Value>> = resources.collect();
    let mut package = package(site, site.config.licence);
    package.insert("name".to_owned(), json!("open-data"));
    package.insert("id".to_owned(), json!(site.config.base_url.join(file_paths::DATA_PACKAGE)));
    package.insert("title".to_owned(), json!(site.config.title.own));
    package.insert("homepage".to_owned(), json!(site.config.base_url.join(file_paths::DATASETS)));
    package.insert("resources".to_owned(), json!(resources));
    pretty(&Value::Object(package))
}

fn package(site: &Site, licence: Licence) -> Map<String, Value> {
    let publisher = &site.config.publisher;
    let mut contributor = json!({ "title": publisher.name.own, "roles": ["publisher"] });
    if let Some(url) = &publisher.url {
        contributor["path"] = json!(url);
    }
    let package = json!({
        "$schema": PROFILE,
        "licenses": licences(licence),
        "contributors": [contributor],
    });
    match package {
        Value::Object(package) => package,
        _ => Map::new(),
    }
}

/// What the table was made from; the day of a source's state is its version.
fn sources(dataset: &Dataset) -> Vec<Value> {
    let sources = dataset.background.sources.iter().map(|source| {
        let mut described = json!({ "title": source.name.own });
        if let Some(url) = &source.url {
            described["path"] = json!(url);
        }
        if let Some(day) = source.as_of {
            described["version"] = json!(day.to_string());
        }
        described
    });
    sources.collect()
}

/// The authors and the contact of a dataset.
fn contributors_of(dataset: &Dataset) -> Vec<Value> {
    let background = &dataset.background;
    let authors = background.authors.iter();
    let authors = authors.map(|name| json!({ "title": name.own, "roles": ["creator"] }));
    let contact = background.contact.iter().map(|contact| {
        let mut described = json!({ "title": contact.name.own, "roles": ["contact"] });
        if let Some(email) = &contact.email {
            described["email"] = json!(email);
        }
        if let Some(url) = &contact.form_url {
            described["path"] = json!(url);
        }
        described
    });
    authors.chain(contact).collect()
}

fn licences(licence: Licence) -> Value {
    json!([{ "name": licence.id(), "title": licence.name(), "path": licence.address() }])
}

/// The resources of a dataset: the tidy table and, if there are narrative columns, their table.
fn resources(dataset: &Dataset, files: &[File<'_>], within: Within) -> Vec<Map<String, Value>> {
    let tables =
        files.iter().filter(|file| matches!(file.format, FileFormat::Csv | FileFormat::TextCsv));
    tables.map(|file| resource(dataset, file, within)).collect()
}

/// The resource for `file`, one of the two CSVs for programs: its path, size, digest, dialect and
/// schema. Foreign keys to other datasets are included only if `within` is the site. The table of
/// texts has one foreign key, to the tidy table.
fn resource(dataset: &Dataset, file: &File<'_>, within: Within) -> Map<String, Value> {
    let key: Vec<&str> = dataset.key_names();
    let is_text = file.format == FileFormat::TextCsv;
    let columns = if is_text { dataset.text_columns() } else { dataset.tidy_columns() };
    let mut schema = json!({
        "fields": columns.iter().map(|&index| field(dataset, index)).collect::<Vec<_>>(),
        "missingValues": [""],
    });
    if !key.is_empty() {
        schema["primaryKey"] = json!(key);
    }
    let foreign = dataset.foreign_keys.iter();
    let foreign =
        foreign.filter(|key| within == Within::Site || key.dataset == dataset.id).map(|key| {
            let mut reference = json!({ "fields": key.to });
            if key.dataset != dataset.id {
                reference["resource"] = json!(key.dataset);
            }
            let fields: Vec<&str> =
                key.columns.iter().map(|&column| dataset.columns[column].name.as_str()).collect();
            json!({ "fields": fields, "reference": reference })
        });
    // The table of texts refers to the rows of the tidy table.
    let foreign: Vec<Value> = match is_text {
        true => {
            let reference = json!({ "fields": key, "resource": dataset.id });
            vec![json!({ "fields": key, "reference": reference })]
        }
        false => foreign.collect(),
    };
    if !foreign.is_empty() {
        schema["foreignKeys"] = json!(foreign);
    }
    let resource = json!({
        "name": if is_text { format!("{}_text", dataset.id) } else { dataset.id.to_string() },
        "type": "table",
        "title": if is_text { format!("{}（文章）", dataset.title.own) } else { dataset.title.own.clone() },
        "path": within.path(dataset, file.format),
        "format": "csv",
        "mediatype": FileFormat::Csv.media_type(),
        "encoding": "utf-8",
        "bytes": file.facts.bytes,
        "hash": format!("sha256:{}", file.facts.sha256),
        "dialect": { "delimiter": ",", "lineTerminator": "\r\n", "header": true },
        "schema": schema,
    });
    match resource {
        Value::Object(resource) => resource,
        _ => Map::new(),
    }
}

/// The field of Table Schema for the column `index`: its type, constraints, unit, description and
/// categories. The standard knows one language, so English texts are properties of our own. A
/// column of times that has 24:00 is one of strings with a pattern.
fn field(dataset: &Dataset, index: usize) -> Value {
    let column = &dataset.columns[index];
    // The type `time` of Table Schema ends at 23:59.
    let whole_day = dataset.has_end_of_day(index);
    let mut constraints = Map::new();
    if column.required {
        constraints.insert("required".to_owned(), json!(true));
    }
    if column.unique {
        constraints.insert("unique".to_owned(), json!(true));
    }
    let typed = |text: &String| match column.kind.is_numeric() {
        true => serde_json::from_str(text).unwrap_or_else(|_| json!(text)),
        false => json!(text),
    };
    if !column.values.is_empty() {
        constraints.insert("enum".to_owned(), column.values.iter().map(typed).collect());
    }
    for (name, bound) in [("minimum", &column.minimum), ("maximum", &column.maximum)] {
        if let Some(bound) = bound.as_ref().filter(|_| !whole_day) {
            constraints.insert(name.to_owned(), typed(bound));
        }
    }
    if let Some(pattern) = &column.pattern {
        constraints.insert("pattern".to_owned(), json!(pattern.as_str()));
    } else if whole_day {
        constraints.insert("pattern".to_owned(), json!(TIMES_OF_DAY));
    }
    let (kind, format) = match column.kind {
        ColumnType::Text | ColumnType::Code => ("string", None),
        ColumnType::Url => ("string", Some("uri")),
        ColumnType::Integer => ("integer", None),
        ColumnType::FiscalYear => ("year", None),
        ColumnType::Number | ColumnType::Latitude | ColumnType::Longitude => ("number", None),
        ColumnType::Boolean => ("boolean", None),
        ColumnType::Date => ("date", None),
        ColumnType::Time if whole_day => ("string", None),
        ColumnType::Time => ("time", Some("%H:%M")),
    };
    let mut field = json!({ "name": column.name, "title": column.title.own, "type": kind });
    if let Some(format) = format {
        field["format"] = json!(format);
    }
    if let Some(english) = &column.title.en {
        field["title_en"] = json!(english);
    }
    if let Some(description) = &column.description {
        field["description"] = json!(description.own);
        if let Some(english) = &description.en {
            field["description_en"] = json!(english);
        }
    }
    if let Some(unit) = &column.unit {
        field["unit"] = json!(unit);
    }
    if !column.labels.is_empty() && matches!(kind, "string" | "integer") {
        let labels = column.values.iter().zip(&column.labels);
        let labels =
            labels.map(|(value, label)| json!({ "value": typed(value), "label": label.own }));
        field["categories"] = labels.collect();
    }
    if !constraints.is_empty() {
        field["constraints"] = Value::Object(constraints);
    }
    field
}
