//! The **sources** of postings are the fields of all segments, read by tantivy.
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

/// Opens every field of every segment, field by field, each in the order of the segments.
///
/// # Errors
///
/// Where tantivy cannot read its index.
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
