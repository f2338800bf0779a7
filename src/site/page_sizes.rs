//! **Page sizes**: how much of a long list one page shows, and which tables are explored on their
//! page.
//!
//! Not in here: which pages there are (`plan`).

use crate::dataset::Dataset;

/// Measures that missed their goals on one page.
pub const MISSED_ON_A_PAGE: usize = 200;

/// Rows on one page.
pub const ROWS_ON_A_PAGE: usize = 100;

/// At most so many rows of a dataset have a place on a page; who wants more takes a file.
pub const ROWS_ON_PAGES: usize = 10_000;

/// How many pages show the rows of `dataset`. The built-in ones have none: what they tell stands on
/// the pages of measures and policies.
pub fn row_pages(dataset: &Dataset) -> usize {
    let rows = if dataset.built_in { 0 } else { dataset.rows.len().min(ROWS_ON_PAGES) };
    rows.div_ceil(ROWS_ON_A_PAGE)
}

/// A table of more rows is not explored on its page: a program is the better tool for it, and the
/// files that the page would need cost a build as much as all the others together.
pub const EXPLORED_ROWS: usize = 250_000;

/// Can a table of so many rows be sorted and filtered on its page?
pub fn is_explored(rows: usize) -> bool {
    (1..=EXPLORED_ROWS).contains(&rows)
}
