//! The **other** pages: free pages, the page of an unknown address, and the addresses of what has
//! moved.

use std::borrow::Cow;

use minijinja::value::Value;

use crate::markdown::to_html;

use crate::site::file_paths;

use super::PageView;
use super::context::{PageContext, value};

pub(super) fn not_found(context: &PageContext<'_>) -> PageView {
    PageView {
        title: context.word("not_found"),
        description: None,
        breadcrumbs: Vec::new(),
        value: Value::from(()),
    }
}

/// The template of a free page: the one that it chooses, else `page.html`.
pub(super) fn template(context: &PageContext<'_>, index: usize) -> Cow<'static, str> {
    let chosen = context.site.pages[index].template.as_ref();
    let path = chosen.and_then(|name| context.theme.template_of_page(&name.value).ok());
    path.map_or(Cow::Borrowed("page.html"), Cow::Owned)
}

pub(super) fn free(context: &PageContext<'_>, index: usize) -> PageView {
    let page = &context.site.pages[index];
    let lang = (page.language != context.language).then(|| page.language.tag());
    let body = to_html(&page.body, 2);
    PageView {
        title: page.title.clone(),
        description: page.description.clone(),
        breadcrumbs: Vec::new(),
        value: minijinja::context! {
            heading => page.title.clone(),
            lang => lang,
            body => Value::from_safe_string(body),
            updated => context.date(page.updated),
            extra => value(&page.extra),
        },
    }
}

pub(super) fn redirect(context: &PageContext<'_>, index: usize) -> PageView {
    let redirect = &context.site.redirects[index];
    let depth = redirect.from.matches('/').count();
    let target =
        redirect.to.as_ref().map(|to| "../".repeat(depth) + &file_paths::named_page(&to.value));
    let word = if target.is_some() { "moved" } else { "removed" };
    PageView {
        title: context.word(word),
        description: None,
        breadcrumbs: Vec::new(),
        value: minijinja::context! {
            target => target,
            date => context.date(redirect.date),
            note => redirect.note.clone(),
        },
    }
}
