//! A **document** is one page, or one row of a dataset, in the form in which it is searched.
//!
//! Not in here: how documents are made of a site (`page_documents`, `row_documents`).

use std::hash::{Hash, Hasher};

use crate::text::Localized;

/// The kind of page that a document was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
    /// Every kind with its name, in the order of their numbers in the index.
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
    /// The document's path below the folder of its language.
    pub url: String,
    /// The document's title.
    pub title: Localized,
    /// The title of what it is part of, shown with it: for a row, that of its dataset.
    pub within: Option<Localized>,
    /// Reading of the title.
    pub kana: Option<String>,
    /// Headings, names of topics and departments.
    pub head: Vec<String>,
    /// Paragraphs.
    pub body: Paragraphs,
    /// Does it form one result with the document before it? True for further years of a measure and
    /// for all rows of a dataset but the first.
    pub joins: bool,
    /// A figure that is shown with the result: the newest actual value of the first indicator that
    /// has one.
    pub answer: Option<IndicatorFigure>,
    /// Kind of the page.
    pub kind: DocumentKind,
    /// The fiscal year that it belongs to.
    pub fiscal_year: Option<i32>,
    /// Index of its department among the labels.
    pub department: Option<usize>,
    /// Index of its rating among the labels.
    pub rating: Option<usize>,
    /// Indices of its topics among the labels.
    pub topics: Vec<usize>,
    /// For each of the site's own facets, the indices of the document's values among the facet's
    /// labels; empty for a document that has no own facets.
    pub own: Vec<Vec<usize>>,
    /// A measure's budget of its own fiscal year, in the site's unit.
    pub budget: Option<f64>,
}

impl Hash for Document {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Every field by its name: the compiler misses none.
        let Self {
            url,
            title,
            within,
            kana,
            head,
            body,
            joins,
            answer,
            kind,
            fiscal_year,
            department,
            rating,
            topics,
            own,
            budget,
        } = self;
        (url, title, within, kana, head, body, joins, answer).hash(state);
        (kind, fiscal_year, department, rating, topics, own).hash(state);
        budget.map(f64::to_bits).hash(state);
    }
}

impl Document {
    /// A document of the kind `Page` without department, year or topic.
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

    /// The paragraphs of both languages, joined by line feeds, so that the end of one and the
    /// beginning of the next do not form a token.
    pub fn text(&self) -> String {
        let Paragraphs { own, en, .. } = &self.body;
        own.iter().chain(en).map(String::as_str).collect::<Vec<&str>>().join("\n")
    }

    /// The texts that snippets are cut from: the paragraphs in the site's own language, and the
    /// English ones. Where [`Paragraphs::shown`] is set, it is used in their place.
    pub fn excerpts(&self) -> (String, String) {
        let Paragraphs { own, en, shown } = &self.body;
        match shown {
            Some(shown) => (shown.own.clone(), shown.en.clone().unwrap_or_default()),
            None => (own.join("\n"), en.join("\n")),
        }
    }
}

/// Paragraphs by language.
#[derive(Clone, Debug, Default, Hash)]
pub struct Paragraphs {
    /// In the site's own language.
    pub own: Vec<String>,
    /// In English.
    pub en: Vec<String>,
    /// Text that snippets show in place of the paragraphs: the cells of a row, each after the name
    /// of its column.
    pub shown: Option<Localized>,
}

/// A figure of an indicator.
#[derive(Clone, Debug, Hash)]
pub struct IndicatorFigure {
    /// Name of the indicator.
    pub name: Localized,
    /// The figure's value, as it is published.
    pub value: String,
    /// The figure's unit.
    pub unit: Option<Localized>,
    /// The fiscal year of the value.
    pub year: i32,
}
