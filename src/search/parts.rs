//! The **parts** of the index in memory: made side by side, each with a stretch of the documents, and asked as
//! one. tantivy scores by the statistics of all of them, so that nobody can tell how many there are.
//!
//! Not in here: making them (`index`).

use tantivy::query::{Bm25StatisticsProvider, EnableScoring, Explanation, Query, Weight};
use tantivy::schema::Field;
use tantivy::{Index, ReloadPolicy, Searcher, SegmentReader, TantivyError, Term};

/// Parts in the order of their documents.
pub(super) struct Parts(Vec<Part>);

struct Part {
    /// Number of its first document.
    first: u32,
    searcher: Searcher,
}

impl Parts {
    /// Opens indexes of one segment each, in the order of their documents.
    pub fn new(indexes: Vec<Index>) -> tantivy::Result<Self> {
        let mut parts = Vec::new();
        let mut first = 0;
        for index in indexes {
            let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
            let searcher = reader.searcher();
            let documents: u32 =
                searcher.segment_readers().iter().map(SegmentReader::max_doc).sum();
            parts.push(Part { first, searcher });
            first += documents;
        }
        Ok(Self(parts))
    }

    /// The segment of each part, with the number of its first document.
    pub fn segments(&self) -> impl Iterator<Item = (u32, &SegmentReader)> {
        self.0.iter().flat_map(|part| {
            part.searcher.segment_readers().iter().map(|segment| (part.first, segment))
        })
    }

    /// Gives every document of `query` with its score, without pruning.
    pub fn for_each(
        &self,
        query: &dyn Query,
        mut take: impl FnMut(u32, f32),
    ) -> tantivy::Result<()> {
        for part in &self.0 {
            let weight = self.weight(query, part)?;
            for segment in part.searcher.segment_readers() {
                weight.for_each(segment, &mut |own, score| take(part.first + own, score))?;
            }
        }
        Ok(())
    }

    /// tantivy's explanation of why `document` answers `query`; an error where it does not.
    pub fn explain(&self, query: &dyn Query, document: u32) -> tantivy::Result<Explanation> {
        let part = self.0.iter().rev().find(|part| part.first <= document);
        let segment = part.and_then(|part| Some((part, part.searcher.segment_readers().first()?)));
        let Some((part, segment)) = segment else {
            return Err(TantivyError::InvalidArgument(format!("there is no document {document}")));
        };
        self.weight(query, part)?.explain(segment, document - part.first)
    }

    fn weight(&self, query: &dyn Query, part: &Part) -> tantivy::Result<Box<dyn Weight>> {
        query.weight(EnableScoring::enabled_from_statistics_provider(self, &part.searcher))
    }

    fn sum<T: std::iter::Sum>(
        &self,
        count: impl Fn(&Searcher) -> tantivy::Result<T>,
    ) -> tantivy::Result<T> {
        self.0.iter().map(|part| count(&part.searcher)).sum()
    }
}

impl Bm25StatisticsProvider for Parts {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.sum(|searcher| Bm25StatisticsProvider::total_num_tokens(searcher, field))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.sum(Bm25StatisticsProvider::total_num_docs)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.sum(|searcher| Bm25StatisticsProvider::doc_freq(searcher, term))
    }
}
