//! **Datasets** in the site: with their released versions, and in their series.

use std::collections::BTreeMap;

use crate::dataset::{Dataset, NotJoined, STORE, Series, Version};
use crate::diagnostic::{self, Diagnostic, Diagnostics, Message, Place};
use crate::message;
use crate::site::Site;
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
        SeriesEntry { series, datasets: members, table: None }
    };
    series.into_iter().map(entry).collect()
}

/// Adds to `site` the table over all periods of each series. Reports series whose datasets cannot
/// be one table.
pub(super) fn add_series_tables(site: &mut Site, diagnostics: &mut Diagnostics) {
    for number in 0..site.series.len() {
        let entry = &site.series[number];
        let members: Vec<&Dataset> =
            entry.datasets.iter().map(|&member| &site.datasets[member]).collect();
        let series = &entry.series;
        match Dataset::joined(series, &members) {
            None => {}
            Some(Err(reason)) => diagnostics.push(no_table(series, &reason_why(reason))),
            Some(Ok(table)) if site.datasets.iter().any(|other| other.id == table.id) => {
                let id = &table.id;
                let reason = message!(
                    ja: "そのIDになる「{id}」が、ほかのデータセットで使われています",
                    en: "its id would be `{id}`, which is that of another dataset",
                );
                let help = message!(
                    ja: "データセットのフォルダーの名前か、系列のIDを変更してください",
                    en: "rename the folder of the dataset, or change the id of the series",
                );
                diagnostics.push(no_table(series, &(reason, help)));
            }
            Some(Ok(table)) => {
                site.series[number].table = Some(site.datasets.len());
                site.datasets.push(table);
            }
        }
    }
}

fn reason_why(reason: NotJoined) -> (Message, Message) {
    match reason {
        NotJoined::Licences => (
            message!(
                ja: "期間によりライセンスが異なります",
                en: "the licences of the periods differ",
            ),
            message!(
                ja: "同じ条件で利用できる場合は、「dataset.toml」の「licence」をそろえてください",
                en: "if all may be used under the same conditions, use the same `licence` in each `dataset.toml`",
            ),
        ),
        NotJoined::Size => (
            message!(
                ja: "すべての期間を合わせると4GBを超えます",
                en: "all periods together have more than 4 GB",
            ),
            message!(
                ja: "系列を2つに分けると、それぞれに表を作成できます",
                en: "two series of fewer periods would have a table each",
            ),
        ),
        NotJoined::Id => (
            message!(ja: "系列のIDが長すぎます", en: "the id of the series is too long"),
            message!(
                ja: "系列のIDを76文字以内にしてください",
                en: "use an id of at most 76 characters",
            ),
        ),
    }
}

fn no_table(series: &Series, (reason, help): &(Message, Message)) -> Diagnostic {
    let id = &series.id;
    let (ja, en) = (&reason.ja, &reason.en);
    Diagnostic::new(
        &diagnostic::CHECK_SERIES_TABLE,
        series.place.clone(),
        message!(
            ja: "系列「{id}」の全期間の表は作成されません：{ja}",
            en: "the series `{id}` has no table of all periods: {en}",
        ),
    )
    .with_help(help.clone())
}
