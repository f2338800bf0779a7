//! **Spending**: the money of several measures as one sum, with what the sum leaves out.
//!
//! Each measure counts with the money of its own fiscal year. A sum is made of measures, never of
//! other sums, so nothing is counted twice: neither what two departments, one above the other, both
//! contain, nor a measure that has two topics.
//!
//! Not in here: the money of one measure over the years (`history`).

use std::collections::BTreeMap;

use crate::calendar::FiscalYear;
use crate::config::PerHead;
use crate::policy::Budget;
use crate::text::Decimal;

use super::Site;

/// The money of several measures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spending {
    /// The sum of the known budgets; `None` where none is known.
    pub budget: Option<Decimal>,
    /// The sum of the known settled amounts; `None` where none is known.
    pub settled: Option<Decimal>,
    /// Number of measures.
    pub measures: usize,
    /// Of these, the number of those without any known budget, or with a part of it unknown.
    pub without_budget: usize,
    /// The same for settled amounts.
    pub without_settled: usize,
}

impl Spending {
    /// Is any amount known?
    pub fn is_known(&self) -> bool {
        self.budget.is_some() || self.settled.is_some()
    }
}

/// By what the rows of money are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyPart {
    /// The category of expenses (費目).
    Category,
    /// The source of the money (財源).
    Source,
}

impl MoneyPart {
    fn of(self, row: &Budget) -> Option<&str> {
        match self {
            Self::Category => row.category.as_deref(),
            Self::Source => row.source.as_deref(),
        }
    }
}

impl Site {
    /// Does the site know any money of any measure?
    pub fn has_money(&self) -> bool {
        let rows = self.measures.iter().flat_map(|measure| measure.own_budgets());
        rows.into_iter().any(|row| row.budget.is_some() || row.settled.is_some())
    }

    /// The money of `measures`, which must not have a measure twice.
    pub fn spending(&self, measures: impl IntoIterator<Item = usize>) -> Spending {
        self.spending_where(measures, |_| true)
    }

    /// The money of `measures` by category or source, each with the measures that have such rows,
    /// in the order in which the names first occur; rows without a name are under `None`. Empty if
    /// no row has a name.
    pub fn spending_by<'s>(
        &'s self,
        part: MoneyPart,
        measures: &[usize],
    ) -> Vec<(Option<String>, Vec<usize>, Spending)> {
        let mut names: Vec<Option<&'s str>> = Vec::new();
        let mut members: BTreeMap<Option<&'s str>, Vec<usize>> = BTreeMap::new();
        for &measure in measures {
            for row in self.measures[measure].own_budgets() {
                let name = part.of(row);
                if !names.contains(&name) {
                    names.push(name);
                }
                let of_name = members.entry(name).or_default();
                if of_name.last() != Some(&measure) {
                    of_name.push(measure);
                }
            }
        }
        if names.iter().all(Option::is_none) {
            return Vec::new();
        }
        let sum = |name: Option<&'s str>| {
            let of_name = members.remove(&name).unwrap_or_default();
            let sum = self.spending_where(of_name.iter().copied(), |row| part.of(row) == name);
            (name.map(str::to_owned), of_name, sum)
        };
        names.into_iter().map(sum).collect()
    }

    fn spending_where(
        &self,
        measures: impl IntoIterator<Item = usize>,
        is_counted: impl Fn(&Budget) -> bool,
    ) -> Spending {
        let mut sum = Spending::default();
        let (mut budgets, mut settled) = (Vec::new(), Vec::new());
        for measure in measures {
            let rows: Vec<&Budget> =
                self.measures[measure].own_budgets().filter(|row| is_counted(row)).collect();
            sum.measures += 1;
            let lacks = |pick: fn(&Budget) -> bool| rows.is_empty() || rows.iter().any(|r| pick(r));
            sum.without_budget += usize::from(lacks(|row| row.budget.is_none()));
            sum.without_settled += usize::from(lacks(|row| row.settled.is_none()));
            budgets.extend(rows.iter().filter_map(|row| row.budget.as_ref()));
            settled.extend(rows.iter().filter_map(|row| row.settled.as_ref()));
        }
        sum.budget = Decimal::sum(budgets.into_iter().map(Some));
        sum.settled = Decimal::sum(settled.into_iter().map(Some));
        sum
    }

    /// The number of people in `year`, as the dataset says that `[money.population]` names: the sum
    /// of the column over the rows of the last date within the year. `None` if the setting is
    /// absent, or if a row of that date has no figure.
    pub fn population(&self, year: FiscalYear) -> Option<Decimal> {
        let PerHead { dataset, column, date } = self.config.population.as_ref()?;
        let dataset = self.datasets.iter().find(|known| known.id.as_str() == dataset.value)?;
        let place = |name: &str| dataset.columns.iter().position(|column| column.name == name);
        let (column, date) = (place(&column.value)?, place(&date.value)?);
        let rows =
            || (0..dataset.rows.len()).filter(|&row| is_in(dataset.rows.cell(row, date), year));
        let last = rows().map(|row| dataset.rows.cell(row, date)).max()?;
        let of_last: Vec<Option<Decimal>> = rows()
            .filter(|&row| dataset.rows.cell(row, date) == last)
            .map(|row| Decimal::parse(dataset.rows.cell(row, column)))
            .collect();
        if of_last.iter().any(Option::is_none) {
            return None;
        }
        Decimal::sum(of_last.iter().map(Option::as_ref)).filter(|sum| sum.as_f64() > 0.0)
    }
}

/// Is `cell`, a date in ISO 8601 or a fiscal year, in the fiscal year `year`?
fn is_in(cell: &str, year: FiscalYear) -> bool {
    let mut parts = cell.splitn(3, '-').map(str::parse::<i32>);
    match (parts.next(), parts.next()) {
        (Some(Ok(own)), None) => own == year.year(),
        (Some(Ok(own)), Some(Ok(month))) => own - i32::from(month < 4) == year.year(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_in;
    use crate::calendar::FiscalYear;

    #[test]
    fn a_fiscal_year_ends_in_march() {
        let year = FiscalYear::new(2022).expect("a year");
        assert!(is_in("2022-04-01", year) && is_in("2023-03-31", year) && is_in("2022", year));
        assert!(!is_in("2023-04-01", year) && !is_in("2022-03-31", year) && !is_in("", year));
    }
}
