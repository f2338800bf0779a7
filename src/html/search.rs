//! The **search** page, with lists of departments, topics and years for readers without scripts.
//!
//! Not in here: the index (`crate::search`), and the client that asks it (the theme).

use minijinja::value::Value;

use crate::site::file_paths;

use super::PageView;
use super::context::PageContext;
use super::home;

/// The search page. It names the same departments and topics as the home page, and all years.
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
    let (departments, more_departments) = home::departments(context);
    let (topics, more_topics) = home::topics(context);
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
