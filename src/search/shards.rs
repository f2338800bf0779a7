//! **Shards** are the dictionary divided into files of a few kilobytes, and the router is the list
//! of their names.
//!
//! The number of a term's shard follows from the term's hash. Therefore the router consists of
//! names only, and a changed text changes only the shards of its own terms.

use std::borrow::Cow;

use rayon::prelude::*;

use super::best::{self, Best, ScoreScale};
use super::dictionary::{self, BUCKETS, Bucket, number_of};
use super::fields::FIELDS;
use super::files::{FileName, IndexFiles, MANY_DOCUMENTS};
use super::postings::{COMMON, Numbers, PostingHit, PostingRange, Postings, add_number};
use super::segments::Segments;
use super::sources::{self, SegmentField};

/// Upper limit of the mean size of a shard in bytes; the mean is at least half of it.
const MEAN: usize = 3 * 1024;
/// The same for an index of many documents, where the list of names would become too long.
const MEAN_OF_MANY: usize = 4 * MEAN;
/// Number of entries in a page of the router.
const PAGE: usize = 1024;
/// Number of neighbouring shards whose names end alike. More would make the router smaller still,
/// but a changed text would rename more files.
pub(super) const TOGETHER: usize = 2;
/// Positions of more bytes are stored in files of their own: a query of one term never needs them.
const INLINE: usize = 1024;
/// Lists of more bytes are stored in files of their own: other terms of the shard are then read
/// without them.
const INLINE_LIST: usize = 4 * 1024;
/// The same for fields without positions, where a separate file causes no additional delay: it is
/// all that a query of such a field waits for.
const INLINE_LIST_ALONE: usize = 256;

/// What the manifest contains about the shards.
pub(super) struct Router {
    /// Number of shards: a power of two.
    pub shards: usize,
    /// The pages. They hold, for every [`TOGETHER`] shards in turn, the last three bytes of their
    /// file names, or zeros where all of them are empty.
    pub pages: Vec<FileName>,
}

/// Writes the shards of all terms of `segments`, then the pages of the router. `documents` is the
/// number of documents of the index.
///
/// # Errors
///
/// Where tantivy cannot read its index.
pub(super) fn write(
    segments: &Segments,
    documents: usize,
    files: &mut IndexFiles,
) -> tantivy::Result<Router> {
    // 1. Encode the postings of every term, one task for each bucket.
    let sources = sources::of(segments)?;
    let scale = ScoreScale::of(segments)?;
    let buckets = dictionary::buckets(&sources)?;
    let written =
        files.side_by_side(&buckets, |bucket, files| Entries::of(bucket, &sources, &scale, files));
    let written: Vec<Entries<'_>> = written.into_iter().collect::<tantivy::Result<_>>()?;
    // 2. Choose the number of shards by the total size.
    let bytes: usize = written.iter().map(Entries::size).sum();
    let mean = if documents < MANY_DOCUMENTS { MEAN } else { MEAN_OF_MANY };
    let count = bytes.div_ceil(mean).next_power_of_two();
    // 3. Make the shards, one task for each group. A group is those shards whose terms lie in the
    // same buckets, which no other group uses.
    let groups: Vec<usize> = (0..count.min(BUCKETS)).collect();
    let made: Vec<Vec<FrontCoded<'_>>> = groups
        .par_iter()
        .map(|&group| {
            let own = written.iter().skip(group).step_by(groups.len());
            let mut entries: Vec<(&[u8], &[u8])> = own.flat_map(Entries::iter).collect();
            entries.sort_unstable();
            let mut shards: Vec<FrontCoded<'_>> =
                (0..count / groups.len()).map(|_| FrontCoded::default()).collect();
            for (term, entry) in entries {
                shards[number_of(term, count) / groups.len()].add(term, entry);
            }
            shards
        })
        .collect();
    // 4. Name the shards, neighbours together, and write the ends of their names, in order, to the
    // pages of the router.
    let shard = |number: usize| made[number % groups.len()][number / groups.len()].bytes.as_slice();
    let firsts: Vec<usize> = (0..count).step_by(TOGETHER).collect();
    let names = files.side_by_side(&firsts, |&first, files| {
        let own: Vec<&[u8]> = (first..count.min(first + TOGETHER)).map(shard).collect();
        match own.iter().all(|bytes| bytes.is_empty()) {
            true => [0; 3],
            false => files.add_together(&own, true, |at| format!("terms {}", first + at)),
        }
    });
    Ok(Router {
        shards: count,
        pages: names.chunks(PAGE).map(|page| files.add_dense(&page.concat())).collect(),
    })
}

/// The encoded entries of the terms of a bucket, in the order of the terms.
struct Entries<'a> {
    /// Each term, and the end of its entry in `bytes`.
    terms: Vec<(&'a [u8], usize)>,
    bytes: Vec<u8>,
}

impl<'a> Entries<'a> {
    /// Encodes the entries of all terms of a bucket. Long lists and positions are added to `files`.
    ///
    /// # Errors
    ///
    /// Where tantivy cannot read its postings.
    fn of(
        bucket: &'a Bucket,
        sources: &[SegmentField],
        scale: &ScoreScale,
        files: &mut IndexFiles,
    ) -> tantivy::Result<Self> {
        let mut entries = Self { terms: Vec::new(), bytes: Vec::new() };
        let (mut numbers, mut best) = (Numbers::default(), Best::default());
        let mut postings: Vec<Postings> = Vec::new();
        for term in bucket.occurrences.chunk_by(|a, b| bucket.term(a) == bucket.term(b)) {
            let total: u32 = term.iter().map(|occurrence| occurrence.info.doc_freq).sum();
            postings.clear();
            // Keep the decoded hits only where the term may be common.
            let mut lists: Vec<(usize, Vec<PostingHit>)> = Vec::new();
            for own in term.chunk_by(|a, b| sources[a.source].field == sources[b.source].field) {
                let read = numbers.read(sources, own)?;
                if total > COMMON {
                    lists.push((read.field, numbers.hits().to_vec()));
                }
                postings.push(read);
            }
            let (documents, kept) = best.of(scale, best::searched(&lists)).unwrap_or_default();
            postings.extend(kept);
            add_entry(documents, &postings, &mut entries.bytes, files);
            entries.terms.push((bucket.term(&term[0]), entries.bytes.len()));
        }
        Ok(entries)
    }

    /// Total size of terms and entries in bytes.
    fn size(&self) -> usize {
        self.bytes.len() + self.terms.iter().map(|(term, _)| term.len()).sum::<usize>()
    }

    fn iter(&self) -> impl Iterator<Item = (&'a [u8], &[u8])> {
        let mut start = 0;
        self.terms.iter().map(move |&(term, end)| {
            let entry = &self.bytes[start..end];
            start = end;
            (term, entry)
        })
    }
}

/// Appends the entry of a term: a bit mask of the fields that have it and of those whose best
/// documents are kept; for a common term the number of its `documents`; then each list and its
/// positions, preceded by their sizes. Long lists and positions are replaced by the names of the
/// files that hold them.
fn add_entry(documents: u32, postings: &[Postings], bytes: &mut Vec<u8>, files: &mut IndexFiles) {
    let mask = postings.iter().fold(0, |mask, postings| mask | 1 << postings.field);
    add_number(bytes, mask);
    if mask >> FIELDS.len() > 0 {
        add_number(bytes, documents);
    }
    for postings in postings {
        let alone = FIELDS.get(postings.field).is_some_and(|field| !field.positions);
        let inline = if alone { INLINE_LIST_ALONE } else { INLINE_LIST };
        let (list, list_apart) = placed(&postings.list, inline, files);
        let (positions, positions_apart) = placed(&postings.positions, INLINE, files);
        let flags = u32::from(postings.with_norms) << 1 | u32::from(list_apart);
        add_number(bytes, postings.documents);
        add_number(bytes, (list.len() as u32) << 2 | flags);
        add_number(bytes, (positions.len() as u32) << 1 | u32::from(positions_apart));
        bytes.extend_from_slice(&list);
        bytes.extend_from_slice(&positions);
    }
}

/// The bytes that represent `stretches` in a shard, and whether they are stored in files. A single
/// range of at most `inline` bytes is returned itself. Otherwise each range is added to `files`,
/// and for each follow its number of documents, the distance from the last document of the range
/// before, and the name of its file.
fn placed<'a>(
    stretches: &'a [PostingRange],
    inline: usize,
    files: &mut IndexFiles,
) -> (Cow<'a, [u8]>, bool) {
    match stretches {
        [] => return (Cow::Borrowed(&[]), false),
        [only] if only.bytes.len() <= inline => return (Cow::Borrowed(&only.bytes), false),
        _ => {}
    }
    let (mut bytes, mut next) = (Vec::new(), 0);
    for PostingRange { documents, last, bytes: own } in stretches {
        add_number(&mut bytes, *documents);
        add_number(&mut bytes, last + 1 - next);
        bytes.extend_from_slice(&files.add_dense(own).bytes());
        next = last + 1;
    }
    (Cow::Owned(bytes), true)
}

/// Terms in order with front coding: each without the prefix that it shares with the term before,
/// followed by its entry.
#[derive(Default)]
struct FrontCoded<'a> {
    bytes: Vec<u8>,
    last: &'a [u8],
}

impl<'a> FrontCoded<'a> {
    /// Adds a term, which must be greater than all before, and its entry.
    fn add(&mut self, term: &'a [u8], entry: &[u8]) {
        let shared = term.iter().zip(self.last).take_while(|(a, b)| a == b).count();
        let own = term.len() - shared;
        // Both lengths share one byte, four bits each. From 15 on, the rest follows as a number.
        self.bytes.push((shared.min(15) << 4 | own.min(15)) as u8);
        for length in [shared, own] {
            if let Some(more) = length.checked_sub(15) {
                add_number(&mut self.bytes, more as u32);
            }
        }
        self.bytes.extend_from_slice(&term[shared..]);
        self.bytes.extend_from_slice(entry);
        self.last = term;
    }
}
