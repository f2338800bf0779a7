//! The **other** pages: home, search, free pages, 404, and the addresses of what has moved.

use std::cmp::Reverse;

use minijinja::value::Value;

use crate::site::file_paths;

use super::View;
use super::shared::{MeasureItem, Shared, value};

/// Newest results on the home page.
const NEWEST: usize = 6;

pub(super) fn home(shared: &Shared<'_>) -> View {
    let site = shared.site;
    let years: Vec<Value> = site
        .years
        .iter()
        .map(|year| {
            minijinja::context! {
                url => format!("years/{}.html", year.fiscal_year),
                name => year.fiscal_year.long(shared.language),
                total => year.measures.len(),
                shares => value(&shared.shares(&year.counts)),
            }
        })
        .collect();
    // The year to show first is the last one of which anything is known.
    let not_yet = site.ratings.len().saturating_sub(1);
    let shown = site
        .years
        .iter()
        .position(|year| year.counts.iter().any(|c| c.rating != not_yet && c.count > 0))
        .unwrap_or(0);
    let mut newest: Vec<usize> =
        (0..site.measures.len()).filter(|&index| site.measures[index].result.is_some()).collect();
    newest.sort_by_key(|&index| (Reverse(site.measures[index].last_change()), index));
    let newest: Vec<MeasureItem<'_>> =
        newest.into_iter().take(NEWEST).map(|index| shared.measure_item(index)).collect();
    let departments: Vec<Value> = site
        .departments
        .iter()
        .enumerate()
        .filter(|(_, entry)| entry.department.valid_to.is_none())
        .map(|(index, _)| shared.departments[index].clone())
        .collect();
    let datasets: Vec<Value> = site
        .datasets
        .iter()
        .map(|dataset| {
            minijinja::context! {
                url => file_paths::dataset_page(dataset.id.as_str()),
                name => value(&shared.text(&dataset.title)),
            }
        })
        .collect();
    View {
        title: site.config.title.get(shared.language).to_owned(),
        description: site.config.description.as_ref().map(|d| d.get(shared.language).to_owned()),
        breadcrumbs: Vec::new(),
        value: minijinja::context! {
            shown => years.get(shown).cloned(),
            years => years,
            newest => value(&newest),
            departments => departments,
            topics => shared.topics.clone(),
            ratings => shared.ratings.clone(),
            datasets => datasets,
            measure_count => site.measures.len(),
            dataset_count => site.datasets.len(),
        },
    }
}

pub(super) fn search(shared: &Shared<'_>) -> View {
    let years: Vec<Value> = shared
        .site
        .years
        .iter()
        .map(|year| {
            minijinja::context! {
                url => format!("years/{}.html", year.fiscal_year),
                name => year.fiscal_year.long(shared.language),
            }
        })
        .collect();
    View {
        title: shared.word("search"),
        description: Some(shared.word("search_lead")),
        breadcrumbs: Vec::new(),
        value: minijinja::context! {
            departments => shared.departments.clone(),
            topics => shared.topics.clone(),
            years => years,
            offline => shared.site.config.offline_search,
        },
    }
}

pub(super) fn not_found(shared: &Shared<'_>) -> View {
    View {
        title: shared.word("not_found"),
        description: None,
        breadcrumbs: Vec::new(),
        value: Value::from(()),
    }
}

pub(super) fn free(shared: &Shared<'_>, index: usize) -> View {
    let page = &shared.site.pages[index];
    let lang = (page.language != shared.language).then(|| page.language.tag());
    let body = crate::markdown::to_html(&page.body, 2);
    View {
        title: page.title.clone(),
        description: page.description.clone(),
        breadcrumbs: Vec::new(),
        value: minijinja::context! {
            heading => page.title.clone(),
            lang => lang,
            body => Value::from_safe_string(body),
            updated => shared.date(page.updated),
        },
    }
}

pub(super) fn redirect(shared: &Shared<'_>, index: usize) -> View {
    let redirect = &shared.site.redirects[index];
    let depth = redirect.from.matches('/').count();
    let target = redirect.to.as_ref().map(|to| format!("{}{}.html", "../".repeat(depth), to.value));
    let word = if target.is_some() { "moved" } else { "removed" };
    View {
        title: shared.word(word),
        description: None,
        breadcrumbs: Vec::new(),
        value: minijinja::context! {
            target => target,
            date => shared.date(redirect.date),
            note => redirect.note.clone(),
        },
    }
}
