//! The **dictionary**: every term of the index, with where each part has its postings. It lies in buckets by
//! the terms' hashes, which are worked on side by side and of which a shard never needs but some.
//!
//! Not in here: the postings themselves (`postings`), and shards (`shards`).

use rayon::prelude::*;
use tantivy::postings::TermInfo;

use super::files::hash;
use super::postings::Source;

/// So many buckets there are: a power of two.
pub(super) const BUCKETS: usize = 64;

/// A term in one field of one part.
#[derive(Clone, Debug)]
pub(super) struct Occurrence {
    /// Its UTF-8 bytes.
    pub term: Box<[u8]>,
    /// Which of the sources has it.
    pub source: usize,
    /// Where.
    pub info: TermInfo,
}

/// The terms of `sources` in their buckets, each ordered by the terms' bytes, then by source.
pub(super) fn buckets(sources: &[Source]) -> tantivy::Result<Vec<Vec<Occurrence>>> {
    let read: tantivy::Result<Vec<_>> =
        sources.par_iter().enumerate().map(|(source, index)| read(source, index)).collect();
    let mut buckets = vec![Vec::new(); BUCKETS];
    for own in read? {
        for (bucket, own) in buckets.iter_mut().zip(own) {
            bucket.extend(own);
        }
    }
    // What is put together is in order by itself, which a stable sort makes use of.
    buckets.par_iter_mut().for_each(|bucket| bucket.sort_by(|a, b| a.term.cmp(&b.term)));
    Ok(buckets)
}

fn read(source: usize, index: &Source) -> tantivy::Result<Vec<Vec<Occurrence>>> {
    let mut buckets = vec![Vec::new(); BUCKETS];
    let mut stream = index.postings.terms().stream()?;
    while stream.advance() {
        let term: Box<[u8]> = stream.key().into();
        let bucket = &mut buckets[number_of(&term, BUCKETS)];
        bucket.push(Occurrence { term, source, info: stream.value().clone() });
    }
    Ok(buckets)
}

/// In which of so many buckets or shards a term is, a power of two: the lower bits of its hash, stirred (the finish
/// of MurmurHash3), since FNV alone leaves them alike for terms that differ in their last byte.
pub(super) fn number_of(term: &[u8], count: usize) -> usize {
    let mut hash = hash(term);
    hash = (hash ^ hash >> 16).wrapping_mul(0x85EB_CA6B);
    hash = (hash ^ hash >> 13).wrapping_mul(0xC2B2_AE35);
    hash ^= hash >> 16;
    hash as usize & (count - 1)
}
