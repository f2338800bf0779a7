//! **Series** in DCAT, which link datasets of consecutive periods.

use serde_json::{Value, json};

use crate::calendar::Date;
use crate::dataset::{Dataset, Period};
use crate::site::{SeriesEntry, Site, file_paths};

use super::{contact_of_site, day, node, publisher, texts, time};

/// Adds the series of the dataset `index` and its neighbours in the series to its node `value`; to
/// that of a table of all periods, the datasets that it was made from. The node of the first
/// dataset in a series also contains the description of the series.
pub(super) fn add(site: &Site, index: usize, value: &mut Value) {
    if let Some(entry) = site.series.iter().find(|entry| entry.table == Some(index)) {
        // No member of the series: its rows are those of the members.
        let member = |&member: &usize| json!({ "@id": node(site, &site.datasets[member]) });
        value["dct:source"] = entry.datasets.iter().map(member).collect();
    }
    let Some((entry, place)) = site.series_of(index) else { return };
    let neighbour = |place: Option<usize>| {
        let member = entry.datasets.get(place?)?;
        Some(json!({ "@id": node(site, &site.datasets[*member]) }))
    };
    value["dcat:inSeries"] = match place {
        0 => described(site, entry),
        _ => json!({ "@id": address(site, entry), "@type": "dcat:DatasetSeries" }),
    };
    if let Some(before) = neighbour(place.checked_sub(1)) {
        value["dcat:prev"] = before;
    }
    if let Some(after) = neighbour(Some(place + 1)) {
        value["dcat:next"] = after;
    }
}

fn address(site: &Site, entry: &SeriesEntry) -> String {
    site.config.base_url.join(&file_paths::series(&entry.series))
}

/// The node of a series with its datasets. The period is that of all datasets together; the dates
/// are the first publication and the last change among them.
fn described(site: &Site, entry: &SeriesEntry) -> Value {
    let members: Vec<&Dataset> =
        entry.datasets.iter().map(|&index| &site.datasets[index]).collect();
    let named = |dataset: &&Dataset| json!({ "@id": node(site, dataset) });
    let mut series = json!({
        "@id": address(site, entry),
        "@type": "dcat:DatasetSeries",
        "dct:title": texts(site, &entry.series.title),
        "dct:description": texts(site, &entry.series.description),
        "dct:publisher": publisher(site),
        "dcat:first": members.first().map(named),
        "dcat:last": members.last().map(named),
        "dcat:seriesMember": members.iter().map(named).collect::<Vec<_>>(),
    });
    let end = |pick: fn(&Period) -> Option<Date>| {
        members.iter().filter_map(move |dataset| dataset.period.as_ref().and_then(pick))
    };
    let period =
        Period { start: end(|period| period.start).min(), end: end(|period| period.end).max() };
    let id = format!("{}-period", address(site, entry));
    series["dct:temporal"] = time(&id, period);
    if let Some(issued) = members.iter().filter_map(|dataset| dataset.published).min() {
        series["dct:issued"] = day(&issued.to_string());
    }
    if let Some(modified) = members.iter().filter_map(|dataset| dataset.changed()).max() {
        series["dct:modified"] = day(&modified.to_string());
    }
    if let Some(asked) = contact_of_site(site) {
        series["dcat:contactPoint"] = asked;
    }
    series
}
