//! Pages of **collections**: lists, and one page for each topic, rating and year.
//!
//! Not in here: departments, comparisons and missed goals, which have modules of their own.

use minijinja::value::Value;
use serde::Serialize;

use crate::site::{YearEntry, file_paths};

use super::View;
use super::page::Crumb;
use super::scores::{Score, YearHead, YearScore};
use super::shared::{MeasureItem, Shared, Text, value};

/// Measures that one page lists. Beyond, the search page with its filters serves better than a page
/// that a phone cannot load.
pub(super) const LIST_LENGTH: usize = 300;

/// Policies that the page of all of them shows with their ratings; of more, only those of the newest year.
const POLICIES: usize = 60;

/// One topic, rating or year.
#[derive(Serialize)]
struct ListView<'s> {
    heading: Text<'s>,
    lead: Option<Text<'s>>,
    score: Score,
    /// The score of each year, where there are several.
    years: Vec<YearScore>,
    groups: Vec<Group<'s>>,
    /// Are there more measures than the groups show?
    cut: bool,
    /// Query of the search page that finds all of them.
    filter: String,
    rating: Option<Value>,
    /// The whole scale, where the page is of one of its ratings.
    scale: Vec<Value>,
    policies: Vec<PolicyItem<'s>>,
    /// Other views of a year.
    missed: Option<String>,
    comparison: Option<String>,
}

/// Measures of one year.
#[derive(Serialize)]
struct Group<'s> {
    head: YearHead,
    count: usize,
    measures: Vec<MeasureItem<'s>>,
}

#[derive(Serialize)]
struct PolicyItem<'s> {
    url: String,
    year: String,
    department: Value,
    headline: Option<Text<'s>>,
    score: Score,
}

/// The policies of a year; none where the year's own page shows them.
#[derive(Serialize)]
struct YearOfPolicies<'s> {
    head: YearHead,
    count: usize,
    policies: Vec<PolicyItem<'s>>,
}

#[derive(Serialize)]
struct OverviewItem {
    link: Value,
    year: Option<String>,
    note: Option<String>,
    count: usize,
    score: Score,
}

fn measure_list<'s>(shared: &Shared<'s>, members: &[usize]) -> Vec<MeasureItem<'s>> {
    members.iter().take(LIST_LENGTH).map(|&index| shared.measure_item(index)).collect()
}

/// The first of `members`, which come newest first, by their years.
fn groups<'s>(shared: &Shared<'s>, members: &[usize]) -> Vec<Group<'s>> {
    let year = |member: usize| shared.site.measures[member].fiscal_year;
    let group = |of_year: &[usize]| Group {
        head: shared.year_head(year(of_year[0])),
        count: members.iter().filter(|&&member| year(member) == year(of_year[0])).count(),
        measures: measure_list(shared, of_year),
    };
    let shown = &members[..members.len().min(LIST_LENGTH)];
    shown.chunk_by(|&a, &b| year(a) == year(b)).map(group).collect()
}

fn policy_item<'s>(shared: &Shared<'s>, index: usize) -> PolicyItem<'s> {
    let policy = &shared.site.policies[index];
    PolicyItem {
        url: format!("policies/{}.html", policy.id),
        year: policy.fiscal_year.long(shared.language),
        department: shared.departments[policy.department].clone(),
        headline: policy.headline.as_ref().map(|text| shared.text(text)),
        score: shared.score(&policy.counts),
    }
}

/// A page of a list whose title is a word of the interface.
fn overview(shared: &Shared<'_>, word: &str, value: Value) -> View {
    View {
        title: shared.word(word),
        description: Some(shared.word(&format!("{word}_lead"))),
        breadcrumbs: Vec::new(),
        value,
    }
}

/// A page of one thing, below its list.
fn single(shared: &Shared<'_>, list: &str, title: String, value: Value) -> View {
    View {
        description: Some(shared.word(&format!("{list}_single")).replace("{title}", &title)),
        title,
        breadcrumbs: vec![Crumb::new(shared.word(list), format!("{list}/index.html"))],
        value,
    }
}

pub(super) fn policies(shared: &Shared<'_>) -> View {
    let year = |(year, named): (&YearEntry, &[usize])| YearOfPolicies {
        head: shared.year_head(year.fiscal_year),
        count: year.policies.len(),
        policies: named.iter().map(|&policy| policy_item(shared, policy)).collect(),
    };
    let years: Vec<YearOfPolicies<'_>> = shared.policies_by_year(POLICIES).map(year).collect();
    overview(shared, "policies", minijinja::context! { years => value(&years) })
}

pub(super) fn topics(shared: &Shared<'_>) -> View {
    let item = |(index, entry): (usize, &crate::site::TopicEntry)| OverviewItem {
        link: shared.topics[index].clone(),
        year: None,
        note: None,
        count: entry.measures.len(),
        score: shared.score(&entry.counts),
    };
    let items: Vec<OverviewItem> = shared.site.topics.iter().enumerate().map(item).collect();
    overview(shared, "topics", minijinja::context! { items => value(&items) })
}

pub(super) fn topic(shared: &Shared<'_>, index: usize) -> View {
    let entry = &shared.site.topics[index];
    let view = ListView {
        heading: shared.text(&entry.topic.name),
        lead: None,
        score: shared.score(&entry.counts),
        years: years_to_compare(shared, &entry.measures),
        groups: groups(shared, &entry.measures),
        cut: entry.measures.len() > LIST_LENGTH,
        filter: format!("topic={}", entry.topic.id),
        rating: None,
        scale: Vec::new(),
        policies: Vec::new(),
        missed: None,
        comparison: None,
    };
    single(shared, "topics", entry.topic.name.get(shared.language).to_owned(), value(&view))
}

/// The score of each year that `members` have; one alone says nothing that their score does not.
fn years_to_compare(shared: &Shared<'_>, members: &[usize]) -> Vec<YearScore> {
    Some(shared.by_year(members)).filter(|years| years.len() > 1).unwrap_or_default()
}

/// The scale explained, and how often each rating was given in each year.
pub(super) fn ratings(shared: &Shared<'_>) -> View {
    let site = shared.site;
    let years: Vec<YearHead> =
        site.years.iter().map(|year| shared.year_head(year.fiscal_year)).collect();
    let rows: Vec<Value> = site
        .ratings
        .iter()
        .enumerate()
        .map(|(index, entry)| {
            let counts = site.years.iter().map(|year| year.counts[index].count);
            minijinja::context! {
                rating => shared.ratings[index].clone(),
                counts => counts.collect::<Vec<usize>>(),
                total => entry.measures.len(),
            }
        })
        .collect();
    overview(
        shared,
        "ratings",
        minijinja::context! {
            rows => rows,
            years => value(&years),
            totals => site.years.iter().map(|year| year.measures.len()).collect::<Vec<usize>>(),
            scores => value(&year_items(shared)),
            total => site.measures.len(),
            has_missed => site.can_miss(),
            has_comparisons => site.years.len() > 1,
        },
    )
}

pub(super) fn rating(shared: &Shared<'_>, index: usize) -> View {
    let entry = &shared.site.ratings[index];
    let view = ListView {
        heading: shared.text(&entry.rating.label),
        lead: Some(shared.text(&entry.rating.meaning)),
        score: shared.score_of(entry.measures.iter().copied()),
        years: Vec::new(),
        groups: groups(shared, &entry.measures),
        cut: entry.measures.len() > LIST_LENGTH,
        filter: format!("rating={}", entry.rating.id),
        rating: Some(shared.ratings[index].clone()),
        scale: shared.ratings.clone(),
        policies: Vec::new(),
        missed: None,
        comparison: None,
    };
    single(shared, "ratings", entry.rating.label.get(shared.language).to_owned(), value(&view))
}

fn year_items(shared: &Shared<'_>) -> Vec<OverviewItem> {
    let item = |entry: &crate::site::YearEntry| OverviewItem {
        link: minijinja::context! { url => format!("years/{}.html", entry.fiscal_year) },
        year: Some(entry.fiscal_year.long(shared.language)),
        note: None,
        count: entry.measures.len(),
        score: shared.score(&entry.counts),
    };
    shared.site.years.iter().map(item).collect()
}

pub(super) fn years(shared: &Shared<'_>) -> View {
    let comparisons = shared.site.years.len() > 1;
    overview(
        shared,
        "years",
        minijinja::context! {
            items => value(&year_items(shared)),
            comparisons => comparisons,
            missed => shared.site.can_miss(),
        },
    )
}

pub(super) fn year(shared: &Shared<'_>, index: usize) -> View {
    let site = shared.site;
    let entry = &site.years[index];
    let name = entry.fiscal_year.long(shared.language);
    let before = site.years.get(index + 1);
    let view = ListView {
        heading: Text { text: &name, lang: None },
        lead: None,
        score: shared.score(&entry.counts),
        years: Vec::new(),
        groups: Vec::new(),
        cut: false,
        filter: format!("year={}", entry.fiscal_year),
        rating: None,
        scale: Vec::new(),
        policies: entry.policies.iter().map(|&policy| policy_item(shared, policy)).collect(),
        missed: site.can_miss().then(|| file_paths::missed(entry.fiscal_year, 1)),
        comparison: before.map(|b| file_paths::comparison(entry.fiscal_year, b.fiscal_year)),
    };
    let value = value(&view);
    single(shared, "years", name, value)
}
