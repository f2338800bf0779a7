//! A **series** of datasets on their pages: the other periods of the same data.

use serde::Serialize;

use crate::site::{SeriesEntry, file_paths};

use super::period::period_name;
use crate::html::context::{PageContext, Text};

/// A series with its datasets.
#[derive(Serialize)]
pub(super) struct SeriesView<'s> {
    id: &'s str,
    title: Text<'s>,
    description: Text<'s>,
    /// Its datasets, the earliest period first.
    periods: Vec<PeriodView>,
    /// The table of all periods, if there is one.
    table: Option<PeriodView>,
}

/// A period of a series, or all of them.
#[derive(Serialize)]
struct PeriodView {
    url: String,
    name: String,
    /// Is it the dataset that the page is about?
    here: bool,
}

/// The series of the dataset `index`, where it is in one or is the table of one.
pub(super) fn of_dataset<'s>(context: &PageContext<'s>, index: usize) -> Option<SeriesView<'s>> {
    let is_table = |entry: &&SeriesEntry| entry.table == Some(index);
    let of_period = context.site.series_of(index).map(|(entry, _)| entry);
    let entry = of_period.or_else(|| context.site.series.iter().find(is_table))?;
    Some(view(context, entry, Some(index)))
}

/// Every series that has datasets.
pub(super) fn all<'s>(context: &PageContext<'s>) -> Vec<SeriesView<'s>> {
    let series = context.site.series.iter().filter(|entry| !entry.datasets.is_empty());
    series.map(|entry| view(context, entry, None)).collect()
}

fn view<'s>(
    context: &PageContext<'s>,
    entry: &'s SeriesEntry,
    here: Option<usize>,
) -> SeriesView<'s> {
    let period = |&index: &usize| {
        let dataset = &context.site.datasets[index];
        PeriodView {
            url: file_paths::dataset_page(dataset.id.as_str()),
            name: period_name(context, dataset),
            here: here == Some(index),
        }
    };
    SeriesView {
        id: entry.series.id.as_str(),
        title: context.text(&entry.series.title),
        description: context.text(&entry.series.description),
        periods: entry.datasets.iter().map(period).collect(),
        table: entry
            .table
            .as_ref()
            .map(|table| PeriodView { name: context.word("every_period"), ..period(table) }),
    }
}
