//! What all pages of one language **share**: the site's name and navigation, its words, and the
//! small values that stand for a rating, a department, a year or a measure wherever they are named.

use minijinja::value::{Serde, Value};
use serde::Serialize;

use crate::artifact::FactsByPath;
use crate::calendar::Date;
use crate::config::Tone;
use crate::dataset::Profile;
use crate::markdown;
use crate::site::{RatingCount, RelatedMeasures, Site, YearEntry, file_paths};
use crate::text::{Language, Localized};
use crate::theme::Theme;

/// What the pages of one language share.
pub(super) struct PageContext<'s> {
    pub site: &'s Site,
    pub theme: &'s Theme,
    pub language: Language,
    /// Sizes and digests of the data files.
    pub facts: &'s FactsByPath,
    /// How the values of each column spread, by dataset.
    pub profiles: &'s [Vec<Profile>],
    /// The measures to be named beside each.
    pub related: &'s RelatedMeasures,
    pub site_value: Value,
    pub words: Value,
    /// Does the scale tell good from poor? A scale of "expand, continue, reduce" does not, and is
    /// told in words.
    pub has_tones: bool,
    /// Does any measure of the site have a direction, an account? Where none has, none is missed.
    pub has_directions: bool,
    pub has_accounts: bool,
    /// A value for each rating, department, topic, in the order of the site's lists.
    pub ratings: Vec<Value>,
    pub departments: Vec<Value>,
    pub topics: Vec<Value>,
}

/// A text, and its language where that is not the page's.
#[derive(Serialize)]
pub(super) struct Text<'s> {
    pub text: &'s str,
    pub lang: Option<&'static str>,
}

/// The same of a text that was made of one of the content's.
#[derive(Serialize)]
pub(super) struct OwnText {
    pub text: String,
    pub lang: Option<&'static str>,
}

/// A thing that has a page.
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
}

#[derive(Serialize)]
struct SiteView<'s> {
    /// Of what the content gives in one language only, where that is not the page's.
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

/// How many of which rating, for a bar and a table.
#[derive(Serialize)]
pub(super) struct Share {
    pub rating: Value,
    pub count: usize,
    /// Whole percents of all.
    pub percent: usize,
    /// Left end and width of its part of a bar that is 100 wide.
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
    pub fn new(
        site: &'s Site,
        theme: &'s Theme,
        facts: &'s FactsByPath,
        profiles: &'s [Vec<Profile>],
        related: &'s RelatedMeasures,
        language: Language,
    ) -> Self {
        let text = |localized: &'s Localized| text(localized, site, language);
        let ratings = site.ratings.iter().map(|entry| {
            let rating = &entry.rating;
            value(&RatingView {
                id: rating.id.as_str(),
                url: file_paths::rating_page(rating.id.as_str()),
                name: text(&rating.label),
                meaning: text(&rating.meaning),
                tone: tone(rating.tone),
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
            site,
            theme,
            facts,
            profiles,
            related,
            language,
            site_value: value(&site_view(site, theme, language)),
            words: theme.words.get(&language).map_or(Value::UNDEFINED, value),
            has_tones: site.ratings.iter().any(|entry| entry.rating.tone != Tone::None),
            has_directions: site.measures.iter().any(|measure| measure.direction.is_some()),
            has_accounts: site
                .measures
                .iter()
                .any(|measure| measure.result.as_ref().is_some_and(|r| r.account.is_some())),
            ratings: ratings.collect(),
            departments: departments.collect(),
            topics: topics.collect(),
        }
    }

    /// Each year with its policies; where there are more than `most` of all years, only the newest
    /// year has any.
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

    /// One word of the user interface.
    pub fn word(&self, key: &str) -> String {
        let words = self.theme.words.get(&self.language);
        words.and_then(|words| words.get(key)).cloned().unwrap_or_else(|| key.to_owned())
    }

    /// A text of the content, for this language.
    pub fn text(&self, localized: &'s Localized) -> Text<'s> {
        text(localized, self.site, self.language)
    }

    /// The same, where the text itself does not live as long as the site.
    pub fn own_text(&self, localized: &Localized) -> OwnText {
        let Text { text, lang } = text(localized, self.site, self.language);
        OwnText { text: text.to_owned(), lang }
    }

    /// A Markdown text as HTML, with its language where that is not the page's.
    pub fn markdown(&self, localized: &Localized, first_level: usize) -> Value {
        let html = markdown::to_html(&markdown::source(localized, self.language), first_level);
        let lang = fallback(localized, self.site, self.language);
        value(&[Value::from_safe_string(html), Value::from(lang)])
    }

    /// The beginning of a Markdown text, without its marks.
    pub fn summary(&self, localized: &Localized, length: usize) -> OwnText {
        OwnText {
            text: markdown::summary(&markdown::source(localized, self.language), length),
            lang: fallback(localized, self.site, self.language),
        }
    }

    /// A day for people.
    pub fn date(&self, date: Option<Date>) -> Option<String> {
        date.map(|date| date.long(self.language))
    }

    /// The measure `index`, as it stands in a list.
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

    /// The shares of the ratings that occur.
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

/// Two decimals are enough for a bar.
fn rounded(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

/// Any serializable thing as a template's value.
pub(super) fn value<T: Serialize + ?Sized>(thing: &T) -> Value {
    Value::from(Serde(thing))
}

fn fallback(localized: &Localized, site: &Site, language: Language) -> Option<&'static str> {
    let own = site.config.own_language();
    (language != own && localized.is_fallback(language)).then(|| own.tag())
}

fn text<'s>(localized: &'s Localized, site: &Site, language: Language) -> Text<'s> {
    Text { text: localized.get(language), lang: fallback(localized, site, language) }
}

fn tone(tone: Tone) -> &'static str {
    tone.as_str()
}

/// Path of the site's own icon, or of the theme's.
fn icon(site: &Site, theme: &Theme) -> String {
    ["favicon.svg", "favicon.png", "favicon.ico"]
        .into_iter()
        .find(|name| site.static_files.iter().any(|file| file.path == **name))
        .map_or_else(|| format!("{}favicon.svg", theme.assets_folder), str::to_owned)
}

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
        has_plan: !site.nodes.is_empty(),
        has_ratings: !config.ratings.grades.is_empty(),
        page_size: config.search_page_size,
    }
}
