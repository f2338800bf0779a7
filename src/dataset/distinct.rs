//! The **distinct values** of a column in the order of its type, and the value of each row.
//!
//! Numbers are sorted by size, the values of a closed vocabulary in its order, and everything else
//! by code point, which is also the order of canonical dates and times.
//!
//! Not in here: the files made from them (`catalog`).

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::{Column, Rows};

/// The distinct values of one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distinct<'a> {
    /// The distinct values in the column's order; blank cells are not included.
    pub values: Vec<&'a str>,
    /// Number of rows that have each of `values`.
    pub counts: Vec<usize>,
    /// For each row, the position of its value in `values`, counted from 1; 0 for a blank cell.
    pub ranks: Vec<u32>,
    /// Number of rows whose cell is blank.
    pub blanks: usize,
}

impl<'a> Distinct<'a> {
    /// The distinct values of the column `column`, whose index in `rows` is `index`.
    pub fn of(rows: &'a Rows, index: usize, column: &Column) -> Self {
        let order = Order::of(column);
        let mut filled: Vec<(ValueKey, &str, usize)> = (0..rows.len())
            .map(|row| (rows.cell(row, index), row))
            .filter(|(cell, _)| !cell.is_empty())
            .map(|(cell, row)| (order.key(cell), cell, row))
            .collect();
        filled.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.cmp(b.1)));
        let mut distinct = Self {
            values: Vec::new(),
            counts: Vec::new(),
            ranks: vec![0; rows.len()],
            blanks: rows.len() - filled.len(),
        };
        for (_, cell, row) in filled {
            if distinct.values.last() != Some(&cell) {
                distinct.values.push(cell);
                distinct.counts.push(0);
            }
            let rank = distinct.values.len();
            distinct.counts[rank - 1] += 1;
            distinct.ranks[row] = u32::try_from(rank).expect("a table has fewer rows than 2^32");
        }
        distinct
    }
}

/// The order of a column's values.
enum Order<'c> {
    Number,
    Vocabulary(BTreeMap<&'c str, usize>),
    CodePoint,
}

/// The primary sort key of a value; values with equal keys are sorted by their texts.
#[derive(Clone, Copy, PartialEq)]
struct ValueKey(f64);

impl ValueKey {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl<'c> Order<'c> {
    fn of(column: &'c Column) -> Self {
        if column.kind.is_numeric() {
            Self::Number
        } else if column.values.is_empty() {
            Self::CodePoint
        } else {
            Self::Vocabulary(column.values.iter().map(String::as_str).zip(0..).collect())
        }
    }

    fn key(&self, cell: &str) -> ValueKey {
        ValueKey(match self {
            Self::Number => cell.parse().unwrap_or(f64::NAN),
            Self::Vocabulary(places) => places.get(cell).map_or(f64::MAX, |&place| place as f64),
            Self::CodePoint => 0.0,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Distinct;
    use crate::dataset::{Column, ColumnType, Rows};

    fn rows(cells: &[&str]) -> Rows {
        let mut rows = Rows::new(1);
        cells.iter().for_each(|cell| rows.push(cell));
        rows
    }

    #[test]
    fn numbers_go_by_their_size_and_blanks_have_no_place() {
        let rows = rows(&["10", "9", "", "-1", "9.0", "10"]);
        let column = Column::new("n", "数", "N", ColumnType::Number);
        let distinct = Distinct::of(&rows, 0, &column);
        assert_eq!(distinct.values, ["-1", "9", "9.0", "10"]);
        assert_eq!(distinct.counts, [1, 1, 1, 2]);
        assert_eq!(distinct.ranks, [4, 2, 0, 1, 3, 4]);
        assert_eq!(distinct.blanks, 1);
    }

    #[test]
    fn a_vocabulary_keeps_its_order_and_texts_go_by_code_point() {
        let rows = rows(&["南", "北", "𠮷", "ｱ"]);
        let mut column = Column::new("t", "字", "T", ColumnType::Text);
        assert_eq!(Distinct::of(&rows, 0, &column).values, ["北", "南", "ｱ", "𠮷"]);
        column.values = ["南", "北", "ｱ", "𠮷"].map(str::to_owned).to_vec();
        assert_eq!(Distinct::of(&rows, 0, &column).values, ["南", "北", "ｱ", "𠮷"]);
    }
}
