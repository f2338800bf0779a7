//! **Shards** are the dictionary divided into files of a few kilobytes, and the router is the list
//! of their names.
//!
//! The number of a term's shard follows from the term's hash. Therefore the router consists of
//! names only, and a changed text changes only the shards of its own terms. Terms of both kana and
//! other characters, such as the bigrams across the ends of words, have fewer, larger shards:
//! hardly any keyword needs them, but they are a third of the dictionary.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::mem;

use rayon::prelude::*;

use super::best::{Best, ScoreScale};
use super::dictionary::{self, BUCKETS, Bucket, number_of};
use super::fields::FIELDS;
use super::files::{FileName, IndexFiles};
use super::postings::{COMMON, Numbers, PostingHit, PostingRange, Postings, add_number};
use super::segments::Segments;
use super::sources::{self, SegmentField};
use super::triples::{self, LongPairs};

/// Upper limits of the mean size of a shard in bytes, for each group of terms: plain terms, terms
/// with both kana and other characters, and triples; each from a number of documents on. A small
/// site has few files, and a large one many names, which would take more bytes than the shards of a
/// query.
const MEANS: [(usize, [usize; 3]); 3] = [
    (0, [1_250, 4 * 1024, 1_250]),
    (1_000, [3_000, 10 * 1024, 3_000]),
    (20_000, [12_000, 40 * 1024, 12_000]),
];
/// Number of entries in a page of the router.
const PAGE: usize = 2048;
/// Number of neighbouring shards whose names end alike. More would make the router smaller still,
/// but a changed text would rename more files.
pub(super) const TOGETHER: usize = 4;
/// Positions of more bytes are stored in files of their own, since a query of one term never needs
/// them; so are lists of fields without positions.
const INLINE: usize = 2 * 1024;
/// Lists of more bytes are stored in files of their own: other terms of the shard are then read
/// without them.
const INLINE_LIST: usize = 4 * 1024;

/// What the manifest contains about the shards.
pub(super) struct Router {
    /// Number of shards of each group of terms. Those of a group have the numbers after those of
    /// the group before.
    pub shards: [usize; 3],
    /// The pairs that have triples, each with a space before and after it.
    pub long: String,
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
    // 1. Encode the postings of every term, one task for each bucket, then those of triples.
    let sources = sources::of(segments)?;
    let scale = ScoreScale::of(segments)?;
    let buckets = dictionary::buckets(&sources)?;
    let written = files.side_by_side(buckets.par_iter(), |bucket, files| {
        Entries::of(bucket, &sources, &scale, documents, files)
    });
    let written: Vec<Entries<'_>> = written.into_iter().collect::<tantivy::Result<_>>()?;
    let long = LongPairs::of(written.iter().flat_map(|own| own.long.iter().copied()));
    let triples = triples::of(&long, documents, &buckets, &sources)?;
    // 2. Choose the numbers of shards by the total sizes.
    let means = MEANS.iter().rev().find(|(from, _)| documents >= *from).map_or([1; 3], |own| own.1);
    let count = |own: usize, bytes: usize| count_of(bytes.div_ceil(means[own]));
    let counts: [usize; 2] = std::array::from_fn(|own| {
        count(own, written.iter().map(|entries| entries.sizes[own]).sum())
    });
    // 3. Make the shards, one task for each group. A group is those shards whose terms lie in the
    // same buckets, which no other group uses.
    let exponent = counts.iter().map(|count| count.trailing_zeros()).min().unwrap_or(0);
    let groups = BUCKETS.min(1 << exponent);
    let mut of_groups: Vec<Vec<Entries<'_>>> = (0..groups).map(|_| Vec::new()).collect();
    for (bucket, entries) in written.into_iter().enumerate() {
        of_groups[bucket % groups].push(entries);
    }
    // Each step drops what it has read, so that no two forms of the whole dictionary are in memory.
    let made: Vec<[Vec<Vec<u8>>; 2]> = of_groups
        .into_par_iter()
        .map(|own| {
            let mut entries: Vec<(&[u8], &[u8])> = own.iter().flat_map(Entries::iter).collect();
            entries.sort_unstable();
            let mut shards =
                counts.map(|count| (0..count / groups).map(|_| FrontCoded::default()).collect());
            for (term, entry) in entries {
                let own = part_of(term);
                let shards: &mut Vec<FrontCoded<'_>> = &mut shards[own];
                shards[number_of(term, counts[own]) / groups].add(term, entry);
            }
            shards.map(|shards| shards.into_iter().map(|shard| shard.bytes).collect())
        })
        .collect();
    // 4. Name the shards, neighbours together, and write the ends of their names, in order, to the
    // pages of the router.
    let triples = of_triples(&triples, |bytes| count(2, bytes), files);
    let counts = [counts[0], counts[1], triples.len()];
    let mut in_order: Vec<Vec<u8>> = vec![Vec::new(); counts[0] + counts[1]];
    for (group, parts) in made.into_iter().enumerate() {
        for (own, shards) in parts.into_iter().enumerate() {
            for (at, bytes) in shards.into_iter().enumerate() {
                in_order[own * counts[0] + at * groups + group] = bytes;
            }
        }
    }
    in_order.extend(triples);
    let together = in_order.par_chunks_mut(TOGETHER).enumerate();
    let names = files.side_by_side(together, |(chunk, own), files| {
        let own: Vec<Vec<u8>> = own.iter_mut().map(mem::take).collect();
        match own.iter().all(Vec::is_empty) {
            true => [0; 3],
            false => {
                let known = |at| format!("terms {}", TOGETHER * chunk + at);
                files.add_together(&own, true, known)
            }
        }
    });
    Ok(Router {
        shards: counts,
        long: long.listed(),
        pages: names.chunks(PAGE).map(|page| files.add_dense(&page.concat())).collect(),
    })
}

/// The shards of the triples; `count` says how many there are for a size in bytes.
fn of_triples(
    triples: &BTreeMap<String, Vec<Postings>>,
    count: impl Fn(usize) -> usize,
    files: &mut IndexFiles,
) -> Vec<Vec<u8>> {
    let mut entries = Vec::new();
    for (term, postings) in triples {
        let mut entry = Vec::new();
        add_entry(0, postings, &mut entry, files);
        entries.push((term.as_bytes(), entry));
    }
    let count = count(entries.iter().map(|(term, entry)| term.len() + entry.len()).sum());
    let mut shards: Vec<FrontCoded<'_>> = (0..count).map(|_| FrontCoded::default()).collect();
    for (term, entry) in &entries {
        shards[number_of(term, count)].add(term, entry);
    }
    shards.into_iter().map(|shard| shard.bytes).collect()
}

/// The group of `term`: 1 if it has both kana and other characters, otherwise 0.
fn part_of(term: &[u8]) -> usize {
    let term = std::str::from_utf8(term).expect("terms are texts");
    let is_kana = |c: char| matches!(c, 'ぁ'..='ゖ' | 'ー');
    usize::from(term.contains(is_kana) && !term.chars().all(is_kana))
}

/// The least number of shards that is at least `least` and has at most five significant bits: a
/// site that grows a little keeps its shards.
fn count_of(least: usize) -> usize {
    let step = (least.max(1).next_power_of_two() / 32).max(1);
    least.max(1).next_multiple_of(step)
}

/// The encoded entries of the terms of a bucket, in the order of the terms.
struct Entries<'a> {
    /// Each term, and the end of its entry in `bytes`.
    terms: Vec<(&'a [u8], usize)>,
    bytes: Vec<u8>,
    /// Total sizes of terms and entries in bytes, for either group of terms.
    sizes: [usize; 2],
    /// The pairs with long positions.
    long: Vec<&'a [u8]>,
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
        documents: usize,
        files: &mut IndexFiles,
    ) -> tantivy::Result<Self> {
        let mut entries =
            Self { terms: Vec::new(), bytes: Vec::new(), sizes: [0; 2], long: Vec::new() };
        let (mut numbers, mut best) = (Numbers::new(documents), Best::default());
        let mut postings: Vec<Postings> = Vec::new();
        for term in bucket.occurrences.chunk_by(|a, b| bucket.term(a) == bucket.term(b)) {
            let total: u32 = term.iter().map(|occurrence| occurrence.info.doc_freq).sum();
            postings.clear();
            // Keep the decoded hits only where the term may be common.
            let mut lists: Vec<(usize, Vec<PostingHit>)> = Vec::new();
            for own in term.chunk_by(|a, b| sources[a.source].field == sources[b.source].field) {
                let long = triples::limit(bucket.term(&own[0]), documents);
                let read = numbers.read(sources, own, long)?;
                if read.long {
                    entries.long.push(bucket.term(&own[0]));
                }
                if total > COMMON {
                    lists.push((read.field, numbers.hits().to_vec()));
                }
                postings.push(read);
            }
            let (documents, kept) = best.of(scale, &lists).unwrap_or_default();
            postings.extend(kept);
            let start = entries.bytes.len();
            add_entry(documents, &postings, &mut entries.bytes, files);
            let (term, end) = (bucket.term(&term[0]), entries.bytes.len());
            entries.sizes[part_of(term)] += term.len() + end - start;
            entries.terms.push((term, end));
        }
        Ok(entries)
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
        let inline = if alone { INLINE } else { INLINE_LIST };
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

#[cfg(test)]
mod tests {
    use super::{count_of, part_of};

    #[test]
    fn numbers_of_shards_have_five_significant_bits() {
        let counts = [0, 1, 2, 9, 16, 17, 33, 64, 65, 2393].map(count_of);
        assert_eq!(counts, [1, 1, 2, 9, 16, 17, 34, 64, 68, 2432]);
    }

    #[test]
    fn terms_with_kana_and_other_characters_are_a_group() {
        let groups = ["環境", "は", "ばす", "らー", "て支", "第", "2023", "く7"];
        assert_eq!(groups.map(|term| part_of(term.as_bytes())), [0, 0, 0, 0, 1, 0, 0, 1]);
    }
}
