//! **TopoJSON**: areas whose borders are named lines, each written once.

use serde_json::Value;

use crate::diagnostic::Message;
use crate::message;

use super::LonLat;
use super::fault::{Fault, Faults, label};
use super::geojson::position_of;
use super::written::{WrittenArea, add_polygon, properties, text_of};

/// The areas of all objects of the topology `json`.
///
/// # Errors
///
/// What is wrong with the topology as a whole.
pub(super) fn areas(json: &Value, faults: &mut Faults) -> Result<Vec<WrittenArea>, Message> {
    let lines = json.get("arcs").and_then(Value::as_array);
    let objects = json.get("objects").and_then(Value::as_object);
    let (Some(lines), Some(objects)) = (lines, objects) else {
        return Err(message!(
            ja: "TopoJSONに「arcs」か「objects」がありません",
            en: "the TopoJSON has no `arcs` or no `objects`",
        ));
    };
    let step = json.get("transform").map(|transform| {
        let pair = |key: &str| transform.get(key).and_then(position_of);
        Some((pair("scale")?, pair("translate")?))
    });
    let arcs = match step {
        Some(None) => None,
        Some(Some(step)) => lines.iter().map(|line| whole(line, step)).collect(),
        None => lines.iter().map(|line| list(line).iter().map(position_of).collect()).collect(),
    };
    let Some(arcs): Option<Vec<Vec<LonLat>>> = arcs else {
        return Err(message!(
            ja: "TopoJSONの「arcs」か「transform」に、数でない座標があります",
            en: "`arcs` or `transform` of the TopoJSON has a position that is not two numbers",
        ));
    };
    let mut found = Vec::new();
    for object in objects.values() {
        match object.get("type").and_then(Value::as_str) {
            Some("GeometryCollection") => {
                for geometry in object.get("geometries").map(list).unwrap_or_default() {
                    let number = found.len() + 1;
                    found.push(area(geometry, number, &arcs, faults));
                }
            }
            _ => {
                let number = found.len() + 1;
                found.push(area(object, number, &arcs, faults));
            }
        }
    }
    Ok(found)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// The positions of a line that is written as steps on a grid.
fn whole(line: &Value, (scale, translate): (LonLat, LonLat)) -> Option<Vec<LonLat>> {
    let mut at = [0.0, 0.0];
    let step = |written: &Value| {
        let [x, y] = position_of(written)?;
        at = [at[0] + x, at[1] + y];
        Some([at[0] * scale[0] + translate[0], at[1] * scale[1] + translate[1]])
    };
    list(line).iter().map(step).collect()
}

fn area(geometry: &Value, number: usize, arcs: &[Vec<LonLat>], faults: &mut Faults) -> WrittenArea {
    let mut properties = properties(geometry.get("properties"));
    if let Some(id) = geometry.get("id").and_then(text_of) {
        properties.entry("id".to_owned()).or_insert(id);
    }
    let label = label(number, &properties);
    let mut area = WrittenArea { properties, polygons: Vec::new() };
    let written = geometry.get("arcs").map(list).unwrap_or_default();
    match geometry.get("type").and_then(Value::as_str) {
        Some("Polygon") => add(&mut area, written, arcs, &label, faults),
        Some("MultiPolygon") => {
            written.iter().for_each(|rings| add(&mut area, list(rings), arcs, &label, faults));
        }
        None => faults.add(Fault::NoShape, &label, String::new),
        Some(other) => faults.add(Fault::Geometry, &label, || other.to_owned()),
    }
    area
}

/// Adds a polygon, each ring of which is `written` as a list of arcs.
fn add(
    area: &mut WrittenArea,
    written: &[Value],
    arcs: &[Vec<LonLat>],
    label: &Message,
    faults: &mut Faults,
) {
    let mut polygon = Vec::new();
    for ring in written {
        let mut positions: Vec<LonLat> = Vec::new();
        for number in list(ring) {
            let index = number.as_i64().unwrap_or(i64::MAX);
            // A negative number stands for a line that is gone along from its end.
            let (reversed, index) = if index < 0 { (true, !index) } else { (false, index) };
            let line = usize::try_from(index).ok().and_then(|index| arcs.get(index));
            let Some(line) = line else {
                faults.add(Fault::NoArc, label, || number.to_string());
                return;
            };
            match reversed {
                true => positions.extend(line.iter().rev()),
                false => positions.extend(line),
            }
        }
        if !positions.iter().all(|&position| faults.check(position, label)) {
            return;
        }
        polygon.push(positions);
    }
    add_polygon(area, polygon, label, faults);
}
