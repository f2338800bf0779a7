//! The **key** of a chart: which marks it has, and what each means.
//!
//! Not in here: how the marks look (`chart` and the theme).

use serde::Serialize;

use crate::html::chart::{self, Plan, Plot};
use crate::html::context::Context;

/// One mark of a chart and what it means.
#[derive(Serialize)]
pub(super) struct KeyItem {
    look: &'static str,
    text: String,
}

/// What the marks mean.
pub(super) fn key(context: &Context<'_>, plot: &Plot<'_>) -> Vec<KeyItem> {
    let (actual, planned) = words(plot.plan);
    let item = |look, text| KeyItem { look, text };
    let mut key = vec![item(
        if plot.years.len() >= chart::LINE_FROM && plot.plan == Plan::Target {
            "point"
        } else {
            "column"
        },
        context.word(actual),
    )];
    if plot.years.iter().any(|year| year.plan.is_some()) {
        let look = if plot.plan == Plan::Budget { "budget" } else { "target" };
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

/// The words for what came about and for what was planned.
pub(super) fn words(plan: Plan) -> (&'static str, &'static str) {
    match plan {
        Plan::Target => ("actual", "target"),
        Plan::Budget => ("settled", "budget"),
    }
}
