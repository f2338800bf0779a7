//! The **ground** of a map of places: areas that lie around them, if the site has some.

use std::sync::Arc;

use crate::map::{Areas, LonLat, MapFrame, Outlines};
use crate::site::Site;

/// The part of a ground's width that its places must at least take: the whole country says nothing
/// about the places of a city.
const LEAST: f64 = 0.12;

/// The areas that show all `places` on the largest scale, with their outlines.
pub(super) fn ground<'s>(site: &'s Site, places: &[LonLat]) -> Option<(&'s Areas, Arc<Outlines>)> {
    let all = site.areas.iter().map(|areas| (&**areas, areas.outlines()));
    let shown = all.filter(|(_, outlines)| {
        let frame = &outlines.frame;
        let spread = spread(frame, places);
        places.iter().all(|&place| frame.shows(place)) && spread >= LEAST * crate::map::SIDE
    });
    shown.min_by(|(_, one), (_, other)| {
        let scale = |outlines: &Outlines| outlines.frame.round_length().0;
        scale(one).total_cmp(&scale(other))
    })
}

/// How far `places` are from each other on the map, in the wider of its two directions.
fn spread(frame: &MapFrame, places: &[LonLat]) -> f64 {
    let placed: Vec<[f64; 2]> = places.iter().map(|&place| frame.place(place)).collect();
    let along = |axis: usize| {
        let most = placed.iter().map(|place| place[axis]).fold(f64::MIN, f64::max);
        let least = placed.iter().map(|place| place[axis]).fold(f64::MAX, f64::min);
        most - least
    };
    along(0).max(along(1))
}
