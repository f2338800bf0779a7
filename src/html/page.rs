//! The **head** of a page: what it is called, where it stands, what else there is in its place.

use serde::Serialize;

use crate::site::{Page, PageKind, file_paths};
use crate::text::Language;

use super::shared::Shared;
use super::{View, structured};

/// Prefixes that lead from a page to the roots of its language and of the site.
pub(super) struct Linker {
    /// To the root of the page's language: `../`.
    pub base: String,
    /// To the root of the site.
    pub root: String,
}

impl Linker {
    pub fn new(shared: &Shared<'_>, page: &Page) -> Self {
        if page.kind == PageKind::NotFound {
            // Hosts show this page at any address, so its links must not be relative.
            let root = shared.site.config.base_url.path().to_owned();
            let own = shared.site.config.own_language();
            let base = root.clone() + &file_paths::localized("", page.language, own);
            return Self { base, root };
        }
        Self { base: up(&page.key), root: up(&page.path) }
    }
}

/// `../` for every folder above `path`.
fn up(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

#[derive(Serialize)]
pub(super) struct Head<'p> {
    title: &'p str,
    description: Option<&'p str>,
    lang: &'static str,
    base: &'p str,
    root: &'p str,
    assets: String,
    canonical: String,
    /// The page in every language, itself included; empty on a site of one.
    alternates: Vec<Alternate>,
    breadcrumbs: &'p [(String, String)],
    /// Which entry of the navigation the page belongs to.
    section: &'p str,
    is_home: bool,
    no_index: bool,
    /// The feed of what the page is about, where that is a department or a topic.
    feed: Option<Feed>,
    /// The picture that stands for the page where it is shared.
    picture: Option<Picture>,
    /// The language as Open Graph spells it: `ja_JP`.
    locale: &'static str,
    /// What search engines are told, as JSON-LD; safe within a script.
    structured: Option<String>,
}

#[derive(Serialize)]
struct Picture {
    /// Absolute address.
    url: String,
    width: u32,
    height: u32,
    /// What it shows, in words.
    alt: String,
}

#[derive(Serialize)]
struct Feed {
    /// After the page's root.
    url: String,
    title: String,
}

#[derive(Serialize)]
struct Alternate {
    lang: &'static str,
    url: String,
    /// Link from this page, so that the site works below any path.
    href: String,
    current: bool,
}

pub(super) fn head<'p>(
    shared: &Shared<'_>,
    linker: &'p Linker,
    page: &'p Page,
    view: &'p View,
) -> Head<'p> {
    let config = &shared.site.config;
    let own = config.own_language();
    let alternates = match config.languages.len() {
        1 => Vec::new(),
        _ => config
            .languages
            .iter()
            .map(|&language| {
                let path = file_paths::localized(&page.key, language, own);
                Alternate {
                    lang: language.tag(),
                    url: config.base_url.join(&path),
                    href: format!("{}{path}", linker.root),
                    current: language == page.language,
                }
            })
            .collect(),
    };
    Head {
        title: &view.title,
        description: view.description.as_deref(),
        lang: page.language.tag(),
        base: &linker.base,
        root: &linker.root,
        assets: format!("{}{}", linker.root, shared.theme.assets_folder),
        canonical: config.base_url.join(&page.path),
        alternates,
        breadcrumbs: &view.breadcrumbs,
        section: page.key.split('/').next().unwrap_or_default(),
        is_home: page.kind == PageKind::Home,
        structured: structured::of_page(shared, page, view),
        feed: feed(shared, page, view),
        picture: None,
        locale: match page.language {
            Language::Ja => "ja_JP",
            Language::En => "en_US",
        },
        no_index: matches!(page.kind, PageKind::NotFound | PageKind::Redirect(_)),
    }
}

fn feed(shared: &Shared<'_>, page: &Page, view: &View) -> Option<Feed> {
    let site = shared.site;
    let url = match page.kind {
        PageKind::Department(index) => {
            file_paths::department_feed(site.departments[index].department.id.as_str())
        }
        PageKind::Topic(index) => file_paths::topic_feed(site.topics[index].topic.id.as_str()),
        _ => return None,
    };
    let title = format!("{} | {}", view.title, site.config.title.get(page.language));
    Some(Feed { url, title })
}
