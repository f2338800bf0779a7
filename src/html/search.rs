//! The **search** page, with lists of departments, topics and years for readers without scripts.
//!
//! Not in here: the index (`crate::search`), and the client that asks it (the theme).

use std::cmp::Reverse;

use minijinja::value::Value;

use crate::site::file_paths;

use super::PageView;
use super::context::PageContext;

/// Most departments and topics that are named; there are links to the lists of all.
const DEPARTMENTS: usize = 24;
const TOPICS: usize = 24;

/// The search page. It names the departments and topics, and all years.
pub(super) fn search(context: &PageContext<'_>) -> PageView {
    let years: Vec<Value> = context
        .site
        .years
        .iter()
        .map(|year| {
            minijinja::context! {
                url => file_paths::year_page(year.fiscal_year),
                name => year.fiscal_year.long(context.language),
            }
        })
        .collect();
    let (departments, more_departments) = departments(context);
    let (topics, more_topics) = topics(context);
    PageView {
        title: context.word("search"),
        description: Some(context.word("search_lead")),
        breadcrumbs: Vec::new(),
        value: minijinja::context! {
            departments => departments,
            more_departments => more_departments,
            topics => topics,
            more_topics => more_topics,
            years => years,
            offline => context.site.config.offline_search,
        },
    }
}

/// Links to the departments that have not been dissolved, and whether any were left out. If there
/// are more than `DEPARTMENTS`, only those at the top are named, and at most so many.
fn departments(context: &PageContext<'_>) -> (Vec<Value>, bool) {
    let all = context.site.departments.iter().zip(context.departments.iter());
    let present: Vec<_> = all.filter(|(entry, _)| entry.department.valid_to.is_none()).collect();
    let many = present.len() > DEPARTMENTS;
    let shown = present.iter().filter(|(entry, _)| !many || entry.parent.is_none());
    let links: Vec<Value> = shown.take(DEPARTMENTS).map(|(_, link)| (*link).clone()).collect();
    let left_out = links.len() < present.len();
    (links, left_out)
}

/// Links to the `TOPICS` topics with the most measures, in the order of the site, and whether any
/// were left out.
fn topics(context: &PageContext<'_>) -> (Vec<Value>, bool) {
    let mut chosen: Vec<usize> = (0..context.topics.len()).collect();
    chosen.sort_by_key(|&topic| Reverse(context.site.topics[topic].measures.len()));
    chosen.truncate(TOPICS);
    chosen.sort_unstable();
    let left_out = chosen.len() < context.topics.len();
    (chosen.into_iter().map(|topic| context.topics[topic].clone()).collect(), left_out)
}
