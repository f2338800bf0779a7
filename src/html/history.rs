//! A measure's **figures over the years**: charts, and the tables beside them.
//!
//! A history of an indicator or of money becomes a plot, which is drawn on the page with its key. A
//! table has the same figures. Readers can save both from the page (`assets/chart-save.js`).
//!
//! Not in here: drawing (`chart`), and which years belong together (`site`).

mod indicators;
mod key;
mod money;
mod plots;

pub(super) use indicators::{IndicatorGroup, indicators};
pub(super) use money::{MoneyView, money};
pub(super) use plots::with_unit;

use minijinja::value::Value;
use serde::Serialize;

use crate::calendar::FiscalYear;
use crate::policy::{IndicatorYear, Status};
use crate::site::IndicatorHistory;
use crate::text::{Decimal, Language};

use super::chart::Plot;
use super::context::PageContext;
use key::{KeyItem, key};

/// A chart on a page.
#[derive(Serialize)]
pub(super) struct ChartView {
    svg: Value,
    key: Vec<KeyItem>,
}

/// `plot` as a chart with the element id `id`; `None` if it is not worth drawing.
fn on_page(context: &PageContext<'_>, plot: &Plot<'_>, id: &str) -> Option<ChartView> {
    if !plot.is_worth_drawing() {
        return None;
    }
    Some(ChartView { svg: Value::from_safe_string(plot.on_page(id)), key: key(context, plot) })
}

/// A year at the head of a row: `令和4（2022）`, `2022`.
fn in_table(year: FiscalYear, language: Language) -> String {
    match language {
        Language::Ja => format!("{}（{year}）", year.short(language)),
        Language::En => year.short(language),
    }
}

/// The key of the word for a status.
fn status_word(status: Status) -> String {
    format!("status_{}", status.as_str().replace('-', "_"))
}

/// `number` with as many `decimals` as the others of its column.
fn shown(context: &PageContext<'_>, number: &Option<Decimal>, decimals: usize) -> Option<String> {
    number.as_ref().map(|number| context.figure(number, decimals))
}

/// The number of decimals of all figures of an indicator: they are in one unit.
fn decimals_of(history: &IndicatorHistory<'_>) -> usize {
    let of_year = |year: &'_ IndicatorYear| {
        Decimal::most_decimals([&year.baseline, &year.target, &year.actual].into_iter().flatten())
    };
    history.years.iter().map(of_year).max().unwrap_or(0)
}
