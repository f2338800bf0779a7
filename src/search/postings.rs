//! **Postings**: which documents hold a term, how often, and where; as bytes.
//!
//! The layout of every number is in `docs/en/search-index.md`.

use std::collections::BTreeMap;

use rayon::prelude::*;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings as _, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, InvertedIndexReader, SegmentReader, TERMINATED};

use super::bits::{Bits, rice_parameter};
use super::fields::{FIELDS, handle};

/// The postings of one term in one field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Postings {
    /// Number of the field.
    pub field: usize,
    /// In how many documents the term stands.
    pub documents: u32,
    /// Length classes of the documents, one byte each; of a short list only.
    pub norms: Vec<u8>,
    /// Documents with their frequencies.
    pub list: Vec<u8>,
    /// Positions in parts, each with its number of documents; none for a field without.
    pub positions: Vec<(u32, Vec<u8>)>,
}

/// A part of the positions ends at the first document past so many bytes.
const PART: usize = 6 * 1024;

/// Lists of at most so many documents have the length classes of these with them, so that a rare word needs no
/// file of lengths.
const SHORT: usize = 128;

/// Terms that are read side by side.
const BATCH: usize = 512;

/// Every term of the segment, in the order of its UTF-8 bytes, with its postings in each field.
pub(super) type Terms = BTreeMap<Vec<u8>, Vec<Postings>>;

/// Reads every posting out of the segment.
pub(super) fn read(reader: &SegmentReader) -> tantivy::Result<Terms> {
    let mut terms = Terms::new();
    for (number, _) in FIELDS.iter().enumerate() {
        let index = reader.inverted_index(handle(number))?;
        let lengths = reader.get_fieldnorms_reader(handle(number))?;
        let mut known: Vec<(Vec<u8>, TermInfo)> = Vec::new();
        let mut stream = index.terms().stream()?;
        while stream.advance() {
            known.push((stream.key().to_vec(), stream.value().clone()));
        }
        let batches: tantivy::Result<Vec<Vec<Postings>>> = known
            .par_chunks(BATCH)
            .map(|batch| {
                let mut numbers = Numbers::default();
                let read = |(_, info): &(_, TermInfo)| numbers.read(&index, number, info, &lengths);
                batch.iter().map(read).collect()
            })
            .collect();
        for ((term, _), postings) in known.into_iter().zip(batches?.into_iter().flatten()) {
            terms.entry(term).or_default().push(postings);
        }
    }
    Ok(terms)
}

/// The numbers of one list, before their size is known.
#[derive(Default)]
struct Numbers {
    /// Distance to the last document, less one, and frequency, less one.
    documents: Vec<(u32, u32)>,
    /// Distances between the positions of a document, less one but for the first; one document after
    /// the other.
    positions: Vec<u32>,
    places: Vec<u32>,
}

impl Numbers {
    fn read(
        &mut self,
        index: &InvertedIndexReader,
        field: usize,
        info: &TermInfo,
        lengths: &FieldNormReader,
    ) -> tantivy::Result<Postings> {
        let record = match FIELDS[field].positions {
            true => IndexRecordOption::WithFreqsAndPositions,
            false => IndexRecordOption::WithFreqs,
        };
        let is_short = info.doc_freq as usize <= SHORT;
        let mut norms = Vec::new();
        self.documents.clear();
        self.positions.clear();
        let mut source = index.read_postings_from_terminfo(info, record)?;
        let mut next = 0;
        while source.doc() != TERMINATED {
            self.documents.push((source.doc() - next, source.term_freq() - 1));
            next = source.doc() + 1;
            if is_short {
                norms.push(lengths.fieldnorm_id(source.doc()));
            }
            if FIELDS[field].positions {
                source.positions(&mut self.places);
                let mut next = 0;
                for &place in &self.places {
                    self.positions.push(place - next);
                    next = place + 1;
                }
            }
            source.advance();
        }
        let documents = self.documents.len() as u32;
        Ok(Postings { field, documents, norms, list: self.list(), positions: self.parts() })
    }

    /// A byte with the parameters of the two codes, then for each document distance and frequency.
    fn list(&self) -> Vec<u8> {
        let count = self.documents.len();
        let sum =
            |pick: fn(&(u32, u32)) -> u32| self.documents.iter().map(|d| u64::from(pick(d))).sum();
        let distance = rice_parameter(sum(|d| d.0), count);
        let frequency = rice_parameter(sum(|d| d.1), count).min(7);
        let mut bits = Bits::default();
        bits.add(distance | frequency << 5, 8);
        for &(to, more) in &self.documents {
            bits.add_rice(to, distance);
            bits.add_rice(more, frequency);
        }
        bits.finish()
    }

    /// Each part begins with a byte for the parameter of its code.
    fn parts(&self) -> Vec<(u32, Vec<u8>)> {
        let mut parts = Vec::new();
        if self.positions.is_empty() {
            return parts;
        }
        let sum = self.positions.iter().map(|&position| u64::from(position)).sum();
        let k = rice_parameter(sum, self.positions.len());
        let mut rest = self.positions.as_slice();
        let (mut bits, mut documents) = (Bits::default(), 0);
        bits.add(k, 8);
        for &(_, more) in &self.documents {
            if bits.len() >= PART {
                let mut next = Bits::default();
                next.add(k, 8);
                parts.push((documents, std::mem::replace(&mut bits, next).finish()));
                documents = 0;
            }
            let (own, others) = rest.split_at(more as usize + 1);
            for &position in own {
                bits.add_rice(position, k);
            }
            documents += 1;
            rest = others;
        }
        parts.push((documents, bits.finish()));
        parts
    }
}

/// Seven bits a byte, the lowest first; the high bit says that more follow (LEB128).
pub(super) fn add_number(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

#[cfg(test)]
mod tests {
    use super::{Numbers, add_number};

    #[test]
    fn numbers_take_seven_bits_a_byte() {
        let bytes = |number| {
            let mut bytes = Vec::new();
            add_number(&mut bytes, number);
            bytes
        };
        assert_eq!(bytes(0), [0]);
        assert_eq!(bytes(127), [127]);
        assert_eq!(bytes(300), [0xAC, 0x02]);
        assert_eq!(bytes(u32::MAX), [0xFF, 0xFF, 0xFF, 0xFF, 0x0F]);
    }

    #[test]
    fn a_single_hit_takes_two_bytes() {
        let numbers = Numbers { documents: vec![(5, 0)], positions: vec![70], places: vec![] };
        // 5 by k = 1 is 1 1 0 1, and no more than once is 0.
        assert_eq!(numbers.list(), [1, 0b0_1011]);
        // 70 by k = 5 is 1 1 0 and 00110.
        assert_eq!(numbers.parts(), [(1, vec![5, 0b0011_0011])]);
    }
}
