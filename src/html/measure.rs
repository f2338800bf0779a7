//! The page of one **measure**: what was promised, what happened, the figures, the money, the
//! years, what is related, and how to use it all.

use minijinja::value::Value;
use serde::Serialize;

use crate::document::Extra;
use crate::markdown::{source, summary};
use crate::policy::Of;
use crate::site::{Relation, file_paths};
use crate::text::Language;

use super::PageView;
use super::context::{MeasureItem, PageContext, PageLink, Text, value};
use super::fields::{FieldsView, fields};
use super::head::{Crumb, DESCRIPTION};
use super::history::{self, IndicatorGroup, MoneyView};
use super::lead::{LeadPart, lead};
use super::sources::{SheetView, sources};

#[derive(Serialize)]
struct MeasureView<'s> {
    title: Text<'s>,
    /// One sentence: who promised what and when, how it was rated, and what that means.
    lead: Vec<LeadPart>,
    year: String,
    year_url: String,
    department: Value,
    policy_url: String,
    topics: Vec<Value>,
    /// The nodes of the plan from the top to the one that it belongs to.
    plan: Vec<Value>,
    /// Is any of its texts shown in another language than the page's, because it was not
    /// translated?
    untranslated: bool,
    direction: Option<Value>,
    /// Is a missing direction worth a remark? Only if other measures of the site have one.
    expects_direction: bool,
    /// The same for the account of its result.
    expects_account: bool,
    easy: Option<Value>,
    rating: Value,
    has_result: bool,
    account: Option<Value>,
    published: Option<String>,
    updated: Option<String>,
    /// The scale, with the measure's own rating marked.
    scale: Vec<Grade>,
    /// The fields of the measure, and of its result.
    fields: FieldsView,
    result_fields: FieldsView,
    /// Its indicators, by kind.
    indicator_groups: Vec<IndicatorGroup<'s>>,
    /// Is there a dash or a ratio that must be explained?
    explains_figures: bool,
    money: Option<MoneyView<'s>>,
    /// The measure in each of its years, oldest first; empty if there is only one year.
    series: Vec<SeriesYear<'s>>,
    related: Vec<RelatedView<'s>>,
    /// The cells that it was read from, by file and worksheet; empty if the site does not publish
    /// its sources.
    sources: Vec<SheetView<'s>>,
    json: String,
    citation: String,
    extra: &'s Extra,
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
    /// Did it have another title than the measure of the page?
    other_title: bool,
}

#[derive(Serialize)]
struct RelatedView<'s> {
    item: MeasureItem<'s>,
    /// What it has in common with the measure of the page: a topic or a word.
    why: Vec<Text<'s>>,
}

/// The page of the measure `index`. The description for search engines is the beginning of the
/// direction; if the direction is missing or untranslated, it is the lead.
pub(super) fn measure(context: &PageContext<'_>, index: usize) -> PageView {
    let site = context.site;
    let measure = &site.measures[index];
    let policy = &site.policies[measure.policy];
    let department = &site.departments[measure.department].department.name;
    let language = context.language;
    let year = measure.fiscal_year.long(language);
    let policy_url = file_paths::policy_page(&policy.id);
    let result = measure.result.as_ref();
    let own_language = site.config.own_language();
    let key = file_paths::measure_page(measure.id.as_str());
    let url = site.config.base_url.join(&file_paths::localized(&key, language, own_language));
    let account = result.and_then(|result| result.account.as_ref());
    let texts = [Some(&measure.title), measure.direction.as_ref(), account];
    let untranslated = texts.into_iter().flatten().any(|text| context.text(text).lang.is_some());
    let related = context.related.get(index).map(Vec::as_slice).unwrap_or_default();
    let histories = site.indicator_histories(index);
    let indicator_groups = history::indicators(context, &histories, Some(measure.fiscal_year));
    let view = MeasureView {
        title: context.text(&measure.title),
        lead: lead(context, measure),
        year_url: file_paths::year_page(measure.fiscal_year),
        department: context.departments[measure.department].clone(),
        policy_url: policy_url.clone(),
        topics: measure.topics.iter().map(|&topic| context.topics[topic].clone()).collect(),
        plan: plan_path(context, measure.node),
        untranslated,
        direction: measure.direction.as_ref().map(|text| context.markdown(text, 3)),
        easy: measure
            .easy
            .as_ref()
            .map(|text| Value::from_safe_string(context.html(&source(text, Language::Ja), 3))),
        rating: context.ratings[measure.rating].clone(),
        has_result: result.is_some(),
        account: account.map(|text| context.markdown(text, 3)),
        published: context.date(result.and_then(|result| result.published)),
        updated: context.date(measure.last_change().or(policy.updated)),
        scale: scale(context, measure.rating),
        expects_direction: context.has_directions,
        expects_account: context.has_accounts,
        fields: fields(context, Of::Measure, &measure.fields),
        result_fields: result
            .map(|result| fields(context, Of::Result, &result.fields))
            .unwrap_or_default(),
        explains_figures: indicator_groups.iter().any(IndicatorGroup::needs_explaining),
        indicator_groups,
        money: history::money(context, index),
        series: series(context, index),
        related: related.iter().map(|relation| related_view(context, relation)).collect(),
        sources: sources(context, site.facts_of_measure(measure), &measure.indicators),
        json: format!("{}{}", context.linker.root, file_paths::measure_json(measure.id.as_str())),
        extra: &measure.extra,
        citation: citation(context, measure.title.get(language), &year, &url),
        year: year.clone(),
    };
    // An untranslated direction is of no use in a list of English results; the lead is in the
    // language of the page.
    let translated =
        measure.direction.as_ref().filter(|direction| context.text(direction).lang.is_none());
    let description = translated
        .map(|text| summary(&source(text, language), DESCRIPTION))
        .filter(|text| !text.is_empty())
        .unwrap_or_else(|| view.lead.iter().map(LeadPart::text).collect());
    PageView {
        title: match language {
            Language::Ja => format!("{}（{year}）", measure.title.get(language)),
            Language::En => format!("{} ({year})", measure.title.get(language)),
        },
        description: Some(description),
        breadcrumbs: vec![
            Crumb::new(context.word("years"), file_paths::YEARS),
            Crumb::new(year, file_paths::year_page(measure.fiscal_year)),
            Crumb::named(&context.text(department), policy_url),
        ],
        value: value(&view),
    }
}

/// Links to the nodes of the plan from the top down to `node`; empty without a node.
fn plan_path(context: &PageContext<'_>, node: Option<usize>) -> Vec<Value> {
    let path = node.map(|node| context.site.path_of_node(node)).unwrap_or_default();
    let link = |&index: &usize| {
        let node = &context.site.nodes[index].node;
        let url = file_paths::plan_page(node.id.as_str());
        value(&PageLink { url, name: context.text(&node.title) })
    };
    path.iter().map(link).collect()
}

/// The grades, best first, followed by `rating` if it is not a grade; empty if the site has no
/// grades.
fn scale(context: &PageContext<'_>, rating: usize) -> Vec<Grade> {
    let grades = context.site.config.ratings.grades.len();
    let shown = (0..context.ratings.len()).filter(|&other| other < grades || other == rating);
    let grade =
        |other: usize| Grade { rating: context.ratings[other].clone(), current: other == rating };
    if grades == 0 { Vec::new() } else { shown.map(grade).collect() }
}

fn series<'s>(context: &PageContext<'s>, index: usize) -> Vec<SeriesYear<'s>> {
    let measure = &context.site.measures[index];
    if measure.in_other_years.len() < 2 {
        return Vec::new();
    }
    let title = |other: usize| context.site.measures[other].title.get(context.language);
    let year = |&other: &usize| SeriesYear {
        item: context.measure_item(other),
        current: other == index,
        other_title: title(other) != title(index),
    };
    measure.in_other_years.iter().rev().map(year).collect()
}

fn related_view<'s>(context: &PageContext<'s>, relation: &'s Relation) -> RelatedView<'s> {
    let own = context.site.config.own_language();
    let mut why = Vec::new();
    if let Some(topic) = relation.topic {
        let name = context.text(&context.site.topics[topic].topic.name);
        why.push(Text { text: name.text, lang: name.lang });
    }
    if let Some(word) = &relation.word {
        let lang = (own != context.language).then(|| own.tag());
        why.push(Text { text: word, lang });
    }
    RelatedView { item: context.measure_item(relation.measure), why }
}

fn citation(context: &PageContext<'_>, title: &str, year: &str, url: &str) -> String {
    let publisher = context.site.config.publisher.name.get(context.language);
    match context.language {
        Language::Ja => format!("{publisher}「{title}」（{year}）{url}"),
        Language::En => format!("{publisher}, “{title}” ({year}), {url}"),
    }
}
