//! **Datasets** in the site: with their released versions, and in their series.

use std::collections::BTreeMap;

use crate::dataset::{Dataset, STORE, Series, Version};
use crate::diagnostic::{self, Diagnostic, Diagnostics, Place};
use crate::message;
use crate::site::entries::SeriesEntry;
use crate::text::Id;

use super::positions;

/// Gives every dataset its released versions. Reports versions whose dataset is missing: released
/// versions must stay published.
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
        // A dataset with an error of its own has been left out, and the error is reported.
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
                    ja: "データセット「{id}」がありませんが、公開した版が{count}件あります",
                    en: "{count} released versions belong to `{id}`, which is not a dataset",
                ),
            )
            .with_help(message!(
                ja: "公開した版は公開を続けます。「content/datasets/{id}」を元に戻してください（下書きにはできません）。公開を取りやめる場合は、「{folder}」も削除し、「redirects.csv」に記入してください",
                en: "released versions stay published: restore `content/datasets/{id}`, and not as a draft; to withdraw the dataset, delete `{folder}` too and announce it in `redirects.csv`",
            )),
        );
    }
    datasets
}

/// Each series with its datasets, the earliest period first. Datasets without a period, which
/// `check` reports, come first.
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
