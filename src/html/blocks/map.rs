//! The drawing of a **map** in a text.
//!
//! Not in here: its figures or places as a table (`rows`).

use crate::html::context::{OwnText, PageContext};
use crate::html::map::{MapView, Shown, areas, places};
use crate::site::{MapBlock, MapContent};

/// The drawing of `map`, whose elements have ids that begin with `id`.
pub(super) fn drawn<'s>(
    context: &PageContext<'s>,
    map: &'s MapBlock,
    id: &str,
    title: &OwnText,
) -> Option<MapView<'s>> {
    match (&map.content, map.areas) {
        (MapContent::Areas(shown), Some(file)) => {
            let unit = context.site.datasets[map.dataset].columns[shown.value].said_unit();
            Some(areas(context, shown, (file, unit), id, title))
        }
        (MapContent::Places(rows), areas) => {
            places(context, &Shown { dataset: map.dataset, rows, areas }, id)
        }
        _ => None,
    }
}
