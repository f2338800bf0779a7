//! The **key** of a chart: which marks it has, and what each means.
//!
//! Not in here: how the marks look (`chart` and the theme).

use serde::Serialize;

use crate::html::chart::{self, PlanLooks, Plot};
use crate::html::context::PageContext;

/// One mark of a chart and what it means.
#[derive(Serialize)]
pub(super) struct KeyItem {
    look: &'static str,
    text: String,
}

/// The marks that the chart of `plot` has, each with its meaning.
pub(super) fn key(context: &PageContext<'_>, plot: &Plot<'_>) -> Vec<KeyItem> {
    let (actual, planned) = words(plot.plan);
    let item = |look, text| KeyItem { look, text };
    let mut key = vec![item(
        if plot.years.len() >= chart::LINE_FROM && plot.plan == PlanLooks::Target {
            "point"
        } else {
            "column"
        },
        context.word(actual),
    )];
    if plot.years.iter().any(|year| year.plan.is_some()) {
        let look = if plot.plan == PlanLooks::Budget { "budget" } else { "target" };
        key.push(item(look, context.word(planned)));
    }
    if let Some(baseline) = &plot.baseline {
        key.push(item("baseline", format!("{} {}", context.word("baseline"), baseline.text)));
    }
    if plot.years.iter().any(|year| year.actual.is_none()) {
        key.push(item("missing", context.word("unknown")));
    }
    if plot.is_cut() {
        key.push(item("note", context.word("chart_cut")));
    }
    key
}

/// The keys of the words for the actual and for the planned figures.
pub(super) fn words(plan: PlanLooks) -> (&'static str, &'static str) {
    match plan {
        PlanLooks::Target => ("actual", "target"),
        PlanLooks::Budget => ("settled", "budget"),
    }
}
