//! The **dictionary** holds every term of the index, with the places of its postings in each
//! segment. It is divided into buckets by the hashes of the terms. The buckets are processed in
//! parallel, and a shard needs only some of them.
//!
//! Not in here: the postings themselves (`postings`), and shards (`shards`).

use rayon::prelude::*;
use tantivy::postings::TermInfo;

use crate::artifact::hash;

use super::sources::SegmentField;

/// Number of buckets: a power of two.
pub(super) const BUCKETS: usize = 64;

/// Terms whose hashes have the same lower bits. Their bytes are concatenated, because half a
/// million small allocations would take longer than reading the terms.
#[derive(Clone, Default)]
pub(super) struct Bucket {
    bytes: Vec<u8>,
    /// Ordered by the terms' bytes, then by source.
    pub occurrences: Vec<Occurrence>,
}

/// A term in one field of one segment.
#[derive(Clone, Debug)]
pub(super) struct Occurrence {
    /// First eight bytes of the term, as [`beginning`] returns them.
    beginning: u64,
    /// Where the term's bytes begin in the bucket, and how many there are.
    start: u32,
    length: u32,
    /// Index of the source (field of a segment) that has the term.
    pub source: usize,
    /// Where its postings lie in that source.
    pub info: TermInfo,
}

impl Bucket {
    /// The UTF-8 bytes of the term of an occurrence.
    pub fn term(&self, of: &Occurrence) -> &[u8] {
        &self.bytes[of.start as usize..][..of.length as usize]
    }

    fn add(&mut self, term: &[u8], source: usize, info: &TermInfo) {
        let (start, length) = (self.bytes.len() as u32, term.len() as u32);
        self.bytes.extend_from_slice(term);
        let beginning = beginning(term);
        self.occurrences.push(Occurrence { beginning, start, length, source, info: info.clone() });
    }

    fn append(&mut self, other: &Self) {
        for occurrence in &other.occurrences {
            self.add(other.term(occurrence), occurrence.source, &occurrence.info);
        }
    }

    /// Orders the occurrences by term; those of one term stay in the order of their sources.
    fn sort(&mut self) {
        let mut occurrences = std::mem::take(&mut self.occurrences);
        // The lists that were appended are ordered by themselves, which makes a stable sort fast.
        occurrences.sort_by(|a, b| {
            let beginning = a.beginning.cmp(&b.beginning);
            beginning.then_with(|| self.term(a).cmp(self.term(b)))
        });
        self.occurrences = occurrences;
    }
}

/// Reads the terms of `sources` and divides them into [`BUCKETS`] buckets.
pub(super) fn buckets(sources: &[SegmentField]) -> tantivy::Result<Vec<Bucket>> {
    let read: tantivy::Result<Vec<_>> =
        sources.par_iter().enumerate().map(|(source, index)| read(source, index)).collect();
    let read = read?;
    let together = |number: usize| {
        let mut bucket = Bucket::default();
        read.iter().for_each(|own| bucket.append(&own[number]));
        bucket.sort();
        bucket
    };
    Ok((0..BUCKETS).into_par_iter().map(together).collect())
}

/// The terms of one source in their buckets.
fn read(source: usize, index: &SegmentField) -> tantivy::Result<Vec<Bucket>> {
    let mut buckets = vec![Bucket::default(); BUCKETS];
    let mut stream = index.postings.terms().stream()?;
    while stream.advance() {
        let bucket = &mut buckets[number_of(stream.key(), BUCKETS)];
        bucket.add(stream.key(), source, stream.value());
    }
    Ok(buckets)
}

/// The first eight bytes of a term as a big-endian number, padded with zeros, so that numbers
/// compare as the bytes do. Eight bytes hold two Japanese characters, which is the whole of nearly
/// every term.
pub(super) fn beginning(term: &[u8]) -> u64 {
    let mut first = [0; 8];
    let known = term.len().min(first.len());
    first[..known].copy_from_slice(&term[..known]);
    u64::from_be_bytes(first)
}

/// Number of the bucket or shard, of `count` ones, that holds `term`: the remainder of the term's
/// hash after the final mixing step of MurmurHash3, because FNV alone gives similar lower bits to
/// terms that differ only in their last byte.
pub(super) fn number_of(term: &[u8], count: usize) -> usize {
    let mut hash = hash(term);
    hash = (hash ^ hash >> 16).wrapping_mul(0x85EB_CA6B);
    hash = (hash ^ hash >> 13).wrapping_mul(0xC2B2_AE35);
    hash ^= hash >> 16;
    hash as usize % count
}
