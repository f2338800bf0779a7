//! The pages of **topics**: the list of all, and the page of one with its measures.

use crate::site::{PageKind, TopicEntry};

use super::PageView;
use super::context::{PageContext, value};
use super::list::{
    LIST_LENGTH, ListView, OverviewItem, groups, overview, single, years_to_compare,
};
use super::money;

pub(super) fn topics(context: &PageContext<'_>) -> PageView {
    let item = |(index, entry): (usize, &TopicEntry)| OverviewItem {
        link: context.topics[index].clone(),
        year: None,
        note: None,
        count: entry.measures.len(),
        score: context.score(&entry.counts),
    };
    let items: Vec<OverviewItem> = context.site.topics.iter().enumerate().map(item).collect();
    overview(context, "topics", minijinja::context! { items => value(&items) })
}

/// The page of the topic `index` with its measures by year.
pub(super) fn topic(context: &PageContext<'_>, index: usize) -> PageView {
    let entry = &context.site.topics[index];
    let view = ListView {
        heading: context.text(&entry.topic.name),
        lead: None,
        score: context.score(&entry.counts),
        years: years_to_compare(context, &entry.measures),
        groups: groups(context, &entry.measures),
        cut: entry.measures.len() > LIST_LENGTH,
        filter: format!("topic={}", entry.topic.id),
        rating: None,
        scale: Vec::new(),
        policies: Vec::new(),
        money: money::of_measures(context, &entry.measures),
        missed: None,
        comparison: None,
    };
    single(
        context,
        ("topics", PageKind::Topics),
        entry.topic.name.get(context.language).to_owned(),
        value(&view),
    )
}
