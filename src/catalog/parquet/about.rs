//! What a Parquet file says **about** itself in its metadata: where it is from, and the titles and
//! units of its columns.

use parquet::file::metadata::KeyValue;
use serde_json::{Map, Value, json};

use crate::dataset::Dataset;
use crate::site::Imprint;

use super::places::Places;

/// The keys with their values: title, publisher, licence, address of the page, date and version,
/// the columns as JSON, and what GeoParquet asks for.
pub(super) fn key_values(
    imprint: &Imprint<'_>,
    dataset: &Dataset,
    places: Option<&Places>,
) -> Vec<KeyValue> {
    let said = [
        ("title", Some(dataset.title.own.clone())),
        ("title_en", dataset.title.en.clone()),
        ("publisher", Some(imprint.publisher.name.own.clone())),
        ("licence", Some(imprint.licence.address().to_owned())),
        ("url", Some(imprint.page_of(dataset))),
        ("updated", dataset.changed().map(|date| date.to_string())),
        ("version", dataset.version.as_ref().map(ToString::to_string)),
        ("columns", Some(columns(dataset).to_string())),
        ("geo", places.map(|places| places.metadata().to_string())),
    ];
    let said = said.into_iter().filter_map(|(key, value)| Some((key, value?)));
    said.map(|(key, value)| KeyValue::new(key.to_owned(), value)).collect()
}

/// Titles, units and descriptions by the name of the column.
fn columns(dataset: &Dataset) -> Value {
    let columns = dataset.columns.iter().map(|column| {
        let description = column.description.as_ref();
        let said = [
            ("title", Some(&column.title.own)),
            ("title_en", column.title.en.as_ref()),
            ("unit", column.unit.as_ref()),
            ("description", description.map(|text| &text.own)),
            ("description_en", description.and_then(|text| text.en.as_ref())),
        ];
        let said = said.into_iter().filter_map(|(key, text)| Some((key.to_owned(), json!(text?))));
        (column.name.clone(), Value::Object(said.collect()))
    });
    Value::Object(columns.collect::<Map<String, Value>>())
}
