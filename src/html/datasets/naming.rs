//! The **naming** column of a dataset: the one that says what a row is called.
//!
//! Not in here: what a row is called in the search, which asks for readings first (`search`).

use crate::dataset::{Column, Dataset};

/// Names and titles of columns that say what a row is, the best first.
const NAMES: [&str; 10] = [
    "name",
    "名称",
    "施設名",
    "施設名称",
    "名前",
    "イベント名",
    "停留所名",
    "避難所名",
    "館名",
    "title",
];

/// Ends of the titles of other columns that do.
const ENDS: [&str; 3] = ["名称", "名前", "名"];

/// Index of the column with the names of the rows, if one is called so.
pub(in crate::html) fn name_column(dataset: &Dataset) -> Option<usize> {
    let find = |is: &dyn Fn(&Column) -> bool| dataset.columns.iter().position(is);
    let known = NAMES
        .iter()
        .find_map(|&name| find(&|column| column.name == name || column.title.own == name));
    known.or_else(|| find(&|column| ENDS.iter().any(|end| column.title.own.ends_with(end))))
}
