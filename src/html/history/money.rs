//! The **money** of a measure on its page: budgets and settlements, summed by year and row by row.

use serde::Serialize;

use crate::html::context::Context;
use crate::html::fields::{FieldsView, fields};
use crate::policy::{Budget, Of};

use super::plots::budget_plot;
use super::{ChartView, grouped, in_table, on_page};

#[derive(Serialize)]
pub(in crate::html) struct MoneyView<'s> {
    chart: Option<ChartView>,
    years: Vec<MoneyYearView>,
    /// Is any budget, any settlement known? A column of dashes says nothing.
    has_budget: bool,
    has_settled: bool,
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
}

#[derive(Serialize)]
struct SourceView<'s> {
    year: String,
    source: Option<&'s str>,
    budget: Option<String>,
    settled: Option<String>,
    note: Option<&'s str>,
    fields: FieldsView,
}

/// The money of `measure`; `None` where nothing is known of it.
pub(in crate::html) fn money<'s>(context: &Context<'s>, measure: usize) -> Option<MoneyView<'s>> {
    let entry = &context.site.measures[measure];
    let history = context.site.budget_history(measure);
    if history.is_empty() {
        return None;
    }
    let chart = on_page(context, &budget_plot(context, &history, entry.fiscal_year), "money");
    let says_more = |row: &Budget| {
        row.source.is_some()
            || row.note.is_some()
            || !fields(context, Of::Budget, &row.fields).is_empty()
    };
    let told = entry.budgets.iter().any(says_more);
    let sources = entry.budgets.iter().filter(|_| told).map(|row| SourceView {
        year: in_table(row.fiscal_year, context.language),
        source: row.source.as_deref(),
        budget: grouped(&row.budget),
        settled: grouped(&row.settled),
        note: row.note.as_deref(),
        fields: fields(context, Of::Budget, &row.fields),
    });
    Some(MoneyView {
        chart,
        sources: sources.collect(),
        has_budget: history.iter().any(|sum| sum.budget.is_some()),
        has_settled: history.iter().any(|sum| sum.settled.is_some()),
        years: history
            .iter()
            .map(|sum| MoneyYearView {
                year: in_table(sum.fiscal_year, context.language),
                fiscal_year: sum.fiscal_year.year(),
                current: sum.fiscal_year == entry.fiscal_year,
                budget: grouped(&sum.budget),
                settled: grouped(&sum.settled),
            })
            .collect(),
    })
}
