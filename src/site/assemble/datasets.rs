//! **Datasets** in the site: with what was released of them, and in their series.

use std::collections::BTreeMap;

use crate::dataset::{Dataset, STORE, Series, Version};
use crate::diagnostic::{self, Diagnostic, Diagnostics, Place};
use crate::message;
use crate::site::entries::SeriesEntry;
use crate::text::Id;

use super::positions;

/// Gives every dataset what was released of it. Versions without their dataset are reported: what was published stays.
pub(super) fn with_versions(
    datasets: Vec<Dataset>,
    mut versions: BTreeMap<Id, Vec<Version>>,
    diagnostics: &mut Diagnostics,
) -> Vec<Dataset> {
    let take = |dataset: Dataset| match versions.remove(&dataset.id) {
        Some(versions) => dataset.with_versions(versions),
        None => dataset,
    };
    let datasets = datasets.into_iter().map(take).collect();
    for (id, versions) in &versions {
        // A dataset with an error of its own has been left out; that is reported.
        if diagnostics.has_errors_in(&format!("content/datasets/{id}")) {
            continue;
        }
        let folder = format!("{}{id}", STORE);
        let count = versions.len();
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::VERSION_NO_DATASET,
                Place::file(folder.as_str()),
                message!(
                    ja: "データセット `{id}` がないのに、リリースした版が {count} つある",
                    en: "there is no dataset `{id}`, but {count} released versions of it",
                ),
            )
            .with_help(message!(
                ja: "公開した版は残る。`content/datasets/{id}` を元に戻す（下書きにもしない）。取り下げるときは `{folder}` も消し、`redirects.csv` で知らせる",
                en: "what was published stays: bring back `content/datasets/{id}`, and not as a draft; to withdraw it, remove `{folder}` too and say so in `redirects.csv`",
            )),
        );
    }
    datasets
}

/// Each series with its datasets, the earliest period first; those without period, which `check` reports, come before all.
pub(super) fn series_entries(series: Vec<Series>, datasets: &[Dataset]) -> Vec<SeriesEntry> {
    let entry = |series: Series| {
        let is_of = |dataset: &Dataset| {
            dataset.series.as_ref().is_some_and(|named| named.value == series.id)
        };
        let mut members = positions(datasets, is_of);
        members.sort_by_key(|&member| datasets[member].period.and_then(|period| period.start));
        SeriesEntry { series, datasets: members }
    };
    series.into_iter().map(entry).collect()
}
