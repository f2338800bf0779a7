//! **Shards**: the dictionary cut into files of a few kilobytes, and the router that says which of them
//! has a term.

use super::export::{Files, Name};
use super::postings::{Postings, Terms, add_number};

/// A shard closes at the first term after this many bytes whose hash says so …
const SMALLEST: usize = 4 * 1024;
/// … and at the latest after this many, a single long list apart.
const LARGEST: usize = 8 * 1024;
/// One term in so many may close a shard. The cut follows from the content, so that a changed text
/// changes the shards of its own terms and leaves the cuts elsewhere as they are.
const CLOSES: u32 = 16;
/// So many shards in a page of the router.
const PAGE: usize = 64;
/// Positions of more bytes lie in files of their own: a query of one term never needs them.
const INLINE: usize = 1024;

/// A file, with the first term in it.
pub(super) struct Routed {
    pub first: Vec<u8>,
    pub file: Name,
}

/// Writes the shards of `terms`, then the pages of the router, and gives the pages.
pub(super) fn write(terms: &Terms, files: &mut Files) -> Vec<Routed> {
    let mut shards = Vec::new();
    let mut shard = FrontCoded::default();
    for (term, postings) in terms {
        let full = shard.bytes.len() >= LARGEST;
        if full || (shard.bytes.len() >= SMALLEST && hash(term).is_multiple_of(CLOSES)) {
            shards.push(close(&mut shard, files));
        }
        shard.add(term);
        add_entry(&mut shard.bytes, postings, files);
    }
    if !shard.bytes.is_empty() {
        shards.push(close(&mut shard, files));
    }
    shards.chunks(PAGE).map(|shards| write_page(shards, files)).collect()
}

fn close(shard: &mut FrontCoded, files: &mut Files) -> Routed {
    let shard = std::mem::take(shard);
    Routed { first: shard.first, file: files.add(&shard.bytes) }
}

fn write_page(shards: &[Routed], files: &mut Files) -> Routed {
    let mut page = FrontCoded::default();
    for shard in shards {
        page.add(&shard.first);
        page.bytes.extend_from_slice(&shard.file.bytes());
    }
    close(&mut page, files)
}

/// Which fields have the term, then each one's postings with their sizes. Long positions are replaced by
/// the files that hold them, each with its number of documents.
fn add_entry(bytes: &mut Vec<u8>, postings: &[Postings], files: &mut Files) {
    bytes.push(postings.iter().fold(0, |mask, postings| mask | 1 << postings.field));
    for postings in postings {
        let apart = postings.positions.len() > INLINE;
        let positions = if apart { &parts(postings, files) } else { &postings.positions };
        add_number(bytes, postings.documents);
        add_number(bytes, postings.list.len() as u32);
        add_number(bytes, (positions.len() as u32) << 1 | u32::from(apart));
        bytes.extend_from_slice(&postings.list);
        bytes.extend_from_slice(positions);
    }
}

/// Writes positions into files, cut where they may be.
fn parts(postings: &Postings, files: &mut Files) -> Vec<u8> {
    let mut bytes = Vec::new();
    let end = (postings.documents, postings.positions.len());
    let (mut documents, mut at) = (0, 0);
    for &(until, cut) in postings.cuts.iter().chain([&end]) {
        add_number(&mut bytes, until - documents);
        bytes.extend_from_slice(&files.add(&postings.positions[at..cut]).bytes());
        (documents, at) = (until, cut);
    }
    bytes
}

/// Terms in order, each without the bytes that it shares with the one before.
#[derive(Default)]
struct FrontCoded {
    bytes: Vec<u8>,
    first: Vec<u8>,
    last: Vec<u8>,
}

impl FrontCoded {
    fn add(&mut self, term: &[u8]) {
        if self.bytes.is_empty() {
            self.first = term.to_vec();
        }
        let shared = term.iter().zip(&self.last).take_while(|(a, b)| a == b).count();
        add_number(&mut self.bytes, shared as u32);
        add_number(&mut self.bytes, (term.len() - shared) as u32);
        self.bytes.extend_from_slice(&term[shared..]);
        self.last = term.to_vec();
    }
}

/// FNV-1a, 32 bit.
fn hash(term: &[u8]) -> u32 {
    term.iter().fold(0x811C_9DC5, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
