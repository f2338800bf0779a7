//! **Shards**: the dictionary cut into files of a few kilobytes, and the router that says which of them
//! has a term.
//!
//! A term's shard follows from the term's hash, so that the router is a list of names and nothing else,
//! and a changed text changes the shards of its own terms only.

use super::fields::FIELDS;
use super::files::{Files, Name, hash};
use super::postings::{Postings, Terms, add_number};

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

/// Writes the shards of `terms`, then the pages of the router.
pub(super) fn write(terms: &Terms, documents: usize, files: &mut Files) -> Router {
    let entries: Vec<(&[u8], Vec<u8>)> =
        terms.iter().map(|(term, postings)| (term.as_slice(), entry(postings, files))).collect();
    let bytes: usize = entries.iter().map(|(term, entry)| term.len() + entry.len()).sum();
    let mean = if documents < MANY_DOCUMENTS { MEAN } else { 3 * MEAN };
    let count = bytes.div_ceil(mean).next_power_of_two();
    let mut shards: Vec<FrontCoded<'_>> = (0..count).map(|_| FrontCoded::default()).collect();
    for (term, entry) in &entries {
        shards[shard_of(term, count)].add(term, entry);
    }
    let names = shards.iter().enumerate().map(|(number, shard)| match shard.bytes.as_slice() {
        [] => [0; 3],
        bytes => files.add_known(&format!("terms {number}"), bytes).own(),
    });
    let names: Vec<[u8; 3]> = names.collect();
    Router {
        shards: count,
        pages: names.chunks(PAGE).map(|page| files.add_dense(&page.concat())).collect(),
    }
}

/// The upper bits of the hash, stirred (the finish of MurmurHash3): FNV alone leaves them alike for
/// terms that differ in their last byte.
fn shard_of(term: &[u8], shards: usize) -> usize {
    let mut hash = hash(term);
    hash = (hash ^ hash >> 16).wrapping_mul(0x85EB_CA6B);
    hash = (hash ^ hash >> 13).wrapping_mul(0xC2B2_AE35);
    hash ^= hash >> 16;
    hash as usize & (shards - 1)
}

/// Which fields have the term, then each one's postings with their sizes. Long positions are replaced by
/// the files that hold them, each with its number of documents; so is a long list that is never read
/// together with positions.
fn entry(postings: &[Postings], files: &mut Files) -> Vec<u8> {
    let mut bytes = vec![postings.iter().fold(0, |mask, postings| mask | 1 << postings.field)];
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
        add_number(&mut bytes, postings.documents);
        add_number(&mut bytes, (list.len() as u32) << 1 | u32::from(list_apart));
        add_number(&mut bytes, (positions.len() as u32) << 1 | u32::from(apart));
        bytes.extend_from_slice(&postings.norms);
        bytes.extend_from_slice(&list);
        bytes.extend_from_slice(positions);
    }
    bytes
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
