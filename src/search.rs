//! **Search**: a full-text index made by tantivy, exported into small files that the browser reads and
//! scores as tantivy does.
//!
//! tantivy is the oracle: [`Oracle::search`] answers a query from the index in memory, and the tests
//! hold the browser's client to the same documents, scores and order.
//!
//! Not in here: the client, which is part of the theme (`themes/default/assets/search/`).

pub mod analyzer;
mod best;
mod bits;
mod blocks;
mod corpus;
mod dictionary;
mod documents;
mod explanation;
mod export;
mod facets;
mod fields;
mod files;
mod index;
mod offline;
mod oracle;
mod parts;
mod plan;
mod postings;
mod queries;
mod related;
mod rows;
mod shards;
mod suggestions;
mod tally;
mod tokenizer;
mod words;
mod work;

pub use corpus::{Corpus, Document, Kind, Label};
pub use explanation::{Explanation, Part};
pub use export::FORMAT;
pub use offline::offline;
pub use oracle::{Answer, Hit, Oracle, Tier};
pub use plan::{Keyword, Loose, Plan, plan};
pub use related::related;

use crate::artifact::Artifact;

use parts::Parts;

/// An index: its files, and tantivy's own in memory.
pub struct Built {
    /// The files for the browser.
    pub artifacts: Vec<Artifact>,
    /// The same index, to be asked directly.
    pub oracle: Oracle,
}

/// Indexes `corpus`. The same corpus gives the same bytes.
///
/// # Errors
///
/// Where tantivy fails, or needs more memory for the index than [`index::MEMORY`].
pub fn build(corpus: &Corpus) -> tantivy::Result<Built> {
    let synonyms = corpus.synonyms.iter().map(|group| {
        group.iter().map(|word| analyzer::normalise(word).into_iter().collect()).collect()
    });
    let suggestions = corpus.suggestions.clone();
    let shares = index::shares(&corpus.documents, rayon::current_num_threads());
    let stretches = blocks::stretches(&corpus.documents);
    let (parts, written) =
        work::long_first(&shares, |share| index::part(share), &stretches, blocks::write);
    let parts = Parts::new(parts.into_iter().collect::<tantivy::Result<_>>()?)?;
    let oracle = Oracle::new(parts, synonyms.collect(), suggestions)?;
    let artifacts = export::export(corpus, &oracle, written)?;
    Ok(Built { artifacts, oracle })
}
