//! The **sources** of postings: each field of each segment, as tantivy reads it.
//!
//! Not in here: the postings themselves (`postings`).

use std::sync::Arc;

use tantivy::InvertedIndexReader;
use tantivy::fieldnorm::FieldNormReader;

use super::fields::{FIELDS, handle};
use super::segments::Segments;

/// One field of one segment.
pub(super) struct SegmentField {
    /// Number of the field.
    pub field: usize,
    /// Number of the segment's first document.
    pub first: u32,
    /// tantivy's postings.
    pub postings: Arc<InvertedIndexReader>,
    /// Length classes of the field.
    pub lengths: FieldNormReader,
}

/// Every field of every segment, field by field, each in the order of the segments.
pub(super) fn of(segments: &Segments) -> tantivy::Result<Vec<SegmentField>> {
    let mut sources = Vec::new();
    for field in 0..FIELDS.len() {
        for (first, reader) in segments.readers() {
            let postings = reader.inverted_index(handle(field))?;
            let lengths = reader.get_fieldnorms_reader(handle(field))?;
            sources.push(SegmentField { field, first, postings, lengths });
        }
    }
    Ok(sources)
}
