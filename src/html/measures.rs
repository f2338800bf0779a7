//! The page of one **measure**: what was promised, what happened, the figures, the money, the years, what is
//! related, and how to use it all.

use minijinja::value::Value;
use serde::Serialize;

use crate::markdown::{summary, to_html};
use crate::site::{Relation, file_paths};
use crate::text::Language;

use super::View;
use super::history::{self, IndicatorView, MoneyView, Together};
use super::lead::{Part, lead};
use super::page::{Crumb, Linker};
use super::shared::{MeasureItem, Shared, Text, value};

/// Characters of a description for search engines.
pub(super) const DESCRIPTION: usize = 120;

#[derive(Serialize)]
struct MeasureView<'s> {
    title: Text<'s>,
    /// One sentence: who promised what and when, how it was rated, and what that means.
    lead: Vec<Part>,
    year: String,
    year_url: String,
    department: Value,
    policy_url: String,
    topics: Vec<Value>,
    /// Is any of its texts in another language than the page, because it was not translated?
    untranslated: bool,
    direction: Option<Value>,
    /// Do measures of this site have directions, and accounts, so that one without is worth a word?
    expects_direction: bool,
    expects_account: bool,
    easy: Option<Value>,
    rating: Value,
    has_result: bool,
    account: Option<Value>,
    published: Option<String>,
    updated: Option<String>,
    /// The scale, with the measure's own rating marked.
    scale: Vec<Grade>,
    indicators: Vec<IndicatorView<'s>>,
    /// Several indicators that have figures of one and the same year only: one table shows them all.
    together: Together,
    /// Is there a dash or a ratio that must be explained?
    explains_figures: bool,
    money: Option<MoneyView<'s>>,
    /// The measure in every year, the oldest first; empty where there is only this one.
    series: Vec<SeriesYear<'s>>,
    related: Vec<RelatedView<'s>>,
    json: String,
    citation: String,
}

#[derive(Serialize)]
struct Grade {
    rating: Value,
    current: bool,
}

#[derive(Serialize)]
struct SeriesYear<'s> {
    item: MeasureItem<'s>,
    current: bool,
    /// What it was called, where that was something else.
    other_title: bool,
}

#[derive(Serialize)]
struct RelatedView<'s> {
    item: MeasureItem<'s>,
    /// Why it is named here.
    why: Vec<Text<'s>>,
}

pub(super) fn measure(shared: &Shared<'_>, linker: &Linker, index: usize) -> View {
    let site = shared.site;
    let measure = &site.measures[index];
    let policy = &site.policies[measure.policy];
    let department = &site.departments[measure.department].department.name;
    let language = shared.language;
    let year = measure.fiscal_year.long(language);
    let policy_url = format!("policies/{}.html", policy.id);
    let result = measure.result.as_ref();
    let own_language = site.config.own_language();
    let key = format!("measures/{}.html", measure.id);
    let url = site.config.base_url.join(&file_paths::localized(&key, language, own_language));
    let account = result.and_then(|result| result.account.as_ref());
    let texts = [Some(&measure.title), measure.direction.as_ref(), account];
    let untranslated = texts.into_iter().flatten().any(|text| shared.text(text).lang.is_some());
    let related = shared.related.get(index).map(Vec::as_slice).unwrap_or_default();
    let indicators = history::indicators(shared, linker, index);
    let view = MeasureView {
        title: shared.text(&measure.title),
        lead: lead(shared, measure),
        year_url: format!("years/{}.html", measure.fiscal_year),
        department: shared.departments[measure.department].clone(),
        policy_url: policy_url.clone(),
        topics: measure.topics.iter().map(|&topic| shared.topics[topic].clone()).collect(),
        untranslated,
        direction: measure.direction.as_ref().map(|text| shared.markdown(text, 3)),
        easy: measure.easy.as_ref().map(|text| Value::from_safe_string(to_html(text, 3))),
        rating: shared.ratings[measure.rating].clone(),
        has_result: result.is_some(),
        account: account.map(|text| shared.markdown(text, 3)),
        published: shared.date(result.and_then(|result| result.published)),
        updated: shared.date(measure.last_change().or(policy.updated)),
        scale: scale(shared, measure.rating),
        expects_direction: shared.has_directions,
        expects_account: shared.has_accounts,
        together: history::together(&indicators),
        explains_figures: indicators.iter().any(IndicatorView::needs_explaining),
        indicators,
        money: history::money(shared, linker, index),
        series: series(shared, index),
        related: related.iter().map(|relation| related_view(shared, relation)).collect(),
        json: format!("{}{}", linker.root, file_paths::measure_json(measure.id.as_str())),
        citation: citation(shared, measure.title.get(language), &year, &url),
        year: year.clone(),
    };
    // What was not translated says nothing to whoever reads a list of English results; the sentence made of the data does.
    let translated =
        measure.direction.as_ref().filter(|direction| shared.text(direction).lang.is_none());
    let description = translated
        .map(|text| summary(text.get(language), DESCRIPTION))
        .filter(|text| !text.is_empty())
        .unwrap_or_else(|| view.lead.iter().map(Part::text).collect());
    View {
        title: match language {
            Language::Ja => format!("{}（{year}）", measure.title.get(language)),
            Language::En => format!("{} ({year})", measure.title.get(language)),
        },
        description: Some(description),
        breadcrumbs: vec![
            Crumb::new(shared.word("years"), "years/index.html"),
            Crumb::new(year, format!("years/{}.html", measure.fiscal_year)),
            Crumb::named(&shared.text(department), policy_url),
        ],
        value: value(&view),
    }
}

/// The grades, best first, and `rating` itself where it is none of them; nothing where there are no grades.
fn scale(shared: &Shared<'_>, rating: usize) -> Vec<Grade> {
    let grades = shared.site.config.ratings.grades.len();
    let shown = (0..shared.ratings.len()).filter(|&other| other < grades || other == rating);
    let grade =
        |other: usize| Grade { rating: shared.ratings[other].clone(), current: other == rating };
    if grades == 0 { Vec::new() } else { shown.map(grade).collect() }
}

fn series<'s>(shared: &Shared<'s>, index: usize) -> Vec<SeriesYear<'s>> {
    let measure = &shared.site.measures[index];
    if measure.in_other_years.len() < 2 {
        return Vec::new();
    }
    let title = |other: usize| shared.site.measures[other].title.get(shared.language);
    let year = |&other: &usize| SeriesYear {
        item: shared.measure_item(other),
        current: other == index,
        other_title: title(other) != title(index),
    };
    measure.in_other_years.iter().rev().map(year).collect()
}

fn related_view<'s>(shared: &Shared<'s>, relation: &'s Relation) -> RelatedView<'s> {
    let own = shared.site.config.own_language();
    let mut why = Vec::new();
    if let Some(topic) = relation.topic {
        let name = shared.text(&shared.site.topics[topic].topic.name);
        why.push(Text { text: name.text, lang: name.lang });
    }
    if let Some(word) = &relation.word {
        let lang = (own != shared.language).then(|| own.tag());
        why.push(Text { text: word, lang });
    }
    RelatedView { item: shared.measure_item(relation.measure), why }
}

fn citation(shared: &Shared<'_>, title: &str, year: &str, url: &str) -> String {
    let publisher = shared.site.config.publisher.name.get(shared.language);
    match shared.language {
        Language::Ja => format!("{publisher}「{title}」（{year}）{url}"),
        Language::En => format!("{publisher}, “{title}” ({year}), {url}"),
    }
}
