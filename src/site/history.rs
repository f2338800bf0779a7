//! The **history** of a measure's figures: its indicators and its money over the years of its
//! series. Superseded figures, which a later sheet gives again, are left out.
//!
//! Not in here: drawing and writing them (`html`, `catalog`).

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::calendar::FiscalYear;
use crate::policy::{Budget, IndicatorYear, Status};
use crate::text::{Decimal, Id};

use super::entries::{IndicatorEntry, MeasureEntry};
use super::{PageKind, Site};

/// One indicator of a measure over the years of its series, or of a node of the plan.
#[derive(Debug)]
pub struct IndicatorHistory<'s> {
    /// The indicator as the measure itself describes it.
    pub entry: &'s IndicatorEntry,
    /// The figures of each year, oldest first; years without any are left out.
    pub years: Vec<IndicatorYear>,
}

/// The money of a series in one year: the sum over its sources and categories, `None` unless all of
/// them are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BudgetYear {
    /// The fiscal year.
    pub fiscal_year: FiscalYear,
    /// The budgeted amount.
    pub budget: Option<Decimal>,
    /// The settled amount.
    pub settled: Option<Decimal>,
    /// The statuses of the summed rows, each once.
    pub statuses: Vec<Status>,
}

impl BudgetYear {
    /// The sum of `rows`, which are of `fiscal_year`.
    pub fn of(fiscal_year: FiscalYear, rows: &[&Budget]) -> Self {
        let mut statuses: Vec<Status> = rows.iter().filter_map(|row| row.status).collect();
        statuses.sort_unstable();
        statuses.dedup();
        Self {
            fiscal_year,
            budget: sum(rows, |row| row.budget.as_ref()),
            settled: sum(rows, |row| row.settled.as_ref()),
            statuses,
        }
    }
}

/// The sum of one figure of `rows`, which are of one year. Each category is taken from one sheet
/// (measure) that gives an amount for it. If that sheet lacks the amount of a part, or of another
/// category that it names, the sum is `None`. Blank amounts of other sheets are ignored.
fn sum(rows: &[&Budget], figure: impl Fn(&Budget) -> Option<&Decimal>) -> Option<Decimal> {
    let telling = || rows.iter().filter(|row| figure(row).is_some());
    let sheets: BTreeMap<Option<&str>, &Id> =
        telling().map(|row| (row.category.as_deref(), &row.measure.value)).collect();
    let is_counted = |row: &&&Budget| match sheets.get(&row.category.as_deref()) {
        Some(sheet) => **sheet == row.measure.value,
        None => sheets.values().any(|sheet| **sheet == row.measure.value),
    };
    Decimal::sum(rows.iter().filter(is_counted).map(|row| figure(row)))
}

/// The measures whose figures form one history with those of `measure`, including itself, newest
/// first. Where a series has two measures in one year, nothing says whose figures continue which,
/// and each measure has a history of its own.
pub(super) fn in_one_history(measures: &[MeasureEntry], measure: usize) -> Vec<usize> {
    let mut members = measures[measure].in_other_years.clone();
    members.sort_by_key(|&member| std::cmp::Reverse(measures[member].fiscal_year));
    let years = || members.iter().map(|&member| measures[member].fiscal_year);
    let alone = years().zip(years().skip(1)).any(|(one, next)| one == next);
    if alone || members.is_empty() { vec![measure] } else { members }
}

/// The figures that `members`, newest first, give for the indicator `own`, by year. A figure of a
/// newer measure takes precedence. Figures in another unit cannot be compared and are left out.
pub(super) fn indicator_years(
    members: &[&MeasureEntry],
    own: &IndicatorEntry,
) -> Vec<IndicatorYear> {
    let mut years: BTreeMap<FiscalYear, IndicatorYear> = BTreeMap::new();
    let unit = |entry: &IndicatorEntry| entry.unit.as_ref().map(|unit| unit.own.clone());
    for member in members {
        let same =
            |entry: &&IndicatorEntry| entry.indicator == own.indicator && unit(entry) == unit(own);
        let rows = member.indicators.iter().filter(same).flat_map(|entry| &entry.years);
        for row in rows.filter(|row| row.status != Some(Status::Superseded)) {
            match years.get_mut(&row.fiscal_year) {
                Some(known) => complete(known, row),
                None => drop(years.insert(row.fiscal_year, row.clone())),
            }
        }
    }
    years.into_values().collect()
}

/// Fills what is missing in `known` from `row` of an earlier sheet.
fn complete(known: &mut IndicatorYear, row: &IndicatorYear) {
    if known.actual.is_none() && row.actual.is_some() {
        known.status = row.status;
    }
    known.baseline = known.baseline.take().or_else(|| row.baseline.clone());
    known.target = known.target.take().or_else(|| row.target.clone());
    known.actual = known.actual.take().or_else(|| row.actual.clone());
    known.note = known.note.take().or_else(|| row.note.clone());
    for (field, value) in &row.fields {
        known.fields.entry(*field).or_insert_with(|| value.clone());
    }
}

/// The rows of money of `members` that are not superseded, by year.
pub(super) fn money_rows(members: &[&MeasureEntry]) -> Vec<Budget> {
    let rows = members.iter().flat_map(|member| &member.budgets);
    let current = rows.filter(|row| row.status != Some(Status::Superseded));
    let mut rows: Vec<Budget> = current.cloned().collect();
    rows.sort_by_key(|row| row.fiscal_year);
    rows
}

impl Site {
    /// The measures that form one history with `measure`, including itself, newest first.
    fn members(&self, measure: usize) -> Vec<&MeasureEntry> {
        let members = in_one_history(&self.measures, measure);
        members.into_iter().map(|member| &self.measures[member]).collect()
    }

    /// The indicators of `measure` over the years of its series.
    pub fn indicator_histories(&self, measure: usize) -> Vec<IndicatorHistory<'_>> {
        let members = self.members(measure);
        let entries = self.measures[measure].indicators.iter();
        entries
            .map(|entry| IndicatorHistory { entry, years: indicator_years(&members, entry) })
            .collect()
    }

    /// The indicators of the node `node` of the plan, whose entries hold all years.
    pub fn indicators_of_node(&self, node: usize) -> Vec<IndicatorHistory<'_>> {
        let entries = self.nodes[node].indicators.iter();
        entries.map(|entry| IndicatorHistory { entry, years: entry.years.clone() }).collect()
    }

    /// The indicator `id` with the page that tells more of it. An indicator of several measures or
    /// nodes of the plan is given as the newest of the measures has it, or else the first node.
    pub fn indicator(&self, id: &str) -> Option<(PageKind, IndicatorHistory<'_>)> {
        let has = |entries: &[IndicatorEntry]| entries.iter().any(|e| e.indicator.as_str() == id);
        let newest = (0..self.measures.len())
            .filter(|&index| has(&self.measures[index].indicators))
            .min_by_key(|&index| (Reverse(self.measures[index].fiscal_year), index));
        let (page, histories) = match newest {
            Some(index) => (PageKind::Measure(index), self.indicator_histories(index)),
            None => {
                let node = self.nodes.iter().position(|entry| has(&entry.indicators))?;
                (PageKind::Node(node), self.indicators_of_node(node))
            }
        };
        let mut histories = histories.into_iter();
        Some((page, histories.find(|history| history.entry.indicator.as_str() == id)?))
    }

    /// The money of `measure` over the years of its series, by year.
    pub fn money(&self, measure: usize) -> Vec<Budget> {
        money_rows(&self.members(measure))
    }
}

/// Sums `rows`, which are ordered by year, by year.
pub fn by_year(rows: &[Budget]) -> Vec<BudgetYear> {
    let years = rows.chunk_by(|one, next| one.fiscal_year == next.fiscal_year);
    years
        .map(|rows| BudgetYear::of(rows[0].fiscal_year, &rows.iter().collect::<Vec<_>>()))
        .collect()
}
