//! The **explanation** of a result: which part of the query it has in which field, and what that is
//! worth, in tantivy's own numbers. The browser explains in the same parts
//! (`assets/search/explain.js`).
//!
//! Not in here: which queries there are (`queries`).

use tantivy::query::Query;

use super::fields::FIELDS;
use super::plan::{Keyword, Loose, QueryPlan};
use super::queries::{
    ByField, INSIDE, THERE, VARIANT, keyword_by_field, optional, others, parts, whole_word,
};
use super::words::Words;

/// Why a document is a result.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// What it is worth, part by part; their sum is the score.
    pub parts: Vec<ScorePart>,
    /// The score.
    pub score: f32,
    /// tantivy's own explanation, as JSON.
    pub tree: String,
}

/// What one field has of the query.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct ScorePart {
    /// The keyword, or the way to say it that counts; of tier B a token or a year.
    pub words: String,
    /// Name of the field.
    pub field: &'static str,
    /// What it adds to the score.
    pub score: f32,
}

impl ScorePart {
    /// The parts of tier A; `value` gives a query's value for the document.
    pub(super) fn of_strict(
        plan: &QueryPlan,
        words: &Words,
        value: impl Fn(&dyn Query) -> Option<f32>,
    ) -> Vec<Self> {
        let best = |keyword: &Keyword| {
            let own = Self::of_way(keyword, 1.0, &value);
            let others = others(keyword, words).map(|way| Self::of_way(&way, VARIANT, &value));
            // The first of the best, as a disjunction takes the greatest.
            others.fold(own, |best, way| if sum(&way) > sum(&best) { way } else { best })
        };
        plan.keywords.iter().flat_map(best).collect()
    }

    /// The parts of tier B of a single word.
    pub(super) fn of_fragments(
        plan: &QueryPlan,
        value: impl Fn(&dyn Query) -> Option<f32>,
    ) -> Vec<Self> {
        plan.fragments.iter().flat_map(|piece| Self::of_way(piece, 1.0, &value)).collect()
    }

    /// The parts of tier B of several words.
    pub(super) fn of_loose(
        plan: &QueryPlan,
        loose: &Loose,
        value: impl Fn(&dyn Query) -> Option<f32>,
    ) -> Vec<Self> {
        // That it is there at all is told with the first field that has it.
        let parts = parts(loose).flat_map(|(words, fields)| {
            let mut parts = Self::each(&words, fields, 1.0, &value);
            parts.iter_mut().take(1).for_each(|first| first.score += THERE);
            parts
        });
        let quoted = plan.keywords.iter().filter(|keyword| keyword.quoted);
        let quoted = quoted.flat_map(|keyword| Self::of_way(keyword, 1.0, &value));
        let optional =
            optional(loose).flat_map(|(words, fields)| Self::each(&words, fields, 1.0, &value));
        parts.chain(quoted).chain(optional).collect()
    }

    fn of_way(
        keyword: &Keyword,
        worth: f32,
        value: &impl Fn(&dyn Query) -> Option<f32>,
    ) -> Vec<Self> {
        let is_inside = whole_word(keyword).is_some_and(|whole| value(whole.as_ref()).is_none());
        let worth = if is_inside { worth * INSIDE } else { worth };
        Self::each(&keyword.text, keyword_by_field(keyword), worth, value)
    }

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
