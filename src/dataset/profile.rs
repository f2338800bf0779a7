//! The **profile** of a column: how its values spread, in as few figures as a person takes in at
//! once.
//!
//! Not in here: pictures of it (`html`).

mod numbers;
mod times;
mod words;

use super::{Column, ColumnType, Rows};
use numbers::numbers;
use times::times;
use words::texts;

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
