//! Pages of **datasets**: the list of all, the page of each, and its rows.
//!
//! Not in here: released versions (`versions`), series (`series`), how values spread (`profiles`), and the code that
//! reads the files (`snippets`).

mod dataset;
mod dictionary;
mod files;
mod rows;

pub(super) use dataset::{attribution, dataset, period};
pub(super) use dictionary::{ColumnView, column_view, column_views};
pub(super) use files::{FileView, file_view, files};
pub(super) use rows::{Cell, cells, rows, shortened};

use minijinja::value::Value;
use serde::Serialize;

use crate::site::file_paths;

use super::shared::{OwnText, Shared, Text, value};
use super::{View, series};
use files::size;

#[derive(Serialize)]
struct DatasetItem<'s> {
    url: String,
    title: Text<'s>,
    summary: OwnText,
    rows: usize,
    updated: Option<String>,
    built_in: bool,
}

pub(super) fn datasets(shared: &Shared<'_>) -> View {
    let items: Vec<DatasetItem<'_>> = shared
        .site
        .datasets
        .iter()
        .map(|dataset| DatasetItem {
            url: file_paths::dataset_page(dataset.id.as_str()),
            title: shared.text(&dataset.title),
            summary: shared.summary(&dataset.description, 120),
            rows: dataset.rows.len(),
            updated: shared.date(dataset.changed()),
            built_in: dataset.built_in,
        })
        .collect();
    View {
        title: shared.word("data"),
        description: Some(shared.word("data_lead")),
        breadcrumbs: Vec::new(),
        value: minijinja::context! {
            items => value(&items),
            series => value(&series::all(shared)),
            bundle => value(&bundle(shared)),
        },
    }
}

/// Every table in one file.
fn bundle(shared: &Shared<'_>) -> Option<Value> {
    let facts = shared.facts.get(file_paths::SITE_BUNDLE)?;
    Some(minijinja::context! { path => file_paths::SITE_BUNDLE, size => size(facts.bytes) })
}
