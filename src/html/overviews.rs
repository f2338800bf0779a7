//! The **other** pages: search, free pages, 404, and the addresses of what has moved.

use minijinja::value::Value;

use super::View;
use super::home;
use super::shared::Shared;

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
    let (departments, more_departments) = home::departments(shared);
    let (topics, more_topics) = home::topics(shared);
    View {
        title: shared.word("search"),
        description: Some(shared.word("search_lead")),
        breadcrumbs: Vec::new(),
        value: minijinja::context! {
            departments => departments,
            more_departments => more_departments,
            topics => topics,
            more_topics => more_topics,
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
