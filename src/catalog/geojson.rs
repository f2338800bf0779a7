//! **GeoJSON** (RFC 7946): a point for each row that has coordinates, with the whole row as its
//! properties. Coordinates are degrees in WGS 84, longitude first, with the digits of the source.

use crate::artifact::{Body, BodyWriter};
use crate::dataset::{ColumnType, Dataset};

use super::json::{names, pass_on, push_row};

/// The rows of `dataset` as a `FeatureCollection`. Rows without coordinates are left out.
pub(super) fn render(dataset: &Dataset) -> Body {
    let mut body = BodyWriter::default();
    let cell = |row: usize, kind: ColumnType| {
        let column = dataset.columns.iter().position(|column| column.kind == kind);
        column.map_or("", |column| dataset.rows.cell(row, column))
    };
    let names = names(dataset);
    let mut text = String::from("{\"type\": \"FeatureCollection\", \"features\": [");
    let mut separator = "\n";
    for row in 0..dataset.rows.len() {
        let (latitude, longitude) =
            (cell(row, ColumnType::Latitude), cell(row, ColumnType::Longitude));
        if latitude.is_empty() || longitude.is_empty() {
            continue;
        }
        text.push_str(separator);
        text.push_str(
            "{\"type\": \"Feature\", \"geometry\": {\"type\": \"Point\", \"coordinates\": [",
        );
        text.push_str(longitude);
        text.push_str(", ");
        text.push_str(latitude);
        text.push_str("]}, \"properties\": ");
        push_row(dataset.rows.row(row), dataset, &names, &mut text);
        text.push('}');
        separator = ",\n";
        pass_on(&mut text, &mut body);
    }
    text.push_str("\n]}\n");
    pass_on(&mut text, &mut body);
    body.finish()
}
