//! The **best documents** of a common term (see [`COMMON`]) are stored beside its posting lists,
//! with the values that their scores are computed from. A query of that one term can then show its
//! first results without reading lists that name half of the site's documents. The best documents
//! are chosen over the whole site. Splitting each list by document, with a maximum score for each
//! part, would not help: nearly all parts would have to be read.
//!
//! Not in here: the lists themselves (`postings`).

use tantivy::fieldnorm::FieldNormReader;

use super::bits::Bits;
use super::fields::{FIELDS, KANJI, handle};
use super::postings::{COMMON, PostingHit, Postings, Stretches, list};
use super::segments::Segments;

/// Number of documents that are kept: five pages of results.
const KEPT: usize = 50;

/// The lists that a search for this term alone reads: for a single kanji those of the fields of
/// kanji and of words, which come last, otherwise those of the text fields, which come first.
fn searched(lists: &[(usize, Vec<PostingHit>)]) -> &[(usize, Vec<PostingHit>)] {
    match lists.iter().position(|(field, _)| *field == KANJI) {
        Some(kanji) => &lists[kanji..],
        None => &lists[..lists.iter().take_while(|(field, _)| FIELDS[*field].positions).count()],
    }
}

/// tantivy's k₁ and b.
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// The statistics of the index that BM25 needs.
pub(super) struct ScoreScale {
    documents: u32,
    /// For each field and each class of field length, what that length adds to the denominator of
    /// the score.
    norms: Vec<Vec<f32>>,
}

impl ScoreScale {
    /// Reads the number of documents and the mean length of each field from `segments`.
    ///
    /// # Errors
    ///
    /// Where tantivy cannot read a field.
    pub fn of(segments: &Segments) -> tantivy::Result<Self> {
        let (mut documents, mut tokens) = (0, [0; FIELDS.len()]);
        for (_, reader) in segments.readers() {
            documents += reader.max_doc();
            for (number, tokens) in tokens.iter_mut().enumerate() {
                *tokens += reader.inverted_index(handle(number))?.total_num_tokens();
            }
        }
        let norm = |average: f32, class| {
            let length = FieldNormReader::id_to_fieldnorm(class) as f32;
            K1 * (1.0 - B + B * length / average)
        };
        let norms = tokens.map(|tokens| {
            let average = tokens as f32 / documents as f32;
            (0..=u8::MAX).map(|class| norm(average, class)).collect()
        });
        Ok(Self { documents, norms: norms.into() })
    }

    /// The factor of every hit in `field` of a term that `documents` documents have there: the
    /// inverse document frequency times the field's boost.
    fn weight(&self, field: usize, documents: usize) -> f32 {
        let (all, documents) = (self.documents as f32, documents as f32);
        let rarity = 1.0 + (all - documents + 0.5) / (documents + 0.5);
        // As in the browser, only the final result is rounded to 32 bits.
        let idf = f64::from(rarity).ln() as f32;
        idf * (1.0 + K1) * FIELDS[field].boost
    }

    /// The BM25 score of one hit; `weight` is that of its term and field.
    fn score(&self, field: usize, weight: f32, hit: &PostingHit) -> f32 {
        let times = hit.more as f32 + 1.0;
        weight * (times / (times + self.norms[field][usize::from(hit.norm)]))
    }
}

/// Finds the best documents of one term after the other.
#[derive(Default)]
pub(super) struct Best {
    /// Score of each document; negative for those not found. Kept between calls.
    scores: Vec<f32>,
    found: Vec<u32>,
}

impl Best {
    /// For a common term: how many documents have it, and for each field the list of the best
    /// documents; `None` for a term that is not common. `lists` are those of all fields in their
    /// order.
    pub fn of(
        &mut self,
        scale: &ScoreScale,
        lists: &[(usize, Vec<PostingHit>)],
    ) -> Option<(u32, Vec<Postings>)> {
        let lists = searched(lists);
        // 1. Leave terms alone that are not common.
        if lists.iter().map(|(_, hits)| hits.len()).sum::<usize>() <= COMMON as usize {
            return None;
        }
        // 2. Add up the score of each document over all fields. A negative score marks a document
        // that was not found yet.
        self.scores.resize(scale.documents as usize, -1.0);
        self.found.clear();
        for (field, hits) in lists {
            let weight = scale.weight(*field, hits.len());
            for hit in hits {
                let score = &mut self.scores[hit.document as usize];
                if *score < 0.0 {
                    self.found.push(hit.document);
                    *score = 0.0;
                }
                *score += scale.score(*field, weight, hit);
            }
        }
        // 3. Keep the documents with the highest scores, then order them by number.
        let total = self.found.len();
        if total > KEPT {
            let scores = &self.scores;
            self.found.select_nth_unstable_by(KEPT, |&a, &b| {
                scores[b as usize].total_cmp(&scores[a as usize]).then(a.cmp(&b))
            });
        }
        let mut best = self.found[..total.min(KEPT)].to_vec();
        best.sort_unstable();
        // 4. Reset the scores for the next term.
        for &document in &self.found {
            self.scores[document as usize] = -1.0;
        }
        // 5. For each field, write a list of those kept documents that have the term in it. Its
        // field number is beyond those of the ordinary lists.
        let kept = lists.iter().filter_map(|(field, hits)| {
            let place = |document| hits.binary_search_by_key(document, |hit| hit.document).ok();
            let own: Vec<PostingHit> = best.iter().filter_map(place).map(|at| hits[at]).collect();
            (!own.is_empty()).then(|| Postings {
                field: FIELDS.len() + field,
                documents: own.len() as u32,
                with_norms: true,
                list: list(&own, true, &mut Bits::default()),
                positions: Stretches::new(),
                long: false,
            })
        });
        Some((total as u32, kept.collect()))
    }
}
