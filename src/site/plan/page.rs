//! A **page** of the plan: where it stands, what it shows, and how much of a long list it has room for.

use crate::dataset::Dataset;
use crate::text::Language;

/// One HTML page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Output path: `measures/x.html`, `en/measures/x.html`.
    pub path: String,
    /// The same without the language's folder: what the page is called in every language.
    pub key: String,
    /// Language of its words.
    pub language: Language,
    /// What it shows.
    pub kind: PageKind,
}

/// What a page shows; numbers are indices into the lists of [`Site`](crate::site::Site).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PageKind {
    /// `index.html`
    Home,
    /// `search.html`
    Search,
    /// `404.html`
    NotFound,
    /// `measures/index.html`: all of them.
    Measures,
    /// `measures/<id>.html`
    Measure(usize),
    /// `policies/index.html`
    Policies,
    /// `policies/<year>-<department>.html`
    Policy(usize),
    /// `departments/index.html`
    Departments,
    /// `departments/<id>.html`
    Department(usize),
    /// `topics/index.html`
    Topics,
    /// `topics/<id>.html`
    Topic(usize),
    /// `ratings/index.html`
    Ratings,
    /// `ratings/<id>.html`
    Rating(usize),
    /// `years/index.html`
    Years,
    /// `years/<year>.html`
    Year(usize),
    /// `missed/index.html`: the years, with how many measures missed their goals.
    Missed,
    /// `missed/<year>.html`, `missed/<year>-2.html`: a stretch of a year's measures that missed their goals, the
    /// first is number 1.
    MissedIn(usize, usize),
    /// `compare/index.html`: the pairs of years.
    Comparisons,
    /// `compare/<newer>-<older>.html`: a year, and the one before it.
    Comparison(usize),
    /// `data/index.html`
    Datasets,
    /// `data/<id>.html`
    Dataset(usize),
    /// `data/<id>/rows/<number>.html`: a stretch of a dataset's rows, the first is number 1.
    Rows(usize, usize),
    /// `data/<id>/<version>/index.html`: a state of a dataset, the released versions oldest first, then what stands now.
    State(usize, usize),
    /// `<slug>.html`
    Free(usize),
    /// `accessibility.html`: the policy.
    Accessibility,
    /// `accessibility/<year>.html`: the result of a test.
    AccessibilityResult(usize),
    /// The old address of a page that was renamed or removed.
    Redirect(usize),
}

/// Measures that missed their goals on one page.
pub const MISSED_ON_A_PAGE: usize = 200;

/// Rows on one page.
pub const ROWS_ON_A_PAGE: usize = 100;

/// At most so many rows of a dataset have a place on a page; who wants more takes a file.
pub const ROWS_ON_PAGES: usize = 10_000;

/// How many pages show the rows of `dataset`. The built-in ones have none: what they tell stands on the
/// pages of measures and policies.
pub fn row_pages(dataset: &Dataset) -> usize {
    let rows = if dataset.built_in { 0 } else { dataset.rows.len().min(ROWS_ON_PAGES) };
    rows.div_ceil(ROWS_ON_A_PAGE)
}

/// A table of more rows is not explored on its page: a program is the better tool for it, and the files
/// that the page would need cost a build as much as all the others together.
pub const EXPLORED_ROWS: usize = 250_000;

/// Can a table of so many rows be sorted and filtered on its page?
pub fn is_explored(rows: usize) -> bool {
    (1..=EXPLORED_ROWS).contains(&rows)
}
