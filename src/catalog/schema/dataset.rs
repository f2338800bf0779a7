//! The schema of the JSON of **a dataset**, in which the data dictionary determines the properties
//! of a row. `#/$defs/row` is the schema of a line of JSON Lines, and `#/$defs/places` that of the
//! GeoJSON.

use serde_json::{Map, Value, json};

use crate::dataset::{Column, ColumnType, Dataset, TIMES_BEFORE_MIDNIGHT, TIMES_OF_DAY};

use crate::catalog::annotation::{self, described};

use super::{
    address_of_a_page, closed, count, day, flag, id, licence_id, list_of, localgov_code, one_of,
    or_null, text,
};

/// The schema of the JSON of one state of `dataset`.
pub(super) fn document(dataset: &Dataset) -> Value {
    let licence = closed(json!({ "id": licence_id(), "name": text(), "url": address_of_a_page() }));
    let period = closed(json!({ "start": or_null(day()), "end": or_null(day()) }));
    let names: Vec<&str> = dataset.columns.iter().map(|column| column.name.as_str()).collect();
    let column = closed(json!({
        "name": one_of(names),
        "title": text(),
        "title_en": or_null(text()),
        "type": one_of(ColumnType::CHOICES.map(|(spelling, _)| spelling)),
        "unit": or_null(text()),
        "description": or_null(text()),
        "description_en": or_null(text()),
        "required": flag(),
        "unique": flag(),
        "values": list_of(text()),
        "labels": described(list_of(text()), "それぞれの値の意味。valuesと同じ順。", "What each of the values means, in their order."),
        "labels_en": list_of(or_null(text())),
        "minimum": or_null(text()),
        "maximum": or_null(text()),
        "pattern": described(or_null(text()), "セル全体に一致する正規表現。", "A regular expression that a whole cell matches."),
        "missing": described(list_of(text()), "空欄として公開する、元の表の文字。", "Texts of the source that are published as blanks."),
        "blank": described(or_null(text()), "空欄の意味。nullは、不明または該当なし。", "What a blank cell means; null for: not known, or does not apply."),
        "blank_en": or_null(text()),
        "narrative": described(flag(), "文章の列。CSVには含めず、文章のCSVに1行で掲載。", "Sentences, which the CSV leaves out and the CSV of texts has on one line."),
    }));
    let foreign_key =
        closed(json!({ "columns": list_of(text()), "dataset": id(), "to": list_of(text()) }));
    let mut schema = super::document(
        &dataset.title.own,
        json!({
            "id": { "const": dataset.id },
            "title": text(),
            "title_en": or_null(text()),
            "description": text(),
            "version": version(dataset),
            "url": address_of_a_page(),
            "publisher": closed(json!({ "name": text(), "localgov_code": localgov_code() })),
            "licence": licence,
            "period": or_null(period),
            "published": or_null(day()),
            "updated": or_null(day()),
            "primary_key": { "const": dataset.key_names() },
            "columns": list_of(column),
            "foreign_keys": list_of(foreign_key),
            "csv": address_of_a_page(),
            "text_csv": described(or_null(address_of_a_page()), "文章の列。主キーの列を添えたもの。", "The narrative texts, beside the primary key."),
            "row_count": count(),
            "rows": list_of(json!({ "$ref": "#/$defs/row" })),
        }),
    );
    annotation::annotate(&mut schema, &dataset.title, Some(&dataset.plain_description()));
    schema["$defs"] = json!({ "row": row(dataset) });
    if dataset.is_on_a_map() {
        schema["$defs"]["places"] = places();
    }
    schema
}

fn version(dataset: &Dataset) -> Value {
    match &dataset.version {
        Some(name) => json!({ "const": name }),
        None => described(
            json!({ "type": "null" }),
            "現在のデータには版がありません。",
            "What stands now has no version.",
        ),
    }
}

fn row(dataset: &Dataset) -> Value {
    let cells: Map<String, Value> =
        dataset.columns.iter().map(|column| (column.name.clone(), cell(column))).collect();
    closed(Value::Object(cells))
}

/// The schema of a cell of `column`: its type with the vocabulary, the numeric bounds and the
/// pattern, or `null` unless the column is required.
fn cell(column: &Column) -> Value {
    let mut cell = match column.kind {
        ColumnType::Text | ColumnType::Code => json!({ "type": "string", "minLength": 1 }),
        ColumnType::Integer | ColumnType::FiscalYear => json!({ "type": "integer" }),
        ColumnType::Number => json!({ "type": "number" }),
        ColumnType::Boolean => json!({ "type": "boolean" }),
        ColumnType::Date => day(),
        ColumnType::Time => json!({ "type": "string", "pattern": format!("^{}$", times(column)) }),
        ColumnType::Url => address_of_a_page(),
        ColumnType::Latitude => json!({ "type": "number", "minimum": -90, "maximum": 90 }),
        ColumnType::Longitude => json!({ "type": "number", "minimum": -180, "maximum": 180 }),
    };
    if !column.values.is_empty() {
        cell["enum"] = column.values.iter().map(|value| as_json(value, column.kind)).collect();
    }
    let bounds = [("minimum", &column.minimum), ("maximum", &column.maximum)];
    for (name, bound) in bounds.into_iter().filter(|_| column.kind.is_numeric()) {
        if let Some(bound) = bound {
            cell[name] = as_json(bound, column.kind);
        }
    }
    if let Some(pattern) = &column.pattern {
        cell["pattern"] = json!(pattern.anchored());
    }
    if !column.required {
        cell = or_null(cell);
    }
    annotation::annotate(&mut cell, &column.title, column.description.as_ref());
    if cell.get("enum").is_some() {
        annotation::label(&mut cell, column.labels.iter());
    }
    if let Some(unit) = &column.unit {
        cell["x-unit"] = json!(unit);
    }
    cell
}

/// The regular expression for the times of a column.
fn times(column: &Column) -> &'static str {
    if column.end_of_day == Some(false) { TIMES_BEFORE_MIDNIGHT } else { TIMES_OF_DAY }
}

/// A canonical text as the JSON value that a row has.
fn as_json(value: &str, kind: ColumnType) -> Value {
    if kind.is_numeric() || kind == ColumnType::Boolean {
        return serde_json::from_str(value).unwrap_or_else(|_| json!(value));
    }
    json!(value)
}

/// The schema of the GeoJSON: a point for each row that has coordinates.
fn places() -> Value {
    let point = closed(json!({
        "type": { "const": "Point" },
        "coordinates": { "type": "array", "items": { "type": "number" }, "minItems": 2, "maxItems": 2 },
    }));
    let feature = closed(json!({
        "type": { "const": "Feature" },
        "geometry": point,
        "properties": { "$ref": "#/$defs/row" },
    }));
    closed(json!({ "type": { "const": "FeatureCollection" }, "features": list_of(feature) }))
}
