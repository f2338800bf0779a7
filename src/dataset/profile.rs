//! The **profile** of a column: how its values spread, in as few figures as a person takes in at once.
//!
//! Not in here: pictures of it (`html`).

use std::collections::BTreeMap;

use super::{Column, ColumnType, Rows};

/// Values that are told one by one; the rest are counted together.
const TOLD: usize = 8;
/// A text with more distinct values is not told value by value.
const FEW: usize = 30;
/// A number with so many distinct values at most is told like a word.
const FEW_NUMBERS: usize = 6;
/// Years that have a place of their own; more go by decades.
const YEARS: i32 = 40;
/// Stretches that the numbers of a column are counted in, about.
const BINS: f64 = 10.0;

/// How the values of a column spread.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// How many rows are blank.
    pub blanks: usize,
    /// How the others spread.
    pub spread: Spread,
}

/// How values spread.
#[derive(Clone, Debug, PartialEq)]
pub enum Spread {
    /// Every row is blank.
    Nothing,
    /// Few values: each with its rows, and how many other values and rows there are.
    Values {
        /// In the order of the vocabulary, else the most frequent first.
        counts: Vec<(String, usize)>,
        /// Values that are not told.
        other_values: usize,
        /// Rows that have one of these.
        other_rows: usize,
    },
    /// Numbers.
    Numbers {
        /// The smallest, as it is written.
        least: String,
        /// The one in the middle; of two the smaller.
        median: String,
        /// The largest.
        most: String,
        /// Stretches of equal length with their rows; none where they would tell nothing.
        bins: Vec<Bin>,
    },
    /// Days or years, by month, year or decade, gaps included.
    Times {
        /// The first, as it is written.
        first: String,
        /// The last.
        last: String,
        /// `2021-04`, `2021` or `2020s`, each with its rows.
        counts: Vec<(String, usize)>,
    },
    /// Many texts.
    Texts {
        /// How many distinct ones.
        distinct: usize,
    },
}

/// A stretch of numbers: its lower end belongs to it, its upper end to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Bin {
    /// Lower end.
    pub from: String,
    /// Upper end.
    pub to: String,
    /// How many rows.
    pub count: usize,
}

impl Profile {
    /// The profile of `column`, the one at `index` of `rows`.
    pub fn of(rows: &Rows, index: usize, column: &Column) -> Self {
        let cells: Vec<&str> = (0..rows.len())
            .map(|row| rows.cell(row, index))
            .filter(|cell| !cell.is_empty())
            .collect();
        let blanks = rows.len() - cells.len();
        let spread = match column.kind {
            _ if cells.is_empty() => Spread::Nothing,
            ColumnType::Date => times(&cells),
            ColumnType::FiscalYear => times(&cells),
            kind if kind.is_numeric() => numbers(cells, kind),
            _ => texts(cells, &column.values),
        };
        Self { blanks, spread }
    }

    /// Has every row the same value?
    pub fn is_constant(&self) -> bool {
        match &self.spread {
            Spread::Nothing => true,
            Spread::Values { counts, .. } => counts.len() == 1 && self.blanks == 0,
            Spread::Times { first, last, .. } => first == last && self.blanks == 0,
            _ => false,
        }
    }
}

fn tally<'a>(cells: &[&'a str], most: usize) -> Option<BTreeMap<&'a str, usize>> {
    let mut counts = BTreeMap::new();
    for cell in cells {
        *counts.entry(*cell).or_insert(0) += 1;
        if counts.len() > most {
            return None;
        }
    }
    Some(counts)
}

fn texts(mut cells: Vec<&str>, vocabulary: &[String]) -> Spread {
    let most = FEW.max(vocabulary.len());
    // Where each value is there once, their counts tell nothing.
    let told = tally(&cells, most).filter(|counts| counts.len() < cells.len() || cells.len() == 1);
    match told {
        Some(counts) => values(&counts, vocabulary),
        None => {
            cells.sort_unstable();
            cells.dedup();
            Spread::Texts { distinct: cells.len() }
        }
    }
}

fn values(counts: &BTreeMap<&str, usize>, vocabulary: &[String]) -> Spread {
    let mut counts: Vec<(String, usize)> =
        counts.iter().map(|(value, &count)| ((*value).to_owned(), count)).collect();
    let place = |value: &str| vocabulary.iter().position(|known| known == value);
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let others = counts.split_off(counts.len().min(TOLD));
    counts.sort_by_key(|(value, _)| place(value));
    Spread::Values {
        counts,
        other_values: others.len(),
        other_rows: others.iter().map(|(_, count)| count).sum(),
    }
}

fn numbers(cells: Vec<&str>, kind: ColumnType) -> Spread {
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
        // How many places lie between two circles of latitude is nothing that anybody asks.
        ColumnType::Latitude | ColumnType::Longitude => Vec::new(),
        _ => bins(&numbers, least.0, most.0),
    };
    Spread::Numbers { least: least.1.to_owned(), median, most: most.1.to_owned(), bins }
}

fn number(cell: &str) -> f64 {
    cell.parse().unwrap_or(f64::NAN)
}

fn bins(numbers: &[(f64, &str)], least: f64, most: f64) -> Vec<Bin> {
    let width = (most - least) / BINS;
    if !width.is_finite() || width <= 0.0 {
        return Vec::new();
    }
    // 1, 2 or 5 times a power of ten: stretches whose ends can be read.
    let power = 10_f64.powf(width.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= width)
        .unwrap_or(10.0 * power);
    let first = (least / step).floor();
    let place = |number: f64| ((number / step).floor() - first) as usize;
    let mut counts = vec![0; place(most) + 1];
    let last = counts.len() - 1;
    for (number, _) in numbers {
        counts[place(*number).min(last)] += 1;
    }
    let decimals = (-step.log10().floor()).max(0.0) as usize;
    let end = |place: usize| format!("{:.decimals$}", (first + place as f64) * step);
    let bin = |(place, count)| Bin { from: end(place), to: end(place + 1), count };
    counts.into_iter().enumerate().map(bin).collect()
}

/// Canonical days and years begin with four digits.
fn times(cells: &[&str]) -> Spread {
    let first = (*cells.iter().min().expect("there are cells")).to_owned();
    let last = (*cells.iter().max().expect("there are cells")).to_owned();
    let years = year(&last) - year(&first);
    let stretch = match years {
        ..=1 if first.len() > 4 => Stretch::Month,
        ..=YEARS => Stretch::Year,
        _ => Stretch::Decade,
    };
    let start = stretch.place(&first);
    let mut counts: Vec<(String, usize)> =
        (start..=stretch.place(&last)).map(|place| (stretch.name(place), 0)).collect();
    for cell in cells {
        counts[(stretch.place(cell) - start) as usize].1 += 1;
    }
    Spread::Times { first, last, counts }
}

fn year(cell: &str) -> i32 {
    cell.get(..4).and_then(|year| year.parse().ok()).unwrap_or(0)
}

/// What days and years are counted by.
enum Stretch {
    Month,
    Year,
    Decade,
}

impl Stretch {
    /// Where `cell` falls.
    fn place(&self, cell: &str) -> i32 {
        let month = || cell.get(5..7).and_then(|month| month.parse().ok()).unwrap_or(1);
        match self {
            Self::Month => year(cell) * 12 + month() - 1,
            Self::Year => year(cell),
            Self::Decade => year(cell) / 10,
        }
    }

    fn name(&self, place: i32) -> String {
        match self {
            Self::Month => format!("{:04}-{:02}", place / 12, place % 12 + 1),
            Self::Year => format!("{place:04}"),
            Self::Decade => format!("{place:03}0s"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Profile, Spread};
    use crate::dataset::{Column, ColumnType, Rows};

    fn profile(kind: ColumnType, cells: &[&str]) -> Profile {
        let mut rows = Rows::new(1);
        cells.iter().for_each(|cell| rows.push(cell));
        Profile::of(&rows, 0, &Column::new("c", "列", "C", kind))
    }

    #[test]
    fn few_words_are_told_with_their_rows() {
        let profile = profile(ColumnType::Text, &["北", "南", "", "南"]);
        assert_eq!(profile.blanks, 1);
        let counts = vec![("南".to_owned(), 2), ("北".to_owned(), 1)];
        assert_eq!(profile.spread, Spread::Values { counts, other_values: 0, other_rows: 0 });
    }

    #[test]
    fn words_that_are_all_different_are_only_counted() {
        let profile = profile(ColumnType::Text, &["a", "b", "c"]);
        assert_eq!(profile.spread, Spread::Texts { distinct: 3 });
    }

    #[test]
    fn numbers_fall_into_stretches_that_hold_every_one() {
        let cells: Vec<String> = (0..100).map(|number| format!("{}", number * 7)).collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let Spread::Numbers { least, median, most, bins } =
            profile(ColumnType::Integer, &cells).spread
        else {
            panic!("these are numbers");
        };
        assert_eq!((least.as_str(), median.as_str(), most.as_str()), ("0", "343", "693"));
        assert_eq!(bins.iter().map(|bin| bin.count).sum::<usize>(), 100);
        assert_eq!((bins[0].from.as_str(), bins[0].to.as_str(), bins[0].count), ("0", "100", 15));
    }

    #[test]
    fn small_and_negative_numbers_keep_readable_ends() {
        let cells = ["-0.25", "0.05", "0.15", "0.3", "0.41", "0.52", "0.6"];
        let Spread::Numbers { bins, .. } = profile(ColumnType::Number, &cells).spread else {
            panic!("these are numbers");
        };
        assert_eq!((bins[0].from.as_str(), bins[0].to.as_str()), ("-0.3", "-0.2"));
        assert_eq!(bins.iter().map(|bin| bin.count).sum::<usize>(), 7);
    }

    #[test]
    fn days_go_by_month_year_or_decade_with_their_gaps() {
        let counts = |cells: &[&str]| match profile(ColumnType::Date, cells).spread {
            Spread::Times { counts, .. } => counts
                .into_iter()
                .map(|(name, count)| format!("{name} {count}"))
                .collect::<Vec<_>>(),
            other => panic!("{other:?} are no days"),
        };
        assert_eq!(counts(&["2020-12-31", "2021-02-01"]), ["2020-12 1", "2021-01 0", "2021-02 1"]);
        assert_eq!(counts(&["2020-12-31", "2022-02-01"]), ["2020 1", "2021 0", "2022 1"]);
        assert_eq!(counts(&["1901-01-01", "1950-01-01"])[0], "1900s 1");
    }
}
