//! The page of one **policy**: what a department set out to do in a year, what came of it, and the
//! policies before and after it, including those of predecessors and successors of the department.

use minijinja::value::Value;
use serde::Serialize;

use crate::document::Extra;
use crate::markdown::summary;
use crate::policy::{IndicatorYear, Of};
use crate::site::{DepartmentEntry, PageKind, PolicyEntry, file_paths};

use super::PageView;
use super::chart::{self, RatingsByYear};
use super::context::{MeasureItem, OwnText, PageContext, Text, value};
use super::department::{Sentence, history};
use super::fields::{FieldsView, fields};
use super::head::{Crumb, DESCRIPTION};
use super::list::LIST_LENGTH;
use super::scores::Score;
use super::sources::{SheetView, sources};

#[derive(Serialize)]
struct PolicyView<'s> {
    headline: Option<Text<'s>>,
    statement: Option<Value>,
    fields: FieldsView,
    year: String,
    year_url: String,
    department: Value,
    measures: Vec<MeasureInPolicy<'s>>,
    /// Number of measures of the policy; `measures` may be shorter.
    count: usize,
    /// Are there so many that only titles and ratings are shown?
    is_long: bool,
    /// Query of the search page that finds all of them.
    filter: String,
    /// The ratings of its measures, counted.
    score: Score,
    /// How many indicators have a target and an actual figure that can be compared, and how many
    /// have reached the target.
    comparable: usize,
    reached: usize,
    /// From which departments its department was formed, and which took over, in sentences.
    history: Vec<Sentence>,
    /// The nearest earlier policy of the department; without one, those of its predecessors.
    earlier: Vec<Neighbour>,
    /// The nearest later policy of the department; without one, those of its successors.
    later: Vec<Neighbour>,
    other_years: Vec<OtherPolicy>,
    /// The ratings of all the department's years, where there are several.
    ratings: Option<RatingsByYear>,
    /// The cells that its own facts were read from, by file and worksheet; empty if the site does
    /// not publish its sources.
    sources: Vec<SheetView<'s>>,
    json: String,
    published: Option<String>,
    updated: Option<String>,
    extra: &'s Extra,
}

#[derive(Serialize)]
struct MeasureInPolicy<'s> {
    item: MeasureItem<'s>,
    direction: Option<OwnText>,
    /// Its rating in the year before, if the measure existed then.
    before: Option<Value>,
    /// How many of its indicators can be compared, and how many have reached their targets.
    comparable: usize,
    reached: usize,
}

/// An earlier or later policy.
#[derive(Serialize)]
struct Neighbour {
    url: String,
    year: String,
    /// Its department, if that is another than the one of the page.
    department: Option<Value>,
}

/// Most measures that are shown with the beginnings of their directions. With more, the list shows
/// only titles and ratings, so that it can be scanned.
const WITH_DIRECTIONS: usize = 40;

#[derive(Serialize)]
struct OtherPolicy {
    url: String,
    year: String,
}

/// The page of the policy `index`. At most `LIST_LENGTH` of its measures are shown; the counts
/// cover all.
pub(super) fn policy(context: &PageContext<'_>, index: usize) -> PageView {
    let site = context.site;
    let policy = &site.policies[index];
    let language = context.language;
    let department = &site.departments[policy.department];
    let name = department.department.name.get(language);
    let year = policy.fiscal_year.long(language);
    let is_long = policy.measures.len() > WITH_DIRECTIONS;
    let measures: Vec<MeasureInPolicy<'_>> = policy
        .measures
        .iter()
        .map(|&measure| measure_in_policy(context, measure, is_long))
        .collect();
    let view = PolicyView {
        headline: policy.headline.as_ref().map(|text| context.text(text)),
        statement: policy.statement.as_ref().map(|text| context.markdown(text, 3)),
        fields: fields(context, Of::Policy, &policy.fields),
        extra: &policy.extra,
        year: year.clone(),
        year_url: file_paths::year_page(policy.fiscal_year),
        department: context.departments[policy.department].clone(),
        score: context.score(&policy.counts),
        comparable: measures.iter().map(|measure| measure.comparable).sum(),
        reached: measures.iter().map(|measure| measure.reached).sum(),
        count: measures.len(),
        is_long,
        filter: format!("department={}&year={}", department.department.id, policy.fiscal_year),
        measures: measures.into_iter().take(LIST_LENGTH).collect(),
        history: history(context, department)
            .into_iter()
            .filter(|sentence| !sentence.links.is_empty())
            .collect(),
        earlier: neighbours(context, policy, Side::Earlier),
        later: neighbours(context, policy, Side::Later),
        other_years: department
            .policies
            .iter()
            .filter(|&&other| other != index)
            .map(|&other| OtherPolicy {
                url: PageKind::Policy(other).key(site),
                year: site.policies[other].fiscal_year.long(language),
            })
            .collect(),
        ratings: ratings_over_years(context, department, name),
        sources: sources(context, site.facts_of_policy(policy), &[]),
        json: file_paths::policy_json(&policy.id),
        published: context.date(policy.published),
        updated: context.date(policy.updated),
    };
    PageView {
        title: format!("{name} {} {year}", context.word("policy")),
        description: policy.headline.as_ref().map(|text| summary(text.get(language), DESCRIPTION)),
        breadcrumbs: vec![
            Crumb::new(context.word("years"), file_paths::YEARS),
            Crumb::new(year, file_paths::year_page(policy.fiscal_year)),
        ],
        value: value(&view),
    }
}

/// The measure `index` as its policy shows it. If the list `is_long`, the beginning of the
/// direction is left out.
fn measure_in_policy<'s>(
    context: &PageContext<'s>,
    index: usize,
    is_long: bool,
) -> MeasureInPolicy<'s> {
    let site = context.site;
    let measure = &site.measures[index];
    let before = measure.in_other_years.iter().map(|&other| &site.measures[other]);
    let before = before
        .filter(|other| other.fiscal_year.year() + 1 == measure.fiscal_year.year())
        .map(|other| context.ratings[other.rating].clone())
        .next();
    let own_years = measure.indicators.iter().filter_map(|entry| measure.own_year(entry));
    let known: Vec<bool> = own_years.filter_map(IndicatorYear::reached).collect();
    MeasureInPolicy {
        item: context.measure_item(index),
        direction: (measure.direction.as_ref())
            .filter(|_| !is_long)
            .map(|text| context.summary(text, DESCRIPTION)),
        before,
        comparable: known.len(),
        reached: known.iter().filter(|reached| **reached).count(),
    }
}

/// Before or after a policy.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Earlier,
    Later,
}

/// The nearest policy of the same department on that side. If there is none, the nearest of each of
/// its predecessors (earlier) or successors (later).
fn neighbours(context: &PageContext<'_>, policy: &PolicyEntry, side: Side) -> Vec<Neighbour> {
    let site = context.site;
    let nearest = |department: usize| {
        let all = site.departments[department].policies.iter().map(|&other| &site.policies[other]);
        match side {
            Side::Earlier => all
                .filter(|other| other.fiscal_year < policy.fiscal_year)
                .max_by_key(|other| other.fiscal_year),
            Side::Later => all
                .filter(|other| other.fiscal_year > policy.fiscal_year)
                .min_by_key(|other| other.fiscal_year),
        }
    };
    let own = &site.departments[policy.department];
    let found: Vec<&PolicyEntry> = match (nearest(policy.department), side) {
        (Some(found), _) => vec![found],
        (None, Side::Earlier) => own.predecessors.iter().filter_map(|&d| nearest(d)).collect(),
        (None, Side::Later) => own.successors.iter().filter_map(|&d| nearest(d)).collect(),
    };
    let neighbour = |other: &PolicyEntry| Neighbour {
        url: file_paths::policy_page(&other.id),
        year: other.fiscal_year.long(context.language),
        department: (other.department != policy.department)
            .then(|| context.departments[other.department].clone()),
    };
    found.into_iter().map(neighbour).collect()
}

fn ratings_over_years(
    context: &PageContext<'_>,
    department: &DepartmentEntry,
    name: &str,
) -> Option<RatingsByYear> {
    let policies = department.policies.iter().map(|&policy| &context.site.policies[policy]);
    let years: Vec<_> = policies.map(|p| (p.fiscal_year, p.counts.as_slice())).collect();
    let title = context.word("ratings_over_years_of").replace("{name}", name);
    (years.len() > 1)
        .then(|| chart::ratings_by_year(context, "ratings-by-year", &title, &years))
        .flatten()
}
