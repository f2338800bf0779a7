//! **Triples** are three neighbouring characters of which two are a pair with long positions, such
//! as 事業 in 進事業. The dictionary has postings of them beside those of the pairs, so that a
//! phrase with such a pair is found without reading where the pair stands in other phrases.
//!
//! tantivy has pairs alone: a triple stands where its two pairs do, one character apart.
//!
//! Not in here: how postings are encoded (`postings`) and written (`shards`).

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::dictionary::{Bucket, Occurrence};
use super::postings::{Numbers, Postings, TermPlace};
use super::sources::SegmentField;

/// Positions of more bytes are long, in an index of up to [`DOCUMENTS`] documents.
const LONG: usize = 7 * 1024;
/// In an index of more documents, the limit is higher in proportion, so that the share of the
/// triples in the index stays the same.
const DOCUMENTS: usize = 10_000;

/// Positions of `term` of more bytes are long; those of anything but a pair never are.
pub(super) fn limit(term: &[u8], documents: usize) -> usize {
    match pair(term) {
        Some(_) => LONG * documents.max(DOCUMENTS) / DOCUMENTS,
        None => usize::MAX,
    }
}

/// Two neighbouring characters.
type Pair = [char; 2];

/// The pairs that have long positions in some field.
#[derive(Default)]
pub(super) struct LongPairs(BTreeSet<Pair>);

impl LongPairs {
    /// Those of `terms` that are pairs.
    pub fn of<'a>(terms: impl Iterator<Item = &'a [u8]>) -> Self {
        Self(terms.filter_map(pair).collect())
    }

    /// The pairs as the manifest lists them, each with a space before and after it.
    pub fn listed(&self) -> String {
        self.0.iter().fold(" ".to_owned(), |listed, [a, b]| format!("{listed}{a}{b} "))
    }

    /// Where each of these pairs stands in each field.
    fn places(
        &self,
        buckets: &[Bucket],
        sources: &[SegmentField],
    ) -> tantivy::Result<BTreeMap<(usize, Pair), Vec<TermPlace>>> {
        let mut places = BTreeMap::new();
        let mut numbers = Numbers::default();
        for (field, pair, occurrences) in buckets.iter().flat_map(|own| pairs(own, sources)) {
            if self.0.contains(&pair) {
                numbers.load(sources, occurrences)?;
                places.insert((field, pair), numbers.places().collect());
            }
        }
        Ok(places)
    }
}

/// The two characters of a term that has two of one kind: kana or kanji. Hardly any keyword has
/// another pair.
fn pair(term: &[u8]) -> Option<Pair> {
    let mut chars = std::str::from_utf8(term).ok()?.chars();
    match (chars.next(), chars.next(), chars.next()) {
        (Some(a), Some(b), None) if kind(a).is_some() && kind(a) == kind(b) => Some([a, b]),
        _ => None,
    }
}

#[derive(PartialEq)]
enum Kind {
    Kana,
    Kanji,
}

fn kind(c: char) -> Option<Kind> {
    match c {
        'ぁ'..='ゖ' | 'ー' => Some(Kind::Kana),
        '一'..='\u{9FFF}' => Some(Kind::Kanji),
        _ => None,
    }
}

/// The terms of a bucket that are pairs, by field.
fn pairs<'a>(
    bucket: &'a Bucket,
    sources: &[SegmentField],
) -> impl Iterator<Item = (usize, Pair, &'a [Occurrence])> {
    let field = |own: &Occurrence| sources[own.source].field;
    let terms = bucket
        .occurrences
        .chunk_by(move |a, b| field(a) == field(b) && bucket.term(a) == bucket.term(b));
    terms.filter_map(move |own| Some((field(&own[0]), pair(bucket.term(&own[0]))?, own)))
}

/// The postings of every triple of the `long` pairs, by term, in the order of the fields. The term
/// of a triple begins with a space, as no token does.
///
/// # Errors
///
/// Where tantivy cannot read its postings.
pub(super) fn of(
    long: &LongPairs,
    documents: usize,
    buckets: &[Bucket],
    sources: &[SegmentField],
) -> tantivy::Result<BTreeMap<String, Vec<Postings>>> {
    if long.0.is_empty() {
        return Ok(BTreeMap::new());
    }
    let places = long.places(buckets, sources)?;
    let found = buckets
        .par_iter()
        .map(|bucket| in_bucket(long, &places, Numbers::new(documents), bucket, sources));
    let found: Vec<Vec<([char; 3], Postings)>> = found.collect::<tantivy::Result<_>>()?;
    let mut by_term: BTreeMap<String, Vec<Postings>> = BTreeMap::new();
    for ([a, b, c], postings) in found.into_iter().flatten() {
        by_term.entry(format!(" {a}{b}{c}")).or_default().push(postings);
    }
    by_term.values_mut().for_each(|fields| fields.sort_by_key(|postings| postings.field));
    Ok(by_term)
}

/// The triples that the pairs of `bucket` make with long pairs. A triple of two long pairs is made
/// by the first of them.
fn in_bucket(
    long: &LongPairs,
    places: &BTreeMap<(usize, Pair), Vec<TermPlace>>,
    mut joined: Numbers,
    bucket: &Bucket,
    sources: &[SegmentField],
) -> tantivy::Result<Vec<([char; 3], Postings)>> {
    let mut triples = Vec::new();
    let mut numbers = Numbers::default();
    for (field, [a, b], occurrences) in pairs(bucket, sources) {
        let is_long = long.0.contains(&[a, b]);
        let after = long.0.iter().filter(|long| long[0] == b);
        let before = long.0.iter().filter(|long| !is_long && long[1] == a);
        let after = after.map(|&long| (long, [a, b, long[1]], true));
        let before = before.map(|&long| (long, [long[0], a, b], false));
        let possible: Vec<_> = after
            .chain(before)
            .filter_map(|(long, triple, is_after)| {
                Some((places.get(&(field, long))?, triple, is_after))
            })
            .collect();
        // Most pairs are beside no long one, and are not read.
        if possible.is_empty() {
            continue;
        }
        numbers.load(sources, occurrences)?;
        let own: Vec<TermPlace> = numbers.places().collect();
        for (long, triple, is_after) in possible {
            let starts = starts(&own, long, is_after);
            if !starts.is_empty() {
                triples.push((triple, joined.part_of(&numbers, field, &starts)));
            }
        }
    }
    Ok(triples)
}

/// Where triples begin: a pair stands at `own`, and the long pair at one of `long`, one character
/// after it or before it. Both are in order.
fn starts(own: &[TermPlace], mut long: &[TermPlace], is_after: bool) -> Vec<TermPlace> {
    let start = |&place: &TermPlace| {
        let other = if is_after { place.after() } else { place.before()? };
        long = &long[long.partition_point(|&place| place < other)..];
        (long.first() == Some(&other)).then_some(place.min(other))
    };
    own.iter().filter_map(start).collect()
}

#[cfg(test)]
mod tests {
    use super::{LongPairs, TermPlace, limit, pair, starts};

    #[test]
    fn two_kana_or_two_kanji_are_a_pair() {
        let pairs = ["事業", "ある", "らー", "の実", "事", "事業者", "10", "dx"]
            .map(|term| pair(term.as_bytes()).is_some());
        assert_eq!(pairs, [true, true, true, false, false, false, false, false]);
        assert_eq!(limit("dx".as_bytes(), 10), usize::MAX);
        assert_eq!(limit("事業".as_bytes(), 20_000), 2 * limit("事業".as_bytes(), 200));
    }

    #[test]
    fn long_pairs_are_listed_with_spaces() {
        let long = LongPairs::of(["業の", "事業", "ある"].map(str::as_bytes).into_iter());
        assert_eq!(long.listed(), " ある 事業 ");
        assert_eq!(LongPairs::default().listed(), " ");
    }

    #[test]
    fn a_triple_begins_with_the_first_of_its_pairs() {
        let places = |places: &[(u32, u32)]| -> Vec<TermPlace> {
            places.iter().map(|&(document, position)| TermPlace { document, position }).collect()
        };
        let own = places(&[(0, 0), (0, 7), (1, 0), (2, 5), (2, 6)]);
        let long = places(&[(0, 1), (0, 6), (1, 1), (2, 4), (2, 7), (3, 0)]);
        assert_eq!(starts(&own, &long, true), places(&[(0, 0), (1, 0), (2, 6)]));
        assert_eq!(starts(&own, &long, false), places(&[(0, 6), (2, 4)]));
    }
}
