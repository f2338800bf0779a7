//! A **series** of datasets on their pages: the other periods of the same data.

use serde::Serialize;

use crate::calendar::FiscalYear;
use crate::dataset::Dataset;
use crate::site::{SeriesEntry, file_paths};

use super::datasets::period;
use super::shared::{Shared, Text};

/// A series with its datasets.
#[derive(Serialize)]
pub(super) struct SeriesView<'s> {
    id: &'s str,
    title: Text<'s>,
    description: Text<'s>,
    /// The earliest first.
    periods: Vec<PeriodView>,
}

/// A period of a series.
#[derive(Serialize)]
struct PeriodView {
    url: String,
    name: String,
    /// Is it the dataset that the page is about?
    here: bool,
}

/// The series of the dataset `index`, where it is in one.
pub(super) fn of_dataset<'s>(shared: &Shared<'s>, index: usize) -> Option<SeriesView<'s>> {
    let (entry, _) = shared.site.series_of(index)?;
    Some(view(shared, entry, Some(index)))
}

/// Every series that has datasets.
pub(super) fn all<'s>(shared: &Shared<'s>) -> Vec<SeriesView<'s>> {
    let series = shared.site.series.iter().filter(|entry| !entry.datasets.is_empty());
    series.map(|entry| view(shared, entry, None)).collect()
}

fn view<'s>(shared: &Shared<'s>, entry: &'s SeriesEntry, here: Option<usize>) -> SeriesView<'s> {
    let period = |&index: &usize| {
        let dataset = &shared.site.datasets[index];
        PeriodView {
            url: file_paths::dataset_page(dataset.id.as_str()),
            name: called(shared, dataset),
            here: here == Some(index),
        }
    };
    SeriesView {
        id: entry.series.id.as_str(),
        title: shared.text(&entry.series.title),
        description: shared.text(&entry.series.description),
        periods: entry.datasets.iter().map(period).collect(),
    }
}

/// A period as people call it: a fiscal year, or from which day to which.
fn called(shared: &Shared<'_>, dataset: &Dataset) -> String {
    let ends = dataset.period.and_then(|period| period.start.zip(period.end));
    let year = ends.map(|(start, end)| (FiscalYear::of(start), start, end));
    match year {
        Some((year, start, end)) if year.start() == start && year.end() == end => {
            year.long(shared.language)
        }
        _ => period(shared, dataset).unwrap_or_default(),
    }
}
