//! The **points** along which a chart is drawn: the values of a column, each once and in order, and
//! those that are missing between them in time.

use std::collections::BTreeSet;

use crate::calendar::Date;
use crate::dataset::{ColumnType, Dataset, Distinct};

/// Most points that are put in: what is missing in longer gaps is not a gap in a series.
const MOST: i32 = 600;

/// The values of the column `index` in `rows`, each once: dates, numbers and vocabularies in their
/// order, other texts in the order in which they come.
pub(super) fn values_of<'d>(dataset: &'d Dataset, index: usize, rows: &[usize]) -> Vec<&'d str> {
    let column = &dataset.columns[index];
    let mut known = BTreeSet::new();
    let cells = rows.iter().map(|&row| dataset.rows.cell(row, index));
    let values: Vec<&str> = cells.filter(|cell| !cell.is_empty() && known.insert(*cell)).collect();
    if !column.kind.is_ordered() && column.values.is_empty() {
        return values;
    }
    let order = Distinct::of(&dataset.rows, index, column).values;
    order.into_iter().filter(|value| known.contains(value)).collect()
}

/// `values`, which are in order, with the fiscal years that are missing between them; for dates on
/// the same day of a month, with the months. A line is interrupted there.
pub(super) fn without_gaps(kind: ColumnType, values: &[&str]) -> Vec<String> {
    let filled = match kind {
        ColumnType::FiscalYear => {
            let years: Option<Vec<i32>> = values.iter().map(|value| value.parse().ok()).collect();
            years.map(|years| stepped(&years, &|year| year.to_string()))
        }
        ColumnType::Date => {
            let dates: Result<Vec<Date>, _> =
                values.iter().map(|value| Date::parse(value)).collect();
            let dates = dates.unwrap_or_default();
            let day = dates.first().map_or(1, |date| date.day());
            let months: Vec<i32> =
                dates.iter().map(|date| date.year() * 12 + i32::from(date.month()) - 1).collect();
            let same_day = day <= 28 && dates.iter().all(|date| date.day() == day);
            same_day.then(|| {
                let (year, month) = (|at: i32| at.div_euclid(12), |at: i32| at.rem_euclid(12) + 1);
                stepped(&months, &|at| format!("{:04}-{:02}-{day:02}", year(at), month(at)))
            })
        }
        _ => None,
    };
    match filled {
        Some(filled) if !filled.is_empty() => filled,
        _ => values.iter().map(|&value| value.to_owned()).collect(),
    }
}

/// The numbers from the first to the last of `known` in steps that meet all of them, written by
/// `name`; empty if there are too many.
fn stepped(known: &[i32], name: &dyn Fn(i32) -> String) -> Vec<String> {
    let (Some(&first), Some(&last)) = (known.first(), known.last()) else { return Vec::new() };
    let step = known.windows(2).map(|pair| pair[1] - pair[0]).fold(0, divisor).max(1);
    if (last - first) / step >= MOST {
        return Vec::new();
    }
    (0..=(last - first) / step).map(|at| name(first + at * step)).collect()
}

/// The greatest common divisor.
fn divisor(one: i32, other: i32) -> i32 {
    if other == 0 { one } else { divisor(other, one % other) }
}

#[cfg(test)]
mod tests {
    use super::without_gaps;
    use crate::dataset::ColumnType;

    #[test]
    fn what_is_missing_in_time_keeps_its_place() {
        let years = without_gaps(ColumnType::FiscalYear, &["2019", "2020", "2022"]);
        assert_eq!(years, ["2019", "2020", "2021", "2022"]);
        let census = without_gaps(ColumnType::FiscalYear, &["2010", "2015", "2025"]);
        assert_eq!(census, ["2010", "2015", "2020", "2025"]);
        let months = without_gaps(ColumnType::Date, &["2022-11-01", "2022-12-01", "2023-02-01"]);
        assert_eq!(months, ["2022-11-01", "2022-12-01", "2023-01-01", "2023-02-01"]);
    }

    #[test]
    fn other_values_stay_as_they_are() {
        let days = ["2022-11-03", "2022-11-30", "2023-02-01"];
        assert_eq!(without_gaps(ColumnType::Date, &days), days);
        assert_eq!(without_gaps(ColumnType::Text, &["中央", "北窯"]), ["中央", "北窯"]);
        assert_eq!(without_gaps(ColumnType::Date, &[]), Vec::<String>::new());
    }
}
