//! Pages of one **measure** and of one **policy**.

use minijinja::value::Value;
use serde::Serialize;

use crate::policy::Better;
use crate::site::{DepartmentEntry, IndicatorEntry, MeasureEntry, file_paths};
use crate::text::{Decimal, Language, Localized};

use super::View;
use super::chart::{self, RatingsByYear};
use super::page::Linker;
use super::shared::{MeasureItem, Share, Shared, Text, value};
use crate::markdown::{summary, to_html};

/// Characters of a description for search engines.
const DESCRIPTION: usize = 120;

#[derive(Serialize)]
struct MeasureView<'s> {
    title: Text<'s>,
    /// One sentence: who promised it when, and how it was rated.
    lead: String,
    year: String,
    year_url: String,
    department: Value,
    policy_url: String,
    topics: Vec<Value>,
    direction: Option<Value>,
    easy: Option<Value>,
    rating: Value,
    account: Option<Value>,
    published: Option<String>,
    updated: Option<String>,
    indicators: Vec<IndicatorView<'s>>,
    budgets: Vec<BudgetView<'s>>,
    budget_sum: Option<BudgetSum>,
    other_years: Vec<MeasureItem<'s>>,
    json: String,
    citation: String,
}

#[derive(Serialize)]
struct IndicatorView<'s> {
    name: Text<'s>,
    unit: Option<&'s str>,
    better: &'static str,
    years: Vec<IndicatorYearView<'s>>,
    has_ratio: bool,
    has_notes: bool,
}

#[derive(Serialize)]
struct IndicatorYearView<'s> {
    year: String,
    current: bool,
    baseline: Option<String>,
    target: Option<String>,
    actual: Option<String>,
    /// Actual of target in percent, where that means something.
    ratio: Option<String>,
    note: Option<&'s str>,
}

#[derive(Serialize)]
struct BudgetView<'s> {
    year: String,
    source: Option<&'s str>,
    budget: Option<String>,
    settled: Option<String>,
    note: Option<&'s str>,
}

/// Sum over several sources of one year.
#[derive(Serialize)]
struct BudgetSum {
    budget: Option<String>,
    settled: Option<String>,
}

pub(super) fn measure(shared: &Shared<'_>, linker: &Linker, index: usize) -> View {
    let site = shared.site;
    let measure = &site.measures[index];
    let policy = &site.policies[measure.policy];
    let department = &site.departments[measure.department].department.name;
    let language = shared.language;
    let year = measure.fiscal_year.long(language);
    let rating = &site.ratings[measure.rating].rating;
    let policy_url = format!("policies/{}.html", policy.id);
    let lead = lead(shared, department.get(language), &year, rating.label.get(language), measure);
    let result = measure.result.as_ref();
    let url = site.config.base_url.join(&file_paths::localized(
        &format!("measures/{}.html", measure.id),
        language,
        site.config.own_language(),
    ));
    let view = MeasureView {
        title: shared.text(&measure.title),
        lead,
        year_url: format!("years/{}.html", measure.fiscal_year),
        department: shared.departments[measure.department].clone(),
        policy_url: policy_url.clone(),
        topics: measure.topics.iter().map(|&topic| shared.topics[topic].clone()).collect(),
        direction: measure.direction.as_ref().map(|text| shared.markdown(text, 3)),
        easy: measure.easy.as_ref().map(|text| Value::from_safe_string(to_html(text, 3))),
        rating: shared.ratings[measure.rating].clone(),
        account: result
            .and_then(|result| result.account.as_ref())
            .map(|text| shared.markdown(text, 3)),
        published: shared.date(result.and_then(|result| result.published)),
        updated: shared.date(measure.last_change().or(policy.updated)),
        indicators: measure
            .indicators
            .iter()
            .map(|entry| indicator(shared, measure, entry))
            .collect(),
        budgets: measure
            .budgets
            .iter()
            .map(|budget| BudgetView {
                year: budget.fiscal_year.long(language),
                source: budget.source.as_deref(),
                budget: grouped(&budget.budget),
                settled: grouped(&budget.settled),
                note: budget.note.as_deref(),
            })
            .collect(),
        budget_sum: budget_sum(measure),
        other_years: measure
            .in_other_years
            .iter()
            .filter(|&&other| other != index)
            .map(|&other| shared.measure_item(other))
            .collect(),
        json: format!("{}{}", linker.root, file_paths::measure_json(measure.id.as_str())),
        citation: citation(shared, measure.title.get(language), &year, &url),
        year: year.clone(),
    };
    let description =
        measure.direction.as_ref().map(|text| summary(text.get(language), DESCRIPTION));
    View {
        title: format!("{}（{year}）", measure.title.get(language)),
        description,
        breadcrumbs: vec![
            (shared.word("years"), "years/index.html".to_owned()),
            (year, format!("years/{}.html", measure.fiscal_year)),
            (department.get(language).to_owned(), policy_url),
        ],
        value: value(&view),
    }
}

/// The page in one sentence, made of its data.
fn lead(
    shared: &Shared<'_>,
    department: &str,
    year: &str,
    rating: &str,
    measure: &MeasureEntry,
) -> String {
    let key = if measure.result.is_some() { "lead_rated" } else { "lead_not_yet" };
    shared
        .word(key)
        .replace("{department}", department)
        .replace("{year}", year)
        .replace("{rating}", rating)
}

fn citation(shared: &Shared<'_>, title: &str, year: &str, url: &str) -> String {
    let publisher = shared.site.config.publisher.name.get(shared.language);
    match shared.language {
        Language::Ja => format!("{publisher}「{title}」（{year}）{url}"),
        Language::En => format!("{publisher}, “{title}” ({year}), {url}"),
    }
}

fn indicator<'s>(
    shared: &Shared<'s>,
    measure: &MeasureEntry,
    entry: &'s IndicatorEntry,
) -> IndicatorView<'s> {
    let years: Vec<IndicatorYearView<'_>> = entry
        .years
        .iter()
        .map(|year| IndicatorYearView {
            year: year.fiscal_year.long(shared.language),
            current: year.fiscal_year == measure.fiscal_year,
            baseline: grouped(&year.baseline),
            target: grouped(&year.target),
            actual: grouped(&year.actual),
            ratio: ratio(entry.better, year.target.as_ref(), year.actual.as_ref()),
            note: year.note.as_deref(),
        })
        .collect();
    IndicatorView {
        name: shared.text(&entry.name),
        unit: entry.unit.as_deref(),
        better: entry.better.as_str(),
        has_ratio: years.iter().any(|year| year.ratio.is_some()),
        has_notes: years.iter().any(|year| year.note.is_some()),
        years,
    }
}

/// Actual of target in percent. It means something only where more is better and the target is above
/// zero: half of a target of zero waiting children is nothing that can be said.
fn ratio(better: Better, target: Option<&Decimal>, actual: Option<&Decimal>) -> Option<String> {
    let (target, actual) = (target?.as_f64(), actual?.as_f64());
    let meaningful = better == Better::Higher && target > 0.0 && actual >= 0.0;
    meaningful.then(|| format!("{:.1}", actual / target * 100.0))
}

/// The sum over the sources of the measure's own year, where there are several and all are whole
/// numbers: sums of decimals would show digits that nobody wrote.
fn budget_sum(measure: &MeasureEntry) -> Option<BudgetSum> {
    let own: Vec<_> =
        measure.budgets.iter().filter(|b| b.fiscal_year == measure.fiscal_year).collect();
    if own.len() < 2 || own.len() != measure.budgets.len() {
        return None;
    }
    let sum = |figures: Vec<Option<&Decimal>>| -> Option<String> {
        let mut total: i64 = 0;
        for figure in figures {
            total = total.checked_add(figure?.as_str().parse().ok()?)?;
        }
        Decimal::parse(&total.to_string()).map(|total| total.grouped())
    };
    Some(BudgetSum {
        budget: sum(own.iter().map(|b| b.budget.as_ref()).collect()),
        settled: sum(own.iter().map(|b| b.settled.as_ref()).collect()),
    })
}

fn grouped(number: &Option<Decimal>) -> Option<String> {
    number.as_ref().map(Decimal::grouped)
}

#[derive(Serialize)]
struct PolicyView<'s> {
    headline: Option<Text<'s>>,
    statement: Option<Value>,
    year: String,
    year_url: String,
    department: Value,
    measures: Vec<MeasureInPolicy<'s>>,
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
    let view = PolicyView {
        headline: policy.headline.as_ref().map(|text| shared.text(text)),
        statement: policy.statement.as_ref().map(|text| shared.markdown(text, 3)),
        year: year.clone(),
        year_url: format!("years/{}.html", policy.fiscal_year),
        department: shared.departments[policy.department].clone(),
        measures: policy
            .measures
            .iter()
            .map(|&measure| MeasureInPolicy {
                item: shared.measure_item(measure),
                direction: site.measures[measure].direction.as_ref().map(short),
            })
            .collect(),
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

#[cfg(test)]
mod tests {
    use super::ratio;
    use crate::policy::Better;
    use crate::text::Decimal;

    #[test]
    fn a_ratio_is_shown_only_where_it_means_something() {
        let number = |text: &str| Decimal::parse(text).expect("a number");
        let of = |better, target: &str, actual: &str| {
            ratio(better, Some(&number(target)), Some(&number(actual)))
        };
        assert_eq!(of(Better::Higher, "200", "190").as_deref(), Some("95.0"));
        assert_eq!(of(Better::Higher, "0", "3"), None);
        assert_eq!(of(Better::Lower, "10", "5"), None);
        assert_eq!(of(Better::Steady, "10", "10"), None);
        assert_eq!(ratio(Better::Higher, None, Some(&number("1"))), None);
    }
}
