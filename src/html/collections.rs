//! Pages of **collections**: lists, and one page for each department, topic, rating and year.

use minijinja::value::Value;
use serde::Serialize;

use crate::site::RatingCount;

use super::View;
use super::shared::{MeasureItem, Share, Shared, Text, value};

/// Measures that one page lists. Beyond, the search page with its filters serves better than a page
/// that a phone cannot load.
const LIST_LENGTH: usize = 300;

#[derive(Serialize)]
struct ListView<'s> {
    heading: Text<'s>,
    lead: Option<Text<'s>>,
    /// Facts for a description list: word and value.
    facts: Vec<(String, Value)>,
    shares: Vec<Share>,
    measures: Vec<MeasureItem<'s>>,
    total: usize,
    /// Query of the search page that finds all of them.
    filter: Option<String>,
    rating: Option<Value>,
    policies: Vec<PolicyItem<'s>>,
}

#[derive(Serialize)]
struct PolicyItem<'s> {
    url: String,
    year: String,
    department: Value,
    headline: Option<Text<'s>>,
    count: usize,
    shares: Vec<Share>,
}

#[derive(Serialize)]
struct OverviewItem {
    link: Value,
    year: Option<String>,
    note: Option<String>,
    count: usize,
    shares: Vec<Share>,
}

fn measure_list<'s>(shared: &Shared<'s>, members: &[usize]) -> Vec<MeasureItem<'s>> {
    members.iter().take(LIST_LENGTH).map(|&index| shared.measure_item(index)).collect()
}

fn policy_item<'s>(shared: &Shared<'s>, index: usize) -> PolicyItem<'s> {
    let policy = &shared.site.policies[index];
    PolicyItem {
        url: format!("policies/{}.html", policy.id),
        year: policy.fiscal_year.long(shared.language),
        department: shared.departments[policy.department].clone(),
        headline: policy.headline.as_ref().map(|text| shared.text(text)),
        count: policy.measures.len(),
        shares: shared.shares(&policy.counts),
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
        breadcrumbs: vec![(shared.word(list), format!("{list}/index.html"))],
        value,
    }
}

pub(super) fn policies(shared: &Shared<'_>) -> View {
    let items: Vec<PolicyItem<'_>> =
        (0..shared.site.policies.len()).map(|index| policy_item(shared, index)).collect();
    overview(shared, "policies", minijinja::context! { policies => value(&items) })
}

pub(super) fn departments(shared: &Shared<'_>) -> View {
    let item = |(index, entry): (usize, &crate::site::DepartmentEntry)| OverviewItem {
        link: shared.departments[index].clone(),
        year: None,
        note: entry
            .department
            .valid_to
            .map(|date| shared.word("until").replace("{date}", &date.long(shared.language))),
        count: total(&entry.counts),
        shares: shared.shares(&entry.counts),
    };
    let items: Vec<OverviewItem> = shared.site.departments.iter().enumerate().map(item).collect();
    overview(shared, "departments", minijinja::context! { items => value(&items) })
}

pub(super) fn department(shared: &Shared<'_>, index: usize) -> View {
    let site = shared.site;
    let entry = &site.departments[index];
    let department = &entry.department;
    let mut facts: Vec<(String, Value)> = Vec::new();
    if let Some(kana) = &department.kana {
        facts.push((shared.word("kana"), Value::from(kana)));
    }
    let mut date = |word: &str, date: Option<crate::calendar::Date>| {
        facts.extend(date.map(|date| (shared.word(word), Value::from(date.long(shared.language)))));
    };
    date("valid_from", department.valid_from);
    date("valid_to", department.valid_to);
    let mut linked = |word: &str, members: &[usize]| {
        if !members.is_empty() {
            let links: Vec<Value> =
                members.iter().map(|&m| shared.departments[m].clone()).collect();
            facts.push((shared.word(word), Value::from(links)));
        }
    };
    linked("parent", &entry.parent.map(|parent| vec![parent]).unwrap_or_default());
    linked("children", &entry.children);
    linked("predecessors", &entry.predecessors);
    linked("successors", &entry.successors);
    let view = ListView {
        heading: shared.text(&department.name),
        lead: None,
        facts,
        shares: shared.shares(&entry.counts),
        measures: Vec::new(),
        total: total(&entry.counts),
        filter: Some(format!("department={}", department.id)),
        rating: None,
        policies: entry.policies.iter().map(|&policy| policy_item(shared, policy)).collect(),
    };
    single(shared, "departments", department.name.get(shared.language).to_owned(), value(&view))
}

pub(super) fn topics(shared: &Shared<'_>) -> View {
    let item = |(index, entry): (usize, &crate::site::TopicEntry)| OverviewItem {
        link: shared.topics[index].clone(),
        year: None,
        note: None,
        count: entry.measures.len(),
        shares: shared.shares(&entry.counts),
    };
    let items: Vec<OverviewItem> = shared.site.topics.iter().enumerate().map(item).collect();
    overview(shared, "topics", minijinja::context! { items => value(&items) })
}

pub(super) fn topic(shared: &Shared<'_>, index: usize) -> View {
    let entry = &shared.site.topics[index];
    let view = ListView {
        heading: shared.text(&entry.topic.name),
        lead: None,
        facts: Vec::new(),
        shares: shared.shares(&entry.counts),
        measures: measure_list(shared, &entry.measures),
        total: entry.measures.len(),
        filter: Some(format!("topic={}", entry.topic.id)),
        rating: None,
        policies: Vec::new(),
    };
    single(shared, "topics", entry.topic.name.get(shared.language).to_owned(), value(&view))
}

pub(super) fn ratings(shared: &Shared<'_>) -> View {
    let item = |(index, entry): (usize, &crate::site::RatingEntry)| OverviewItem {
        link: shared.ratings[index].clone(),
        year: None,
        note: Some(entry.rating.meaning.get(shared.language).to_owned()),
        count: entry.measures.len(),
        shares: Vec::new(),
    };
    let items: Vec<OverviewItem> = shared.site.ratings.iter().enumerate().map(item).collect();
    overview(shared, "ratings", minijinja::context! { items => value(&items) })
}

pub(super) fn rating(shared: &Shared<'_>, index: usize) -> View {
    let entry = &shared.site.ratings[index];
    let view = ListView {
        heading: shared.text(&entry.rating.label),
        lead: Some(shared.text(&entry.rating.meaning)),
        facts: Vec::new(),
        shares: Vec::new(),
        measures: measure_list(shared, &entry.measures),
        total: entry.measures.len(),
        filter: Some(format!("rating={}", entry.rating.id)),
        rating: Some(shared.ratings[index].clone()),
        policies: Vec::new(),
    };
    single(shared, "ratings", entry.rating.label.get(shared.language).to_owned(), value(&view))
}

fn year_items(shared: &Shared<'_>) -> Vec<OverviewItem> {
    let item = |entry: &crate::site::YearEntry| OverviewItem {
        link: minijinja::context! { url => format!("years/{}.html", entry.fiscal_year) },
        year: Some(entry.fiscal_year.long(shared.language)),
        note: None,
        count: entry.measures.len(),
        shares: shared.shares(&entry.counts),
    };
    shared.site.years.iter().map(item).collect()
}

pub(super) fn years(shared: &Shared<'_>) -> View {
    overview(shared, "years", minijinja::context! { items => value(&year_items(shared)) })
}

pub(super) fn year(shared: &Shared<'_>, index: usize) -> View {
    let entry = &shared.site.years[index];
    let name = entry.fiscal_year.long(shared.language);
    let view = ListView {
        heading: Text { text: &name, lang: None },
        lead: None,
        facts: Vec::new(),
        shares: shared.shares(&entry.counts),
        measures: Vec::new(),
        total: entry.measures.len(),
        filter: Some(format!("year={}", entry.fiscal_year)),
        rating: None,
        policies: entry.policies.iter().map(|&policy| policy_item(shared, policy)).collect(),
    };
    let value = value(&view);
    single(shared, "years", name, value)
}

fn total(counts: &[RatingCount]) -> usize {
    counts.iter().map(|count| count.count).sum()
}
