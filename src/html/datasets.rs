//! Pages of **datasets**: the list of all, the page of each, its rows, and its versions.
//!
//! Not in here: the files that people download (`catalog`).

mod background;
mod dataset;
mod dictionary;
mod files;
mod first_view;
mod naming;
mod period;
mod profiles;
mod rows;
mod series;
mod snippets;
mod version;
mod versions;

pub(super) use dataset::{attributed, dataset};
pub(super) use naming::name_column;
pub(super) use profiles::profiles;
pub(super) use rows::{rows, shown_cell};
pub(super) use version::version;

use minijinja::value::Value;
use serde::Serialize;

use crate::dataset::Dataset;
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

/// Datasets of one topic, or those of none.
#[derive(Serialize)]
pub(super) struct DatasetGroup<'s> {
    id: String,
    /// `None` if there is only one group, which needs no heading.
    title: Option<OwnText>,
    items: Vec<DatasetItem<'s>>,
}

/// Every dataset under its first topic, in the order of the topics; then those without a topic, and
/// last the tables that are made from the rest of the content.
pub(super) fn by_topic<'s>(context: &PageContext<'s>) -> Vec<DatasetGroup<'s>> {
    let site = context.site;
    let item = |dataset: &'s Dataset| DatasetItem {
        url: file_paths::dataset_page(dataset.id.as_str()),
        title: context.text(&dataset.title),
        summary: context.summary(&dataset.description, 120),
        rows: dataset.rows.len(),
        updated: context.date(dataset.changed()),
        built_in: dataset.built_in,
    };
    let group = |id: String, title: OwnText, is_in: &dyn Fn(&Dataset) -> bool| DatasetGroup {
        id,
        title: Some(title),
        items: site.datasets.iter().filter(|dataset| is_in(dataset)).map(item).collect(),
    };
    let topic_of = |dataset: &Dataset| site.topics_of(dataset).first().copied();
    let mut groups: Vec<DatasetGroup<'s>> = (site.topics.iter().enumerate())
        .map(|(topic, entry)| {
            let is_in = |one: &Dataset| !one.built_in && topic_of(one) == Some(topic);
            group(format!("topic-{}", entry.topic.id), context.own_text(&entry.topic.name), &is_in)
        })
        .collect();
    let word = |key: &str| OwnText { text: context.word(key), lang: None };
    let others = if groups.iter().any(|g| !g.items.is_empty()) { "data_other" } else { "data" };
    groups.push(group("other-data".to_owned(), word(others), &|one: &Dataset| {
        !one.built_in && topic_of(one).is_none()
    }));
    groups.push(group(BUILT_IN.to_owned(), word("data_built_in"), &|one: &Dataset| one.built_in));
    groups.retain(|group| !group.items.is_empty());
    if let [only] = groups.as_mut_slice() {
        only.title = None;
    }
    groups
}

/// The groups without the tables that are made from the rest of the content.
pub(super) fn of_the_city<'s>(context: &PageContext<'s>) -> Vec<DatasetGroup<'s>> {
    let mut groups = by_topic(context);
    groups.retain(|group| group.id != BUILT_IN);
    groups
}

/// Id of the group of tables that are made from the rest of the content.
const BUILT_IN: &str = "built-in";

/// Number of datasets from which a list has a filter.
const FILTER_FROM: usize = 20;

/// The page that lists all datasets and series, with the file that bundles every table.
pub(super) fn datasets(context: &PageContext<'_>) -> PageView {
    PageView {
        title: context.word("data"),
        description: Some(context.word("data_lead")),
        breadcrumbs: Vec::new(),
        value: minijinja::context! {
            groups => value(&by_topic(context)),
            has_filter => context.site.datasets.len() >= FILTER_FROM,
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
