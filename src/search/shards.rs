//! **Shards**: the dictionary cut into files of a few kilobytes, and the router that says which of
//! them has a term.
//!
//! A term's shard follows from the term's hash, so that the router is a list of names and nothing
//! else, and a changed text changes the shards of its own terms only.

use std::borrow::Cow;

use super::best::{self, Best, ScoreScale};
use super::dictionary::{self, BUCKETS, Bucket, number_of};
use super::fields::FIELDS;
use super::files::{FileName, IndexFiles, MANY_DOCUMENTS};
use super::postings::{COMMON, Numbers, PostingHit, PostingRange, Postings, add_number};
use super::segments::Segments;
use super::sources::{self, SegmentField};

/// A shard has at most so many bytes in the mean; at least half as many …
const MEAN: usize = 3 * 1024;
/// … and four times as many where there are many documents: the list of all names would grow too
/// long.
const MEAN_OF_MANY: usize = 4 * MEAN;
/// So many shards in a page of the router.
const PAGE: usize = 1024;
/// Positions of more bytes lie in files of their own: a query of one term never needs them.
const INLINE: usize = 1024;
/// So do long lists: other words of the shard come without them.
const INLINE_LIST: usize = 4 * 1024;
/// In the fields without positions it costs no wait, for whoever reads them waits for nothing else.
const INLINE_LIST_ALONE: usize = 256;

/// What the manifest says of the shards.
pub(super) struct Router {
    /// How many shards there are: a power of two.
    pub shards: usize,
    /// The pages: for each shard in turn the last three bytes of its name, or noughts where it is
    /// empty.
    pub pages: Vec<FileName>,
}

/// Writes the shards of all terms of `segments`, then the pages of the router.
pub(super) fn write(
    segments: &Segments,
    documents: usize,
    files: &mut IndexFiles,
) -> tantivy::Result<Router> {
    let sources = sources::of(segments)?;
    let scale = ScoreScale::of(segments)?;
    let buckets = dictionary::buckets(&sources)?;
    let written =
        files.side_by_side(&buckets, |bucket, files| Entries::of(bucket, &sources, &scale, files));
    let written: Vec<Entries<'_>> = written.into_iter().collect::<tantivy::Result<_>>()?;
    let bytes: usize = written.iter().map(Entries::size).sum();
    let mean = if documents < MANY_DOCUMENTS { MEAN } else { MEAN_OF_MANY };
    let count = bytes.div_ceil(mean).next_power_of_two();
    // The shards of a group have their terms in the same buckets, and no other has any there.
    let groups: Vec<usize> = (0..count.min(BUCKETS)).collect();
    let named = files.side_by_side(&groups, |&group, files| {
        let own = written.iter().skip(group).step_by(groups.len());
        let mut entries: Vec<(&[u8], &[u8])> = own.flat_map(Entries::iter).collect();
        entries.sort_unstable();
        let mut shards: Vec<FrontCoded<'_>> =
            (0..count / groups.len()).map(|_| FrontCoded::default()).collect();
        for (term, entry) in entries {
            shards[number_of(term, count) / groups.len()].add(term, entry);
        }
        let name = |(number, shard): (usize, &FrontCoded<'_>)| match shard.bytes.as_slice() {
            [] => [0; 3],
            bytes => {
                let known = format!("terms {}", group + number * groups.len());
                files.add_known_dense(&known, bytes).own()
            }
        };
        shards.iter().enumerate().map(name).collect::<Vec<[u8; 3]>>()
    });
    let names: Vec<[u8; 3]> =
        (0..count).map(|shard| named[shard % groups.len()][shard / groups.len()]).collect();
    Ok(Router {
        shards: count,
        pages: names.chunks(PAGE).map(|page| files.add_dense(&page.concat())).collect(),
    })
}

/// What shards say of the terms of a bucket, in order.
struct Entries<'a> {
    /// Each term, and where its entry ends.
    terms: Vec<(&'a [u8], usize)>,
    bytes: Vec<u8>,
}

impl<'a> Entries<'a> {
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
            // Only what may be common is looked at once more.
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

    /// How many bytes terms and entries have.
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

/// Which fields have the term, and of which the best documents are kept; in how many documents it
/// is, where it is common; then each list with its sizes. Long lists and positions are replaced by
/// the files that hold them.
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

/// What stands in the shard for stretches: the only one of at most `inline` bytes itself, else for
/// each the number of its documents, how many further numbers it reaches to, and its file. Gives
/// whether they lie apart.
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

/// Terms in order, each without the bytes that it shares with the one before, and what belongs to
/// it.
#[derive(Default)]
struct FrontCoded<'a> {
    bytes: Vec<u8>,
    last: &'a [u8],
}

impl<'a> FrontCoded<'a> {
    fn add(&mut self, term: &'a [u8], entry: &[u8]) {
        let shared = term.iter().zip(self.last).take_while(|(a, b)| a == b).count();
        let own = term.len() - shared;
        // Both lengths in one byte, half each; what does not fit follows.
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
