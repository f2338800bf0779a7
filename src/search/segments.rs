//! The **segments** of the index in memory. Each holds consecutive documents; they are built in
//! parallel and queried together. tantivy scores with the statistics of all segments, so the number
//! of segments does not affect any score.
//!
//! Not in here: building them (`index`).

use tantivy::query::{Bm25StatisticsProvider, EnableScoring, Explanation, Query, Weight};
use tantivy::schema::Field;
use tantivy::{Index, ReloadPolicy, Searcher, SegmentReader, TantivyError, Term};

/// Segments in the order of their documents.
pub(super) struct Segments(Vec<Segment>);

struct Segment {
    /// Number of its first document.
    first: u32,
    searcher: Searcher,
}

impl Segments {
    /// Opens indexes of one segment each, in the order of their documents.
    ///
    /// # Errors
    ///
    /// Where tantivy cannot open an index.
    pub fn new(indexes: Vec<Index>) -> tantivy::Result<Self> {
        let mut segments = Vec::new();
        let mut first = 0;
        for index in indexes {
            let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
            let searcher = reader.searcher();
            let documents: u32 =
                searcher.segment_readers().iter().map(SegmentReader::max_doc).sum();
            segments.push(Segment { first, searcher });
            first += documents;
        }
        Ok(Self(segments))
    }

    /// tantivy's reader of each segment, with the number of the segment's first document.
    pub fn readers(&self) -> impl Iterator<Item = (u32, &SegmentReader)> {
        self.0.iter().flat_map(|segment| {
            segment.searcher.segment_readers().iter().map(|reader| (segment.first, reader))
        })
    }

    /// Calls `take` with the number and score of every document that matches `query`, without
    /// pruning.
    ///
    /// # Errors
    ///
    /// Where tantivy cannot read its index.
    pub fn for_each(
        &self,
        query: &dyn Query,
        mut take: impl FnMut(u32, f32),
    ) -> tantivy::Result<()> {
        for segment in &self.0 {
            let weight = self.weight(query, segment)?;
            for reader in segment.searcher.segment_readers() {
                weight.for_each(reader, &mut |own, score| take(segment.first + own, score))?;
            }
        }
        Ok(())
    }

    /// tantivy's explanation of the score of `document` for `query`.
    ///
    /// # Errors
    ///
    /// Where the document does not exist or does not match, or tantivy cannot read its index.
    pub fn explain(&self, query: &dyn Query, document: u32) -> tantivy::Result<Explanation> {
        let segment = self.0.iter().rev().find(|segment| segment.first <= document);
        let reader = segment.and_then(|segment| segment.searcher.segment_readers().first());
        let (Some(segment), Some(reader)) = (segment, reader) else {
            return Err(TantivyError::InvalidArgument(format!("there is no document {document}")));
        };
        self.weight(query, segment)?.explain(reader, document - segment.first)
    }

    fn weight(&self, query: &dyn Query, segment: &Segment) -> tantivy::Result<Box<dyn Weight>> {
        query.weight(EnableScoring::enabled_from_statistics_provider(self, &segment.searcher))
    }

    /// The sum of `count` over all segments.
    fn sum<T: std::iter::Sum>(
        &self,
        count: impl Fn(&Searcher) -> tantivy::Result<T>,
    ) -> tantivy::Result<T> {
        self.0.iter().map(|segment| count(&segment.searcher)).sum()
    }
}

impl Bm25StatisticsProvider for Segments {
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
