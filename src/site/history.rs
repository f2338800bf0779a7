//! The **history** of a measure's figures: its indicators and its money over the years of its series, since each
//! year's measure brings only its own.
//!
//! Not in here: how they are drawn or written (`html`, `catalog`).

use std::collections::BTreeMap;

use crate::calendar::FiscalYear;
use crate::policy::IndicatorYear;
use crate::text::Decimal;

use super::Site;
use super::entries::{IndicatorEntry, MeasureEntry};

/// One indicator of a measure over the years of its series.
#[derive(Debug)]
pub struct IndicatorHistory<'s> {
    /// As the measure itself names it.
    pub entry: &'s IndicatorEntry,
    /// What is known of each year, oldest first; a year of which nothing is said is not among them.
    pub years: Vec<&'s IndicatorYear>,
}

/// A series' money in one year: the sum over its sources, where every source is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BudgetYear {
    /// In which year.
    pub fiscal_year: FiscalYear,
    /// What was planned.
    pub budget: Option<Decimal>,
    /// What was spent.
    pub settled: Option<Decimal>,
}

impl Site {
    /// The measures whose figures make one history with those of `measure`, newest first. Where a series has two
    /// measures in one year nobody can say whose figures continue whose, and each stands alone.
    fn in_one_history(&self, measure: usize) -> Vec<usize> {
        let members = &self.measures[measure].in_other_years;
        let year = |&member: &usize| self.measures[member].fiscal_year;
        let mut years: Vec<FiscalYear> = members.iter().map(year).collect();
        years.sort_unstable();
        let all = years.len();
        years.dedup();
        if years.len() == all { members.clone() } else { vec![measure] }
    }

    /// The indicators of `measure` over the years of its series. Where two measures tell of the same year, the
    /// year's own is believed, then the newer; figures in another unit are another matter and stay out.
    pub fn indicator_histories(&self, measure: usize) -> Vec<IndicatorHistory<'_>> {
        let indices = self.in_one_history(measure);
        let members: Vec<&MeasureEntry> = indices.iter().map(|&m| &self.measures[m]).collect();
        let history = |own: &'_ IndicatorEntry| {
            let mut years: BTreeMap<FiscalYear, (bool, &IndicatorYear)> = BTreeMap::new();
            for member in &members {
                let same = |entry: &&IndicatorEntry| {
                    entry.indicator == own.indicator && entry.unit == own.unit
                };
                for row in member.indicators.iter().filter(same).flat_map(|entry| &entry.years) {
                    let of_its_year = row.fiscal_year == member.fiscal_year;
                    let known = years.entry(row.fiscal_year).or_insert((of_its_year, row));
                    if of_its_year && !known.0 {
                        *known = (true, row);
                    }
                }
            }
            years.into_values().map(|(_, row)| row).collect()
        };
        let entries = self.measures[measure].indicators.iter();
        entries.map(|entry| IndicatorHistory { entry, years: history(entry) }).collect()
    }

    /// The money of `measure` over the years of its series, oldest first. What a measure says of its own year is
    /// believed, then what a newer one says of it.
    pub fn budget_history(&self, measure: usize) -> Vec<BudgetYear> {
        let mut years: BTreeMap<FiscalYear, (bool, BudgetYear)> = BTreeMap::new();
        for member in self.in_one_history(measure) {
            let member = &self.measures[member];
            let mut rest = member.budgets.as_slice();
            while let Some(first) = rest.first() {
                let year = first.fiscal_year;
                let (rows, later) =
                    rest.split_at(rest.partition_point(|row| row.fiscal_year <= year));
                rest = later;
                let of_its_year = year == member.fiscal_year;
                if years.get(&year).is_some_and(|(own, _)| *own || !of_its_year) {
                    continue;
                }
                let sum = BudgetYear {
                    fiscal_year: year,
                    budget: Decimal::sum(rows.iter().map(|row| row.budget.as_ref())),
                    settled: Decimal::sum(rows.iter().map(|row| row.settled.as_ref())),
                };
                years.insert(year, (of_its_year, sum));
            }
        }
        years.into_values().map(|(_, sum)| sum).collect()
    }
}
