//! **CSV on the Web** (W3C, Metadata Vocabulary for Tabular Data). Next to each CSV for programs, a
//! file describes its columns. Another file describes all tables with their foreign keys, since a
//! foreign key can only refer to a table in the same description.

use serde_json::{Value, json};

use crate::dataset::{Column, ColumnType, Dataset, FileFormat, TIMES_OF_DAY};
use crate::site::{Site, file_paths};
use crate::text::Language;

use super::{Within, pretty};

/// Name of the file that describes all tables in the site's bundle.
pub(super) const FILE_NAME: &str = "csv-metadata.json";

/// The metadata of the tidy table of `dataset`.
pub(super) fn render(site: &Site, dataset: &Dataset) -> Vec<u8> {
    alone(site, dataset, FileFormat::Csv)
}

/// The metadata of the table of narrative columns of `dataset`.
pub(super) fn texts(site: &Site, dataset: &Dataset) -> Vec<u8> {
    alone(site, dataset, FileFormat::TextCsv)
}

/// The metadata of all tables, with their foreign keys.
pub(super) fn of_site(site: &Site) -> Vec<u8> {
    let tables = site.datasets.iter().flat_map(|dataset| {
        let texts = dataset.is_narrative().then_some(FileFormat::TextCsv);
        let formats = [Some(FileFormat::Csv), texts].into_iter().flatten();
        formats.map(|format| table(site, dataset, format, Within::Site))
    });
    pretty(&json!({
        "@context": context(site),
        "dc:title": site.config.title.own,
        "dc:publisher": site.config.publisher.name.own,
        "tables": tables.collect::<Vec<_>>(),
    }))
}

fn alone(site: &Site, dataset: &Dataset, format: FileFormat) -> Vec<u8> {
    let mut table = table(site, dataset, format, Within::Dataset);
    table["@context"] = context(site);
    pretty(&table)
}

fn context(site: &Site) -> Value {
    json!(["http://www.w3.org/ns/csvw", { "@language": site.config.own_language().tag() }])
}

/// The description of a table in `format`, which is one of the two CSVs for programs: its URL,
/// title, licence, page, dates, dialect, columns, primary key and foreign keys. `within` is the
/// scope of the description that it is a part of.
fn table(site: &Site, dataset: &Dataset, format: FileFormat, within: Within) -> Value {
    let licence = site.licence_of(dataset);
    let own = site.config.own_language();
    let key: Vec<&str> = dataset.key_names();
    let columns = match format {
        FileFormat::TextCsv => dataset.text_columns(),
        _ => dataset.tidy_columns(),
    };
    let mut schema = json!({
        "columns": columns.iter().map(|&index| described(dataset, index, own)).collect::<Vec<_>>(),
    });
    if !key.is_empty() {
        schema["primaryKey"] = json!(key);
    }
    let foreign = foreign_keys(site, dataset, format, within);
    if !foreign.is_empty() {
        schema["foreignKeys"] = json!(foreign);
    }
    let page = site.config.base_url.join(&file_paths::page_of(dataset));
    let mut table = json!({
        "url": within.path(dataset, format),
        "dc:title": dataset.title.own,
        "dc:publisher": site.config.publisher.name.own,
        "dc:license": { "@id": licence.address() },
        "dcat:landingPage": { "@id": page },
        "dialect": { "encoding": "utf-8", "lineTerminators": ["\r\n"], "header": true },
        "tableSchema": schema,
    });
    for (term, day) in [("dc:issued", dataset.published), ("dc:modified", dataset.changed())] {
        if let Some(day) = day {
            table[term] = json!({ "@value": day, "@type": "xsd:date" });
        }
    }
    table
}

/// The foreign keys of a table to tables in the same description. The table of texts refers to the
/// rows of its tidy table.
///
/// In this standard, every row has to refer to exactly one other row. Foreign keys that are blank
/// in a row, or whose target does not identify a single row, are only in the Data Package.
fn foreign_keys(site: &Site, dataset: &Dataset, format: FileFormat, within: Within) -> Vec<Value> {
    let reference = |columns: &[&str], to: &Dataset, names: &[&str]| {
        let target = json!({
            "resource": within.path(to, FileFormat::Csv), "columnReference": names,
        });
        json!({ "columnReference": columns, "reference": target })
    };
    if format == FileFormat::TextCsv {
        let key = dataset.key_names();
        let is_described = within == Within::Site;
        return is_described.then(|| reference(&key, dataset, &key)).into_iter().collect();
    }
    let described = dataset.foreign_keys.iter().filter_map(|key| {
        let target = site.datasets.iter().find(|target| target.id == key.dataset)?;
        if within == Within::Dataset && target.id != dataset.id {
            return None;
        }
        let to: Vec<&str> = key.to.iter().map(String::as_str).collect();
        let is_unique =
            |name: &str| target.columns.iter().any(|column| column.name == name && column.unique);
        let names_a_row = to == target.key_names() || matches!(to[..], [only] if is_unique(only));
        let is_filled = |row| key.columns.iter().all(|&at| !dataset.rows.cell(row, at).is_empty());
        let refers = names_a_row && (0..dataset.rows.len()).all(is_filled);
        let own = key.columns.iter().map(|&column| dataset.columns[column].name.as_str());
        refers.then(|| reference(&own.collect::<Vec<_>>(), target, &to))
    });
    described.collect()
}

/// The description of the column `index`: its name, titles by language, datatype with its rules,
/// and whether it is required.
fn described(dataset: &Dataset, index: usize, own: Language) -> Value {
    let column = &dataset.columns[index];
    // The header consists of physical names, which are in no language.
    let mut titles = json!({ "und": column.name });
    titles[own.tag()] = json!(column.title.own);
    if let (Some(english), Language::Ja) = (&column.title.en, own) {
        titles["en"] = json!(english);
    }
    let datatype = match column.kind {
        ColumnType::Text | ColumnType::Code => json!("string"),
        ColumnType::Url => json!("anyURI"),
        ColumnType::Integer => json!("integer"),
        ColumnType::FiscalYear => json!("gYear"),
        ColumnType::Number => json!("decimal"),
        ColumnType::Latitude => json!({ "base": "decimal", "minimum": "-90", "maximum": "90" }),
        ColumnType::Longitude => json!({ "base": "decimal", "minimum": "-180", "maximum": "180" }),
        ColumnType::Boolean => json!({ "base": "boolean", "format": "true|false" }),
        ColumnType::Date => json!({ "base": "date", "format": "yyyy-MM-dd" }),
        ColumnType::Time => json!({ "base": "time", "format": "HH:mm" }),
    };
    let datatype = match (&column.pattern, dataset.has_end_of_day(index)) {
        (_, false) => with_rules(datatype, column),
        // The format `HH` ends at 23, and a string cannot have bounds.
        (None, true) => json!({ "base": "string", "format": format!("^{TIMES_OF_DAY}$") }),
        (Some(pattern), true) => json!({ "base": "string", "format": pattern.anchored() }),
    };
    let mut described = json!({
        "name": column.name, "titles": titles, "datatype": datatype, "required": column.required,
    });
    if let Some(description) = &column.description {
        let said =
            |text: &str, language: Language| json!({ "@value": text, "@language": language.tag() });
        described["dc:description"] = match &description.en {
            Some(english) if own == Language::Ja => {
                json!([said(&description.own, own), said(english, Language::En)])
            }
            _ => json!(description.own),
        };
    }
    described
}

/// `datatype` with the bounds and the pattern of `column`; unchanged if it has none.
fn with_rules(datatype: Value, column: &Column) -> Value {
    if column.minimum.is_none() && column.maximum.is_none() && column.pattern.is_none() {
        return datatype;
    }
    let mut datatype = match datatype {
        Value::String(base) => json!({ "base": base }),
        other => other,
    };
    for (name, bound) in [("minimum", &column.minimum), ("maximum", &column.maximum)] {
        if let Some(bound) = bound {
            datatype[name] = json!(bound);
        }
    }
    if let Some(pattern) = &column.pattern {
        datatype["format"] = json!(pattern.anchored());
    }
    datatype
}
