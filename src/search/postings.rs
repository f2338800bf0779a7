//! **Postings**: which documents hold a term, how often, and where; as bytes.
//!
//! The layout of every number is in `docs/en/search-index.md`.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings as _, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, InvertedIndexReader, TERMINATED};

use super::bits::{Bits, rice_parameter};
use super::dictionary::Occurrence;
use super::fields::{FIELDS, handle};
use super::parts::Parts;

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

/// One field of one part of the index.
pub(super) struct Source {
    /// Number of the field.
    pub field: usize,
    /// Number of the part's first document.
    first: u32,
    /// tantivy's postings.
    pub postings: Arc<InvertedIndexReader>,
    lengths: FieldNormReader,
}

/// Every field of every part, field by field, each in the order of the parts.
pub(super) fn sources(parts: &Parts) -> tantivy::Result<Vec<Source>> {
    let mut sources = Vec::new();
    for field in 0..FIELDS.len() {
        for (first, segment) in parts.segments() {
            let postings = segment.inverted_index(handle(field))?;
            let lengths = segment.get_fieldnorms_reader(handle(field))?;
            sources.push(Source { field, first, postings, lengths });
        }
    }
    Ok(sources)
}

/// The numbers of one list, before their size is known.
#[derive(Default)]
pub(super) struct Numbers {
    /// Distance to the last document, less one, and frequency, less one.
    documents: Vec<(u32, u32)>,
    /// Length classes of the documents.
    norms: Vec<u8>,
    /// Distances between the positions of a document, less one but for the first; one document after
    /// the other.
    positions: Vec<u32>,
    places: Vec<u32>,
}

impl Numbers {
    /// The postings of a term in a field: those of every part that has it, one after the other.
    pub fn read(
        &mut self,
        sources: &[Source],
        occurrences: &[Occurrence],
    ) -> tantivy::Result<Postings> {
        let documents = occurrences.iter().map(|occurrence| occurrence.info.doc_freq).sum();
        let field = sources[occurrences[0].source].field;
        self.documents.clear();
        self.norms.clear();
        self.positions.clear();
        let mut next = 0;
        for Occurrence { source, info, .. } in occurrences {
            next = self.add(&sources[*source], info, next)?;
        }
        let norms = match documents as usize <= SHORT {
            true => self.norms.clone(),
            false => Vec::new(),
        };
        Ok(Postings { field, documents, norms, list: self.list(), positions: self.parts() })
    }

    /// Adds what one part has; `next` is the document after the last, before and after.
    fn add(&mut self, source: &Source, info: &TermInfo, mut next: u32) -> tantivy::Result<u32> {
        let with_positions = FIELDS[source.field].positions;
        let record = match with_positions {
            true => IndexRecordOption::WithFreqsAndPositions,
            false => IndexRecordOption::WithFreqs,
        };
        let mut postings = source.postings.read_postings_from_terminfo(info, record)?;
        while postings.doc() != TERMINATED {
            let document = source.first + postings.doc();
            self.documents.push((document - next, postings.term_freq() - 1));
            self.norms.push(source.lengths.fieldnorm_id(postings.doc()));
            next = document + 1;
            if with_positions {
                postings.positions(&mut self.places);
                let mut next = 0;
                for &place in &self.places {
                    self.positions.push(place - next);
                    next = place + 1;
                }
            }
            postings.advance();
        }
        Ok(next)
    }

    /// A byte with the parameters of the two codes, then for each document distance and frequency.
    fn list(&self) -> Vec<u8> {
        let count = self.documents.len();
        let sum =
            |pick: fn(&(u32, u32)) -> u32| self.documents.iter().map(|d| u64::from(pick(d))).sum();
        let distance = rice_parameter(sum(|d| d.0), count);
        let frequency = rice_parameter(sum(|d| d.1), count).min(7);
        let mut bits = Bits::default();
        bits.add(u64::from(distance | frequency << 5), 8);
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
        bits.add(u64::from(k), 8);
        for &(_, more) in &self.documents {
            if bits.len() >= PART {
                let mut next = Bits::default();
                next.add(u64::from(k), 8);
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
        let numbers =
            Numbers { documents: vec![(5, 0)], positions: vec![70], ..Numbers::default() };
        // 5 by k = 1 is 1 1 0 1, and no more than once is 0.
        assert_eq!(numbers.list(), [1, 0b0_1011]);
        // 70 by k = 5 is 1 1 0 and 00110.
        assert_eq!(numbers.parts(), [(1, vec![5, 0b0011_0011])]);
    }
}
