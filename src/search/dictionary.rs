//! The **dictionary**: every term of the index, with where each segment has its postings. It lies
//! in buckets by the terms' hashes, which are worked on side by side and of which a shard never
//! needs but some.
//!
//! Not in here: the postings themselves (`postings`), and shards (`shards`).

use rayon::prelude::*;
use tantivy::postings::TermInfo;

use super::files::hash;
use super::sources::SegmentField;

/// So many buckets there are: a power of two.
pub(super) const BUCKETS: usize = 64;

/// Terms whose hashes are alike in their lower bits. Their bytes lie one after the other: half a
/// million small pieces of memory would take longer to get and to give back than to read.
#[derive(Clone, Default)]
pub(super) struct Bucket {
    bytes: Vec<u8>,
    /// Ordered by the terms' bytes, then by source.
    pub occurrences: Vec<Occurrence>,
}

/// A term in one field of one segment.
#[derive(Clone, Debug)]
pub(super) struct Occurrence {
    /// As [`beginning`] has it.
    beginning: u64,
    /// Where its bytes are.
    start: u32,
    length: u32,
    /// Which of the sources has it.
    pub source: usize,
    /// Where.
    pub info: TermInfo,
}

impl Bucket {
    /// The UTF-8 bytes of a term.
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

    fn sort(&mut self) {
        let mut occurrences = std::mem::take(&mut self.occurrences);
        // What is put together is in order by itself, which a stable sort makes use of.
        occurrences.sort_by(|a, b| {
            let beginning = a.beginning.cmp(&b.beginning);
            beginning.then_with(|| self.term(a).cmp(self.term(b)))
        });
        self.occurrences = occurrences;
    }
}

/// The terms of `sources` in their buckets.
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

fn read(source: usize, index: &SegmentField) -> tantivy::Result<Vec<Bucket>> {
    let mut buckets = vec![Bucket::default(); BUCKETS];
    let mut stream = index.postings.terms().stream()?;
    while stream.advance() {
        let bucket = &mut buckets[number_of(stream.key(), BUCKETS)];
        bucket.add(stream.key(), source, stream.value());
    }
    Ok(buckets)
}

/// The first eight bytes of a term as a number in their order: two Japanese characters, which is
/// nearly all of them.
pub(super) fn beginning(term: &[u8]) -> u64 {
    let mut first = [0; 8];
    let known = term.len().min(first.len());
    first[..known].copy_from_slice(&term[..known]);
    u64::from_be_bytes(first)
}

/// In which of so many buckets or shards a term is, a power of two: the lower bits of its hash,
/// stirred (the finish of MurmurHash3), since FNV alone leaves them alike for terms that differ in
/// their last byte.
pub(super) fn number_of(term: &[u8], count: usize) -> usize {
    let mut hash = hash(term);
    hash = (hash ^ hash >> 16).wrapping_mul(0x85EB_CA6B);
    hash = (hash ^ hash >> 13).wrapping_mul(0xC2B2_AE35);
    hash ^= hash >> 16;
    hash as usize & (count - 1)
}
