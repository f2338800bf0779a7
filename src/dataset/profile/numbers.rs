//! The distribution of **numbers**: minimum, median, maximum, and a histogram with round limits.

use crate::dataset::ColumnType;

use super::words::tally;
use super::{Bin, Spread};

/// Columns with at most this many distinct numbers are counted value by value.
const FEW_NUMBERS: usize = 6;
/// Approximate number of bins.
const BINS: f64 = 10.0;

/// The distribution of `cells`, which are not empty: value by value if there are few distinct
/// numbers, otherwise minimum, median, maximum and, except for coordinates, a histogram.
pub(super) fn numbers(cells: Vec<&str>, kind: ColumnType) -> Spread {
    if let Some(counts) = tally(&cells, FEW_NUMBERS) {
        let mut counts: Vec<(String, usize)> =
            counts.into_iter().map(|(value, count)| (value.to_owned(), count)).collect();
        counts.sort_by(|a, b| number(&a.0).total_cmp(&number(&b.0)));
        return Spread::Values { counts, other_values: 0, other_rows: 0 };
    }
    let mut numbers: Vec<(f64, &str)> =
        cells.into_iter().map(|cell| (number(cell), cell)).collect();
    let middle = (numbers.len() - 1) / 2;
    let by_size = |a: &(f64, &str), b: &(f64, &str)| a.0.total_cmp(&b.0).then(a.1.cmp(b.1));
    let median = numbers.select_nth_unstable_by(middle, by_size).1.1.to_owned();
    let least = numbers.iter().min_by(|a, b| by_size(a, b)).expect("there are numbers");
    let most = numbers.iter().max_by(|a, b| by_size(a, b)).expect("there are numbers");
    let bins = match kind {
        // A histogram of coordinates is not informative.
        ColumnType::Latitude | ColumnType::Longitude => Vec::new(),
        _ => bins(&numbers, least.0, most.0),
    };
    Spread::Numbers { least: least.1.to_owned(), median, most: most.1.to_owned(), bins }
}

fn number(cell: &str) -> f64 {
    cell.parse().unwrap_or(f64::NAN)
}

/// A histogram from `least` to `most` with about ten bins, including empty ones; the width of a bin
/// is 1, 2 or 5 times a power of ten. Empty if all numbers are equal or the range is not finite.
fn bins(numbers: &[(f64, &str)], least: f64, most: f64) -> Vec<Bin> {
    let width = (most - least) / BINS;
    if !width.is_finite() || width <= 0.0 {
        return Vec::new();
    }
    // Round the width up to 1, 2, 5 or 10 times a power of ten.
    let power = 10_f64.powf(width.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= width)
        .unwrap_or(10.0 * power);
    let first = (least / step).floor();
    let place = |number: f64| ((number / step).floor() - first) as usize;
    let mut counts = vec![0; place(most) + 1];
    for (number, _) in numbers {
        counts[place(*number)] += 1;
    }
    let decimals = (-step.log10().floor()).max(0.0) as usize;
    let end = |place: usize| format!("{:.decimals$}", (first + place as f64) * step);
    let bin = |(place, count)| Bin { from: end(place), to: end(place + 1), count };
    counts.into_iter().enumerate().map(bin).collect()
}
