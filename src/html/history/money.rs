//! The **money** of a measure on its page: budgets and settlements, summed by year and row by row.

use serde::Serialize;

use crate::calendar::FiscalYear;
use crate::html::context::PageContext;
use crate::html::fields::{FieldsView, fields};
use crate::policy::{Budget, Of};
use crate::site::{BudgetYear, by_year};

use super::plots::{budget_plot, money_decimals};
use super::{ChartView, in_table, on_page, shown, status_word};

#[derive(Serialize)]
pub(in crate::html) struct MoneyView<'s> {
    chart: Option<ChartView>,
    years: Vec<MoneyYearView>,
    /// Is any budget known? Without any, the column is left out.
    has_budget: bool,
    /// The same for settled amounts.
    has_settled: bool,
    /// The sums of each category by year, where there are categories.
    categories: Vec<CategoryView>,
    /// Does any of these rows name a source or a category? Without names there is no table of them.
    has_sources: bool,
    /// The rows of the measure itself, where they say more than the sums.
    sources: Vec<SourceView<'s>>,
}

#[derive(Serialize)]
struct MoneyYearView {
    year: String,
    /// The year as a number, for files that readers save.
    fiscal_year: i32,
    current: bool,
    budget: Option<String>,
    settled: Option<String>,
    /// The statuses of the figures, as keys of words.
    statuses: Vec<String>,
}

/// One category in one year.
#[derive(Serialize)]
struct CategoryView {
    /// `None` for money that is of no category.
    name: Option<String>,
    year: MoneyYearView,
}

#[derive(Serialize)]
struct SourceView<'s> {
    year: String,
    source: Option<&'s str>,
    category: Option<&'s str>,
    budget: Option<String>,
    settled: Option<String>,
    note: Option<&'s str>,
    /// The status of the figures, as the key of a word.
    status: Option<String>,
    fields: FieldsView,
}

/// The money of `measure` over the years; `None` if nothing is known of it.
pub(in crate::html) fn money<'s>(
    context: &PageContext<'s>,
    measure: usize,
) -> Option<MoneyView<'s>> {
    let entry = &context.site.measures[measure];
    let rows = context.site.money(measure);
    let history = by_year(&rows);
    if history.is_empty() {
        return None;
    }
    let own_year = entry.fiscal_year;
    let decimals = money_decimals(&history);
    let chart = on_page(context, &budget_plot(context, &history, own_year), "money");
    let says_more = |row: &Budget| {
        row.source.is_some()
            || row.note.is_some()
            || row.status.is_some()
            || !fields(context, Of::Budget, &row.fields).is_empty()
    };
    let told = entry.budgets.iter().any(says_more);
    let sources = entry.budgets.iter().filter(|_| told).map(|row| SourceView {
        year: in_table(row.fiscal_year, context.language),
        source: row.source.as_deref(),
        category: row.category.as_deref(),
        budget: shown(context, &row.budget, decimals),
        settled: shown(context, &row.settled, decimals),
        note: row.note.as_deref(),
        status: row.status.map(status_word),
        fields: fields(context, Of::Budget, &row.fields),
    });
    Some(MoneyView {
        chart,
        has_sources: told
            && entry.budgets.iter().any(|row| row.source.is_some() || row.category.is_some()),
        sources: sources.collect(),
        has_budget: history.iter().any(|sum| sum.budget.is_some()),
        has_settled: history.iter().any(|sum| sum.settled.is_some()),
        categories: categories(context, &rows, own_year, decimals),
        years: history.iter().map(|sum| year_view(context, sum, own_year, decimals)).collect(),
    })
}

fn year_view(
    context: &PageContext<'_>,
    sum: &BudgetYear,
    own_year: FiscalYear,
    decimals: usize,
) -> MoneyYearView {
    MoneyYearView {
        year: in_table(sum.fiscal_year, context.language),
        fiscal_year: sum.fiscal_year.year(),
        current: sum.fiscal_year == own_year,
        budget: shown(context, &sum.budget, decimals),
        settled: shown(context, &sum.settled, decimals),
        statuses: sum.statuses.iter().copied().map(status_word).collect(),
    }
}

/// The sums of each category in each year, by year, then in the order in which categories first
/// occur; empty if no row has a category.
fn categories(
    context: &PageContext<'_>,
    rows: &[Budget],
    own_year: FiscalYear,
    decimals: usize,
) -> Vec<CategoryView> {
    if rows.iter().all(|row| row.category.is_none()) {
        return Vec::new();
    }
    let mut names: Vec<&Option<String>> = Vec::new();
    for row in rows {
        if !names.contains(&&row.category) {
            names.push(&row.category);
        }
    }
    let years = rows.chunk_by(|one, next| one.fiscal_year == next.fiscal_year);
    let of_year = |rows: &[Budget]| {
        let sum = |name: &&Option<String>| {
            let own: Vec<&Budget> = rows.iter().filter(|row| row.category == **name).collect();
            let year = BudgetYear::of(rows[0].fiscal_year, &own);
            (!own.is_empty()).then(|| CategoryView {
                name: (*name).clone(),
                year: year_view(context, &year, own_year, decimals),
            })
        };
        names.iter().filter_map(sum).collect::<Vec<_>>()
    };
    years.flat_map(of_year).collect()
}
