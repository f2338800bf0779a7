//! The page of **all departments**: the ratings of each by year. A department is listed below the
//! one that it belongs to. For a year without a policy of its own, it has the sum of the
//! departments below it.
//!
//! Not in here: the page of one of them (`department`).

use minijinja::value::Value;
use serde::Serialize;

use crate::calendar::{Date, FiscalYear};
use crate::site::{RatingCount, Site, file_paths};

use super::PageView;
use super::context::{PageContext, value};
use super::scores::{Score, YearHead};

/// Columns of the table of ratings by year.
const YEARS: usize = 8;

/// Most rows of that table. If there are more departments, only those at the top are shown; the
/// others are on the pages of the departments that they belong to.
const ROWS: usize = 60;

#[derive(Serialize)]
struct Row {
    department: Value,
    until: Option<String>,
    /// Its depth in the tree of the listed departments, from 0.
    depth: usize,
    cells: Vec<Option<DepartmentCell>>,
}

#[derive(Serialize)]
struct DepartmentCell {
    /// Page of the policy; `None` where the score is the sum of the departments below.
    url: Option<String>,
    score: Score,
}

/// The page of all departments with their ratings by year, the dissolved ones apart.
pub(super) fn departments(context: &PageContext<'_>) -> PageView {
    let site = context.site;
    let years: Vec<FiscalYear> = site.years.iter().take(YEARS).map(|y| y.fiscal_year).collect();
    let (former, present): (Vec<usize>, Vec<usize>) = (0..site.departments.len())
        .partition(|&index| site.departments[index].department.valid_to.is_some());
    let rows = |members: &[usize]| -> Vec<Row> {
        let all = below_each_other(site, members).into_iter();
        let shown = all.filter(|&(_, depth)| depth == 0 || members.len() <= ROWS);
        shown.map(|(index, depth)| row(context, index, depth, &years)).collect()
    };
    let heads: Vec<YearHead> = years.iter().map(|&year| context.year_head(year)).collect();
    PageView {
        title: context.word("departments"),
        description: Some(context.word("departments_lead")),
        breadcrumbs: Vec::new(),
        value: minijinja::context! {
            years => value(&heads),
            present => value(&rows(&present)),
            former => value(&rows(&former)),
            folded => present.len() > ROWS || former.len() > ROWS,
            legend => context.legend(),
        },
    }
}

/// `members` in depth-first order, each after the member that it belongs to, with its depth.
fn below_each_other(site: &Site, members: &[usize]) -> Vec<(usize, usize)> {
    fn add(
        site: &Site,
        members: &[usize],
        index: usize,
        depth: usize,
        all: &mut Vec<(usize, usize)>,
    ) {
        all.push((index, depth));
        for &child in &site.departments[index].children {
            if members.contains(&child) {
                add(site, members, child, depth + 1, all);
            }
        }
    }
    let mut all = Vec::with_capacity(members.len());
    for &index in members {
        if !site.departments[index].parent.is_some_and(|parent| members.contains(&parent)) {
            add(site, members, index, 0, &mut all);
        }
    }
    all
}

/// `index` and all departments below it, at any depth.
pub(super) fn whole(site: &Site, index: usize) -> Vec<usize> {
    let mut all = vec![index];
    let mut next = 0;
    while let Some(&department) = all.get(next) {
        all.extend(&site.departments[department].children);
        next += 1;
    }
    all
}

/// The number of measures of `departments` with each rating, in `year`, or in all years if it is
/// `None`.
pub(super) fn counts(
    site: &Site,
    departments: &[usize],
    year: Option<FiscalYear>,
) -> Vec<RatingCount> {
    let ratings = 0..site.ratings.len();
    let mut sums: Vec<RatingCount> =
        ratings.map(|rating| RatingCount { rating, count: 0 }).collect();
    let policies = departments.iter().flat_map(|&index| &site.departments[index].policies);
    for policy in policies.map(|&policy| &site.policies[policy]) {
        if year.is_none_or(|year| policy.fiscal_year == year) {
            for count in &policy.counts {
                sums[count.rating].count += count.count;
            }
        }
    }
    sums
}

/// The row of the department `index`, with a cell for each of `years`: the score of its policy;
/// without one, the sum of the departments below it; `None` if that sum is empty.
fn row(context: &PageContext<'_>, index: usize, depth: usize, years: &[FiscalYear]) -> Row {
    let site = context.site;
    let entry = &site.departments[index];
    let until = |date: Date| context.word("until").replace("{date}", &date.long(context.language));
    let whole = whole(site, index);
    let cell = |&year: &FiscalYear| {
        let mut policies = entry.policies.iter().map(|&policy| &site.policies[policy]);
        if let Some(policy) = policies.find(|policy| policy.fiscal_year == year) {
            let url = Some(file_paths::policy_page(&policy.id));
            return Some(DepartmentCell { url, score: context.score(&policy.counts) });
        }
        let score = context.score(&counts(site, &whole, Some(year)));
        (score.total > 0).then_some(DepartmentCell { url: None, score })
    };
    Row {
        department: context.departments[index].clone(),
        until: entry.department.valid_to.map(until),
        depth,
        cells: years.iter().map(cell).collect(),
    }
}
