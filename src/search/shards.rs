//! **Shards**: the dictionary cut into files of a few kilobytes, and the router that says which of them
//! has a term.
//!
//! A term's shard follows from the term's hash, so that the router is a list of names and nothing else,
//! and a changed text changes the shards of its own terms only.

use super::dictionary::{self, BUCKETS, Occurrence, number_of};
use super::fields::FIELDS;
use super::files::{Files, Name};
use super::postings::{Numbers, Postings, Source, add_number};

/// A shard has at most so many bytes in the mean; at least half as many …
const MEAN: usize = 3 * 1024;
/// … and three times as many from so many documents on: the list of all names would grow too long.
const MANY_DOCUMENTS: usize = 20_000;
/// So many shards in a page of the router.
const PAGE: usize = 1024;
/// Positions of more bytes lie in files of their own: a query of one term never needs them.
const INLINE: usize = 1024;
/// So do lists of more bytes in the fields without positions: it costs no wait, for whoever reads them waits for
/// nothing else, and other words of the shard come without them.
const INLINE_LIST: usize = 256;

/// What the manifest says of the shards.
pub(super) struct Router {
    /// How many shards there are: a power of two.
    pub shards: usize,
    /// The pages: for each shard in turn the last three bytes of its name, or noughts where it is empty.
    pub pages: Vec<Name>,
}

/// Writes the shards of all terms of `sources`, then the pages of the router.
pub(super) fn write(
    sources: &[Source],
    documents: usize,
    files: &mut Files,
) -> tantivy::Result<Router> {
    let buckets = dictionary::buckets(sources)?;
    let written = files.side_by_side(&buckets, |bucket, files| Entries::of(bucket, sources, files));
    let written: Vec<Entries<'_>> = written.into_iter().collect::<tantivy::Result<_>>()?;
    let bytes: usize = written.iter().map(Entries::size).sum();
    let mean = if documents < MANY_DOCUMENTS { MEAN } else { 3 * MEAN };
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
                files.add_known(&format!("terms {}", group + number * groups.len()), bytes).own()
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
        bucket: &'a [Occurrence],
        sources: &[Source],
        files: &mut Files,
    ) -> tantivy::Result<Self> {
        let mut entries = Self { terms: Vec::new(), bytes: Vec::new() };
        let mut numbers = Numbers::default();
        for term in bucket.chunk_by(|a, b| a.term == b.term) {
            let fields = term.chunk_by(|a, b| sources[a.source].field == sources[b.source].field);
            let postings: tantivy::Result<Vec<Postings>> =
                fields.map(|field| numbers.read(sources, field)).collect();
            add_entry(&postings?, &mut entries.bytes, files);
            entries.terms.push((&term[0].term, entries.bytes.len()));
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

/// Which fields have the term, then each one's postings with their sizes. Long positions are replaced by
/// the files that hold them, each with its number of documents; so is a long list that is never read
/// together with positions.
fn add_entry(postings: &[Postings], bytes: &mut Vec<u8>, files: &mut Files) {
    bytes.push(postings.iter().fold(0, |mask, postings| mask | 1 << postings.field));
    for postings in postings {
        let list_apart = !FIELDS[postings.field].positions && postings.list.len() > INLINE_LIST;
        let list = match list_apart {
            true => files.add_dense(&postings.list).bytes().to_vec(),
            false => postings.list.clone(),
        };
        let positions = &postings.positions;
        let apart = positions.iter().map(|(_, part)| part.len()).sum::<usize>() > INLINE;
        let positions = match positions.as_slice() {
            [(_, only)] if !apart => only,
            positions => &names(positions, files),
        };
        add_number(bytes, postings.documents);
        add_number(bytes, (list.len() as u32) << 1 | u32::from(list_apart));
        add_number(bytes, (positions.len() as u32) << 1 | u32::from(apart));
        bytes.extend_from_slice(&postings.norms);
        bytes.extend_from_slice(&list);
        bytes.extend_from_slice(positions);
    }
}

/// Writes parts of positions into files; gives their names, each after its number of documents.
fn names(parts: &[(u32, Vec<u8>)], files: &mut Files) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (documents, part) in parts {
        add_number(&mut bytes, *documents);
        bytes.extend_from_slice(&files.add_dense(part).bytes());
    }
    bytes
}

/// Terms in order, each without the bytes that it shares with the one before, and what belongs to it.
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
