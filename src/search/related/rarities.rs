//! **Rarities**: which terms tell a text from the others, as few have them.
//!
//! Not in here: asking for them (`related`).

use std::borrow::Cow;

use tantivy::Searcher;
use tantivy::schema::Field;

use crate::search::analyzer::{normalise, spans, stem, tokens};
use crate::search::dictionary::beginning;

/// Terms that are asked for.
const TERMS: usize = 20;

/// In how many texts each term stands. Every term of every text is asked for, so they are read
/// once.
pub(super) struct Rarities {
    documents: u64,
    /// Each term as [`keyed`] has it, with the number of its texts; in the order of the terms.
    having: Vec<(u64, String, u64)>,
}

impl Rarities {
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

    /// The terms that tell a text from others, best first, each with its weight. A term that nobody
    /// else has finds nobody, and one that many have tells nothing.
    pub fn telling_terms(&self, text: &str) -> Vec<(String, f32)> {
        // A character by itself, such as the edge of a run, is no word.
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

    /// Does `word` tell anything? 推進 and 整備 stand in half of all titles.
    pub fn tells(&self, word: &str) -> bool {
        let mut parts = tokens(&normalise(word)).into_iter().filter(|token| token.length > 1);
        parts.any(|part| self.having(keyed(&part.text)) <= self.many())
    }

    fn having(&self, word: (u64, &str)) -> u64 {
        let found =
            self.having.binary_search_by(|(first, term, _)| (*first, term.as_str()).cmp(&word));
        found.map_or(0, |at| self.having[at].2)
    }

    /// A term that more texts have tells nothing.
    fn many(&self) -> u64 {
        (self.documents / 12).max(4)
    }
}

/// A term after its beginning, by which most are told apart.
fn keyed(term: &str) -> (u64, &str) {
    (beginning(term.as_bytes()), term)
}
