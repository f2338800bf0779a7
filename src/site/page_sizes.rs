//! **Page sizes**: how much of a long list one page shows, and which tables can be sorted and
//! filtered on their page.
//!
//! Not in here: which pages there are (`plan`).

use crate::dataset::Dataset;

/// Measures that missed their goals on one page.
pub const MISSED_ON_A_PAGE: usize = 200;

/// Rows on one page.
pub const ROWS_ON_A_PAGE: usize = 100;

/// At most so many rows of a dataset are shown on pages; its files have all of them.
pub const ROWS_ON_PAGES: usize = 10_000;

/// The number of pages that show rows of `dataset`. Those that the program makes have none, since
/// the pages of measures and policies, or of the datasets of a series, show their contents.
pub fn row_pages(dataset: &Dataset) -> usize {
    let rows = if dataset.is_given() { dataset.rows.len().min(ROWS_ON_PAGES) } else { 0 };
    rows.div_ceil(ROWS_ON_A_PAGE)
}

/// A table of more rows cannot be explored on its page: other programs are better tools for it, and
/// the files that the page would need would take as long to build as all others together.
pub const EXPLORED_ROWS: usize = 250_000;

/// Can a table of `rows` rows be sorted and filtered on its page?
pub fn is_explored(rows: usize) -> bool {
    (1..=EXPLORED_ROWS).contains(&rows)
}
