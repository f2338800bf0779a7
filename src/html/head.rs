//! The **head** of a page: its title, its place on the site, its addresses in other languages, and
//! what search engines and other services are told of it.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::site::{Page, PageKind, file_paths};
use crate::text::{Language, Localized, hiragana};

use super::context::{OwnText, PageContext, Text};
use super::{PageView, structured};

/// Most characters of a description for search engines.
pub(super) const DESCRIPTION: usize = 120;

/// The site's picture for sharing, among its static files.
const SHARED_PICTURE: &str = "share.png";

/// Most characters of a name that is shown with its reading: they fit on one line of a phone.
const LONGEST_READ: usize = 12;

/// A page above another: its path within the language's folder, and its name.
#[derive(Serialize)]
pub(super) struct Crumb {
    pub url: String,
    pub name: OwnText,
}

impl Crumb {
    /// A crumb whose `name` is a text of the user interface.
    pub fn new(name: String, url: impl Into<String>) -> Self {
        Self { url: url.into(), name: OwnText { text: name, lang: None } }
    }

    /// A crumb whose `name` is a text of the content.
    pub fn named(name: &Text<'_>, url: String) -> Self {
        Self { url, name: OwnText { text: name.text.to_owned(), lang: name.lang } }
    }
}

#[derive(Serialize)]
pub(super) struct PageHead<'p> {
    title: &'p str,
    description: Option<&'p str>,
    lang: &'static str,
    base: &'p str,
    root: &'p str,
    assets: String,
    canonical: String,
    /// The page in every language, itself included; empty on a site of one.
    alternates: Vec<Alternate>,
    /// The twin in Markdown, beside the page.
    twin: Option<String>,
    breadcrumbs: &'p [Crumb],
    /// Which entry of the navigation the page belongs to.
    section: &'p str,
    is_home: bool,
    no_index: bool,
    /// Does a text on the page have blocks of data?
    has_blocks: bool,
    /// Does a text on the page have a map of places?
    has_maps: bool,
    /// The feed of what the page is about, where that is a department or a topic.
    feed: Option<Feed>,
    /// What a mail about the page says in its subject, encoded for an address.
    mail_subject: String,
    /// The picture that services show where the page is shared: that of the measure, else the
    /// site's `share.png`.
    picture: Option<Picture>,
    /// The title in hiragana, if it is a name that is short enough to show its reading above it.
    reading: Option<String>,
    /// The language as Open Graph spells it: `ja_JP`.
    locale: &'static str,
    /// Structured data for search engines, as JSON-LD that is safe within a script element.
    structured: Option<String>,
}

#[derive(Serialize)]
struct Picture {
    /// Absolute address.
    url: String,
    width: u32,
    height: u32,
    /// What the picture says, for people who do not see it.
    alt: String,
}

#[derive(Serialize)]
struct Feed {
    /// Path below the root of the site.
    url: String,
    title: String,
}

#[derive(Serialize)]
struct Alternate {
    lang: &'static str,
    url: String,
    /// The same page as a link relative to this one, so that the site works below any path.
    href: String,
    current: bool,
}

/// The subject and the body of a mail about the page, which name its title and its address.
fn mail_subject(context: &PageContext<'_>, page: &Page, view: &PageView) -> String {
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let subject = context.word("take_part_subject").replace("{title}", &view.title);
    let address = context.site.config.base_url.join(&page.path);
    format!("subject={}&body={}", encoded(&subject), encoded(&format!("{address}\r\n\r\n")))
}

/// The head of `page`, whose content is `view`. Search engines are asked not to index redirects and
/// the page of unknown addresses.
pub(super) fn head<'p>(
    context: &'p PageContext<'_>,
    page: &'p Page,
    view: &'p PageView,
) -> PageHead<'p> {
    let config = &context.site.config;
    let own = config.own_language();
    let linker = &context.linker;
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
    PageHead {
        title: &view.title,
        description: view.description.as_deref(),
        lang: page.language.tag(),
        base: &linker.base,
        root: &linker.root,
        assets: format!("{}{}", linker.root, context.theme.assets_folder),
        canonical: config.base_url.join(&page.path),
        alternates,
        twin: (config.has_twins && page.kind.has_twin()).then(|| {
            let twin = file_paths::twin(&page.path);
            twin.rsplit('/').next().unwrap_or_default().to_owned()
        }),
        breadcrumbs: &view.breadcrumbs,
        section: match page.kind {
            // A folder of free pages is no section of the navigation.
            PageKind::Free(_) => &page.key,
            _ => page.key.split('/').next().unwrap_or_default(),
        },
        is_home: page.kind == PageKind::Home,
        mail_subject: mail_subject(context, page, view),
        structured: structured::of_page(context, page, view),
        feed: feed(context, page, view),
        picture: own_picture(context, page, view).or_else(|| picture(context, page.language)),
        reading: reading(context, page),
        locale: match page.language {
            Language::Ja => "ja_JP",
            Language::En => "en_US",
        },
        has_blocks: context.site.has_blocks(&page.key, page.language),
        has_maps: context.site.has_maps(&page.key, page.language),
        no_index: matches!(
            page.kind,
            PageKind::NotFound | PageKind::Redirect(_) | PageKind::Embed(_)
        ),
    }
}

fn feed(context: &PageContext<'_>, page: &Page, view: &PageView) -> Option<Feed> {
    let site = context.site;
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

/// The picture of a measure's page; `None` for other pages, and where no picture was made. Its
/// address contains a part of its digest and so changes with it: a service that keeps pictures does
/// not go on to show an outdated rating.
fn own_picture(context: &PageContext<'_>, page: &Page, view: &PageView) -> Option<Picture> {
    let PageKind::Measure(index) = page.kind else { return None };
    let site = context.site;
    let measure = &site.measures[index];
    let key = file_paths::measure_picture(measure.id.as_str());
    let path = file_paths::localized(&key, page.language, site.config.own_language());
    let digest = context.facts.facts(&path)?.sha256;
    let text = |localized: &Localized| localized.get(page.language).to_owned();
    let alt = (context.word("picture_alt").replace("{title}", &view.title))
        .replace("{department}", &text(&site.departments[measure.department].department.name))
        .replace("{rating}", &text(&site.ratings[measure.rating].rating.label))
        .replace("{site}", &text(&site.config.title));
    let (width, height) = file_paths::PICTURE_SIZE;
    let url = format!("{}?{}", site.config.base_url.join(&path), &digest[..8]);
    Some(Picture { url, width, height, alt })
}

/// The site's own picture for sharing; `None` if there is none or it is not a PNG. Its width and
/// height are in the first chunk of the file, at the bytes 16 and 20.
fn picture(context: &PageContext<'_>, language: Language) -> Option<Picture> {
    let site = context.site;
    let file = site.static_files.iter().find(|file| file.path == SHARED_PICTURE)?;
    let number = |at: usize| {
        let bytes: [u8; 4] = file.head.get(at..at + 4)?.try_into().ok()?;
        Some(u32::from_be_bytes(bytes))
    };
    if !file.head.starts_with(b"\x89PNG\r\n\x1a\n") {
        return None;
    }
    Some(Picture {
        url: site.config.base_url.join(SHARED_PICTURE),
        width: number(16)?,
        height: number(20)?,
        alt: site.config.title.get(language).to_owned(),
    })
}

/// The reading of the department or topic that `page` is about, in hiragana. `None` on pages in
/// another language than Japanese, for a name in kana only, and for a long name, since a reading
/// above a name cannot be broken into lines with it.
fn reading(context: &PageContext<'_>, page: &Page) -> Option<String> {
    let site = context.site;
    let (name, kana) = match page.kind {
        PageKind::Department(index) => {
            let department = &site.departments[index].department;
            (&department.name, &department.kana)
        }
        PageKind::Topic(index) => {
            let topic = &site.topics[index].topic;
            (&topic.name, &topic.kana)
        }
        _ => return None,
    };
    let name = name.get(page.language);
    let says_more = name.chars().any(|c| !matches!(c, 'ぁ'..='ヿ'));
    let fits = name.chars().count() <= LONGEST_READ;
    let wanted = page.language == Language::Ja && fits && says_more;
    kana.as_deref().filter(|_| wanted).map(hiragana)
}
