//! Checks **series** of datasets: the series exists, each of its datasets has a complete period
//! that overlaps no other, all have the same columns, and no two the same rows.

use crate::dataset::{Dataset, Period};
use crate::diagnostic::{self, Diagnostic, Diagnostics, Message};
use crate::message;
use crate::site::Site;
use crate::text::nearest;

/// Applies all rules about series.
pub(super) fn series(site: &Site, diagnostics: &mut Diagnostics) {
    unknown(site, diagnostics);
    for entry in &site.series {
        let members: Vec<&Dataset> =
            entry.datasets.iter().map(|&index| &site.datasets[index]).collect();
        for dataset in &members {
            if whole_period(dataset).is_none() {
                diagnostics.push(without_period(dataset));
            }
        }
        for pair in members.windows(2) {
            let (earlier, later) = (pair[0], pair[1]);
            let periods = whole_period(earlier).zip(whole_period(later));
            if periods.is_some_and(|((_, end), (start, _))| start <= end) {
                diagnostics.push(overlap(earlier, later));
            }
            diagnostics.extend(other_columns(earlier, later));
            diagnostics.extend(same_rows(earlier, later));
        }
    }
}

/// Reports datasets that name an unknown series. Checks nothing if the table of series has errors.
fn unknown(site: &Site, diagnostics: &mut Diagnostics) {
    if diagnostics.paths_with_errors().iter().any(|path| path.starts_with("content/series.")) {
        return;
    }
    let known = || site.series.iter().map(|entry| entry.series.id.as_str());
    for named in site.datasets.iter().filter_map(|dataset| dataset.series.as_ref()) {
        let id = &named.value;
        if known().any(|known| known == id.as_str()) {
            continue;
        }
        let problem = Diagnostic::new(
            &diagnostic::POLICY_UNKNOWN_ID,
            named.place.clone(),
            message!(ja: "「{id}」という系列はありません", en: "there is no series `{id}`"),
        );
        diagnostics.push(problem.with_help(match nearest(id.as_str(), known()) {
            Some(near) => Message::did_you_mean(near),
            None => message!(
                ja: "「content/series.csv」に、系列のID・名称・説明の行を追加してください",
                en: "add a row with the id, title and description of the series to `content/series.csv`",
            ),
        }));
    }
}

/// The first and last day of the dataset's period, if both are known.
fn whole_period(dataset: &Dataset) -> Option<(crate::calendar::Date, crate::calendar::Date)> {
    let Period { start, end } = dataset.period?;
    start.zip(end)
}

fn without_period(dataset: &Dataset) -> Diagnostic {
    let place = dataset.series.as_ref().map_or(&dataset.place, |named| &named.place);
    Diagnostic::new(
        &diagnostic::CHECK_SERIES,
        place.clone(),
        message!(
            ja: "系列に含まれるデータセットに、対象期間の開始日と終了日がそろっていません",
            en: "a dataset in a series needs a period with a start and an end",
        ),
    )
    .with_help(message!(
        ja: "「period = {{ start = 2023-04-01, end = 2024-03-31 }}」のように記入してください",
        en: "add it, for example `period = {{ start = 2023-04-01, end = 2024-03-31 }}`",
    ))
}

fn overlap(earlier: &Dataset, later: &Dataset) -> Diagnostic {
    let place = |dataset: &Dataset| {
        let named = dataset.series.as_ref();
        named.map_or(&dataset.place, |named| &named.place).clone()
    };
    let id = &earlier.id;
    Diagnostic::new(
        &diagnostic::CHECK_SERIES,
        place(later),
        message!(
            ja: "対象期間が、同じ系列の「{id}」と重なっています",
            en: "the period overlaps that of `{id}` in the same series",
        ),
    )
    .with_help(message!(
        ja: "「period」（対象期間）を訂正してください。同じ期間のデータを訂正する場合は、「kawaraban release」で新しい版を作成してください",
        en: "correct `period`; to publish corrected data for the same period, make a new version with `kawaraban release`",
    ))
    .with_related(place(earlier), message!(ja: "重なっている期間", en: "the other period"))
}

/// A warning if `later` has the rows of `earlier`: its file is probably that of the other period.
fn same_rows(earlier: &Dataset, later: &Dataset) -> Option<Diagnostic> {
    let same = earlier.rows.len() == later.rows.len()
        && earlier.columns.len() == later.columns.len()
        && earlier.rows.iter().zip(later.rows.iter()).all(|(one, other)| one.eq(other));
    if !same || later.rows.is_empty() {
        return None;
    }
    let id = &earlier.id;
    let problem = Diagnostic::new(
        &diagnostic::CHECK_SAME_DATA,
        later.place.clone(),
        message!(
            ja: "データの内容が、同じ系列の前の期間の「{id}」とすべて同じです",
            en: "all rows are those of `{id}`, the period before in the same series",
        ),
    );
    Some(problem.with_help(message!(
        ja: "前の期間のファイルを置いていないか確かめてください",
        en: "check that the file is not that of the period before",
    )))
}

/// A warning if the names or the definitions of the columns of `later` differ from those of
/// `earlier`.
fn other_columns(earlier: &Dataset, later: &Dataset) -> Option<Diagnostic> {
    let definition = |dataset: &Dataset| -> Vec<String> {
        let columns = dataset.columns.iter();
        columns.map(|column| format!("{} {}", column.name, column.definition())).collect()
    };
    let (before, after) = (definition(earlier), definition(later));
    let added: Vec<String> = (after.iter().filter(|column| !before.contains(column)))
        .map(|column| format!("+ {column}"))
        .collect();
    let removed = before.iter().filter(|column| !after.contains(column));
    let changes: Vec<String> =
        added.into_iter().chain(removed.map(|column| format!("- {column}"))).collect();
    if changes.is_empty() {
        return None;
    }
    let (id, list) = (&earlier.id, changes.join(", "));
    let problem = Diagnostic::new(
        &diagnostic::CHECK_SERIES_COLUMNS,
        later.place.clone(),
        message!(
            ja: "列が、同じ系列の「{id}」と異なります：{list}",
            en: "the columns differ from those of `{id}` in the same series: {list}",
        ),
    );
    Some(problem.with_help(message!(
        ja: "列をそろえてください。変更した理由がある場合は、「description」（説明）に記入してください",
        en: "use the same columns in both; if the change is intended, explain it in `description`",
    )))
}
