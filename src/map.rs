//! A **map** shows areas and places of Japan as they lie to each other: areas are read from GeoJSON
//! or TopoJSON, and what is drawn of them is simplified so that neighbours keep one border.
//!
//! Not in here: the drawing itself (`html`), and which figures it shows (`site`).

mod fault;
mod frame;
mod geojson;
mod marks;
mod outline;
mod projection;
mod read;
mod simplify;
mod topojson;
mod topology;
mod written;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::{Arc, OnceLock};

use crate::diagnostic::Place;

pub use frame::{MapFrame, SIDE};
pub use marks::{PlaceMark, marks};
pub use outline::{Outlines, TENTHS};
pub use projection::Projection;
pub use read::{read, read_file};

/// Range of the latitudes of Japan and the sea around it, in degrees.
pub const NORTH: RangeInclusive<f64> = 20.0..=46.0;

/// Range of the longitudes of Japan and the sea around it, in degrees.
pub const EAST: RangeInclusive<f64> = 122.0..=154.5;

/// A longitude and a latitude, in degrees.
pub type LonLat = [f64; 2];

/// The areas of one file.
#[derive(Debug)]
pub struct Areas {
    /// The name of the file without its ending, by which content refers to it.
    pub name: String,
    /// The file.
    pub place: Place,
    /// The areas, in the order of the file.
    pub areas: Vec<Area>,
    /// Their borders, each once: a line from one point where borders meet to the next, or a closed
    /// line where none meets another.
    pub arcs: Vec<Vec<LonLat>>,
    /// What is drawn of them, made when it is first asked for.
    outlines: OnceLock<Arc<Outlines>>,
}

/// One area.
#[derive(Clone, Debug)]
pub struct Area {
    /// What the file says about it, as texts.
    pub properties: BTreeMap<String, String>,
    /// Its parts, each an outer ring and the rings of its holes.
    pub polygons: Vec<Vec<Ring>>,
}

/// A closed line: arcs, one after the other.
pub type Ring = Vec<ArcUse>;

/// An arc in a ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArcUse {
    /// Index of the arc.
    pub arc: usize,
    /// Does the ring go along it from its end to its beginning?
    pub reversed: bool,
}

/// Names of properties that are names of areas, the best first: those of 国土数値情報 among them.
const NAMES: [&str; 12] = [
    "name",
    "名称",
    "地区",
    "地区名",
    "町名",
    "市区町村名",
    "N03_004",
    "A27_004",
    "S_NAME",
    "NAME",
    "title",
    "id",
];

impl Areas {
    /// What is drawn of the areas.
    pub fn outlines(&self) -> Arc<Outlines> {
        self.outlines.get_or_init(|| Arc::new(Outlines::of(self))).clone()
    }

    /// The property with the names of the areas: one that is usually called so, or else the first
    /// that every area has.
    pub fn name_property(&self) -> Option<&str> {
        let everywhere = |key: &&str| self.has_throughout(key);
        let known = NAMES.iter().copied().find(everywhere);
        let first = || self.areas.first()?.properties.keys().map(String::as_str).find(everywhere);
        known.or_else(first)
    }

    /// Has every area the property `key`?
    pub fn has_throughout(&self, key: &str) -> bool {
        self.areas.iter().all(|area| area.properties.contains_key(key))
    }

    /// The values of the property `key`, each once and in order, with the indices of their areas: a
    /// district of several islands may be several areas with one name.
    pub fn by(&self, key: &str) -> Vec<(&str, Vec<usize>)> {
        let mut found: Vec<(&str, Vec<usize>)> = Vec::new();
        let mut at: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, area) in self.areas.iter().enumerate() {
            let Some(value) = area.properties.get(key) else { continue };
            let place = *at.entry(value).or_insert_with(|| {
                found.push((value, Vec::new()));
                found.len() - 1
            });
            found[place].1.push(index);
        }
        found
    }
}
