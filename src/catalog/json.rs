//! **JSON** of a dataset: its metadata, its data dictionary, and its rows as objects by column
//! name. Numbers keep the digits of the source; a blank cell is `null`.

use std::io::Write as _;

use serde_json::{Value, json};

use crate::artifact::{Body, BodyWriter};
use crate::dataset::{Column, ColumnType, Dataset, FileFormat};
use crate::site::{Imprint, file_paths};

/// The JSON of one state of `dataset`: metadata, data dictionary and rows.
pub(super) fn render(imprint: &Imprint<'_>, dataset: &Dataset) -> Body {
    let Imprint { base_url, publisher, licence, .. } = *imprint;
    let head = json!({
        "$schema": base_url.join(&file_paths::schema_of(dataset)),
        "id": dataset.id,
        "title": dataset.title.own,
        "title_en": dataset.title.en,
        "description": dataset.plain_description().own,
        "version": dataset.version,
        "url": imprint.page_of(dataset),
        "publisher": {
            "name": publisher.name.own,
            "localgov_code": publisher.code.as_str(),
        },
        "licence": { "id": licence.id(), "name": licence.name(), "url": licence.address() },
        "period": dataset.period.map(|period| json!({ "start": period.start, "end": period.end })),
        "published": dataset.published,
        "updated": dataset.updated,
        "primary_key": dataset.key_names(),
        "columns": dataset.columns.iter().map(column).collect::<Vec<_>>(),
        "foreign_keys": dataset.foreign_keys.iter().map(|key| json!({
            "columns": key.columns.iter().map(|&index| &dataset.columns[index].name).collect::<Vec<_>>(),
            "dataset": key.dataset,
            "to": key.to,
        })).collect::<Vec<_>>(),
        "csv": base_url.join(&file_paths::file_of(dataset, FileFormat::Csv)),
        "text_csv": dataset.is_narrative().then(|| base_url.join(&file_paths::file_of(dataset, FileFormat::TextCsv))),
        "row_count": dataset.rows.len(),
    });
    let mut text = serde_json::to_string_pretty(&head).expect("texts and numbers are always JSON");
    // Rows are written as text: a JSON value for each cell of a million rows would not fit into
    // memory.
    let end = text.rfind('\n').expect("a pretty object has lines");
    text.truncate(end);
    text.push_str(",\n  \"rows\": [");
    let names = names(dataset);
    let mut body = BodyWriter::default();
    for (index, row) in dataset.rows.iter().enumerate() {
        text.push_str(if index == 0 { "\n    " } else { ",\n    " });
        push_row(row, dataset, &names, &mut text);
        pass_on(&mut text, &mut body);
    }
    text.push_str(if dataset.rows.is_empty() { "]\n}\n" } else { "\n  ]\n}\n" });
    pass_on(&mut text, &mut body);
    body.finish()
}

/// Moves the text written so far into `body`.
pub(super) fn pass_on(text: &mut String, body: &mut BodyWriter) {
    body.write_all(text.as_bytes()).expect("memory takes every byte");
    text.clear();
}

/// The **JSON Lines** of `dataset`: one object per row, with the same values as in the JSON.
pub(super) fn render_lines(dataset: &Dataset) -> Body {
    let names = names(dataset);
    let mut body = BodyWriter::default();
    let mut text = String::new();
    for row in dataset.rows.iter() {
        push_row(row, dataset, &names, &mut text);
        text.push('\n');
        pass_on(&mut text, &mut body);
    }
    body.finish()
}

/// The names of the columns as JSON strings.
pub(super) fn names(dataset: &Dataset) -> Vec<String> {
    dataset.columns.iter().map(|column| quoted(&column.name)).collect()
}

/// Appends a row to `text`, as a JSON object on one line. `names` are those of [`names`].
pub(super) fn push_row<'a>(
    row: impl Iterator<Item = &'a str>,
    dataset: &Dataset,
    names: &[String],
    text: &mut String,
) {
    text.push('{');
    for (position, ((cell, column), name)) in row.zip(&dataset.columns).zip(names).enumerate() {
        if position > 0 {
            text.push_str(", ");
        }
        text.push_str(name);
        text.push_str(": ");
        push_cell(cell, column.kind, text);
    }
    text.push('}');
}

/// Appends a cell to `text`, as a JSON value of the type `kind`.
fn push_cell(cell: &str, kind: ColumnType, text: &mut String) {
    if cell.is_empty() {
        text.push_str("null");
    } else if kind.is_numeric() || kind == ColumnType::Boolean {
        // Canonical texts of these types are valid JSON.
        text.push_str(cell);
    } else if cell.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
        text.push('"');
        text.push_str(cell);
        text.push('"');
    } else {
        text.push_str(&quoted(cell));
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text is always JSON")
}

fn column(column: &Column) -> Value {
    json!({
        "name": column.name,
        "title": column.title.own,
        "title_en": column.title.en,
        "type": column.kind.as_str(),
        "unit": column.unit,
        "description": column.description.as_ref().map(|text| &text.own),
        "description_en": column.description.as_ref().and_then(|text| text.en.as_ref()),
        "required": column.required,
        "unique": column.unique,
        "values": column.values,
        "labels": column.labels.iter().map(|label| &label.own).collect::<Vec<_>>(),
        "labels_en": column.labels.iter().map(|label| &label.en).collect::<Vec<_>>(),
        "minimum": column.minimum,
        "maximum": column.maximum,
        "pattern": column.pattern.as_ref().map(|pattern| pattern.as_str()),
        "missing": column.missing.texts().collect::<Vec<_>>(),
        "blank": column.blank.as_ref().map(|text| &text.own),
        "blank_en": column.blank.as_ref().and_then(|text| text.en.as_ref()),
        "narrative": column.narrative,
    })
}
