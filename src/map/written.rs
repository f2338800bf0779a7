//! Areas as their file has them, **written** as rings of positions, before they are cut into arcs.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::Message;

use super::fault::{Fault, Faults};
use super::{Area, LonLat};

/// Text of a property, as it is shown and compared.
pub(super) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// An area as its file has it: what is said about it, and its rings as positions.
pub(super) struct WrittenArea {
    pub properties: BTreeMap<String, String>,
    pub polygons: Vec<Vec<Vec<LonLat>>>,
}

impl WrittenArea {
    /// The same without its rings.
    pub fn without_rings(self) -> Area {
        Area { properties: self.properties, polygons: Vec::new() }
    }
}

/// The texts among the members of the object `properties`.
pub(super) fn properties(properties: Option<&Value>) -> BTreeMap<String, String> {
    let members = properties.and_then(Value::as_object).into_iter().flatten();
    members.filter_map(|(key, value)| Some((key.clone(), text_of(value)?))).collect()
}

/// The ring with these `positions`, closed by its first position if it is not.
pub(super) fn closed(mut positions: Vec<LonLat>) -> Vec<LonLat> {
    positions.dedup();
    if positions.first() != positions.last() {
        positions.extend(positions.first().copied());
    }
    positions
}

/// Adds the rings of a `polygon` to `area` if each has enough positions.
pub(super) fn add_polygon(
    area: &mut WrittenArea,
    polygon: Vec<Vec<LonLat>>,
    label: &Message,
    faults: &mut Faults,
) {
    let polygon: Vec<_> = polygon.into_iter().map(closed).collect();
    let short = polygon.iter().find(|ring| ring.len() < 4);
    if polygon.is_empty() || short.is_some() {
        let count = short.map_or(0, Vec::len);
        faults.add(Fault::FewPoints, label, || count.to_string());
        return;
    }
    area.polygons.push(polygon);
}
