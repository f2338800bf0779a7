//! The **other** pages: free pages, the page of an unknown address, and the addresses of what has
//! moved.

use std::borrow::Cow;

use minijinja::value::Value;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::markdown::{HeadingMark, blocks, with_headings};
use crate::policy::Redirect;
use crate::site::{PageKind, file_paths};
use crate::theme::NOT_FOUND_SCRIPT;

use super::PageView;
use super::context::{PageContext, value};

pub(super) fn not_found(context: &PageContext<'_>) -> PageView {
    PageView {
        title: context.word("not_found"),
        description: None,
        breadcrumbs: Vec::new(),
        value: minijinja::context! { scripts => scripts(context) },
    }
}

/// Number of folders that the page of an unknown address may lie below the root of the site, for
/// its links to be led there.
const DEEPEST: usize = 6;

/// Addresses of the script that leads the links of the page of unknown addresses to where the site
/// lies. That is only known when the page is shown, so that the script is looked for in every
/// folder above the page, and last where `base_url` has it.
fn scripts(context: &PageContext<'_>) -> Vec<String> {
    let path = format!("{}{NOT_FOUND_SCRIPT}", context.theme.assets_folder);
    let language = file_paths::localized("", context.language, context.site.config.own_language());
    // The page of a language is shown below the folder of that language.
    let first = language.matches('/').count();
    let above = (first..=DEEPEST).map(|folders| "../".repeat(folders) + &path);
    above.chain([format!("{}{path}", context.linker.root)]).collect()
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
    let (body, headings) = with_headings(&page.body, 2, context);
    PageView {
        title: page.title.clone(),
        description: page.description.clone(),
        breadcrumbs: Vec::new(),
        value: minijinja::context! {
            heading => page.title.clone(),
            lang => lang,
            body => Value::from_safe_string(body),
            contents => value(&contents(&page.body, &headings)),
            updated => context.date(page.updated),
            extra => value(&page.extra),
        },
    }
}

/// An entry of the list of contents of a page.
#[derive(Serialize)]
struct ContentsEntry {
    id: String,
    text: String,
    below: Vec<ContentsEntry>,
}

/// Number of headings, and of characters of text, from which a page has a list of contents: what
/// does not fit on a screen or two.
const LONG_PAGE: (usize, usize) = (3, 1200);

/// The headings of the two highest levels of a long text; empty for a short one.
fn contents(text: &str, headings: &[HeadingMark]) -> Vec<ContentsEntry> {
    let highest = headings.iter().filter(|mark| mark.level == 2).count();
    let length: usize = blocks(text).iter().map(|block| block.text.chars().count()).sum();
    if highest < LONG_PAGE.0 || length < LONG_PAGE.1 {
        return Vec::new();
    }
    let mut entries: Vec<ContentsEntry> = Vec::new();
    for mark in headings {
        let entry =
            ContentsEntry { id: mark.id.clone(), text: mark.text.clone(), below: Vec::new() };
        match (mark.level, entries.last_mut()) {
            (2, _) => entries.push(entry),
            (3, Some(above)) => above.below.push(entry),
            _ => {}
        }
    }
    entries
}

/// The search page, asked for the title of what has expired.
fn search(context: &PageContext<'_>, redirect: &Redirect) -> String {
    let query = redirect.about.as_ref().map(|about| {
        let title = about.title.get(context.language);
        format!("?q={}", utf8_percent_encode(title, NON_ALPHANUMERIC))
    });
    format!("{}{}", PageKind::Search.key(context.site), query.unwrap_or_default())
}

/// What the announcement of a removed page leads on to: its department and its fiscal year, where
/// these have pages. They are known of what has expired, and told by the address of a policy.
fn links(context: &PageContext<'_>, redirect: &Redirect) -> Vec<Value> {
    let site = context.site;
    let of_policy = redirect.from.strip_prefix("policies/").and_then(|id| id.split_once('-'));
    let about = redirect.about.as_ref();
    let department = about
        .and_then(|about| about.department.as_ref().map(|id| id.to_string()))
        .or(of_policy.map(|(_, department)| department.to_owned()));
    let year = about
        .and_then(|about| about.fiscal_year.map(|year| year.to_string()))
        .or(of_policy.map(|(year, _)| year.to_owned()));
    let of_department = site.departments.iter().map(|entry| &entry.department);
    let department = of_department
        .filter(|known| Some(known.id.as_str()) == department.as_deref())
        .map(|known| {
            let url = file_paths::department_page(known.id.as_str());
            minijinja::context! { url => url, name => value(&context.text(&known.name)) }
        });
    let years = site.years.iter().map(|entry| entry.fiscal_year);
    let year = years.filter(|known| Some(known.to_string()) == year).map(|known| {
        let name = known.long(context.language);
        minijinja::context! { url => file_paths::year_page(known), name => minijinja::context! { text => name } }
    });
    department.chain(year).collect()
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
            about => redirect.about.as_ref().map(|about| context.text(&about.title)).as_ref().map(value),
            search => search(context, redirect),
            links => links(context, redirect),
        },
    }
}
