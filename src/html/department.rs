//! The page of **one department**: its reorganisations, its ratings, its scoreboard, its money, and
//! the departments below it.
//!
//! The scoreboard shows figures and does not judge: ratings are declared by the city, and what the
//! indicators say is shown beside them.
//!
//! Not in here: what a single policy says.

use minijinja::value::Value;
use serde::Serialize;

use crate::calendar::Date;
use crate::policy::{Better, Of};
use crate::site::{DepartmentEntry, IndicatorEntry, MeasureEntry, file_paths};

use super::PageView;
use super::context::{PageContext, Text, value};
use super::departments::{counts, whole};
use super::fields::{FieldsView, fields};
use super::head::Crumb;
use super::money::{self, MoneyOfYear};
use super::scores::{Score, YearHead};
use super::sources::{SheetView, sources};
use super::units::unit_in;

/// Most indicators on a scoreboard. The others are on the pages of their measures only.
const INDICATORS: usize = 60;

#[derive(Serialize)]
struct DepartmentView<'s> {
    name: Text<'s>,
    /// What reorganisations did to it, in sentences.
    history: Vec<Sentence>,
    fields: FieldsView,
    parent: Option<Value>,
    children: Vec<Child>,
    score: Score,
    /// Is the score the sum of the departments below?
    is_sum: bool,
    years: Vec<PolicyRow<'s>>,
    indicators: Option<Scoreboard<'s>>,
    money: Vec<MoneyOfYear>,
    /// Query of the search page that finds its measures.
    filter: String,
    sources: Vec<SheetView<'s>>,
}

/// A department directly below the one of the page, with the score of itself and everything below
/// it.
#[derive(Serialize)]
struct Child {
    department: Value,
    score: Score,
}

/// A sentence with links in it.
#[derive(Serialize)]
pub(super) struct Sentence {
    before: String,
    pub links: Vec<Value>,
    after: String,
}

#[derive(Serialize)]
struct PolicyRow<'s> {
    head: YearHead,
    url: String,
    headline: Option<Text<'s>>,
    score: Score,
}

/// The indicators of the newest policy for which any actual figure is known.
#[derive(Serialize)]
struct Scoreboard<'s> {
    year: YearHead,
    /// How many have a target and an actual figure that can be compared.
    comparable: usize,
    reached: usize,
    count: usize,
    rows: Vec<IndicatorRow<'s>>,
}

#[derive(Serialize)]
struct IndicatorRow<'s> {
    name: Text<'s>,
    unit: Option<&'s str>,
    /// Language of the unit, where that is not the page's.
    unit_lang: Option<&'static str>,
    better: Option<&'static str>,
    target: Option<String>,
    actual: Option<String>,
    url: String,
    measure: Text<'s>,
}

/// The page of the department `index`.
pub(super) fn department(context: &PageContext<'_>, index: usize) -> PageView {
    let site = context.site;
    let entry = &site.departments[index];
    let department = &entry.department;
    let policy_row = |&policy: &usize| {
        let policy = &site.policies[policy];
        PolicyRow {
            head: context.year_head(policy.fiscal_year),
            url: file_paths::policy_page(&policy.id),
            headline: policy.headline.as_ref().map(|text| context.text(text)),
            score: context.score(&policy.counts),
        }
    };
    let score_of = |department: usize| context.score(&counts(site, &whole(site, department), None));
    let child = |&child: &usize| Child {
        department: context.departments[child].clone(),
        score: score_of(child),
    };
    let is_sum = entry.policies.is_empty() && !entry.children.is_empty();
    // With everything below it, as the page of money counts it.
    let measures: Vec<usize> = (whole(site, index).into_iter())
        .flat_map(|department| &site.departments[department].policies)
        .flat_map(|&policy| site.policies[policy].measures.iter().copied())
        .collect();
    let view = DepartmentView {
        name: context.text(&department.name),
        history: history(context, entry),
        fields: fields(context, Of::Department, &department.fields),
        parent: entry.parent.map(|parent| context.departments[parent].clone()),
        children: entry.children.iter().map(child).collect(),
        score: if is_sum { score_of(index) } else { context.score(&entry.counts) },
        is_sum,
        years: entry.policies.iter().map(policy_row).collect(),
        indicators: scoreboard(context, entry),
        money: money::of_measures(context, &measures),
        filter: format!("department={}", department.id),
        sources: sources(context, site.facts_of_department(entry), &[]),
    };
    let title = department.name.get(context.language);
    PageView {
        title: title.to_owned(),
        description: Some(context.word("departments_single").replace("{title}", title)),
        breadcrumbs: vec![Crumb::new(context.word("departments"), file_paths::DEPARTMENTS)],
        value: value(&view),
    }
}

/// Up to two sentences on reorganisations: when and from which departments it was formed, and when
/// it ended and which departments took over its work.
pub(super) fn history(context: &PageContext<'_>, entry: &DepartmentEntry) -> Vec<Sentence> {
    let sentence = |word: &str, date: Option<Date>, departments: &[usize]| {
        let date = date.map(|date| date.long(context.language)).unwrap_or_default();
        let text = context.word(word).replace("{date}", &date);
        let (before, after) = text.split_once("{departments}").unwrap_or((&text, ""));
        Sentence {
            before: before.to_owned(),
            links: departments.iter().map(|&other| context.departments[other].clone()).collect(),
            after: after.to_owned(),
        }
    };
    let mut sentences = Vec::new();
    let mut tell = |[both, dated, named]: [&str; 3], date: Option<Date>, others: &[usize]| {
        let word = match (date, others) {
            (None, []) => return,
            (None, _) => named,
            (Some(_), []) => dated,
            (Some(_), _) => both,
        };
        sentences.push(sentence(word, date, others));
    };
    let begun = ["department_began_from", "department_began", "department_from"];
    tell(begun, entry.department.valid_from, &entry.predecessors);
    let ended = ["department_ended_to", "department_ended", "department_to"];
    tell(ended, entry.department.valid_to, &entry.successors);
    sentences
}

/// The scoreboard of the newest policy that has an indicator with an actual figure for its own
/// year; `None` if there is no such policy. At most `INDICATORS` rows are shown; the counts cover
/// all.
fn scoreboard<'s>(context: &PageContext<'s>, entry: &DepartmentEntry) -> Option<Scoreboard<'s>> {
    let site = context.site;
    let of_policy = |policy: usize| {
        let members = site.policies[policy].measures.iter().map(|&member| &site.measures[member]);
        members.flat_map(|measure| measure.indicators.iter().map(move |entry| (measure, entry)))
    };
    let known = |policy: &&usize| {
        let mut own_years =
            of_policy(**policy).filter_map(|(measure, entry)| measure.own_year(entry));
        own_years.any(|year| year.actual.is_some())
    };
    let &policy = entry.policies.iter().find(known)?;
    let all: Vec<(Option<bool>, IndicatorRow<'_>)> =
        of_policy(policy).filter_map(|(m, entry)| indicator_row(context, m, entry)).collect();
    Some(Scoreboard {
        year: context.year_head(site.policies[policy].fiscal_year),
        comparable: all.iter().filter(|(reached, _)| reached.is_some()).count(),
        reached: all.iter().filter(|(reached, _)| *reached == Some(true)).count(),
        count: all.len(),
        rows: all.into_iter().map(|(_, row)| row).take(INDICATORS).collect(),
    })
}

/// The figures of the indicator in the fiscal year of `measure`, and whether the target was
/// reached, as far as that can be told. `None` if there are no figures for that year.
fn indicator_row<'s>(
    context: &PageContext<'s>,
    measure: &'s MeasureEntry,
    entry: &'s IndicatorEntry,
) -> Option<(Option<bool>, IndicatorRow<'s>)> {
    let year = measure.own_year(entry)?;
    let unit = entry.unit.as_ref().map(|unit| unit_in(unit, context.language));
    let row = IndicatorRow {
        name: context.text(&entry.name),
        unit: unit.as_ref().map(|unit| unit.text),
        unit_lang: unit.and_then(|unit| unit.lang),
        better: year.better.map(Better::as_str),
        target: year.target.as_ref().map(|number| context.number(number)),
        actual: year.actual.as_ref().map(|number| context.number(number)),
        url: file_paths::measure_page(measure.id.as_str()),
        measure: context.text(&measure.title),
    };
    Some((year.reached(), row))
}
