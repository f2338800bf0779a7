//! The **corpus** is everything of the site that can be found: documents as plain text in fields,
//! and the labels by which results are filtered.
//!
//! Not in here: which texts of a page are searched (`page_documents`, `row_documents`), and tokens
//! (`analyzer`).

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::site::Site;
use crate::text::{Language, Localized};

use super::completions::Completions;
use super::document::Document;
use super::label::FilterLabel;
use super::own_facets::{OwnFacet, own_facets};
use super::page_documents::{of_dataset, of_measure, of_node, of_page, of_policy};
use super::readings::Readings;
use super::row_documents::rows_of;
use super::suggestions::Suggestions;

/// Everything that can be found.
#[derive(Debug, Hash)]
pub struct Corpus {
    /// The documents; the index of a document here is its number in the index.
    pub documents: Vec<Document>,
    /// Departments.
    pub departments: Vec<FilterLabel>,
    /// Ratings.
    pub ratings: Vec<FilterLabel>,
    /// Topics.
    pub topics: Vec<FilterLabel>,
    /// The site's own fields by which measures are filtered.
    pub own_facets: Vec<OwnFacet>,
    /// Groups of words that mean the same.
    pub synonyms: Vec<Vec<String>>,
    /// The readings of the site's own words.
    pub readings: Readings,
    /// Suggestions for a query that finds nothing.
    pub suggestions: Suggestions,
    /// Completions for a query that is being typed.
    pub completions: Completions,
    /// The words of the client's user interface, by language.
    pub words: BTreeMap<Language, BTreeMap<&'static str, String>>,
}

/// Keys of the theme's words that the client shows.
const WORDS: &[&str] = &[
    "any",
    "department",
    "field_body",
    "field_head",
    "field_kana",
    "field_kanji",
    "field_title",
    "field_year",
    "filters",
    "fiscal_year",
    "kind",
    "measure",
    "policy",
    "dataset",
    "page",
    "row",
    "next",
    "page_of",
    "previous",
    "rating",
    "search",
    "search_also",
    "search_and",
    "search_answer",
    "search_budget",
    "search_by_budget",
    "search_by_relevance",
    "search_by_year",
    "search_comma",
    "search_completions",
    "search_count",
    "search_count_both",
    "search_count_loose",
    "search_count_near",
    "search_from",
    "search_label",
    "search_mean",
    "search_none",
    "search_none_help",
    "search_other_years",
    "search_read_as",
    "search_results",
    "search_retry",
    "search_rows",
    "search_snippet_failed",
    "search_sort",
    "search_to",
    "search_why",
    "search_why_all",
    "search_why_some",
    "search_year",
    "topics",
];

impl Corpus {
    /// The corpus of `site`. The documents are measures, the years of a series one after the other,
    /// newest first; then policies, datasets, free pages, nodes of the plan, and rows of the
    /// datasets. `words` are the theme's words by language and key.
    pub fn of(site: &Site, words: &BTreeMap<Language, BTreeMap<String, String>>) -> Self {
        let own = site.config.own_language();
        let facets = &own_facets(site);
        let (measures, (others, suggestions)) = rayon::join(
            || {
                let measures = in_series(site).into_par_iter();
                let of = |measure: usize| of_measure(site, facets, &site.measures[measure]);
                measures.map(of).collect()
            },
            || {
                let policies = site.policies.iter().map(|policy| of_policy(site, policy));
                let datasets = site.datasets.iter().map(|dataset| of_dataset(site, dataset));
                // A page in two languages is one document, made from the page in the site's own
                // language.
                let pages = site.pages.iter().filter(|page| page.language == own);
                let pages = pages.map(|page| of_page(site, page));
                let nodes = (0..site.nodes.len()).map(|node| of_node(site, node));
                let rows = site.datasets.iter().flat_map(|dataset| rows_of(site, dataset));
                let others: Vec<Document> =
                    policies.chain(datasets).chain(pages).chain(nodes).chain(rows).collect();
                (others, Suggestions::of(site))
            },
        );
        let mut documents: Vec<Document> = measures;
        documents.extend(others);
        Self {
            documents,
            departments: (site.departments.iter())
                .map(|entry| label(entry.department.id.as_str(), &entry.department.name))
                .collect(),
            ratings: (site.ratings.iter().zip(site.config.ratings.looks()))
                .map(|(entry, look)| FilterLabel {
                    tone: Some(look.to_string()),
                    ..label(entry.rating.id.as_str(), &entry.rating.label)
                })
                .collect(),
            topics: (site.topics.iter())
                .map(|entry| label(entry.topic.id.as_str(), &entry.topic.name))
                .collect(),
            own_facets: facets.clone(),
            synonyms: site.synonyms.clone(),
            readings: Readings::of(site),
            completions: Completions::of(site, &suggestions),
            suggestions,
            words: (site.config.languages.iter())
                .map(|language| (*language, spoken(words.get(language), site, *language)))
                .collect(),
        }
    }
}

/// Indices of all measures. Series are ordered by their newest measure; the other years of a series
/// follow it directly.
fn in_series(site: &Site) -> Vec<usize> {
    let newest =
        site.measures.iter().enumerate().filter(|(own, measure)| {
            measure.in_other_years.first().is_none_or(|newest| newest == own)
        });
    newest
        .flat_map(|(own, measure)| match measure.in_other_years.as_slice() {
            [] => vec![own],
            years => years.to_vec(),
        })
        .collect()
}

/// The theme's `words` that the client shows in `language`, and the unit of budgets as `unit`. A
/// word that the theme lacks is left out.
fn spoken(
    words: Option<&BTreeMap<String, String>>,
    site: &Site,
    language: Language,
) -> BTreeMap<&'static str, String> {
    let word = |&key: &&'static str| Some((key, words?.get(key)?.clone()));
    let unit = site.config.budget_unit.get(language).to_owned();
    WORDS.iter().filter_map(word).chain([("unit", unit)]).collect()
}

fn label(id: &str, name: &Localized) -> FilterLabel {
    FilterLabel { id: id.to_owned(), name: name.clone(), tone: None }
}
