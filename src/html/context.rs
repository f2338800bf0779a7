//! What all pages of one language **share**: the site's name and navigation, its words, and the
//! small values that represent a rating, a department, a year or a measure wherever they are named.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::value::{Serde, Value};
use serde::Serialize;

use crate::artifact::{FileOrigin, KnownFacts};
use crate::calendar::Date;
use crate::config::{RatingLook, Tone};
use crate::dataset::Profile;
use crate::markdown;
use crate::site::{RatingCount, RelatedMeasures, Site, YearEntry, file_paths};
use crate::text::{Decimal, Language, Localized};
use crate::theme::Theme;

use super::linker::Linker;
use super::numbers;
use super::origin;
use super::preview::PreviewMarks;

/// What the pages of one language share, and the links of the one at hand. Cheap to clone.
#[derive(Clone)]
pub(super) struct PageContext<'s> {
    /// How links lead from the page at hand.
    pub linker: Arc<Linker>,
    pub site: &'s Site,
    pub theme: &'s Theme,
    pub language: Language,
    /// The marks of a preview; `None` for the published site.
    pub preview: Option<Arc<PreviewMarks<'s>>>,
    /// Sizes and digests of the data files.
    pub facts: &'s dyn KnownFacts,
    /// The profiles of the columns of each dataset, in the order of the site.
    pub profiles: &'s [Vec<Profile>],
    /// The related measures of each measure.
    pub related: &'s RelatedMeasures,
    pub site_value: Value,
    pub words: Value,
    /// The words of the user interface, as this site says them.
    own_words: Arc<BTreeMap<String, String>>,
    /// Whether any rating has a tone. A scale such as "expand, continue, reduce" has none and is
    /// shown in words only.
    pub has_tones: bool,
    /// Whether any measure of the site has a direction. If none has, pages do not remark that it is
    /// missing.
    pub has_directions: bool,
    /// Whether any result on the site has an account; used in the same way.
    pub has_accounts: bool,
    /// The value of each rating, in the order of the site's list. The next two fields are alike.
    pub ratings: Arc<[Value]>,
    pub departments: Arc<[Value]>,
    pub topics: Arc<[Value]>,
    /// The look of each rating, in the same order.
    pub looks: Arc<[RatingLook]>,
    /// The lists that templates can query, which `data` makes of the rest.
    pub data: Value,
    /// The origin of what the pages share; `None` where pages are made without asking for it.
    pub origin: Option<FileOrigin>,
}

/// A text, and its language where that is not the page's.
#[derive(Serialize)]
pub(super) struct Text<'s> {
    pub text: &'s str,
    pub lang: Option<&'static str>,
}

/// Like `Text`, but owned: a text that was made from one of the content's.
#[derive(Serialize)]
pub(super) struct OwnText {
    pub text: String,
    pub lang: Option<&'static str>,
}

/// A link to a page, by path and name.
#[derive(Serialize)]
pub(super) struct PageLink<'s> {
    pub url: String,
    pub name: Text<'s>,
}

#[derive(Serialize)]
struct RatingView<'s> {
    id: &'s str,
    url: String,
    name: Text<'s>,
    meaning: Text<'s>,
    tone: &'static str,
    /// Classes of its shape, colour and fill.
    look: String,
}

#[derive(Serialize)]
struct SiteView<'s> {
    /// The site's own language, where it is not the page's: that of untranslated content.
    lang: Option<&'static str>,
    title: Text<'s>,
    description: Option<Text<'s>>,
    notice: Option<Text<'s>>,
    publisher: Text<'s>,
    publisher_url: Option<&'s str>,
    code: &'s str,
    contact: Option<ContactView<'s>>,
    licence_name: &'static str,
    licence_url: &'static str,
    updated: Option<String>,
    updated_iso: Option<Date>,
    budget_unit: Text<'s>,
    navigation: Vec<PageLink<'s>>,
    icon: String,
    has_topics: bool,
    has_measures: bool,
    has_departments: bool,
    has_datasets: bool,
    has_money: bool,
    has_plan: bool,
    has_ratings: bool,
    page_size: usize,
}

#[derive(Serialize)]
struct ContactView<'s> {
    name: Text<'s>,
    phone: Option<&'s str>,
    email: Option<&'s str>,
    form_url: Option<&'s str>,
}

/// The share of one rating among some measures, for a bar and a table.
#[derive(Serialize)]
pub(super) struct Share {
    pub rating: Value,
    pub count: usize,
    /// Percentage of all these measures, rounded.
    pub percent: usize,
    /// Left end and width of its segment in a bar that is 100 wide.
    pub start: f64,
    pub width: f64,
}

/// A measure in a list.
#[derive(Serialize)]
pub(super) struct MeasureItem<'s> {
    pub url: String,
    pub title: Text<'s>,
    pub year: String,
    pub department: Value,
    pub rating: Value,
}

impl<'s> PageContext<'s> {
    /// Prepares what the pages in `language` share. `facts` and `related` are empty while templates
    /// are checked.
    pub fn new(
        site: &'s Site,
        theme: &'s Theme,
        facts: &'s dyn KnownFacts,
        profiles: &'s [Vec<Profile>],
        related: &'s RelatedMeasures,
        language: Language,
    ) -> Self {
        let text = |localized: &'s Localized| text(localized, site, language);
        let words = site_words(site, theme, language);
        let looks = site.config.ratings.looks();
        let ratings = site.ratings.iter().zip(&looks).map(|(entry, look)| {
            let rating = &entry.rating;
            value(&RatingView {
                id: rating.id.as_str(),
                url: file_paths::rating_page(rating.id.as_str()),
                name: text(&rating.label),
                meaning: text(&rating.meaning),
                tone: rating.tone.as_str(),
                look: look.to_string(),
            })
        });
        let departments = site.departments.iter().map(|entry| {
            let department = &entry.department;
            let url = file_paths::department_page(department.id.as_str());
            value(&PageLink { url, name: text(&department.name) })
        });
        let topics = site.topics.iter().map(|entry| {
            let url = file_paths::topic_page(entry.topic.id.as_str());
            value(&PageLink { url, name: text(&entry.topic.name) })
        });
        Self {
            linker: Arc::default(),
            site,
            theme,
            facts,
            profiles,
            related,
            language,
            site_value: value(&site_view(site, theme, language)),
            words: value(&words),
            own_words: words.into(),
            has_tones: site.ratings.iter().any(|entry| entry.rating.tone != Tone::None),
            has_directions: site.measures.iter().any(|measure| measure.direction.is_some()),
            has_accounts: site
                .measures
                .iter()
                .any(|measure| measure.result.as_ref().is_some_and(|r| r.account.is_some())),
            ratings: ratings.collect(),
            preview: PreviewMarks::of(site, theme, language).map(Arc::new),
            departments: departments.collect(),
            topics: topics.collect(),
            looks: looks.into(),
            data: Value::UNDEFINED,
            origin: None,
        }
    }

    /// The same with the origin of what the pages share, so that pages can be taken over.
    pub fn with_origin(self) -> Self {
        let values = [&self.site_value, &self.words, &self.data];
        let origin = origin::of_shared(&self.theme.templates_origin, &self.preview, values);
        Self { origin, ..self }
    }

    /// The same for the page that `linker` links from.
    pub fn on(&self, linker: Linker) -> Self {
        Self { linker: Arc::new(linker), ..self.clone() }
    }

    /// Each year, newest first, with the indices of its policies. If the site has more than `most`
    /// policies, only the newest year has any; the other years have an empty list.
    pub fn policies_by_year(
        &self,
        most: usize,
    ) -> impl Iterator<Item = (&'s YearEntry, &'s [usize])> {
        let all = self.site.policies.len() <= most;
        let years = self.site.years.iter().enumerate();
        years.map(move |(place, year)| {
            (year, if all || place == 0 { year.policies.as_slice() } else { &[] })
        })
    }

    /// The text of the user interface for `key`, or `key` itself if the theme has none.
    pub fn word(&self, key: &str) -> String {
        self.said(key).to_owned()
    }

    /// Like `word`, where a text of its own is not needed.
    pub fn said<'k>(&'k self, key: &'k str) -> &'k str {
        self.own_words.get(key).map_or(key, String::as_str)
    }

    /// A text of the content, for this language.
    pub fn text(&self, localized: &'s Localized) -> Text<'s> {
        text(localized, self.site, self.language)
    }

    /// Like `text`, for a text that does not live as long as the site.
    pub fn own_text(&self, localized: &Localized) -> OwnText {
        let Text { text, lang } = text(localized, self.site, self.language);
        OwnText { text: text.to_owned(), lang }
    }

    /// A pair for templates: a Markdown text as HTML, whose highest headings get the level
    /// `first_level`, and its language where that is not the page's.
    pub fn markdown(&self, localized: &Localized, first_level: usize) -> Value {
        let html = self.html(&markdown::source(localized, self.language), first_level);
        let lang = fallback(localized, self.site, self.language);
        value(&[Value::from_safe_string(html), Value::from(lang)])
    }

    /// The Markdown source `text` as HTML for the page at hand.
    pub fn html(&self, text: &str, first_level: usize) -> String {
        markdown::to_html(text, first_level, self)
    }

    /// The beginning of a Markdown text without markup, at most `length` characters, with its
    /// language where that is not the page's.
    pub fn summary(&self, localized: &Localized, length: usize) -> OwnText {
        OwnText {
            text: markdown::summary(&markdown::source(localized, self.language), length),
            lang: fallback(localized, self.site, self.language),
        }
    }

    /// A number as pages show it, with its digits in groups of three.
    pub fn number(&self, number: &Decimal) -> String {
        numbers::number(self.site, number, self.language)
    }

    /// Like `number`, with as many decimals as the other numbers of its column.
    pub fn figure(&self, number: &Decimal, decimals: usize) -> String {
        self.number(&number.padded(decimals))
    }

    /// A date, written out in the language of the page.
    pub fn date(&self, date: Option<Date>) -> Option<String> {
        date.map(|date| date.long(self.language))
    }

    /// The measure `index` as an item of a list.
    pub fn measure_item(&self, index: usize) -> MeasureItem<'s> {
        let measure = &self.site.measures[index];
        MeasureItem {
            url: file_paths::measure_page(measure.id.as_str()),
            title: self.text(&measure.title),
            year: measure.fiscal_year.long(self.language),
            department: self.departments[measure.department].clone(),
            rating: self.ratings[measure.rating].clone(),
        }
    }

    /// The share of each rating that occurs in `counts`, in the order of `counts`.
    pub fn shares(&self, counts: &[RatingCount]) -> Vec<Share> {
        let total: usize = counts.iter().map(|count| count.count).sum();
        let mut start = 0.0;
        counts
            .iter()
            .filter(|count| count.count > 0)
            .map(|count| {
                let width = count.count as f64 * 100.0 / total as f64;
                let share = Share {
                    rating: self.ratings[count.rating].clone(),
                    count: count.count,
                    percent: width.round() as usize,
                    start: rounded(start),
                    width: rounded(width),
                };
                start += width;
                share
            })
            .collect()
    }
}

/// Rounds to two decimals, which are enough for a bar.
fn rounded(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

/// The words of the theme, in which the placeholder `{scale}` is replaced by the name of the rating
/// scale: the site's own or, without one, the theme's word `ratings`.
fn site_words(site: &Site, theme: &Theme, language: Language) -> BTreeMap<String, String> {
    let mut words = theme.words.get(&language).cloned().unwrap_or_default();
    if let Some(name) = &site.config.ratings.name {
        for key in ["rating", "ratings"] {
            words.insert(key.to_owned(), name.get(language).to_owned());
        }
    }
    let scale = words.get("ratings").cloned().unwrap_or_default();
    for word in words.values_mut().filter(|word| word.contains("{scale}")) {
        *word = word.replace("{scale}", &scale);
    }
    words
}

/// Any serializable thing as a template's value.
pub(super) fn value<T: Serialize + ?Sized>(thing: &T) -> Value {
    Value::from(Serde(thing))
}

/// The tag of the site's own language, if `localized` lacks `language` and its own text is shown
/// instead.
fn fallback(localized: &Localized, site: &Site, language: Language) -> Option<&'static str> {
    let own = site.config.own_language();
    (language != own && localized.is_fallback(language)).then(|| own.tag())
}

fn text<'s>(localized: &'s Localized, site: &Site, language: Language) -> Text<'s> {
    Text { text: localized.get(language), lang: fallback(localized, site, language) }
}

/// Path of the site's own icon, or of the theme's.
fn icon(site: &Site, theme: &Theme) -> String {
    ["favicon.svg", "favicon.png", "favicon.ico"]
        .into_iter()
        .find(|name| site.static_files.iter().any(|file| file.path == **name))
        .map_or_else(|| format!("{}favicon.svg", theme.assets_folder), str::to_owned)
}

/// The values of the site that every page in `language` shows. The navigation has the free pages
/// with an `order`, as the plan sorts them, and the accessibility page if one is declared.
fn site_view<'s>(site: &'s Site, theme: &'s Theme, language: Language) -> SiteView<'s> {
    let config = &site.config;
    let navigation = site
        .plan
        .pages
        .iter()
        .filter(|page| page.language == language)
        .filter_map(|page| match page.kind {
            crate::site::PageKind::Free(index) => Some((index, page)),
            _ => None,
        })
        .filter(|(index, _)| site.pages[*index].order.is_some())
        .map(|(index, page)| {
            let free = &site.pages[index];
            let lang = (free.language != language).then(|| free.language.tag());
            PageLink { url: page.key.clone(), name: Text { text: &free.title, lang } }
        })
        .chain(site.accessibility.iter().map(|_| {
            let word = theme.words[&language].get("accessibility").map_or("", String::as_str);
            PageLink {
                url: file_paths::ACCESSIBILITY.to_owned(),
                name: Text { text: word, lang: None },
            }
        }))
        .collect();
    let contact = config.publisher.contact.as_ref().map(|contact| ContactView {
        name: text(&contact.name, site, language),
        phone: contact.phone.as_deref(),
        email: contact.email.as_deref(),
        form_url: contact.form_url.as_deref(),
    });
    let own = config.own_language();
    SiteView {
        lang: (own != language).then(|| own.tag()),
        title: text(&config.title, site, language),
        description: config.description.as_ref().map(|d| text(d, site, language)),
        notice: config.notice.as_ref().map(|notice| text(notice, site, language)),
        publisher: text(&config.publisher.name, site, language),
        publisher_url: config.publisher.url.as_deref(),
        code: config.publisher.code.as_str(),
        contact,
        licence_name: config.licence.name(),
        licence_url: config.licence.url(),
        updated: site.updated.map(|date| date.long(language)),
        updated_iso: site.updated,
        budget_unit: text(&config.budget_unit, site, language),
        navigation,
        icon: icon(site, theme),
        has_topics: !site.topics.is_empty(),
        has_measures: !site.measures.is_empty(),
        has_departments: !site.departments.is_empty(),
        has_datasets: !site.datasets.is_empty(),
        has_money: site.has_money(),
        has_plan: !site.nodes.is_empty(),
        has_ratings: !config.ratings.grades.is_empty() && !site.measures.is_empty(),
        page_size: config.search_page_size,
    }
}
