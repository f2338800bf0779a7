//! The **versions** of a dataset as a list on its page, each with how much changed.
//!
//! Not in here: the page of one version (`version`).

use serde::Serialize;

use crate::dataset::{Dataset, HistoryStep};
use crate::html::context::{PageContext, Text};
use crate::site::file_paths;

/// A version in the list on its dataset's page.
#[derive(Serialize)]
pub(super) struct VersionItem<'s> {
    pub url: String,
    /// `None` for the current state, which is not released.
    pub name: Option<&'s str>,
    pub date: Option<String>,
    pub note: Option<Text<'s>>,
    pub rows: usize,
    /// Changes since the version before; `None` for the first version.
    pub counts: Option<StepCounts>,
}

/// The number of rows that were added, removed and changed, and of columns that changed.
#[derive(Serialize)]
pub(super) struct StepCounts {
    added: usize,
    removed: usize,
    changed: usize,
    columns: usize,
    none: bool,
}

impl StepCounts {
    pub fn of(step: HistoryStep<'_>) -> Self {
        let difference = step.difference;
        Self {
            added: difference.rows_added.len(),
            removed: difference.rows_removed.len(),
            changed: difference.rows_changed.len(),
            columns: difference.columns_added.len()
                + difference.columns_removed.len()
                + difference.columns_changed.len(),
            none: difference.is_empty(),
        }
    }
}

/// The states of `dataset`, newest first: the current state if it differs from the newest version,
/// then the versions.
pub(super) fn items<'s>(context: &PageContext<'s>, dataset: &'s Dataset) -> Vec<VersionItem<'s>> {
    let newest = dataset.versions.len();
    let unreleased = dataset.unreleased.as_ref().is_some_and(|difference| !difference.is_empty());
    let numbers = (0..newest).rev();
    let now = unreleased.then_some(newest);
    now.into_iter().chain(numbers).map(|number| item(context, dataset, number)).collect()
}

/// The version `number` of `dataset`, oldest first; the number after the last version is the
/// current state.
pub(super) fn item<'s>(
    context: &PageContext<'s>,
    dataset: &'s Dataset,
    number: usize,
) -> VersionItem<'s> {
    let state = dataset.state(number);
    let version = dataset.versions.get(number);
    VersionItem {
        url: file_paths::version_page(state),
        name: state.version.as_ref().map(|name| name.as_str()),
        date: context.date(state.changed()),
        note: version.and_then(|version| version.note.as_ref()).map(|note| context.text(note)),
        rows: state.rows.len(),
        counts: dataset.step(number).map(StepCounts::of),
    }
}
