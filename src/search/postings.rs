//! **Postings**: which documents contain a term, how often and where, encoded as bytes.
//!
//! The layout of every number is described in `docs/en/search-index.md`.

use smallvec::SmallVec;
use tantivy::postings::{Postings as _, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, TERMINATED};

use super::bits::{Bits, ListBytes, rice_parameter};
use super::dictionary::Occurrence;
use super::fields::{BODY, FIELDS};
use super::sources::SegmentField;

/// A term in more documents than this is common. Its list omits the classes of field lengths, which
/// a separate file of the field holds, and is accompanied by its best documents (`best`).
pub(super) const COMMON: u32 = 1024;

/// A range ends at the first document after so many bytes.
const STRETCH: usize = 8 * 1024;
/// The same for long positions, which are hardly ever read.
const LONG_STRETCH: usize = 32 * 1024;

/// Takes the place of the Rice parameter of a list that has every document from 0 to its last, and
/// therefore no gaps.
const NEIGHBOURS: u32 = 31;

/// The postings of one term in one field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Postings {
    /// Number of the field.
    pub field: usize,
    /// How many documents have the term.
    pub documents: u32,
    /// Does the list hold the classes of field lengths of its documents?
    pub with_norms: bool,
    /// The encoded documents and term frequencies.
    pub list: Stretches,
    /// The encoded positions; empty for a field without positions. Each of its ranges lies within
    /// one range of `list`.
    pub positions: Stretches,
    /// Are the positions so long that the dictionary has triples with the pair (`triples`)?
    pub long: bool,
}

/// The ranges of a list; nearly all lists have one.
pub type Stretches = SmallVec<[PostingRange; 1]>;

/// Consecutive documents of a list, encoded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostingRange {
    /// Number of documents.
    pub documents: u32,
    /// Number of the last document.
    pub last: u32,
    /// The encoded documents or positions.
    pub bytes: ListBytes,
}

/// A document that has the term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PostingHit {
    /// The document's number.
    pub document: u32,
    /// Term frequency, less one.
    pub more: u32,
    /// Class of the field's length.
    pub norm: u8,
}

/// A document and a position in it, ordered by both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TermPlace {
    pub document: u32,
    pub position: u32,
}

impl TermPlace {
    /// The place one character after this one.
    pub fn after(self) -> Self {
        Self { position: self.position + 1, ..self }
    }

    /// The place one character before this one; `None` at the beginning of a document.
    pub fn before(self) -> Option<Self> {
        Some(Self { position: self.position.checked_sub(1)?, ..self })
    }
}

/// The numbers of one list before they are encoded, and buffers that are reused from list to list.
#[derive(Default)]
pub(super) struct Numbers {
    hits: Vec<PostingHit>,
    /// Gaps between the positions of a document, less one except for the first; one document after
    /// the other.
    gaps: Vec<u32>,
    places: Vec<u32>,
    bits: Bits,
    /// Number of documents of the index.
    all: usize,
}

/// In the field of texts of a large index, a list has the classes of field lengths if at most one
/// of so many documents has the term. Most of the index are lists of this field, and without the
/// classes of the longer ones it is a twentieth smaller. The file of the field is read once.
const NORMS: usize = 32;
/// An index of more documents is large. In a smaller one, waiting for another file costs more than
/// the classes.
const LARGE: usize = 5_000;

/// The most documents of a list that holds the classes of field lengths, in an index of `all`.
fn most_with_norms(field: usize, all: usize) -> u32 {
    match field {
        BODY if all > LARGE => ((all / NORMS) as u32).min(COMMON),
        _ => COMMON,
    }
}

impl Numbers {
    /// For an index of `all` documents.
    pub fn new(all: usize) -> Self {
        Self { all, ..Self::default() }
    }

    /// Reads and encodes the postings of a term in a field, from `occurrences`, which are those of
    /// one field in the order of the segments. Positions of more than `long` bytes are long.
    ///
    /// # Errors
    ///
    /// Where tantivy cannot read its postings.
    pub fn read(
        &mut self,
        sources: &[SegmentField],
        occurrences: &[Occurrence],
        long: usize,
    ) -> tantivy::Result<Postings> {
        self.load(sources, occurrences)?;
        Ok(self.encoded(sources[occurrences[0].source].field, long))
    }

    /// Reads the postings of a term in a field as [`Self::read`] does, without encoding them.
    ///
    /// # Errors
    ///
    /// Where tantivy cannot read its postings.
    pub fn load(
        &mut self,
        sources: &[SegmentField],
        occurrences: &[Occurrence],
    ) -> tantivy::Result<()> {
        self.hits.clear();
        self.gaps.clear();
        for Occurrence { source, info, .. } in occurrences {
            self.add(&sources[*source], info)?;
        }
        Ok(())
    }

    /// Encodes the postings at `places` of `field`, all of them in documents of `whole`.
    pub fn part_of(&mut self, whole: &Self, field: usize, places: &[TermPlace]) -> Postings {
        self.hits.clear();
        self.gaps.clear();
        let mut hits = whole.hits.iter();
        for own in places.chunk_by(|a, b| a.document == b.document) {
            let document = own[0].document;
            let norm = hits.find(|hit| hit.document == document).map_or(0, |hit| hit.norm);
            self.hits.push(PostingHit { document, more: own.len() as u32 - 1, norm });
            let mut next = 0;
            for TermPlace { position, .. } in own {
                self.gaps.push(position - next);
                next = position + 1;
            }
        }
        self.encoded(field, usize::MAX)
    }

    /// Encodes the hits and gaps; positions of more than `long` bytes are long.
    fn encoded(&mut self, field: usize, long: usize) -> Postings {
        let documents = self.hits.len() as u32;
        let with_norms = documents <= most_with_norms(field, self.all);
        let list = list(&self.hits, with_norms, &mut self.bits);
        let mut positions = Stretches::new();
        if !self.gaps.is_empty() {
            positions = self.positions(&list, STRETCH);
        }
        let long = positions.iter().map(|range| range.bytes.len()).sum::<usize>() > long;
        if long {
            positions = self.positions(&list, LONG_STRETCH);
        }
        Postings { field, documents, with_norms, list, positions, long }
    }

    /// Where the term that was read last stands, in order.
    pub fn places(&self) -> impl Iterator<Item = TermPlace> {
        let (mut hits, mut gaps) = (self.hits.iter(), self.gaps.iter());
        let (mut rest, mut document, mut next) = (0, 0, 0);
        std::iter::from_fn(move || {
            if rest == 0 {
                let hit = hits.next()?;
                (rest, document, next) = (hit.more + 1, hit.document, 0);
            }
            let position = next + gaps.next()?;
            (rest, next) = (rest - 1, position + 1);
            Some(TermPlace { document, position })
        })
    }

    /// The documents of the list that was read last.
    pub fn hits(&self) -> &[PostingHit] {
        &self.hits
    }

    /// Adds the documents and position gaps of one segment.
    fn add(&mut self, source: &SegmentField, info: &TermInfo) -> tantivy::Result<()> {
        let with_positions = FIELDS[source.field].positions;
        let record = match with_positions {
            true => IndexRecordOption::WithFreqsAndPositions,
            false => IndexRecordOption::WithFreqs,
        };
        let mut postings = source.postings.read_postings_from_terminfo(info, record)?;
        while postings.doc() != TERMINATED {
            self.hits.push(PostingHit {
                document: source.first + postings.doc(),
                more: postings.term_freq() - 1,
                norm: source.lengths.fieldnorm_id(postings.doc()),
            });
            if with_positions {
                postings.positions(&mut self.places);
                let mut next = 0;
                for &place in &self.places {
                    self.gaps.push(place - next);
                    next = place + 1;
                }
            }
            postings.advance();
        }
        Ok(())
    }

    /// Encodes the positions in ranges that end where those of `list` do or earlier. Each range
    /// begins with a byte: the Rice parameter `k` of a document that has the term once. Where the
    /// term occurs more often, its gaps are shorter, and the parameter is smaller by [`nearer`].
    fn positions(&mut self, list: &[PostingRange], most: usize) -> Stretches {
        // Choose `k`: scale each document's gaps to what they would be if it had the term once, and
        // take the parameter for their mean.
        let (mut sum, mut rest) = (0, self.gaps.as_slice());
        for hit in &self.hits {
            let (own, others) = rest.split_at(hit.more as usize + 1);
            sum += own.iter().map(|&gap| u64::from(gap)).sum::<u64>() << nearer(hit.more);
            rest = others;
        }
        let k = rice_parameter(sum, self.gaps.len());
        // Encode the gaps of each document, with the parameter for its frequency.
        let (mut gaps, mut hits) = (self.gaps.as_slice(), self.hits.as_slice());
        let begin = |bits: &mut Bits| bits.add(u64::from(k), 8);
        let mut positions = Stretches::new();
        for stretch in list {
            let (inside, others) = hits.split_at(stretch.documents as usize);
            positions.extend(stretches(inside, &mut self.bits, most, begin, |bits, hit| {
                let (own, others) = gaps.split_at(hit.more as usize + 1);
                let k = k.saturating_sub(nearer(hit.more));
                own.iter().for_each(|&gap| bits.add_rice(gap, k));
                gaps = others;
            }));
            hits = others;
        }
        positions
    }
}

/// Encodes documents and term frequencies in ranges. Each range begins with a byte that holds the
/// Rice parameters of gaps and frequencies; `with_norms` also adds the smallest length class and
/// the number of bits that the others take beyond it. Then follow, for each document, its gap,
/// frequency and class.
pub(super) fn list(hits: &[PostingHit], with_norms: bool, bits: &mut Bits) -> Stretches {
    let count = hits.len();
    let span = hits.last().map_or(0, |hit| hit.document as usize + 1);
    let distance = match span - count {
        0 => NEIGHBOURS,
        between => rice_parameter(between as u64, count),
    };
    let more = hits.iter().map(|hit| u64::from(hit.more)).sum();
    let frequency = rice_parameter(more, count).min(7);
    let norms = || hits.iter().map(|hit| hit.norm);
    let (least, most) = match with_norms {
        true => (norms().min().unwrap_or(0), norms().max().unwrap_or(0)),
        false => (0, 0),
    };
    let width = u8::BITS - (most - least).leading_zeros();
    let begin = |bits: &mut Bits| {
        bits.add(u64::from(distance | frequency << 5), 8);
        if with_norms {
            bits.add(u64::from(least), 8);
            // A single document has the smallest class, so that no width is needed.
            if count > 1 {
                bits.add(u64::from(width), 8);
            }
        }
    };
    let mut next = 0;
    let add = |bits: &mut Bits, hit: &PostingHit| {
        if distance != NEIGHBOURS {
            bits.add_rice(hit.document - next, distance);
        }
        bits.add_rice(hit.more, frequency);
        if with_norms {
            bits.add(u64::from(hit.norm - least), width);
        }
        next = hit.document + 1;
    };
    stretches(hits, bits, STRETCH, begin, add)
}

/// By how many bits the gaps of a document are shorter that has the term `more` times beyond the
/// first.
fn nearer(more: u32) -> u32 {
    (more + 2).ilog2() - 1
}

/// Encodes `hits` in ranges: `begin` writes the header of each range, `add` one document. `bits`
/// must be empty, and is empty afterwards. A range ends with the first document after `most`
/// bytes.
fn stretches(
    hits: &[PostingHit],
    bits: &mut Bits,
    most: usize,
    begin: impl Fn(&mut Bits),
    mut add: impl FnMut(&mut Bits, &PostingHit),
) -> Stretches {
    let mut stretches = Stretches::new();
    let mut documents = 0;
    for (at, hit) in hits.iter().enumerate() {
        if documents == 0 {
            begin(bits);
        }
        add(bits, hit);
        documents += 1;
        if bits.len() >= most || at + 1 == hits.len() {
            stretches.push(PostingRange { documents, last: hit.document, bytes: bits.finish() });
            documents = 0;
        }
    }
    stretches
}

/// Appends a number in LEB128: seven bits per byte, the lowest first; the high bit means that more
/// bytes follow.
pub(super) fn add_number(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

#[cfg(test)]
mod tests {
    use super::{
        Bits, ListBytes, Numbers, PostingHit, PostingRange, STRETCH, add_number, list, nearer,
    };

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
    fn a_single_hit_takes_three_bytes() {
        let hits = vec![PostingHit { document: 5, more: 0, norm: 7 }];
        let mut numbers = Numbers { hits, gaps: vec![70], ..Numbers::default() };
        let alone = |bytes: &[u8]| PostingRange {
            documents: 1,
            last: 5,
            bytes: ListBytes::from_slice(bytes),
        };
        // 5 by k = 2 is 1 0 and 10, the lowest first, and no more than once is 0.
        let list = list(&numbers.hits, true, &mut Bits::default());
        assert_eq!(list[..], [alone(&[2, 7, 0b0_0101])]);
        // 70 by k = 6 is 1 0 and 011000, the lowest first.
        let positions = numbers.positions(&list, STRETCH);
        assert_eq!(positions[..], [alone(&[6, 0b0001_1001])]);
    }

    #[test]
    fn a_list_of_every_document_has_no_distances() {
        let hits = |from| -> Vec<PostingHit> {
            (from..from + 800).map(|document| PostingHit { document, more: 0, norm: 7 }).collect()
        };
        let bytes = |hits: &[PostingHit]| list(hits, false, &mut Bits::default())[0].bytes.clone();
        // A bit each says that the word stands there once.
        assert_eq!(bytes(&hits(0))[..], [&[31][..], &[0; 100]].concat());
        assert_eq!(bytes(&hits(1))[..2], [0, 1]);
        assert_eq!(bytes(&hits(1)).len(), 1 + 201);
    }

    #[test]
    fn positions_end_where_their_list_ends() {
        let hits = (0..30_000).map(|at| PostingHit { document: 2 * at, more: at % 3, norm: 40 });
        let hits: Vec<PostingHit> = hits.collect();
        let gaps = hits.iter().flat_map(|hit| vec![200; hit.more as usize + 1]).collect();
        let mut numbers = Numbers { hits, gaps, ..Numbers::default() };
        let list = list(&numbers.hits, false, &mut Bits::default());
        let positions = numbers.positions(&list, STRETCH);
        assert!(list.len() > 1 && positions.len() > list.len());
        assert_eq!(list.iter().map(|stretch| stretch.documents).sum::<u32>(), 30_000);
        assert_eq!(positions.iter().map(|stretch| stretch.documents).sum::<u32>(), 30_000);
        let ends: Vec<u32> = positions.iter().map(|stretch| stretch.last).collect();
        assert!(list.iter().all(|stretch| ends.contains(&stretch.last)));
    }

    #[test]
    fn places_are_nearer_the_more_there_are() {
        assert_eq!([0, 1, 2, 5, 6, 14].map(nearer), [0, 0, 1, 1, 2, 3]);
    }
}
