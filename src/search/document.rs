//! A **document**: one page, or one row of a dataset, as it is searched.
//!
//! Not in here: how documents are made of a site (`page_documents`, `row_documents`).

use crate::text::Localized;

/// What kind of page a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A measure.
    Measure,
    /// A policy.
    Policy,
    /// A dataset.
    Dataset,
    /// A free page.
    Page,
    /// A row of a dataset.
    Row,
}

impl Kind {
    /// Every kind, in the order of its number in the index.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Measure, "measure"),
        (Self::Policy, "policy"),
        (Self::Dataset, "dataset"),
        (Self::Page, "page"),
        (Self::Row, "row"),
    ];
}

/// One page that can be found.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its path below the folder of its language.
    pub url: String,
    /// Its title.
    pub title: Localized,
    /// What it is a part of, and is shown with: a row's dataset.
    pub within: Option<Localized>,
    /// Reading of the title.
    pub kana: Option<String>,
    /// Headings, names of topics and departments.
    pub head: Vec<String>,
    /// Paragraphs.
    pub body: Vec<String>,
    /// What it is.
    pub kind: Kind,
    /// The fiscal year that it belongs to.
    pub fiscal_year: Option<i32>,
    /// Index of its department among the labels.
    pub department: Option<usize>,
    /// Index of its rating among the labels.
    pub rating: Option<usize>,
    /// Indices of its topics among the labels.
    pub topics: Vec<usize>,
    /// For each of the site's own facets, the indices of its values among the facet's labels; empty for
    /// what has none.
    pub own: Vec<Vec<usize>>,
    /// A measure's budget of its own year, in the site's unit.
    pub budget: Option<f64>,
}

impl Document {
    /// The paragraphs as one text; a line's end keeps words of two of them apart.
    pub fn text(&self) -> String {
        self.body.join("\n")
    }
}
