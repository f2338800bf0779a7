//! **Nearness** is what keywords that follow each other add to the score of a text that has them in
//! the same order and near each other. The browser adds the same (`addNearness` in
//! `assets/search/score.js`).
//!
//! Not in here: where keywords are looked up each by itself (`queries`).

use tantivy::Term;
use tantivy::query::{
    Bm25StatisticsProvider as _, ConstScoreQuery, DisjunctionMaxQuery, PhraseQuery, Query,
};

use super::analyzer::GRAMMAR;
use super::fields::{BODY, handle};
use super::plan::{Keyword, QueryPlan, Terms};
use super::postings::COMMON;
use super::segments::Segments;

/// What a keyword adds that follows the one before it.
const FOLLOWS: f64 = 2.0;
/// What it adds besides where nothing is between the two.
const NEAR: f64 = 8.0;
/// With so many characters between them, the two add half of [`NEAR`].
const HALF: f64 = 3.0;
/// With more characters between them, the two add nothing.
const FAR: usize = 100;

/// A query for each two keywords of `plan` that follow each other, whose score is what their
/// nearness adds. Keywords of a single kanji have no positions, and grammar is near everything; the
/// keywords on either side of them count as neighbours. A common term adds nothing: the browser
/// would have to fetch its positions, which are long.
///
/// # Errors
///
/// Where tantivy cannot read its index.
pub(super) fn nearness(
    plan: &QueryPlan,
    segments: &Segments,
) -> tantivy::Result<Vec<Box<dyn Query>>> {
    let placed: Vec<&Keyword> = plan.keywords.iter().filter(|keyword| is_placed(keyword)).collect();
    let rare = placed.iter().map(|keyword| is_rare(&keyword.terms, segments));
    let rare: Vec<bool> = rare.collect::<tantivy::Result<_>>()?;
    let pairs = placed.windows(2).zip(rare.windows(2));
    let near = pairs.filter(|(_, rare)| rare.iter().all(|&rare| rare));
    Ok(near.map(|(pair, _)| between(pair[0], pair[1])).collect())
}

/// The nearness of two keywords: the nearest place counts.
fn between(first: &Keyword, second: &Keyword) -> Box<dyn Query> {
    let length = first.text.chars().count();
    let at = |gap: usize| -> Box<dyn Query> {
        let follow = second.terms.iter().map(|(at, text)| (length + gap + at, text));
        let terms = first.terms.iter().map(|(at, text)| (*at, text)).chain(follow);
        let terms = terms.map(|(at, text)| (at, Term::from_field_text(handle(BODY), text)));
        let phrase = PhraseQuery::new_with_offset(terms.collect());
        let worth = (FOLLOWS + NEAR / (1.0 + gap as f64 / HALF)) as f32;
        Box::new(ConstScoreQuery::new(Box::new(phrase), worth))
    };
    Box::new(DisjunctionMaxQuery::new((0..=FAR).map(at).collect()))
}

/// Does the index have the places of the keyword, and is it no grammar?
fn is_placed(keyword: &Keyword) -> bool {
    !keyword.single_kanji && !keyword.terms.iter().all(|(_, text)| GRAMMAR.is_stop(text))
}

/// Is none of the terms common in texts?
fn is_rare(terms: &Terms, segments: &Segments) -> tantivy::Result<bool> {
    let counts = terms.iter().map(|(_, text)| {
        let term = Term::from_field_text(handle(BODY), text);
        segments.doc_freq(&term)
    });
    let counts: Vec<u64> = counts.collect::<tantivy::Result<_>>()?;
    Ok(counts.iter().all(|&count| count <= COMMON.into()))
}
