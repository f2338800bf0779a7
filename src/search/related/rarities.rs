//! **Rarities**: how rare each term is; rare terms distinguish a text from the others.
//!
//! Not in here: asking for them (`related`).

use std::borrow::Cow;

use tantivy::Searcher;
use tantivy::schema::Field;

use crate::search::analyzer::{normalise, spans, stem, tokens};
use crate::search::dictionary::beginning;

/// Number of terms that a query consists of.
const TERMS: usize = 20;

/// The document frequency of each term. Every term of every text is looked up, so they are read
/// once.
pub(super) struct Rarities {
    documents: u64,
    /// Each term with its key from [`keyed`] and the number of texts that have it, in the order of
    /// the terms.
    having: Vec<(u64, String, u64)>,
}

impl Rarities {
    /// Reads the document frequencies of all terms of `field`.
    ///
    /// # Errors
    ///
    /// Where tantivy cannot read its index.
    pub fn of(searcher: &Searcher, field: Field) -> tantivy::Result<Self> {
        let index = searcher.segment_reader(0).inverted_index(field)?;
        let mut terms = index.terms().stream()?;
        let mut having = Vec::new();
        while terms.advance() {
            let term = String::from_utf8_lossy(terms.key()).into_owned();
            having.push((beginning(terms.key()), term, u64::from(terms.value().doc_freq)));
        }
        Ok(Self { documents: searcher.num_docs(), having })
    }

    /// The most distinctive terms of `text`, best first, each with its weight (TF-IDF, where the
    /// best has 1). A term that no other text has cannot find any, and a term that many have
    /// distinguishes nothing; both are left out.
    pub fn telling_terms(&self, text: &str) -> Vec<(String, f32)> {
        // A single character, such as the edge of a run, is no word.
        let long = spans(text.char_indices(), text.len()).filter(|span| span.length > 1);
        let stems: Vec<Cow<'_, str>> = long.map(|span| stem(&text[span.range])).collect();
        let mut words: Vec<(u64, &str)> = stems.iter().map(|stem| keyed(stem)).collect();
        words.sort_unstable();
        let mut terms = Vec::new();
        for same in words.chunk_by(|a, b| a == b) {
            let having = self.having(same[0]);
            if (2..=self.many()).contains(&having) {
                let rarity = (self.documents as f32 / having as f32).ln();
                terms.push((same[0].1.to_owned(), same.len() as f32 * rarity));
            }
        }
        // The sort is stable, so equal terms stay in the order of the alphabet.
        terms.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        terms.truncate(TERMS);
        let best = terms.first().map_or(1.0, |(_, weight)| *weight);
        terms.into_iter().map(|(term, weight)| (term, weight / best)).collect()
    }

    /// Is any part of `word` rare enough to distinguish texts? 推進 and 整備, which half of all
    /// titles have, are not.
    pub fn tells(&self, word: &str) -> bool {
        let mut parts = tokens(&normalise(word)).into_iter().filter(|token| token.length > 1);
        parts.any(|part| self.having(keyed(&part.text)) <= self.many())
    }

    /// The number of texts that have a term; 0 where none has.
    fn having(&self, word: (u64, &str)) -> u64 {
        let found =
            self.having.binary_search_by(|(first, term, _)| (*first, term.as_str()).cmp(&word));
        found.map_or(0, |at| self.having[at].2)
    }

    /// Document frequency above which a term distinguishes nothing.
    fn many(&self) -> u64 {
        (self.documents / 12).max(4)
    }
}

/// A term after its first eight bytes as a number, which are faster to compare and differ for most
/// terms.
fn keyed(term: &str) -> (u64, &str) {
    (beginning(term.as_bytes()), term)
}
