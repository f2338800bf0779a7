//! The **difference** between two states of a dataset: columns added, removed and redefined, and
//! rows added, removed and changed.
//!
//! Rows are matched by the primary key if both states have the same one. Otherwise whole rows are
//! compared, and then rows are only added or removed. The order of rows makes no difference.
//!
//! Not in here: how a difference is shown (`html`, `cli`) and written as a table (`catalog`).

use std::cmp::Ordering;

use super::{Column, Dataset};

/// The difference between an earlier and a later table. Columns and rows are given as indices into
/// one of the two.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct TableDifference {
    /// Columns of the primary key in the later table; empty if whole rows were compared.
    pub key: Vec<usize>,
    /// Whether the two states have different primary keys.
    pub key_changed: bool,
    /// Columns of the later table that the earlier one does not have.
    pub columns_added: Vec<usize>,
    /// Columns of the earlier table that the later one does not have.
    pub columns_removed: Vec<usize>,
    /// Columns whose type or unit differs: index in the earlier table, index in the later one.
    pub columns_changed: Vec<(usize, usize)>,
    /// Rows of the later table that the earlier one does not have.
    pub rows_added: Vec<usize>,
    /// Rows of the earlier table that the later one does not have.
    pub rows_removed: Vec<usize>,
    /// Rows that both have with different values, in the order of the later table.
    pub rows_changed: Vec<ChangedRow>,
}

/// A row that both states have, with different values.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ChangedRow {
    /// Index of the row in the earlier table.
    pub before: usize,
    /// Index of the row in the later table.
    pub after: usize,
    /// The columns whose values differ: index in the earlier table, index in the later one.
    pub cells: Vec<(usize, usize)>,
}

impl TableDifference {
    /// The difference between the earlier table `before` and the later table `after`. Columns are
    /// matched by name.
    pub fn between(before: &Dataset, after: &Dataset) -> Self {
        let place = |columns: &[Column], name: &str| columns.iter().position(|c| c.name == name);
        let mut difference = Self::default();
        let mut common: Vec<(usize, usize)> = Vec::new();
        for (index, column) in after.columns.iter().enumerate() {
            match place(&before.columns, &column.name) {
                Some(earlier) => common.push((earlier, index)),
                None => difference.columns_added.push(index),
            }
        }
        let gone = |index: &usize| place(&after.columns, &before.columns[*index].name).is_none();
        difference.columns_removed = (0..before.columns.len()).filter(gone).collect();
        let redefined = |&&(earlier, later): &&(usize, usize)| {
            let (was, is) = (&before.columns[earlier], &after.columns[later]);
            was.kind != is.kind || was.unit != is.unit
        };
        difference.columns_changed = common.iter().filter(redefined).copied().collect();
        let sorted = |dataset: &Dataset| {
            let mut names: Vec<String> =
                dataset.key_names().into_iter().map(str::to_owned).collect();
            names.sort_unstable();
            names
        };
        difference.key_changed = sorted(before) != sorted(after);
        if !difference.key_changed {
            difference.key = after.primary_key.clone();
        }
        let named_by: Vec<(usize, usize)> = match difference.key.is_empty() {
            true => common.clone(),
            false => {
                common.iter().filter(|(_, later)| difference.key.contains(later)).copied().collect()
            }
        };
        difference.compare_rows(before, after, &named_by, &common);
        difference
    }

    /// Whether columns and rows are the same. A change of the primary key alone does not count.
    pub fn is_empty(&self) -> bool {
        self.columns_added.is_empty()
            && self.columns_removed.is_empty()
            && self.columns_changed.is_empty()
            && self.rows_added.is_empty()
            && self.rows_removed.is_empty()
            && self.rows_changed.is_empty()
    }

    /// Merges both tables in the order of their values in `named_by`, which identify a row, and
    /// adds the rows found in one table only, or in both with different values in the columns
    /// `common`. Both lists pair the index in the earlier table with that in the later one.
    fn compare_rows(
        &mut self,
        before: &Dataset,
        after: &Dataset,
        named_by: &[(usize, usize)],
        common: &[(usize, usize)],
    ) {
        let earlier_names: Vec<usize> = named_by.iter().map(|&(earlier, _)| earlier).collect();
        let later_names: Vec<usize> = named_by.iter().map(|&(_, later)| later).collect();
        let earlier = in_order(before, &earlier_names);
        let later = in_order(after, &later_names);
        let (mut left, mut right) = (earlier.iter().peekable(), later.iter().peekable());
        loop {
            let order = match (left.peek(), right.peek()) {
                (None, None) => break,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                // Without a common column, no rows can be matched.
                (Some(_), Some(_)) if named_by.is_empty() => Ordering::Less,
                (Some(&&was), Some(&&is)) => {
                    names(before, was, &earlier_names).cmp(names(after, is, &later_names))
                }
            };
            match order {
                Ordering::Less => self.rows_removed.extend(left.next()),
                Ordering::Greater => self.rows_added.extend(right.next()),
                Ordering::Equal => {
                    let (Some(&was), Some(&is)) = (left.next(), right.next()) else { break };
                    let differs = |&&(earlier, later): &&(usize, usize)| {
                        before.rows.cell(was, earlier) != after.rows.cell(is, later)
                    };
                    let cells: Vec<(usize, usize)> =
                        common.iter().filter(differs).copied().collect();
                    if !cells.is_empty() {
                        self.rows_changed.push(ChangedRow { before: was, after: is, cells });
                    }
                }
            }
        }
        self.rows_added.sort_unstable();
        self.rows_removed.sort_unstable();
        self.rows_changed.sort_unstable_by_key(|row| row.after);
    }
}

/// The rows of `dataset`, sorted by their cells in `columns`; equal rows stay in their order.
fn in_order(dataset: &Dataset, columns: &[usize]) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..dataset.rows.len()).collect();
    rows.sort_by(|&a, &b| names(dataset, a, columns).cmp(names(dataset, b, columns)));
    rows
}

/// The cells of `row` in `columns`, by which rows are matched.
fn names<'d>(
    dataset: &'d Dataset,
    row: usize,
    columns: &'d [usize],
) -> impl Iterator<Item = &'d str> {
    columns.iter().map(move |&column| dataset.rows.cell(row, column))
}

#[cfg(test)]
mod tests {
    use super::{ChangedRow, TableDifference};
    use crate::dataset::{Column, ColumnType, Dataset, Rows};
    use crate::diagnostic::Place;
    use crate::text::{Id, Localized};

    fn table(key: &[usize], columns: &[&str], rows: &[&[&str]]) -> Dataset {
        let mut cells = Rows::new(columns.len());
        for row in rows {
            cells.push_row(row.iter().copied());
        }
        let column = |name: &&str| Column::new(name, name, name, ColumnType::Text);
        Dataset {
            primary_key: key.to_vec(),
            columns: columns.iter().map(column).collect(),
            rows: cells,
            ..Dataset::empty(
                Id::parse("table").expect("an id"),
                Localized::new("table"),
                Localized::new("table"),
                Place::file("content"),
            )
        }
    }

    #[test]
    fn rows_are_told_by_their_key_wherever_they_stand() {
        let before = table(&[0], &["id", "name"], &[&["1", "a"], &["2", "b"], &["3", "c"]]);
        let after = table(&[1], &["name", "id"], &[&["c", "3"], &["B", "2"], &["d", "4"]]);
        let found = TableDifference::between(&before, &after);
        assert_eq!((found.key.as_slice(), found.key_changed), (&[1][..], false));
        assert_eq!((found.rows_added, found.rows_removed), (vec![2], vec![0]));
        assert_eq!(found.rows_changed, [ChangedRow { before: 1, after: 1, cells: vec![(1, 0)] }]);
    }

    #[test]
    fn without_a_key_whole_rows_are_compared_and_every_copy_counts() {
        let before = table(&[], &["a", "b"], &[&["1", "x"], &["1", "x"], &["2", "y"]]);
        let after = table(&[], &["a", "b"], &[&["2", "y"], &["1", "x"], &["2", "z"]]);
        let found = TableDifference::between(&before, &after);
        assert_eq!((found.rows_added.len(), found.rows_removed.len()), (1, 1));
        assert_eq!(found.rows_added, [2]);
        assert!(found.rows_changed.is_empty() && !found.key_changed);
    }

    #[test]
    fn columns_come_and_go_without_making_rows_new() {
        let before = table(&[], &["a", "b"], &[&["1", "x"]]);
        let after = table(&[], &["a", "c"], &[&["1", "z"]]);
        let found = TableDifference::between(&before, &after);
        assert_eq!((found.columns_added, found.columns_removed), (vec![1], vec![1]));
        assert!(found.rows_added.is_empty() && found.rows_removed.is_empty());
        let none = table(&[], &["d"], &[&["1"]]);
        let found = TableDifference::between(&before, &none);
        assert_eq!((found.rows_added, found.rows_removed), (vec![0], vec![0]));
    }

    #[test]
    fn another_key_is_said_and_whole_rows_are_compared() {
        let before = table(&[0], &["id", "name"], &[&["1", "a"]]);
        let after = table(&[1], &["id", "name"], &[&["1", "b"]]);
        let found = TableDifference::between(&before, &after);
        assert!(found.key_changed && found.key.is_empty());
        assert_eq!((found.rows_added, found.rows_removed), (vec![0], vec![0]));
        assert!(TableDifference::between(&before, &before).is_empty());
    }
}
