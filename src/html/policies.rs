//! The page of one **policy**: what a department set out to do in a year, and what came of it.

use minijinja::value::Value;
use serde::Serialize;

use crate::markdown::summary;
use crate::site::DepartmentEntry;
use crate::text::Localized;

use super::View;
use super::chart::{self, RatingsByYear};
use super::collections::LIST_LENGTH;
use super::measures::DESCRIPTION;
use super::shared::{MeasureItem, Share, Shared, Text, value};

#[derive(Serialize)]
struct PolicyView<'s> {
    headline: Option<Text<'s>>,
    statement: Option<Value>,
    year: String,
    year_url: String,
    department: Value,
    measures: Vec<MeasureInPolicy<'s>>,
    /// How many there are; `measures` may be fewer.
    count: usize,
    /// Are there so many that only titles and ratings are shown?
    is_long: bool,
    /// Query of the search page that finds all of them.
    filter: String,
    shares: Vec<Share>,
    other_years: Vec<OtherPolicy>,
    /// The ratings of all the department's years, where there are several.
    ratings: Option<RatingsByYear>,
    json: String,
    published: Option<String>,
    updated: Option<String>,
}

#[derive(Serialize)]
struct MeasureInPolicy<'s> {
    item: MeasureItem<'s>,
    direction: Option<String>,
}

/// Measures that are shown with the beginnings of their directions; more are a list to be scanned.
const WITH_DIRECTIONS: usize = 40;

#[derive(Serialize)]
struct OtherPolicy {
    url: String,
    year: String,
}

pub(super) fn policy(shared: &Shared<'_>, index: usize) -> View {
    let site = shared.site;
    let policy = &site.policies[index];
    let language = shared.language;
    let department = &site.departments[policy.department];
    let name = department.department.name.get(language);
    let year = policy.fiscal_year.long(language);
    let short = |text: &Localized| summary(text.get(language), DESCRIPTION);
    let is_long = policy.measures.len() > WITH_DIRECTIONS;
    let view = PolicyView {
        headline: policy.headline.as_ref().map(|text| shared.text(text)),
        statement: policy.statement.as_ref().map(|text| shared.markdown(text, 3)),
        year: year.clone(),
        year_url: format!("years/{}.html", policy.fiscal_year),
        department: shared.departments[policy.department].clone(),
        measures: policy
            .measures
            .iter()
            .take(LIST_LENGTH)
            .map(|&measure| MeasureInPolicy {
                item: shared.measure_item(measure),
                direction: (site.measures[measure].direction.as_ref())
                    .filter(|_| !is_long)
                    .map(short),
            })
            .collect(),
        count: policy.measures.len(),
        is_long,
        filter: format!("department={}&year={}", department.department.id, policy.fiscal_year),
        shares: shared.shares(&policy.counts),
        other_years: department
            .policies
            .iter()
            .filter(|&&other| other != index)
            .map(|&other| OtherPolicy {
                url: format!("policies/{}.html", site.policies[other].id),
                year: site.policies[other].fiscal_year.long(language),
            })
            .collect(),
        ratings: ratings_over_years(shared, department, name),
        json: format!("policies/{}.json", policy.id),
        published: shared.date(policy.published),
        updated: shared.date(policy.updated),
    };
    View {
        title: format!("{name} {} {year}", shared.word("policy")),
        description: policy.headline.as_ref().map(short),
        breadcrumbs: vec![
            (shared.word("years"), "years/index.html".to_owned()),
            (year, format!("years/{}.html", policy.fiscal_year)),
        ],
        value: value(&view),
    }
}

fn ratings_over_years(
    shared: &Shared<'_>,
    department: &DepartmentEntry,
    name: &str,
) -> Option<RatingsByYear> {
    let policies = department.policies.iter().map(|&policy| &shared.site.policies[policy]);
    let years: Vec<_> = policies.map(|p| (p.fiscal_year, p.counts.as_slice())).collect();
    let title = shared.word("ratings_over_years_of").replace("{name}", name);
    (years.len() > 1)
        .then(|| chart::ratings_by_year(shared, "ratings-by-year", &title, &years))
        .flatten()
}
