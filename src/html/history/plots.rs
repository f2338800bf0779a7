//! The **plots** made of histories: every year with its figures, and with the figures in words.

use std::borrow::Cow;

use crate::calendar::FiscalYear;
use crate::html::chart::{DrawnFigure, PlanLooks, Plot, YearFigures};
use crate::html::context::PageContext;
use crate::policy::IndicatorYear;
use crate::site::{BudgetYear, IndicatorHistory};
use crate::text::{Decimal, Language, is_japanese};

use super::decimals_of;
use super::key::words;

/// If the last year is at least so many years after the first, years without a row are left out.
const LONGEST: i32 = 60;

/// The plot of an indicator: actual figures against targets, with the newest baseline. `own_year`
/// is marked as the year of the page.
pub(super) fn indicator_plot<'s>(
    context: &PageContext<'s>,
    history: &IndicatorHistory<'s>,
    own_year: Option<FiscalYear>,
) -> Plot<'s> {
    let unit = history.entry.unit.as_ref().map(|unit| unit.get(context.language));
    let decimals = decimals_of(history);
    let rows: Vec<(FiscalYear, Option<&IndicatorYear>)> =
        every_year(&history.years, |row| row.fiscal_year).into_iter().collect();
    let years = rows.into_iter().map(|(year, row)| {
        let figure = |pick: fn(&IndicatorYear) -> &Option<Decimal>| {
            row.and_then(|row| figure(context, pick(row), decimals))
        };
        year_figures(
            context,
            PlanLooks::Target,
            unit,
            year,
            own_year,
            (figure(|row| &row.actual), figure(|row| &row.target)),
        )
    });
    // A baseline is the figure before the first year. If the rows differ, the newest counts.
    let baseline =
        history.years.iter().rev().find_map(|row| figure(context, &row.baseline, decimals));
    Plot {
        title: history.entry.name.get(context.language),
        title_lang: context.text(&history.entry.name).lang,
        unit,
        plan: PlanLooks::Target,
        baseline,
        years: years.collect(),
        language: context.language,
        minus: context.site.config.minus,
    }
}

/// The plot of money: settled amounts against budgets. `own_year` is marked as the year of the
/// page.
pub(super) fn budget_plot<'s>(
    context: &PageContext<'s>,
    history: &[BudgetYear],
    own_year: FiscalYear,
) -> Plot<'s> {
    let unit = context.site.config.budget_unit.get(context.language);
    let decimals = money_decimals(history);
    let years = every_year(history, |sum| sum.fiscal_year).into_iter().map(|(year, sum)| {
        let settled = sum.and_then(|sum| figure(context, &sum.settled, decimals));
        let budget = sum.and_then(|sum| figure(context, &sum.budget, decimals));
        year_figures(
            context,
            PlanLooks::Budget,
            Some(unit),
            year,
            Some(own_year),
            (settled, budget),
        )
    });
    let words = context.theme.words.get(&context.language);
    let title = words.and_then(|words| words.get("budget_caption"));
    Plot {
        title: title.map_or("budget", String::as_str),
        title_lang: None,
        unit: Some(unit),
        plan: PlanLooks::Budget,
        baseline: None,
        years: years.collect(),
        language: context.language,
        minus: context.site.config.minus,
    }
}

/// The figures of `year`, actual and planned, with a sentence that says them; it calls a missing
/// actual figure unknown and leaves out a missing plan.
fn year_figures(
    context: &PageContext<'_>,
    plan: PlanLooks,
    unit: Option<&str>,
    year: FiscalYear,
    own_year: Option<FiscalYear>,
    (actual, planned): (Option<DrawnFigure>, Option<DrawnFigure>),
) -> YearFigures {
    let (actual_word, plan_word) = words(plan);
    let mut list = String::new();
    let mut say = |word: &str, figure: Option<&DrawnFigure>| {
        let value = figure.map_or(Cow::Borrowed(context.said("unknown")), |figure| {
            with_unit(&figure.text, unit, context.language).into()
        });
        if !list.is_empty() {
            list.push_str(context.said("chart_comma"));
        }
        list.extend([context.said(word), " ", &value]);
    };
    say(actual_word, actual.as_ref());
    if planned.is_some() {
        say(plan_word, planned.as_ref());
    }
    YearFigures {
        label: year.short(context.language),
        current: Some(year) == own_year,
        reading: context
            .said("chart_year")
            .replace("{year}", &year.long(context.language))
            .replace("{list}", &list),
        actual,
        plan: planned,
    }
}

/// `number` with its unit: `63.0%`, `163品`, `163 items`.
pub(in crate::html) fn with_unit(number: &str, unit: Option<&str>, language: Language) -> String {
    match unit {
        None => number.to_owned(),
        Some(unit @ ("%" | "％")) => format!("{number}{unit}"),
        Some(unit) if language == Language::Ja => format!("{number}{unit}"),
        // A sentence in plain text cannot mark the unit as being in another language; the unit is
        // shown above the chart.
        Some(unit) if is_japanese(unit) => number.to_owned(),
        Some(unit) => format!("{number} {unit}"),
    }
}

/// Every fiscal year from the first of `rows` to the last, with its row if there is one; only the
/// years with a row if the last is `LONGEST` years or more after the first. `rows` must be sorted
/// by year.
fn every_year<T>(rows: &[T], year: impl Fn(&T) -> FiscalYear) -> Vec<(FiscalYear, Option<&T>)> {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Vec::new() };
    let (first, last) = (year(first).year(), year(last).year());
    if last - first >= LONGEST {
        return rows.iter().map(|row| (year(row), Some(row))).collect();
    }
    let find = |wanted: FiscalYear| rows.iter().find(|row| year(row) == wanted);
    (first..=last).filter_map(FiscalYear::new).map(|year| (year, find(year))).collect()
}

/// The number of decimals of all amounts of `history`.
pub(super) fn money_decimals(history: &[BudgetYear]) -> usize {
    Decimal::most_decimals(history.iter().flat_map(|sum| sum.budget.iter().chain(&sum.settled)))
}

fn figure(
    context: &PageContext<'_>,
    number: &Option<Decimal>,
    decimals: usize,
) -> Option<DrawnFigure> {
    let number = number.as_ref()?;
    Some(DrawnFigure { value: number.as_f64(), text: context.figure(number, decimals) })
}

#[cfg(test)]
mod tests {
    use super::{every_year, with_unit};
    use crate::calendar::FiscalYear;
    use crate::text::Language;

    #[test]
    fn every_year_has_its_place_unless_there_are_too_many() {
        let rows = |years: &[i32]| -> Vec<FiscalYear> {
            years.iter().copied().filter_map(FiscalYear::new).collect()
        };
        let gap = rows(&[2019, 2022]);
        let known: Vec<bool> =
            every_year(&gap, |year| *year).into_iter().map(|(_, row)| row.is_some()).collect();
        assert_eq!(known, [true, false, false, true]);
        assert_eq!(every_year(&rows(&[1900, 2022]), |year| *year).len(), 2);
    }

    #[test]
    fn a_unit_follows_as_the_language_has_it() {
        assert_eq!(with_unit("5", Some("品"), Language::Ja), "5品");
        assert_eq!(with_unit("5", Some("items"), Language::En), "5 items");
        assert_eq!(with_unit("5", Some("品"), Language::En), "5");
        assert_eq!(with_unit("5", Some("%"), Language::En), "5%");
        assert_eq!(with_unit("5", None, Language::Ja), "5");
    }
}
