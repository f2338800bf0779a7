//! Pages of **datasets**: the list of all, the page of each, its rows, and its versions.
//!
//! Not in here: the files that people download (`catalog`).

mod dataset;
mod dictionary;
mod files;
mod period;
mod profiles;
mod rows;
mod series;
mod snippets;
mod version;
mod versions;

pub(super) use dataset::dataset;
pub(super) use profiles::profiles;
pub(super) use rows::rows;
pub(super) use version::version;

use minijinja::value::Value;
use serde::Serialize;

use crate::site::file_paths;

use super::PageView;
use super::context::{OwnText, PageContext, Text, value};
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

/// The page that lists all datasets and series, with the file that bundles every table.
pub(super) fn datasets(context: &PageContext<'_>) -> PageView {
    let items: Vec<DatasetItem<'_>> = context
        .site
        .datasets
        .iter()
        .map(|dataset| DatasetItem {
            url: file_paths::dataset_page(dataset.id.as_str()),
            title: context.text(&dataset.title),
            summary: context.summary(&dataset.description, 120),
            rows: dataset.rows.len(),
            updated: context.date(dataset.changed()),
            built_in: dataset.built_in,
        })
        .collect();
    PageView {
        title: context.word("data"),
        description: Some(context.word("data_lead")),
        breadcrumbs: Vec::new(),
        value: minijinja::context! {
            items => value(&items),
            series => value(&series::all(context)),
            bundle => value(&bundle(context)),
        },
    }
}

/// Path and size of the file that bundles every table; `None` if it was not made.
fn bundle(context: &PageContext<'_>) -> Option<Value> {
    let facts = context.facts.facts(file_paths::SITE_BUNDLE)?;
    Some(minijinja::context! { path => file_paths::SITE_BUNDLE, size => size(facts.bytes) })
}
