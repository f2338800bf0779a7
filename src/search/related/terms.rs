//! The **terms** of the texts: which texts have a term, how rare it is, and how similar two texts
//! are by the terms that they share.
//!
//! Similarity is BM25, as in tantivy, with the exact lengths of the texts. Every text is asked for
//! once, with terms that few texts have, so adding up the scores of these few takes a fifth of the
//! time that a search engine needs.
//!
//! Not in here: the texts, and what becomes of those that are similar (`related`).

use std::borrow::Cow;

use rayon::prelude::*;

use crate::search::analyzer::{normalise, spans, stem, tokens};
use crate::search::dictionary::beginning;

/// Number of terms by which a text is compared with the others.
const TERMS: usize = 20;

/// The constants of BM25.
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// The terms of some texts.
pub(super) struct TextTerms {
    /// Every term by its number, with its key from [`keyed`], in the order of the terms.
    all: Vec<(u64, String)>,
    /// By the number of a term: each text that has it, and how often.
    having: Vec<Vec<(u32, u32)>>,
    /// By the number of a text: the numbers of its terms, and how often it has each.
    of_texts: Vec<Vec<(u32, u32)>>,
    /// By the number of a text: what its length adds to the denominator of BM25.
    norms: Vec<f32>,
}

/// Room for the scores of all texts, all zero between two uses.
pub(super) struct Scores(Vec<f32>);

impl TextTerms {
    /// The terms of `texts`, which are in normal form.
    pub fn of(texts: &[String]) -> Self {
        let counted: Vec<CountedTerms<'_>> = texts.par_iter().map(|text| counted(text)).collect();
        let mut all: Vec<(u64, &str)> = counted
            .iter()
            .flat_map(|text| text.terms.iter().map(|(term, _)| keyed(term)))
            .collect();
        all.par_sort_unstable();
        all.dedup();
        let of_text = |text: &CountedTerms<'_>| {
            let number = |term| all.binary_search(&keyed(term)).expect("all terms are in the list");
            text.terms.iter().map(|(term, count)| (number(term) as u32, *count)).collect()
        };
        let of_texts: Vec<Vec<(u32, u32)>> = counted.par_iter().map(of_text).collect();
        let mut having = vec![Vec::new(); all.len()];
        for (text, terms) in (0..).zip(&of_texts) {
            for &(term, count) in terms {
                having[term as usize].push((text, count));
            }
        }
        let lengths = || counted.iter().map(|text| text.length as f32);
        let mean = (lengths().sum::<f32>() / texts.len() as f32).max(1.0);
        let norms = lengths().map(|length| K1 * (1.0 - B + B * length / mean)).collect();
        let all = all.into_iter().map(|(key, term)| (key, term.to_owned())).collect();
        Self { all, having, of_texts, norms }
    }

    /// Room for [`alike`](Self::alike).
    pub fn room(&self) -> Scores {
        Scores(vec![0.0; self.of_texts.len()])
    }

    /// The `most` texts that are most similar to the text `number`, most similar first. Each has
    /// its similarity, where 1 is that of a text to itself.
    pub fn alike(
        &self,
        number: usize,
        most: usize,
        Scores(scores): &mut Scores,
    ) -> Vec<(usize, f32)> {
        let mut found: Vec<u32> = Vec::new();
        for (term, weight) in self.telling(number) {
            let having = &self.having[term as usize];
            let (all, some) = (scores.len() as f32, having.len() as f32);
            let weight = weight * (1.0 + K1) * (1.0 + (all - some + 0.5) / (some + 0.5)).ln();
            for &(text, count) in having {
                let at = text as usize;
                if scores[at] == 0.0 {
                    found.push(text);
                }
                scores[at] += weight * count as f32 / (count as f32 + self.norms[at]);
            }
        }
        let own = scores[number];
        let mut alike: Vec<(u32, f32)> = found
            .into_iter()
            .map(|text| (text, std::mem::take(&mut scores[text as usize])))
            .collect();
        alike.retain(|(text, _)| *text as usize != number);
        let by_score =
            |(one, a): &(u32, f32), (other, b): &(u32, f32)| b.total_cmp(a).then(one.cmp(other));
        if alike.len() > most {
            alike.select_nth_unstable_by(most, by_score);
            alike.truncate(most);
        }
        alike.sort_unstable_by(by_score);
        alike.into_iter().map(|(text, score)| (text as usize, score / own)).collect()
    }

    /// Is any part of `word` rare enough to distinguish texts? 推進 and 整備, which half of all
    /// titles have, are not.
    pub fn tells(&self, word: &str) -> bool {
        let having = |term: &str| {
            let found =
                self.all.binary_search_by(|(key, other)| (*key, other.as_str()).cmp(&keyed(term)));
            found.map_or(0, |number| self.having[number].len())
        };
        let mut parts = tokens(&normalise(word)).into_iter().filter(|token| token.length > 1);
        parts.any(|part| having(&part.text) <= self.many())
    }

    /// The most distinctive terms of a text, best first, each with its weight (TF-IDF, where the
    /// best has 1). A term that no other text has cannot find any, and a term that many have
    /// distinguishes nothing; both are left out.
    fn telling(&self, number: usize) -> Vec<(u32, f32)> {
        let mut terms: Vec<(u32, f32)> = (self.of_texts[number].iter())
            .filter_map(|&(term, count)| {
                let having = self.having[term as usize].len();
                let rarity = (self.of_texts.len() as f32 / having as f32).ln();
                (2..=self.many()).contains(&having).then_some((term, count as f32 * rarity))
            })
            .collect();
        // The sort is stable, so equal terms stay in the order of the alphabet.
        terms.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        terms.truncate(TERMS);
        let best = terms.first().map_or(1.0, |(_, weight)| *weight);
        terms.into_iter().map(|(term, weight)| (term, weight / best)).collect()
    }

    /// Number of texts above which a term that they have distinguishes nothing.
    fn many(&self) -> usize {
        (self.of_texts.len() / 12).max(4)
    }
}

/// The terms of one text.
struct CountedTerms<'t> {
    /// Each term once, with how often the text has it.
    terms: Vec<(Cow<'t, str>, u32)>,
    /// The number of all tokens.
    length: usize,
}

/// The terms of `text`. A single character, such as the edge of a run, is no term.
fn counted(text: &str) -> CountedTerms<'_> {
    let mut length = 0;
    let mut terms: Vec<Cow<'_, str>> = spans(text.char_indices(), text.len())
        .inspect(|_| length += 1)
        .filter(|span| span.length > 1)
        .map(|span| stem(&text[span.range]))
        .collect();
    terms.sort_unstable();
    let same = terms.chunk_by(|a, b| a == b);
    let terms = same.map(|same| (same[0].clone(), same.len() as u32)).collect();
    CountedTerms { terms, length }
}

/// A term after its first eight bytes as a number, which are faster to compare and differ for most
/// terms.
fn keyed(term: &str) -> (u64, &str) {
    (beginning(term.as_bytes()), term)
}

#[cfg(test)]
mod tests {
    use super::TextTerms;

    #[test]
    fn a_text_is_most_similar_to_those_that_share_its_rare_terms() {
        let mut texts: Vec<String> = (0..60).map(|n| format!("道路整備{n}号線")).collect();
        let others = ["空家対策協議会", "空家対策補助金", "空家見学会", "公園再生"];
        texts.extend(others.map(str::to_owned));
        let terms = TextTerms::of(&texts);
        let mut room = terms.room();
        let alike = terms.alike(60, 12, &mut room);
        // 整備, which most texts have, is no sign of similarity.
        assert_eq!(alike.iter().map(|(text, _)| *text).collect::<Vec<_>>(), [61, 62]);
        assert!(alike[0].1 > 2.0 * alike[1].1 && alike[1].1 > 0.0, "{alike:?}");
        assert_eq!(terms.alike(60, 1, &mut room), alike[..1]);
        assert!(room.0.iter().all(|score| *score == 0.0));
        assert_eq!(terms.alike(63, 12, &mut room), []);
        assert!(terms.tells("空家") && !terms.tells("整備"));
        assert!(TextTerms::of(&[]).of_texts.is_empty());
    }
}
