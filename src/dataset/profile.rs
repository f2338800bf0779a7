//! The **profile** of a column: the distribution of its values in a few figures.
//!
//! Not in here: charts of it (`html`).

mod numbers;
mod times;
mod words;

use super::precision::decimals;
use super::{Column, ColumnType, Rows};
use numbers::numbers;
use times::times;
use words::texts;

/// The distribution of a column's values.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// Number of rows whose cell is blank.
    pub blanks: usize,
    /// The number of decimals of the most precise number; 0 for other values.
    pub decimals: usize,
    /// The distribution of the other rows.
    pub spread: Spread,
}

/// The distribution of values that are not blank.
#[derive(Clone, Debug, PartialEq)]
pub enum Spread {
    /// Every row is blank.
    Nothing,
    /// Few distinct values, each with its number of rows.
    Values {
        /// Values with their numbers of rows: in the order of the vocabulary or of the numbers,
        /// otherwise the most frequent first.
        counts: Vec<(String, usize)>,
        /// Number of distinct values that are not in `counts`.
        other_values: usize,
        /// Number of rows with one of these other values.
        other_rows: usize,
    },
    /// Numbers.
    Numbers {
        /// The smallest number, as in its cell.
        least: String,
        /// The median; the smaller one if there are two.
        median: String,
        /// The largest number.
        most: String,
        /// Histogram with bins of equal width; empty if it would not be informative.
        bins: Vec<Bin>,
    },
    /// Dates or fiscal years, counted by month, year or decade.
    Times {
        /// The earliest, as in its cell.
        first: String,
        /// The latest.
        last: String,
        /// Periods such as `2021-04`, `2021` or `2020s` with their numbers of rows, without gaps.
        counts: Vec<(String, usize)>,
    },
    /// Many distinct texts.
    Texts {
        /// Number of distinct texts.
        distinct: usize,
    },
}

/// A bin of a histogram: the lower end is included, the upper one is not.
#[derive(Clone, Debug, PartialEq)]
pub struct Bin {
    /// Lower end.
    pub from: String,
    /// Upper end.
    pub to: String,
    /// Number of rows.
    pub count: usize,
}

impl Profile {
    /// The profile of the column `column`, whose index in `rows` is `index`.
    pub fn of(rows: &Rows, index: usize, column: &Column) -> Self {
        let cells: Vec<&str> = (0..rows.len())
            .map(|row| rows.cell(row, index))
            .filter(|cell| !cell.is_empty())
            .collect();
        let blanks = rows.len() - cells.len();
        let decimals = if column.kind.is_quantity() { decimals(cells.iter().copied()) } else { 0 };
        let spread = match column.kind {
            _ if cells.is_empty() => Spread::Nothing,
            ColumnType::Date => times(&cells),
            ColumnType::FiscalYear => times(&cells),
            kind if kind.is_numeric() => numbers(cells, kind),
            _ => texts(cells, &column.values),
        };
        Self { blanks, decimals, spread }
    }

    /// Whether every row has the same value, or every row is blank.
    pub fn is_constant(&self) -> bool {
        match &self.spread {
            Spread::Nothing => true,
            Spread::Values { counts, .. } => counts.len() == 1 && self.blanks == 0,
            Spread::Times { first, last, .. } => first == last && self.blanks == 0,
            _ => false,
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
    fn words_of_a_vocabulary_stand_in_its_order() {
        let mut rows = Rows::new(1);
        ["小", "大", "小", "中", "小", "中"].iter().for_each(|cell| rows.push(cell));
        let column = Column::new("c", "列", "C", ColumnType::Text);
        let values = ["大", "中", "小"].map(str::to_owned).to_vec();
        let profile = Profile::of(&rows, 0, &Column { values, ..column });
        let counts = [("大", 1), ("中", 2), ("小", 3)];
        let counts = counts.map(|(value, count)| (value.to_owned(), count)).to_vec();
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
    fn a_histogram_begins_at_the_least_number() {
        let cells: Vec<String> = (205..=300).map(|number| number.to_string()).collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let Spread::Numbers { bins, .. } = profile(ColumnType::Integer, &cells).spread else {
            panic!("these are numbers");
        };
        let bins: Vec<String> =
            bins.iter().map(|bin| format!("{} {} {}", bin.from, bin.to, bin.count)).collect();
        assert_eq!(bins[..2], ["200 210 5", "210 220 10"]);
        assert_eq!(bins[9..], ["290 300 10", "300 310 1"]);
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
