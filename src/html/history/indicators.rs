//! The **indicators** of a measure or of a node of the plan on its page: each with its chart and
//! its table, or one table for all.

use serde::Serialize;

use crate::calendar::FiscalYear;
use crate::html::context::{OwnText, PageContext, Text};
use crate::html::fields::{FieldsView, fields};
use crate::html::units::unit_in;
use crate::policy::{Better, FieldValues, Of};
use crate::site::{IndicatorEntry, IndicatorHistory};
use crate::text::{Decimal, Language};

use super::plots::indicator_plot;
use super::{ChartView, decimals_of, in_table, on_page, shown, status_word};

#[derive(Serialize)]
pub(in crate::html) struct IndicatorView<'s> {
    id: &'s str,
    name: Text<'s>,
    unit: Option<&'s str>,
    /// Language of the unit, where that is not the page's.
    unit_lang: Option<&'static str>,
    better: Option<&'static str>,
    #[serde(skip)]
    kind: Option<usize>,
    /// Descriptions such as its definition: pairs of the key of a heading and the text.
    about: Vec<(&'static str, &'s str)>,
    chart: Option<ChartView>,
    years: Vec<IndicatorYearView>,
    has_baseline: bool,
    has_target: bool,
    has_ratio: bool,
    has_notes: bool,
    /// Its fields, each as the newest year that has a value gives it.
    fields: FieldsView,
}

impl IndicatorView<'_> {
    /// Does its table have a dash or a ratio, so that the page must explain them?
    pub fn needs_explaining(&self) -> bool {
        let is_blank = |year: &IndicatorYearView| {
            year.actual.is_none() || (self.has_target && year.target.is_none())
        };
        self.has_ratio || self.years.iter().any(is_blank)
    }
}

/// One table for several indicators: whether it replaces their own tables, and its columns.
#[derive(Default, Serialize)]
pub(in crate::html) struct Together {
    applies: bool,
    year: String,
    has_target: bool,
    has_ratio: bool,
    has_notes: bool,
}

#[derive(Serialize)]
struct IndicatorYearView {
    year: String,
    /// The year as a number, for files that readers save.
    fiscal_year: i32,
    /// The year for the caption of a table.
    #[serde(skip)]
    named: String,
    current: bool,
    baseline: Option<String>,
    target: Option<String>,
    actual: Option<String>,
    /// The actual figure as a percentage of the target, where that makes sense.
    ratio: Option<String>,
    note: Option<String>,
    /// The status of the actual figure, as the key of a word.
    status: Option<String>,
}

/// Indicators of one kind.
#[derive(Serialize)]
pub(in crate::html) struct IndicatorGroup<'s> {
    /// The kind; `None` where no indicator of the page has one.
    title: Option<OwnText>,
    indicators: Vec<IndicatorView<'s>>,
    /// The common table, used if all the indicators have figures of one and the same year only.
    together: Together,
}

impl IndicatorGroup<'_> {
    /// Does any of its tables have a dash or a ratio?
    pub fn needs_explaining(&self) -> bool {
        self.indicators.iter().any(IndicatorView::needs_explaining)
    }
}

/// The indicators with these `histories`, by kind in the order of the site's kinds; those without a
/// kind come last. `own_year` is the year that the page is about, if it is about one.
pub(in crate::html) fn indicators<'s>(
    context: &PageContext<'s>,
    histories: &[IndicatorHistory<'s>],
    own_year: Option<FiscalYear>,
) -> Vec<IndicatorGroup<'s>> {
    let mut views: Vec<IndicatorView<'s>> = (1..)
        .zip(histories)
        .map(|(number, history)| view(context, own_year, number, history))
        .collect();
    let has_kinds = views.iter().any(|view| view.kind.is_some());
    views.sort_by_key(|view| view.kind.unwrap_or(usize::MAX));
    let mut groups: Vec<IndicatorGroup<'s>> = Vec::new();
    let mut last: Option<Option<usize>> = None;
    for view in views {
        if last != Some(view.kind) {
            last = Some(view.kind);
            let kind = view.kind.map(|kind| &context.site.config.indicator_kinds[kind].label);
            let title = match kind {
                Some(label) => Some(context.own_text(label)),
                None if has_kinds => {
                    Some(OwnText { text: context.word("other_kinds"), lang: None })
                }
                None => None,
            };
            groups.push(IndicatorGroup {
                title,
                indicators: vec![],
                together: Together::default(),
            });
        }
        groups.last_mut().expect("the first of a kind makes its group").indicators.push(view);
    }
    for group in &mut groups {
        group.together = together(&group.indicators);
    }
    groups
}

/// The descriptions of an indicator: pairs of the key of a heading and the text.
fn about(entry: &IndicatorEntry) -> Vec<(&'static str, &str)> {
    let word = |name: &str| match name {
        "definition" => "indicator_definition",
        "formula" => "indicator_formula",
        "source" => "indicator_source",
        _ => "indicator_disaggregation",
    };
    let texts = entry.about.texts().into_iter();
    texts.filter_map(|(name, text)| Some((word(name), text?))).collect()
}

/// The indicator `number` of a page, from 1.
fn view<'s>(
    context: &PageContext<'s>,
    own_year: Option<FiscalYear>,
    number: usize,
    history: &IndicatorHistory<'s>,
) -> IndicatorView<'s> {
    let entry = history.entry;
    let plot = indicator_plot(context, history, own_year);
    let chart = on_page(context, &plot, &format!("indicator-{number}"));
    let decimals = decimals_of(history);
    let unit = entry.unit.as_ref().map(|unit| unit_in(unit, context.language));
    let years: Vec<IndicatorYearView> = history
        .years
        .iter()
        .map(|year| IndicatorYearView {
            year: in_table(year.fiscal_year, context.language),
            fiscal_year: year.fiscal_year.year(),
            named: match context.language {
                Language::Ja => year.fiscal_year.long(context.language),
                Language::En => year.fiscal_year.short(context.language),
            },
            current: Some(year.fiscal_year) == own_year,
            baseline: shown(context, &year.baseline, decimals),
            target: shown(context, &year.target, decimals),
            actual: shown(context, &year.actual, decimals),
            ratio: ratio(entry.better, year.target.as_ref(), year.actual.as_ref()),
            note: year.note.clone(),
            status: year.status.map(status_word),
        })
        .collect();
    IndicatorView {
        id: entry.indicator.as_str(),
        name: context.text(&entry.name),
        unit: unit.as_ref().map(|unit| unit.text),
        unit_lang: unit.and_then(|unit| unit.lang),
        better: entry.better.map(Better::as_str),
        kind: entry.kind,
        about: about(entry),
        chart,
        has_baseline: years.iter().any(|year| year.baseline.is_some()),
        has_target: years.iter().any(|year| year.target.is_some()),
        has_ratio: years.iter().any(|year| year.ratio.is_some()),
        has_notes: years.iter().any(|year| year.note.is_some()),
        fields: fields(context, Of::Indicator, &latest_fields(history)),
        years,
    }
}

/// For each field, the value of the newest year that has one.
fn latest_fields(history: &IndicatorHistory<'_>) -> FieldValues {
    let years = history.years.iter().flat_map(|year| &year.fields);
    years.map(|(index, value)| (*index, value.clone())).collect()
}

/// The common table of `indicators`. It applies if each of them has one row, all of the same year,
/// and none has a chart or a description: a heading and a table for every single figure would be
/// hard to read.
fn together(indicators: &[IndicatorView<'_>]) -> Together {
    let [first, _, ..] = indicators else { return Together::default() };
    let Some(IndicatorYearView { year, named, .. }) = first.years.first() else {
        return Together::default();
    };
    let is_alone = |indicator: &IndicatorView<'_>| {
        let [only] = indicator.years.as_slice() else { return false };
        let is_bare =
            indicator.fields.is_empty() && indicator.about.is_empty() && !indicator.has_baseline;
        indicator.chart.is_none() && is_bare && only.year == *year
    };
    Together {
        applies: indicators.iter().all(is_alone),
        year: named.clone(),
        has_target: indicators.iter().any(|indicator| indicator.has_target),
        has_ratio: indicators.iter().any(|indicator| indicator.has_ratio),
        has_notes: indicators.iter().any(|indicator| indicator.has_notes),
    }
}

/// The actual figure as a percentage of the target. `None` unless more is better, the target is
/// above zero and the actual figure is not negative: a share of a target of no waiting children
/// would be meaningless.
fn ratio(
    better: Option<Better>,
    target: Option<&Decimal>,
    actual: Option<&Decimal>,
) -> Option<String> {
    let (target, actual) = (target?.as_f64(), actual?.as_f64());
    let meaningful = better == Some(Better::Higher) && target > 0.0 && actual >= 0.0;
    meaningful.then(|| format!("{:.1}", actual / target * 100.0))
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
            ratio(Some(better), Some(&number(target)), Some(&number(actual)))
        };
        assert_eq!(of(Better::Higher, "200", "190").as_deref(), Some("95.0"));
        assert_eq!(of(Better::Higher, "0", "3"), None);
        assert_eq!(of(Better::Lower, "10", "5"), None);
        assert_eq!(of(Better::Steady, "10", "10"), None);
        assert_eq!(ratio(None, Some(&number("2")), Some(&number("1"))), None);
        assert_eq!(ratio(Some(Better::Higher), None, Some(&number("1"))), None);
    }
}
