//! **Best documents** of a common term: those that a search for nothing else shows first, with what
//! their scores are made of, so that it need not read a list of half the site. They lie over all of
//! the site; a list cut by its documents with the best score of each part would have to be read
//! nearly whole.
//!
//! Not in here: the lists themselves (`postings`).

use tantivy::fieldnorm::FieldNormReader;

use super::bits::Bits;
use super::fields::{FIELDS, KANJI, handle};
use super::postings::{COMMON, PostingHit, Postings, Stretches, list};
use super::segments::Segments;

/// So many are kept: five pages of results.
const KEPT: usize = 50;

/// Of `lists`, those that a search for the term alone looks into: of a single kanji that field's,
/// else those of texts.
pub(super) fn searched(lists: &[(usize, Vec<PostingHit>)]) -> &[(usize, Vec<PostingHit>)] {
    match lists.iter().position(|(field, _)| *field == KANJI) {
        Some(kanji) => &lists[kanji..=kanji],
        None => &lists[..lists.iter().take_while(|(field, _)| FIELDS[*field].positions).count()],
    }
}

/// tantivy's k₁ and b.
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// By what scores are measured: the size of the index.
pub(super) struct ScoreScale {
    documents: u32,
    /// By field, what a class of lengths adds to the denominator.
    norms: Vec<Vec<f32>>,
}

impl ScoreScale {
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

    /// What a field's hits are worth, of a term that so many documents have there.
    fn weight(&self, field: usize, documents: usize) -> f32 {
        let (all, documents) = (self.documents as f32, documents as f32);
        let rarity = 1.0 + (all - documents + 0.5) / (documents + 0.5);
        // As a browser does: only the result is rounded to 32 bits.
        let idf = f64::from(rarity).ln() as f32;
        idf * (1.0 + K1) * FIELDS[field].boost
    }

    fn score(&self, field: usize, weight: f32, hit: &PostingHit) -> f32 {
        let times = hit.more as f32 + 1.0;
        weight * (times / (times + self.norms[field][usize::from(hit.norm)]))
    }
}

/// Finds the best documents of one term after the other.
#[derive(Default)]
pub(super) struct Best {
    /// By document.
    scores: Vec<f32>,
    found: Vec<u32>,
}

impl Best {
    /// In how many documents a common term is, and of each field the list of the best documents;
    /// nothing of one that is not common. `lists` are those of the fields that are searched.
    pub fn of(
        &mut self,
        scale: &ScoreScale,
        lists: &[(usize, Vec<PostingHit>)],
    ) -> Option<(u32, Vec<Postings>)> {
        if lists.iter().map(|(_, hits)| hits.len()).sum::<usize>() <= COMMON as usize {
            return None;
        }
        // Less than nought: not found.
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
        let total = self.found.len();
        if total > KEPT {
            let scores = &self.scores;
            self.found.select_nth_unstable_by(KEPT, |&a, &b| {
                scores[b as usize].total_cmp(&scores[a as usize]).then(a.cmp(&b))
            });
        }
        let mut best = self.found[..total.min(KEPT)].to_vec();
        best.sort_unstable();
        for &document in &self.found {
            self.scores[document as usize] = -1.0;
        }
        let kept = lists.iter().filter_map(|(field, hits)| {
            let place = |document| hits.binary_search_by_key(document, |hit| hit.document).ok();
            let own: Vec<PostingHit> = best.iter().filter_map(place).map(|at| hits[at]).collect();
            (!own.is_empty()).then(|| Postings {
                field: FIELDS.len() + field,
                documents: own.len() as u32,
                with_norms: true,
                list: list(&own, true, &mut Bits::default()),
                positions: Stretches::new(),
            })
        });
        Some((total as u32, kept.collect()))
    }
}
