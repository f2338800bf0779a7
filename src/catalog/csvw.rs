//! **CSV on the Web** (W3C, Metadata Vocabulary for Tabular Data): next to each CSV for programs, a
//! file that describes its columns.

use serde_json::{Value, json};

use crate::dataset::{Column, ColumnType, Dataset, Format};
use crate::site::Site;
use crate::text::Language;

use super::pretty;

/// The metadata of the tidy table.
pub(super) fn render(site: &Site, dataset: &Dataset) -> Vec<u8> {
    table(site, dataset, Format::Csv, &dataset.tidy_columns())
}

/// The metadata of the table of narrative columns.
pub(super) fn texts(site: &Site, dataset: &Dataset) -> Vec<u8> {
    table(site, dataset, Format::TextCsv, &dataset.text_columns())
}

fn table(site: &Site, dataset: &Dataset, format: Format, columns: &[usize]) -> Vec<u8> {
    let licence = site.licence_of(dataset);
    let own = site.config.own_language();
    let key: Vec<&str> = dataset.key_names();
    let mut schema = json!({
        "columns": columns.iter().map(|&index| described(&dataset.columns[index], own)).collect::<Vec<_>>(),
    });
    if !key.is_empty() {
        schema["primaryKey"] = json!(key);
    }
    pretty(&json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": own.tag() }],
        "url": format.file_name(dataset.id.as_str()),
        "dc:title": dataset.title.own,
        "dc:publisher": site.config.publisher.name.own,
        "dc:license": { "@id": licence.url() },
        "dialect": { "encoding": "utf-8", "lineTerminators": ["\r\n"], "header": true },
        "tableSchema": schema,
    }))
}

fn described(column: &Column, own: Language) -> Value {
    // The header consists of column names, which are in no language.
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
    let datatype = with_rules(datatype, column);
    let mut described = json!({
        "name": column.name, "titles": titles, "datatype": datatype, "required": column.required,
    });
    if let Some(description) = &column.description {
        described["dc:description"] = json!(description.own);
    }
    described
}

/// The datatype with its bounds and pattern.
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
