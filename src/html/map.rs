//! A **map** on a page: areas in classes or places with numbers, as a drawing (SVG) that needs no
//! script, no tiles and no other site; with what its colours mean, and what it shows in words.
//!
//! Not in here: the shapes of areas (`crate::map`), and which figures a map of a text shows
//! (`site`).

mod areas;
mod ground;
mod places;
mod svg;

pub(super) use areas::areas;
pub(super) use places::{Shown, place_name, places};

use minijinja::value::Value;
use serde::Serialize;

/// A map, for `_map.html`.
#[derive(Serialize)]
pub(super) struct MapView<'s> {
    svg: Value,
    /// What the colours and hatchings mean.
    key: Vec<ClassKey>,
    /// What is to be said about it, as sentences.
    said: Vec<String>,
    /// The places with their numbers; empty on a map of areas.
    places: Vec<PlaceGroup<'s>>,
    /// What the list of the places is called.
    list: String,
    /// The beginning of the ids of its parts.
    id: String,
}

#[derive(Serialize)]
struct ClassKey {
    swatch: Value,
    text: String,
}

/// The places of one mark.
#[derive(Serialize)]
struct PlaceGroup<'s> {
    number: usize,
    places: Vec<PlaceLink<'s>>,
}

#[derive(Serialize)]
struct PlaceLink<'s> {
    name: &'s str,
    lang: Option<&'static str>,
    /// The page of the row, after `page.base`; `None` if no page shows it.
    url: Option<String>,
    /// Where it is: two units of the map, latitude and longitude.
    at: String,
}
