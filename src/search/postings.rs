//! **Postings**: which documents hold a term, how often, and where; as bytes.
//!
//! The layout of every number is in `docs/en/search-index.md`.

use std::collections::BTreeMap;

use tantivy::postings::Postings as _;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, SegmentReader, TERMINATED};

use super::fields::{FIELDS, handle};

/// The postings of one term in one field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Postings {
    /// Number of the field.
    pub field: usize,
    /// In how many documents the term stands.
    pub documents: u32,
    /// Documents with their frequencies.
    pub list: Vec<u8>,
    /// Positions; empty for a field without.
    pub positions: Vec<u8>,
    /// Where positions may be cut: after so many documents, at this byte. Ascending; the end is not
    /// among them.
    pub cuts: Vec<(u32, usize)>,
}

/// Positions may be cut at the first document past so many bytes.
const CUT: usize = 8 * 1024;

/// Every term of the segment, in the order of its UTF-8 bytes, with its postings in each field.
pub(super) type Terms = BTreeMap<Vec<u8>, Vec<Postings>>;

/// Reads every posting out of the segment.
pub(super) fn read(reader: &SegmentReader) -> tantivy::Result<Terms> {
    let mut terms = Terms::new();
    for (number, field) in FIELDS.iter().enumerate() {
        let index = reader.inverted_index(handle(number))?;
        let record = match field.positions {
            true => IndexRecordOption::WithFreqsAndPositions,
            false => IndexRecordOption::WithFreqs,
        };
        let mut stream = index.terms().stream()?;
        let mut places = Vec::new();
        while stream.advance() {
            let mut source = index.read_postings_from_terminfo(stream.value(), record)?;
            let mut postings = Postings { field: number, ..Postings::default() };
            let (mut last, mut last_cut) = (0, 0);
            while source.doc() != TERMINATED {
                let frequency = source.term_freq();
                add_document(&mut postings.list, source.doc() - last, frequency);
                last = source.doc();
                postings.documents += 1;
                if field.positions {
                    if postings.positions.len() >= last_cut + CUT {
                        last_cut = postings.positions.len();
                        postings.cuts.push((postings.documents - 1, last_cut));
                    }
                    source.positions(&mut places);
                    add_positions(&mut postings.positions, &places);
                }
                source.advance();
            }
            terms.entry(stream.key().to_vec()).or_default().push(postings);
        }
    }
    Ok(terms)
}

/// The distance to the last document, and the frequency; most are 1, and take no byte of their own.
fn add_document(list: &mut Vec<u8>, distance: u32, frequency: u32) {
    let once = frequency == 1;
    add_number(list, distance << 1 | u32::from(once));
    if !once {
        add_number(list, frequency);
    }
}

/// Distances between the positions in one document; the first from the text's beginning.
fn add_positions(bytes: &mut Vec<u8>, positions: &[u32]) {
    let mut last = 0;
    for &position in positions {
        add_number(bytes, position - last);
        last = position;
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
    use super::{add_document, add_number, add_positions};

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
    fn a_single_hit_takes_one_number() {
        let mut list = Vec::new();
        add_document(&mut list, 5, 1);
        add_document(&mut list, 2, 3);
        assert_eq!(list, [11, 4, 3]);
        let mut positions = Vec::new();
        add_positions(&mut positions, &[4, 9, 200]);
        assert_eq!(positions, [4, 5, 0xBF, 0x01]);
    }
}
