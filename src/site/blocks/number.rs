//! A big **number** in a text: the newest figure of a dataset's column or of an indicator, with the
//! figure of the year before and the target.
//!
//! Not in here: how it is written and laid out (`html`).

use std::collections::BTreeSet;

use crate::calendar::{Date, FiscalYear};
use crate::dataset::{ColumnType, Dataset};
use crate::diagnostic::{self, Diagnostic, Located};
use crate::document::Keys;
use crate::message;
use crate::policy::IndicatorYear;
use crate::site::{IndicatorEntry, IndicatorHistory, PageKind, Site};
use crate::text::{Decimal, Id, Localized};

use super::columns::{
    added_ratio, column, dataset, number_column, rows, sum, time_column, unknown,
};

/// One number.
#[derive(Clone, Debug)]
pub struct NumberBlock {
    /// What it counts.
    pub name: Localized,
    /// The figure.
    pub value: Decimal,
    /// Its unit.
    pub unit: Option<Localized>,
    /// Is it the sum of several rows?
    pub is_sum: bool,
    /// The day or year that it is of.
    pub when: Option<NumberTime>,
    /// The figure of the year before, with its time.
    pub before: Option<(NumberTime, Decimal)>,
    /// The target of the same year.
    pub target: Option<Decimal>,
    /// Was the target reached?
    pub reached: Option<bool>,
    /// The page that tells more.
    pub page: PageKind,
    /// The title of that page.
    pub page_title: Localized,
}

/// The time of a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberTime {
    /// A day.
    Day(Date),
    /// A fiscal year.
    Year(FiscalYear),
    /// Anything else, as it is written.
    Text(String),
}

/// Reads a number: of `table` and `column`, of `indicator`, or of `measure`.
pub(super) fn read(site: &Site, keys: &mut Keys<'_>) -> Option<NumberBlock> {
    if keys.has("indicator") || keys.has("measure") {
        return of_indicator(site, keys);
    }
    let found = dataset(site, keys);
    let written = keys.required_located_text("column");
    let along = keys.located_text("x");
    let Some(index) = found else {
        keys.ask("where");
        return None;
    };
    let dataset = &site.datasets[index];
    let rows = rows(dataset, keys);
    let figure = written.and_then(|written| number_column(dataset, &written, keys));
    let along = match along {
        Some(written) => Some(column(dataset, &written, keys)),
        None => time_column(dataset).map(Some),
    };
    let (rows, figure) = (rows?, figure?);
    let (rows, when, before) = match along {
        Some(along) => newest(dataset, &rows, along?),
        None => (rows, None, None),
    };
    let named = &dataset.columns[figure];
    let several = rows.len() > 1 || before.as_ref().is_some_and(|(_, rows)| rows.len() > 1);
    if several && named.is_ratio() {
        let (said, help) = added_ratio(named);
        keys.problem(&diagnostic::SITE_BLOCK, "column", said, help);
        return None;
    }
    let Some(value) = sum(dataset, figure, &rows) else {
        let title = &named.title.own;
        keys.problem(
            &diagnostic::SITE_BLOCK_VALUE,
            "column",
            message!(ja: "「{title}」の値が空欄です", en: "the value of `{title}` is blank"),
            message!(
                ja: "「where」で、値のある行を選んでください",
                en: "select rows that have a value with `where`",
            ),
        );
        return None;
    };
    Some(NumberBlock {
        name: named.title.clone(),
        value,
        unit: named.said_unit().map(Localized::new),
        is_sum: rows.len() > 1,
        when,
        before: before.and_then(|(when, rows)| Some((when, sum(dataset, figure, &rows)?))),
        target: None,
        reached: None,
        page: PageKind::Dataset(index),
        page_title: dataset.title.clone(),
    })
}

/// The rows of one time.
pub(super) type Timed = (NumberTime, Vec<usize>);

/// Of `rows`, those with the newest value of the column `along`, its time, and those of a year
/// before.
pub(super) fn newest(
    dataset: &Dataset,
    rows: &[usize],
    along: usize,
) -> (Vec<usize>, Option<NumberTime>, Option<Timed>) {
    let kind = dataset.columns[along].kind;
    let cell = |row: &usize| dataset.rows.cell(*row, along);
    let filled = || rows.iter().filter(|row| !cell(row).is_empty());
    let Some(last) = filled().map(cell).max_by(|a, b| kind.compare(a, b)) else {
        return (Vec::new(), None, None);
    };
    let of = |wanted: &str| filled().filter(|row| cell(row) == wanted).copied().collect::<Vec<_>>();
    let time = |text: &str| match kind {
        ColumnType::Date => Date::parse(text).map(NumberTime::Day).ok(),
        ColumnType::FiscalYear => FiscalYear::parse(text).map(NumberTime::Year).ok(),
        _ => Some(NumberTime::Text(text.to_owned())),
    };
    let before = match time(last) {
        Some(NumberTime::Day(date)) => {
            Date::new(date.year() - 1, date.month().into(), date.day().into())
                .map(|d| d.to_string())
        }
        Some(NumberTime::Year(year)) => Some((year.year() - 1).to_string()),
        _ => None,
    };
    let before = before.and_then(|text| Some((time(&text)?, of(&text))));
    (of(last), time(last), before.filter(|(_, rows)| !rows.is_empty()))
}

/// The newest figure of an indicator, or of the first indicator of a measure.
fn of_indicator(site: &Site, keys: &mut Keys<'_>) -> Option<NumberBlock> {
    let indicator = keys.located_text("indicator");
    let measure = keys.located_text("measure");
    let (key, (page, history)) = match (&indicator, &measure) {
        (indicator, Some(measure)) => {
            let index = measure_named(site, measure, keys)?;
            let of_measure = site.indicator_histories(index);
            let known: Vec<Id> = ids(of_measure.iter().map(|history| history.entry));
            let wanted = |history: &IndicatorHistory<'_>| {
                indicator.as_ref().is_none_or(|id| history.entry.indicator.as_str() == id.value)
            };
            let found = of_measure.into_iter().find(wanted);
            let Some(history) = found else {
                keys.push(no_indicator(indicator.as_ref().unwrap_or(measure), &known));
                return None;
            };
            ("measure", (PageKind::Measure(index), history))
        }
        (Some(indicator), None) => {
            let Some(found) = site.indicator(&indicator.value) else {
                let of_measures = site.measures.iter().flat_map(|measure| &measure.indicators);
                let of_nodes = site.nodes.iter().flat_map(|node| &node.indicators);
                keys.push(no_indicator(indicator, &ids(of_measures.chain(of_nodes))));
                return None;
            };
            ("indicator", found)
        }
        (None, None) => return None,
    };
    let page_title = match page {
        PageKind::Node(node) => site.nodes[node].node.title.clone(),
        PageKind::Measure(measure) => site.measures[measure].title.clone(),
        _ => history.entry.name.clone(),
    };
    let known = history.years.iter().rev().find(|year| year.actual.is_some());
    let (Some(year), Some(value)) = (known, known.and_then(|year| year.actual.clone())) else {
        keys.problem(
            &diagnostic::SITE_BLOCK_VALUE,
            key,
            message!(
                ja: "この指標には、まだ実績がありません",
                en: "this indicator has no actual figure yet",
            ),
            message!(ja: "ほかの指標を選んでください", en: "choose another indicator"),
        );
        return None;
    };
    let earlier = |other: &&IndicatorYear| other.fiscal_year.year() == year.fiscal_year.year() - 1;
    let before = history.years.iter().find(earlier);
    let before =
        before.and_then(|other| Some((NumberTime::Year(other.fiscal_year), other.actual.clone()?)));
    Some(NumberBlock {
        name: history.entry.name.clone(),
        value,
        unit: history.entry.unit.clone(),
        is_sum: false,
        when: Some(NumberTime::Year(year.fiscal_year)),
        before,
        target: year.target.clone(),
        reached: year.reached(),
        page,
        page_title,
    })
}

/// The ids of indicators, each once.
fn ids<'s>(entries: impl Iterator<Item = &'s IndicatorEntry>) -> Vec<Id> {
    let ids: BTreeSet<Id> = entries.map(|entry| entry.indicator.clone()).collect();
    ids.into_iter().collect()
}

/// There is no indicator with the id `written`, but those that are `known`. Of a measure without
/// indicators, `written` is the measure.
fn no_indicator(written: &Located<String>, known: &[Id]) -> Diagnostic {
    let id = &written.value;
    let message = match known {
        [] => message!(ja: "「{id}」には指標がありません", en: "`{id}` has no indicators"),
        _ => message!(ja: "「{id}」という指標はありません", en: "there is no indicator `{id}`"),
    };
    unknown(&diagnostic::SITE_BLOCK_TABLE, written, message, known.iter().map(Id::as_str))
}

fn measure_named(site: &Site, written: &Located<String>, keys: &mut Keys<'_>) -> Option<usize> {
    let found = site.measures.iter().position(|measure| measure.id.as_str() == written.value);
    if found.is_none() {
        let id = &written.value;
        let message =
            message!(ja: "「{id}」という施策はありません", en: "there is no measure `{id}`");
        let known = site.measures.iter().map(|measure| measure.id.as_str());
        keys.push(unknown(&diagnostic::SITE_BLOCK_TABLE, written, message, known));
    }
    found
}
