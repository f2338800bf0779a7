//! The **explanation** of a result: which part of the query matches in which field, and how much
//! that adds to tantivy's score. The browser explains its results in the same parts
//! (`assets/search/explain.js`).
//!
//! Not in here: how queries are built (`queries`).

use tantivy::query::Query;

use super::fields::FIELDS;
use super::loose::Loose;
use super::plan::{Keyword, QueryPlan};
use super::queries::{
    ByField, FieldWeights, INSIDE, THERE, VARIANT, keyword_by_field, optional, others, parts,
    whole_word,
};
use super::words::Words;

/// Why a document is a result.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The parts of the score; their sum is the score.
    pub parts: Vec<ScorePart>,
    /// The score.
    pub score: f32,
    /// tantivy's own explanation, as JSON.
    pub tree: String,
}

/// Takes the place of the field where keywords are near each other.
const NEAR: &str = "near";

/// What one field contributes to the score.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct ScorePart {
    /// The keyword or its best variant; in tier B a token or a year.
    pub words: String,
    /// Name of the field, or [`NEAR`] where the keywords are near each other.
    pub field: &'static str,
    /// What it adds to the score.
    pub score: f32,
}

impl ScorePart {
    /// The parts of a result of tier A. `value` returns the score of a query for the document,
    /// `None` where the document does not match.
    pub(super) fn of_strict(
        plan: &QueryPlan,
        words: &Words,
        near: Vec<Box<dyn Query>>,
        value: impl Fn(&dyn Query) -> Option<f32>,
    ) -> Vec<Self> {
        let weights = FieldWeights::of(plan);
        let best = |keyword: &Keyword| {
            let own = Self::of_way(keyword, weights, 1.0, &value);
            let others =
                others(keyword, words).map(|way| Self::of_way(&way, weights, VARIANT, &value));
            // The first of the highest sums, since a disjunction takes the maximum.
            others.fold(own, |best, way| if sum(&way) > sum(&best) { way } else { best })
        };
        plan.keywords.iter().flat_map(best).chain(Self::of_nearness(plan, near, &value)).collect()
    }

    /// The parts of a result of tier B for a query of a single word.
    pub(super) fn of_fragments(
        plan: &QueryPlan,
        value: impl Fn(&dyn Query) -> Option<f32>,
    ) -> Vec<Self> {
        let weights = FieldWeights::of(plan);
        plan.fragments.iter().flat_map(|piece| Self::of_way(piece, weights, 1.0, &value)).collect()
    }

    /// The parts of a result of tier B for a query of several words.
    pub(super) fn of_loose(
        plan: &QueryPlan,
        loose: &Loose,
        near: Vec<Box<dyn Query>>,
        value: impl Fn(&dyn Query) -> Option<f32>,
    ) -> Vec<Self> {
        // The constant score for containing the part at all is added to the first field that has
        // it.
        let parts = parts(loose).flat_map(|(words, fields)| {
            let mut parts = Self::each(&words, fields, 1.0, &value);
            parts.iter_mut().take(1).for_each(|first| first.score += THERE);
            parts
        });
        let quoted = plan.keywords.iter().filter(|keyword| keyword.quoted);
        let weights = FieldWeights::of(plan);
        let quoted = quoted.flat_map(|keyword| Self::of_way(keyword, weights, 1.0, &value));
        let optional =
            optional(loose).flat_map(|(words, fields)| Self::each(&words, fields, 1.0, &value));
        parts.chain(quoted).chain(optional).chain(Self::of_nearness(plan, near, &value)).collect()
    }

    /// The part of keywords that are near each other; `None` where none are.
    fn of_nearness(
        plan: &QueryPlan,
        near: Vec<Box<dyn Query>>,
        value: &impl Fn(&dyn Query) -> Option<f32>,
    ) -> Option<Self> {
        let score: f32 = near.iter().filter_map(|query| value(query.as_ref())).sum();
        let words: Vec<&str> = plan.keywords.iter().map(|keyword| keyword.text.as_str()).collect();
        (score > 0.0).then(|| Self { words: words.join(" "), field: NEAR, score })
    }

    /// The parts of one keyword or variant, whose scores are multiplied by `worth`; a katakana word
    /// that matches only within longer words counts less.
    fn of_way(
        keyword: &Keyword,
        weights: FieldWeights,
        worth: f32,
        value: &impl Fn(&dyn Query) -> Option<f32>,
    ) -> Vec<Self> {
        let is_inside = whole_word(keyword).is_some_and(|whole| value(whole.as_ref()).is_none());
        let worth = if is_inside { worth * INSIDE } else { worth };
        Self::each(&keyword.text, keyword_by_field(keyword, weights), worth, value)
    }

    /// One part for each of `fields` that matches.
    fn each(
        words: &str,
        fields: ByField,
        worth: f32,
        value: &impl Fn(&dyn Query) -> Option<f32>,
    ) -> Vec<Self> {
        let part = |(number, query): (usize, Box<dyn Query>)| {
            let score = value(query.as_ref())? * worth;
            Some(Self { words: words.to_owned(), field: FIELDS[number].name, score })
        };
        fields.into_iter().filter_map(part).collect()
    }
}

fn sum(parts: &[ScorePart]) -> f32 {
    parts.iter().map(|part| part.score).sum()
}
