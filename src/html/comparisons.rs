//! Pages that **compare** a year with the one before it: shares, departments, and the measures
//! whose rating rose, fell or stayed.
//!
//! Not in here: which measures belong together (`site::Comparison`).

use minijinja::value::Value;
use serde::Serialize;

use crate::site::{Comparison, Followed, YearEntry, file_paths};

use super::PageView;
use super::context::{MeasureItem, PageContext, value};
use super::head::Crumb;
use super::scores::{Score, YearHead};

/// Most measures in one list. The table of measures has all of them.
const LIST_LENGTH: usize = 100;

#[derive(Serialize)]
struct PairRow {
    url: String,
    newer: YearHead,
    older: YearHead,
    current: bool,
    rose: usize,
    fell: usize,
    stayed: usize,
}

/// How often a rating was given in each of the two years.
#[derive(Serialize)]
struct RatingRow {
    rating: Value,
    older: RatingPart,
    newer: RatingPart,
}

#[derive(Serialize)]
struct RatingPart {
    count: usize,
    /// Percentage of the year's measures, rounded; `None` for a year without measures.
    percent: Option<usize>,
}

#[derive(Serialize)]
struct ComparedDepartment {
    department: Value,
    older: Option<DepartmentScore>,
    newer: Option<DepartmentScore>,
}

#[derive(Serialize)]
struct DepartmentScore {
    url: String,
    score: Score,
}

#[derive(Serialize)]
struct Change<'s> {
    item: MeasureItem<'s>,
    /// Its rating in the older year.
    was: Value,
}

/// The beginning of a list, with the number of all its items.
#[derive(Serialize)]
struct CutList<T> {
    count: usize,
    shown: Vec<T>,
}

/// The page of all pairs of consecutive years.
pub(super) fn all(context: &PageContext<'_>) -> PageView {
    PageView {
        title: context.word("comparisons"),
        description: Some(context.word("comparisons_lead")),
        breadcrumbs: vec![Crumb::new(context.word("years"), file_paths::YEARS)],
        value: minijinja::context! { pairs => value(&pairs(context, None)) },
    }
}

/// The page that compares the year `index` with the year before it.
pub(super) fn comparison(context: &PageContext<'_>, index: usize) -> PageView {
    let site = context.site;
    let (newer, older) = (&site.years[index], &site.years[index + 1]);
    let comparison = site.compare(index, index + 1);
    let title = in_years(context, "comparison_title", newer, older);
    PageView {
        description: Some(lead(context, &comparison, newer, older)),
        breadcrumbs: vec![
            Crumb::new(context.word("years"), file_paths::YEARS),
            Crumb::new(context.word("comparisons"), file_paths::COMPARISONS),
        ],
        value: minijinja::context! {
            lead => lead(context, &comparison, newer, older),
            not_yet => not_yet(context, newer),
            newer => context.year_value(newer.fiscal_year),
            older => context.year_value(older.fiscal_year),
            newer_score => value(&context.score(&newer.counts)),
            older_score => value(&context.score(&older.counts)),
            ratings => value(&rating_rows(context, newer, older)),
            legend => context.legend(),
            departments => value(&department_rows(context, newer, older)),
            fell => value(&changes(context, &comparison.fell)),
            rose => value(&changes(context, &comparison.rose)),
            stayed => value(&changes(context, &comparison.stayed)),
            without_grade => comparison.without_grade.len(),
            begun => value(&measures(context, &comparison.begun)),
            ended => value(&measures(context, &comparison.ended)),
            pairs => value(&pairs(context, Some(index))),
        },
        title,
    }
}

fn pairs(context: &PageContext<'_>, current: Option<usize>) -> Vec<PairRow> {
    let site = context.site;
    let pair = |(index, pair): (usize, &[YearEntry])| {
        let comparison = site.compare(index, index + 1);
        PairRow {
            url: file_paths::comparison(pair[0].fiscal_year, pair[1].fiscal_year),
            newer: context.year_head(pair[0].fiscal_year),
            older: context.year_head(pair[1].fiscal_year),
            current: current == Some(index),
            rose: comparison.rose.len(),
            fell: comparison.fell.len(),
            stayed: comparison.stayed.len(),
        }
    };
    site.years.windows(2).enumerate().map(pair).collect()
}

fn in_years(context: &PageContext<'_>, word: &str, newer: &YearEntry, older: &YearEntry) -> String {
    let name = |year: &YearEntry| context.year_head(year.fiscal_year).year;
    context.word(word).replace("{newer}", &name(newer)).replace("{older}", &name(older))
}

/// A summary of the comparison: a text of the theme with the counts filled in.
fn lead(
    context: &PageContext<'_>,
    comparison: &Comparison,
    newer: &YearEntry,
    older: &YearEntry,
) -> String {
    let lists = [&comparison.rose, &comparison.fell, &comparison.stayed, &comparison.without_grade];
    let both: usize = lists.iter().map(|list| list.len()).sum();
    [
        ("{both}", both),
        ("{rose}", comparison.rose.len()),
        ("{fell}", comparison.fell.len()),
        ("{stayed}", comparison.stayed.len()),
        ("{ungraded}", comparison.without_grade.len()),
        ("{begun}", comparison.begun.len()),
        ("{ended}", comparison.ended.len()),
    ]
    .iter()
    .fold(in_years(context, "comparison_lead", newer, older), |text, (place, number)| {
        text.replace(place, &number.to_string())
    })
}

/// How many results of the newer year are not published yet, as a sentence; `None` if all are.
fn not_yet(context: &PageContext<'_>, newer: &YearEntry) -> Option<String> {
    let count = newer.counts.last().map_or(0, |last| last.count);
    (count > 0).then(|| {
        let year = newer.fiscal_year.long(context.language);
        let text = context.word("comparison_not_yet").replace("{year}", &year);
        text.replace("{count}", &count.to_string())
            .replace("{total}", &newer.measures.len().to_string())
    })
}

fn rating_rows(context: &PageContext<'_>, newer: &YearEntry, older: &YearEntry) -> Vec<RatingRow> {
    let part = |year: &YearEntry, rating: usize| {
        let count = year.counts[rating].count;
        let percent = (count as f64 * 100.0 / year.measures.len() as f64).round();
        RatingPart { count, percent: (!year.measures.is_empty()).then_some(percent as usize) }
    };
    (0..context.site.ratings.len())
        .filter(|&rating| newer.counts[rating].count + older.counts[rating].count > 0)
        .map(|rating| RatingRow {
            rating: context.ratings[rating].clone(),
            older: part(older, rating),
            newer: part(newer, rating),
        })
        .collect()
}

/// The departments that have a policy in at least one of the two years, in the order of the site,
/// with the score of each policy.
fn department_rows(
    context: &PageContext<'_>,
    newer: &YearEntry,
    older: &YearEntry,
) -> Vec<ComparedDepartment> {
    let site = context.site;
    let score = |year: &YearEntry, department: usize| {
        let of_department = |&&policy: &&usize| site.policies[policy].department == department;
        let policy = &site.policies[*year.policies.iter().find(of_department)?];
        Some(DepartmentScore {
            url: file_paths::policy_page(&policy.id),
            score: context.score(&policy.counts),
        })
    };
    (0..site.departments.len())
        .map(|department| ComparedDepartment {
            department: context.departments[department].clone(),
            older: score(older, department),
            newer: score(newer, department),
        })
        .filter(|row| row.older.is_some() || row.newer.is_some())
        .collect()
}

fn changes<'s>(context: &PageContext<'s>, followed: &[Followed]) -> CutList<Change<'s>> {
    let change = |pair: &Followed| Change {
        item: context.measure_item(pair.newer),
        was: context.ratings[context.site.measures[pair.older].rating].clone(),
    };
    CutList {
        count: followed.len(),
        shown: followed.iter().take(LIST_LENGTH).map(change).collect(),
    }
}

fn measures<'s>(context: &PageContext<'s>, members: &[usize]) -> CutList<MeasureItem<'s>> {
    let shown = members.iter().take(LIST_LENGTH).map(|&member| context.measure_item(member));
    CutList { count: members.len(), shown: shown.collect() }
}
