//! **Search**: a full-text index made by tantivy, exported into small files that the browser reads
//! and scores as tantivy does.
//!
//! [`MemoryIndex::search`] answers a query with tantivy itself. Tests require the browser's client
//! to give the same documents, scores and order.
//!
//! Not in here: the client, which is part of the theme (`themes/default/assets/search/`).

pub mod analyzer;
mod best;
mod bits;
mod blocks;
mod compact;
mod completions;
mod corpus;
mod dictionary;
mod document;
mod explanation;
mod export;
mod facets;
mod fields;
mod files;
mod index;
mod kanji;
mod label;
mod loose;
mod memory_index;
mod nearness;
mod offline;
mod own_facets;
mod page_documents;
mod plan;
mod postings;
mod queries;
mod readings;
mod related;
mod row_documents;
mod segments;
mod shards;
mod sources;
mod suggestions;
mod tokenizer;
mod triples;
mod words;
mod work;

pub use completions::Completions;
pub use corpus::Corpus;
pub use document::{Document, DocumentKind};
pub use explanation::{Explanation, ScorePart};
pub use export::FORMAT;
pub use label::FilterLabel;
pub use loose::Loose;
pub use memory_index::{Answer, DocumentHit, MemoryIndex, Tier};
pub use offline::offline;
pub use own_facets::OwnFacet;
pub use plan::{Keyword, QueryPlan, plan};
pub use readings::Readings;
pub use related::related;

use rayon::prelude::*;

use crate::artifact::Artifact;

use document::Paragraphs;
use segments::Segments;

/// A finished index: the files for the browser, and tantivy's index in memory.
pub struct Built {
    /// The files for the browser.
    pub artifacts: Vec<Artifact>,
    /// The same index in memory.
    pub index: MemoryIndex,
}

/// Builds the index of `corpus`. The same corpus always gives the same bytes. Of its documents, the
/// texts are dropped when the index has them: the export that follows takes most memory of a build.
///
/// # Errors
///
/// Where tantivy fails, or needs more memory for the index than [`index::MEMORY`].
pub fn build(corpus: &mut Corpus) -> tantivy::Result<Built> {
    let synonyms = corpus.synonyms.iter().map(|group| {
        group.iter().map(|word| analyzer::normalise(word).into_iter().collect()).collect()
    });
    let suggestions = corpus.suggestions.clone();
    let shares = index::shares(&corpus.documents, rayon::current_num_threads());
    let stretches = blocks::stretches(&corpus.documents);
    let (segments, written) =
        work::long_first(&shares, |share| index::segment(share), &stretches, blocks::write);
    let segments = Segments::new(segments.into_iter().collect::<tantivy::Result<_>>()?)?;
    corpus.documents.par_iter_mut().for_each(|document| document.body = Paragraphs::default());
    let readings = corpus.readings.clone();
    let index = MemoryIndex::new(segments, synonyms.collect(), readings, suggestions)?;
    let artifacts = export::export(corpus, &index, written)?;
    Ok(Built { artifacts, index })
}
