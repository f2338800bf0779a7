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
use super::segments::Segments;

/// What a keyword adds that follows the one before it;
const FOLLOWS: f64 = 2.0;
/// what it adds besides, where it follows directly;
const NEAR: f64 = 8.0;
/// half of that so many characters further;
const HALF: f64 = 3.0;
/// and nothing at all beyond so many.
const FAR: usize = 100;
/// A keyword with a term that more texts have adds nothing: the browser would have to fetch the
/// positions of the term, which are long.
const OFTEN: u64 = 1024;

/// A query whose score is what the nearness of two keywords adds that follow each other.
pub(super) struct Nearness(pub Box<dyn Query>);

impl Nearness {
    /// The nearness of the keywords of `plan`. Those of a single kanji have no positions, and
    /// grammar is near everything; the keywords on either side of them count as neighbours.
    ///
    /// # Errors
    ///
    /// Where tantivy cannot read its index.
    pub fn of(plan: &QueryPlan, segments: &Segments) -> tantivy::Result<Vec<Self>> {
        let placed: Vec<&Keyword> =
            plan.keywords.iter().filter(|keyword| is_placed(keyword)).collect();
        let rare = placed.iter().map(|keyword| is_rare(&keyword.terms, segments));
        let rare: Vec<bool> = rare.collect::<tantivy::Result<_>>()?;
        let pairs = placed.windows(2).zip(rare.windows(2));
        let near = pairs.filter(|(_, rare)| rare.iter().all(|&rare| rare));
        Ok(near.map(|(pair, _)| Self::between(pair[0], pair[1])).collect())
    }

    /// The nearness of two keywords: the nearest place counts.
    fn between(first: &Keyword, second: &Keyword) -> Self {
        let length = first.text.chars().count();
        let at = |gap: usize| -> Box<dyn Query> {
            let follow = second.terms.iter().map(|(at, text)| (length + gap + at, text));
            let terms = first.terms.iter().map(|(at, text)| (*at, text)).chain(follow);
            let terms = terms.map(|(at, text)| (at, Term::from_field_text(handle(BODY), text)));
            let phrase = PhraseQuery::new_with_offset(terms.collect());
            let worth = (FOLLOWS + NEAR / (1.0 + gap as f64 / HALF)) as f32;
            Box::new(ConstScoreQuery::new(Box::new(phrase), worth))
        };
        Self(Box::new(DisjunctionMaxQuery::new((0..=FAR).map(at).collect())))
    }
}

/// Does the index have the places of the keyword, and is it no grammar?
fn is_placed(keyword: &Keyword) -> bool {
    !keyword.single_kanji && !keyword.terms.iter().all(|(_, text)| GRAMMAR.is_stop(text))
}

/// Do at most [`OFTEN`] texts have each of the terms?
fn is_rare(terms: &Terms, segments: &Segments) -> tantivy::Result<bool> {
    let counts = terms.iter().map(|(_, text)| {
        let term = Term::from_field_text(handle(BODY), text);
        segments.doc_freq(&term)
    });
    let counts: Vec<u64> = counts.collect::<tantivy::Result<_>>()?;
    Ok(counts.iter().all(|&count| count <= OFTEN))
}
