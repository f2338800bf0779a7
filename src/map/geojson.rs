//! **GeoJSON** (RFC 7946): a collection of features, each an area with its rings.

use serde_json::Value;

use crate::diagnostic::Message;

use super::LonLat;
use super::fault::{Fault, Faults, label};
use super::written::{WrittenArea, add_polygon, properties};

/// The areas of the collection `json`.
pub(super) fn areas(json: &Value, faults: &mut Faults) -> Vec<WrittenArea> {
    let features = json.get("features").and_then(Value::as_array).into_iter().flatten();
    features.enumerate().map(|(index, feature)| area(feature, index + 1, faults)).collect()
}

fn area(feature: &Value, number: usize, faults: &mut Faults) -> WrittenArea {
    let properties = properties(feature.get("properties"));
    let label = label(number, &properties);
    let mut area = WrittenArea { properties, polygons: Vec::new() };
    match feature.get("geometry") {
        None | Some(Value::Null) => faults.add(Fault::NoShape, &label, String::new),
        Some(geometry) => add(&mut area, geometry, &label, faults),
    }
    area
}

/// Adds the polygons of `geometry` to `area`.
fn add(area: &mut WrittenArea, geometry: &Value, label: &Message, faults: &mut Faults) {
    let coordinates = geometry.get("coordinates").unwrap_or(&Value::Null);
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    match geometry.get("type").and_then(Value::as_str).unwrap_or_default() {
        "Polygon" => add_rings(area, coordinates, label, faults),
        "MultiPolygon" => {
            let polygons = list(coordinates);
            if polygons.is_empty() {
                faults.add(Fault::NoShape, label, String::new);
            }
            polygons.iter().for_each(|polygon| add_rings(area, polygon, label, faults));
        }
        "GeometryCollection" => {
            let parts = geometry.get("geometries").map(list).unwrap_or_default();
            parts.iter().for_each(|part| add(area, part, label, faults));
        }
        other => faults.add(Fault::Geometry, label, || other.to_owned()),
    }
}

fn add_rings(area: &mut WrittenArea, polygon: &Value, label: &Message, faults: &mut Faults) {
    let rings = polygon.as_array().into_iter().flatten();
    let rings: Option<Vec<Vec<LonLat>>> = rings.map(|ring| line(ring, label, faults)).collect();
    // A faulty position is reported already.
    if let Some(rings) = rings {
        add_polygon(area, rings, label, faults);
    }
}

/// The positions of a line; `None` if one is faulty.
fn line(written: &Value, label: &Message, faults: &mut Faults) -> Option<Vec<LonLat>> {
    let written = written.as_array().into_iter().flatten();
    let positions: Vec<Option<LonLat>> = written
        .map(|position| {
            let Some(found) = position_of(position) else {
                faults.add(Fault::Half, label, || position.to_string());
                return None;
            };
            faults.check(found, label).then_some(found)
        })
        .collect();
    positions.into_iter().collect()
}

/// Two numbers, perhaps followed by a height.
pub(super) fn position_of(written: &Value) -> Option<LonLat> {
    let number = |index: usize| written.get(index)?.as_f64().filter(|number| number.is_finite());
    Some([number(0)?, number(1)?])
}
