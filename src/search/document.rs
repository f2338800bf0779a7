//! A **document**: one page, or one row of a dataset, as it is searched.
//!
//! Not in here: how documents are made of a site (`page_documents`, `row_documents`).

use serde::Serialize;

use crate::text::Localized;

/// What kind of page a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentKind {
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

impl DocumentKind {
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
    pub body: Paragraphs,
    /// Does it belong to one result with the document before it: the same measure of another year,
    /// another row of the same dataset?
    pub joins: bool,
    /// What is known already: the last figure of its first indicator.
    pub answer: Option<IndicatorFigure>,
    /// What it is.
    pub kind: DocumentKind,
    /// The fiscal year that it belongs to.
    pub fiscal_year: Option<i32>,
    /// Index of its department among the labels.
    pub department: Option<usize>,
    /// Index of its rating among the labels.
    pub rating: Option<usize>,
    /// Indices of its topics among the labels.
    pub topics: Vec<usize>,
    /// For each of the site's own facets, the indices of its values among the facet's labels; empty
    /// for what has none.
    pub own: Vec<Vec<usize>>,
    /// A measure's budget of its own year, in the site's unit.
    pub budget: Option<f64>,
}

impl Document {
    /// A page that belongs to no department, year or topic.
    pub fn page(url: String, title: Localized, head: Vec<String>, body: Paragraphs) -> Self {
        Self {
            url,
            title,
            within: None,
            kana: None,
            head,
            body,
            joins: false,
            answer: None,
            kind: DocumentKind::Page,
            fiscal_year: None,
            department: None,
            rating: None,
            topics: vec![],
            own: vec![],
            budget: None,
        }
    }

    /// The paragraphs of both languages as one text; a line's end keeps words of two of them apart.
    pub fn text(&self) -> String {
        let Paragraphs { own, en, .. } = &self.body;
        own.iter().chain(en).map(String::as_str).collect::<Vec<&str>>().join("\n")
    }

    /// What snippets are cut from: the paragraphs in the site's own language and, after a form
    /// feed, the English ones.
    pub fn excerpts(&self) -> String {
        let Paragraphs { own, en, shown } = &self.body;
        match shown {
            Some(shown) => format!("{}\u{C}{}", shown.own, shown.en.as_deref().unwrap_or_default()),
            None => format!("{}\u{C}{}", own.join("\n"), en.join("\n")),
        }
    }
}

/// Paragraphs by language.
#[derive(Clone, Debug, Default)]
pub struct Paragraphs {
    /// In the site's own language.
    pub own: Vec<String>,
    /// In English.
    pub en: Vec<String>,
    /// What is shown in their place: the cells of a row, each after the name of its column.
    pub shown: Option<Localized>,
}

/// A figure of an indicator.
#[derive(Clone, Debug, Serialize)]
pub struct IndicatorFigure {
    /// What is counted.
    pub name: Localized,
    /// Its value, as it is published.
    pub value: String,
    /// Its unit.
    pub unit: Option<String>,
    /// The fiscal year that it is of.
    pub year: i32,
}
