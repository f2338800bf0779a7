//! Pages of the measures that **missed** their goals: those whose declared rating says so, by year
//! and department, each with the first sentence of its account.
//!
//! Not in here: what counts as missed (the tone of the rating, which the city declares).

use std::collections::BTreeMap;

use minijinja::value::Value;
use serde::Serialize;

use crate::config::Tone;
use crate::markdown::{first_sentence, source};
use crate::site::{MISSED_ON_A_PAGE, YearEntry, file_paths};

use super::PageView;
use super::context::{MeasureItem, OwnText, PageContext, value};
use super::head::Crumb;
use super::scores::YearHead;

/// Most characters of an account's first sentence.
const SENTENCE: usize = 160;

#[derive(Serialize)]
struct MissedYear {
    head: YearHead,
    url: String,
    count: usize,
    total: usize,
}

#[derive(Serialize)]
struct MissedDepartment {
    department: Value,
    /// For each year, the number of measures and the address of the first; `None` for no measure.
    cells: Vec<Option<(usize, String)>>,
}

#[derive(Serialize)]
struct MissedGroup<'s> {
    id: &'s str,
    department: Value,
    measures: Vec<Missed<'s>>,
}

#[derive(Serialize)]
struct Missed<'s> {
    item: MeasureItem<'s>,
    /// The first sentence of its account.
    sentence: Option<OwnText>,
}

/// The page of all years, with counts by year and by department.
pub(super) fn years(context: &PageContext<'_>) -> PageView {
    let site = context.site;
    let mut departments: BTreeMap<usize, Vec<Option<(usize, String)>>> = BTreeMap::new();
    for (column, year) in site.years.iter().enumerate() {
        for (position, &measure) in year.missed.iter().enumerate() {
            let department = site.measures[measure].department;
            let row = departments.entry(department).or_insert_with(|| vec![None; site.years.len()]);
            let id = &site.departments[department].department.id;
            let page = file_paths::missed(year.fiscal_year, position / MISSED_ON_A_PAGE + 1);
            row[column].get_or_insert_with(|| (0, format!("{page}#{id}"))).0 += 1;
        }
    }
    let rows: Vec<MissedDepartment> = departments
        .into_iter()
        .map(|(index, cells)| MissedDepartment {
            department: context.departments[index].clone(),
            cells,
        })
        .collect();
    PageView {
        title: context.word("missed"),
        description: Some(context.word("missed_lead")),
        breadcrumbs: vec![Crumb::new(context.word("ratings"), file_paths::RATINGS)],
        value: minijinja::context! {
            ratings => poor_ratings(context),
            years => value(&year_rows(context)),
            departments => value(&rows),
        },
    }
}

/// Page `number`, from 1, of the measures of the year `index` that missed their goals.
pub(super) fn year(context: &PageContext<'_>, index: usize, number: usize) -> PageView {
    let site = context.site;
    let year = &site.years[index];
    let pages = year.missed.len().div_ceil(MISSED_ON_A_PAGE).max(1);
    let shown: Vec<usize> = year
        .missed
        .iter()
        .copied()
        .skip((number - 1) * MISSED_ON_A_PAGE)
        .take(MISSED_ON_A_PAGE)
        .collect();
    let groups: Vec<MissedGroup<'_>> = shown
        .chunk_by(|&a, &b| site.measures[a].department == site.measures[b].department)
        .map(|members| group(context, members))
        .collect();
    let turn =
        |to: usize| (1..=pages).contains(&to).then(|| file_paths::missed(year.fiscal_year, to));
    PageView {
        title: context
            .word("missed_in")
            .replace("{year}", &year.fiscal_year.long(context.language)),
        description: Some(counted(context, year)),
        breadcrumbs: vec![
            Crumb::new(context.word("ratings"), file_paths::RATINGS),
            Crumb::new(context.word("missed"), file_paths::MISSED),
        ],
        value: minijinja::context! {
            year => context.year_value(year.fiscal_year),
            lead => counted(context, year),
            ratings => poor_ratings(context),
            groups => value(&groups),
            years => value(&year_rows(context)),
            number => number,
            pages => pages,
            previous => turn(number.wrapping_sub(1)),
            next => turn(number + 1),
        },
    }
}

fn group<'s>(context: &PageContext<'s>, members: &[usize]) -> MissedGroup<'s> {
    let site = context.site;
    let department = site.measures[members[0]].department;
    let measures = members.iter().map(|&member| {
        let account = site.measures[member].result.as_ref().and_then(|r| r.account.as_ref());
        let sentence = account.map(|account| OwnText {
            text: first_sentence(&source(account, context.language), SENTENCE),
            lang: context.text(account).lang,
        });
        Missed { item: context.measure_item(member), sentence }
    });
    MissedGroup {
        id: site.departments[department].department.id.as_str(),
        department: context.departments[department].clone(),
        measures: measures.collect(),
    }
}

fn poor_ratings(context: &PageContext<'_>) -> Vec<Value> {
    let ratings = context.site.ratings.iter().zip(context.ratings.iter());
    let poor = ratings.filter(|(entry, _)| entry.rating.tone == Tone::Poor);
    poor.map(|(_, rating)| rating.clone()).collect()
}

fn year_rows(context: &PageContext<'_>) -> Vec<MissedYear> {
    let row = |year: &YearEntry| MissedYear {
        head: context.year_head(year.fiscal_year),
        url: file_paths::missed(year.fiscal_year, 1),
        count: year.missed.len(),
        total: graded(context, year),
    };
    context.site.years.iter().map(row).collect()
}

/// How many measures of `year` have a grade at all.
fn graded(context: &PageContext<'_>, year: &YearEntry) -> usize {
    let grades = context.site.config.ratings.grades.len();
    year.counts.iter().filter(|count| count.rating < grades).map(|count| count.count).sum()
}

fn counted(context: &PageContext<'_>, year: &YearEntry) -> String {
    context
        .word("missed_count")
        .replace("{total}", &graded(context, year).to_string())
        .replace("{count}", &year.missed.len().to_string())
}
