//! A **page** of the plan: its path and what it shows.

use crate::site::{Site, file_paths};
use crate::text::Language;

/// One HTML page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Output path: `measures/x.html`, `en/measures/x.html`.
    pub path: String,
    /// The path without the language's folder: the same in every language.
    pub key: String,
    /// Language of the page.
    pub language: Language,
    /// What it shows.
    pub kind: PageKind,
}

/// What a page shows. Numbers are indices into the lists of [`Site`], unless they are documented as
/// counting from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PageKind {
    /// The first page.
    Home,
    /// The search.
    Search,
    /// What is shown for an unknown address.
    NotFound,
    /// All measures.
    Measures,
    /// One measure.
    Measure(usize),
    /// All policies.
    Policies,
    /// One policy.
    Policy(usize),
    /// All departments.
    Departments,
    /// One department.
    Department(usize),
    /// The city's plan.
    Plan,
    /// One node of the city's plan.
    Node(usize),
    /// All topics.
    Topics,
    /// One topic.
    Topic(usize),
    /// The scale of ratings.
    Ratings,
    /// One rating.
    Rating(usize),
    /// All fiscal years.
    Years,
    /// One fiscal year.
    Year(usize),
    /// The money of all years.
    Money,
    /// The money of one fiscal year.
    MoneyOf(usize),
    /// The years, with how many measures missed their goals.
    Missed,
    /// A part of a year's measures that missed their goals.
    MissedIn {
        /// The year.
        year: usize,
        /// Number of the part, from 1.
        number: usize,
    },
    /// The pairs of years.
    Comparisons,
    /// The comparison of a year with the one before it.
    Comparison(usize),
    /// All datasets.
    Datasets,
    /// One dataset.
    Dataset(usize),
    /// A part of a dataset's rows.
    Rows {
        /// The dataset.
        dataset: usize,
        /// Number of the part, from 1.
        number: usize,
    },
    /// A version of a dataset, with its changes.
    Version {
        /// The dataset.
        dataset: usize,
        /// Number of the version; the oldest is 0, and the number after the last released one is
        /// the current state.
        number: usize,
    },
    /// A page that the city writes.
    Free(usize),
    /// A block of data by itself, for pages of other sites.
    Embed(usize),
    /// The accessibility policy.
    Accessibility,
    /// The result of an accessibility test.
    AccessibilityResult(usize),
    /// The old address of a page that was renamed or removed.
    Redirect(usize),
}

impl PageKind {
    /// Does the page have a twin in Markdown? Pages that nobody looks for have none.
    pub fn has_twin(self) -> bool {
        !matches!(self, Self::Search | Self::NotFound | Self::Redirect(_) | Self::Embed(_))
    }

    /// Path of the page relative to the folder of its language: `measures/x.html`.
    ///
    /// # Panics
    ///
    /// Panics where an index or a number is not one of `site`.
    pub fn key(self, site: &Site) -> String {
        match self {
            Self::Home => file_paths::HOME.to_owned(),
            Self::Search => file_paths::SEARCH_PAGE.to_owned(),
            Self::NotFound => file_paths::NOT_FOUND.to_owned(),
            Self::Measures => file_paths::MEASURES.to_owned(),
            Self::Measure(index) => file_paths::measure_page(site.measures[index].id.as_str()),
            Self::Policies => file_paths::POLICIES.to_owned(),
            Self::Policy(index) => file_paths::policy_page(&site.policies[index].id),
            Self::Departments => file_paths::DEPARTMENTS.to_owned(),
            Self::Department(index) => {
                file_paths::department_page(site.departments[index].department.id.as_str())
            }
            Self::Plan => file_paths::PLAN.to_owned(),
            Self::Node(index) => file_paths::plan_page(site.nodes[index].node.id.as_str()),
            Self::Topics => file_paths::TOPICS.to_owned(),
            Self::Topic(index) => file_paths::topic_page(site.topics[index].topic.id.as_str()),
            Self::Ratings => file_paths::RATINGS.to_owned(),
            Self::Rating(index) => file_paths::rating_page(site.ratings[index].rating.id.as_str()),
            Self::Years => file_paths::YEARS.to_owned(),
            Self::Year(index) => file_paths::year_page(site.years[index].fiscal_year),
            Self::Money => file_paths::MONEY.to_owned(),
            Self::MoneyOf(index) => file_paths::money_page(site.years[index].fiscal_year),
            Self::Missed => file_paths::MISSED.to_owned(),
            Self::MissedIn { year, number } => {
                file_paths::missed(site.years[year].fiscal_year, number)
            }
            Self::Comparisons => file_paths::COMPARISONS.to_owned(),
            Self::Comparison(index) => {
                let (newer, older) = (&site.years[index], &site.years[index + 1]);
                file_paths::comparison(newer.fiscal_year, older.fiscal_year)
            }
            Self::Datasets => file_paths::DATASETS.to_owned(),
            Self::Dataset(index) => file_paths::dataset_page(site.datasets[index].id.as_str()),
            Self::Rows { dataset, number } => {
                file_paths::rows(site.datasets[dataset].id.as_str(), number)
            }
            Self::Version { dataset, number } => {
                file_paths::version_page(site.datasets[dataset].state(number))
            }
            Self::Free(index) => file_paths::named_page(&site.pages[index].slug),
            Self::Embed(index) => {
                let block = &site.blocks[index];
                file_paths::embed_page(&block.page, &block.name)
            }
            Self::Accessibility => file_paths::ACCESSIBILITY.to_owned(),
            Self::AccessibilityResult(index) => {
                let known = site.accessibility.as_ref().expect("a result is of what is declared");
                file_paths::accessibility_result(known.results[index].fiscal_year)
            }
            Self::Redirect(index) => file_paths::named_page(&site.redirects[index].from),
        }
    }
}
