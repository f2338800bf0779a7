//! The **memory index** answers queries with tantivy itself. The tests compare the browser's
//! answers with these.
//!
//! Not in here: building tantivy's index (`index`), and what a query means (`plan`).

use tantivy::query::{BooleanQuery, Query};

use super::explanation::{Explanation, ScorePart};
use super::loose::Loose;
use super::nearness::nearness;
use super::plan::{QueryPlan, plan};
use super::queries::{count, fragments, loose, strict};
use super::readings::Readings;
use super::segments::Segments;
use super::suggestions::Suggestions;
use super::words::Words;

/// A search index in memory.
pub struct MemoryIndex {
    segments: Segments,
    synonyms: Vec<Vec<String>>,
    readings: Readings,
    words: Words,
    suggestions: Suggestions,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// Number of documents found, in both tiers.
    pub total: usize,
    /// The best documents, those of tier A first.
    pub hits: Vec<DocumentHit>,
    /// Suggestions, where tier A finds nothing.
    pub meant: Vec<String>,
}

/// How strictly a document matches the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    /// It has every keyword.
    A,
    /// It has a part of the query.
    B,
}

/// One document found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DocumentHit {
    /// The document's number: its index among the documents of the corpus.
    pub document: u32,
    /// The document's BM25 score over all fields.
    pub score: f32,
    /// The tier that found it.
    pub tier: Tier,
}

impl MemoryIndex {
    pub(super) fn new(
        segments: Segments,
        synonyms: Vec<Vec<String>>,
        readings: Readings,
        suggestions: Suggestions,
    ) -> tantivy::Result<Self> {
        let words = Words::of(&segments)?;
        Ok(Self { segments, synonyms, readings, words, suggestions })
    }

    /// tantivy's segments.
    pub(super) fn segments(&self) -> &Segments {
        &self.segments
    }

    /// The suggestions for queries that find nothing.
    pub(super) fn suggestions(&self) -> &Suggestions {
        &self.suggestions
    }

    /// The readings of the site's words.
    pub(super) fn readings(&self) -> &Readings {
        &self.readings
    }

    /// The Latin words of the index.
    pub(super) fn words(&self) -> &Words {
        &self.words
    }

    /// The documents that match `query`: tier A before tier B, best first, ties in the order of the
    /// corpus; at most `limit` of them.
    ///
    /// Tier B is asked where tier A finds too little (see [`QueryPlan::wants_loose`]).
    ///
    /// # Errors
    ///
    /// Where tantivy cannot read its index.
    pub fn search(&self, query: &str, limit: usize) -> tantivy::Result<Answer> {
        let plan = plan(query, &self.synonyms, &self.readings);
        if plan.keywords.is_empty() && plan.excluded.is_empty() {
            return Ok(Answer::default());
        }
        let mut hits = match &plan.loose {
            Some(Loose { question: true, .. }) => Vec::new(),
            _ => self.hits(&self.strict(&plan)?, Tier::A)?,
        };
        if let Some(parts) = plan.loose.as_ref().filter(|_| plan.wants_loose(hits.len())) {
            let mut found: Vec<u32> = hits.iter().map(|hit| hit.document).collect();
            found.sort_unstable();
            let more = self.hits(&self.loose(&plan, parts)?, Tier::B)?;
            hits.extend(more.into_iter().filter(|hit| found.binary_search(&hit.document).is_err()));
        }
        if hits.is_empty() && !plan.fragments.is_empty() {
            hits = self.hits(&fragments(&plan), Tier::B)?;
        }
        let total = hits.len();
        let meant = match hits.first() {
            Some(DocumentHit { tier: Tier::A, .. }) => Vec::new(),
            _ => self.suggestions.near(&plan),
        };
        hits.truncate(limit);
        Ok(Answer { total, hits, meant })
    }

    /// Every document that matches `query` with its score, without pruning, best first.
    fn hits(&self, query: &dyn Query, tier: Tier) -> tantivy::Result<Vec<DocumentHit>> {
        let mut hits = Vec::new();
        self.segments
            .for_each(query, |document, score| hits.push(DocumentHit { document, score, tier }))?;
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.document.cmp(&b.document)));
        Ok(hits)
    }

    /// Explains the score of `hit` for `query`.
    ///
    /// # Errors
    ///
    /// Where tantivy cannot read its index, or `hit` is no answer.
    pub fn explain(&self, query: &str, hit: DocumentHit) -> tantivy::Result<Explanation> {
        let plan = plan(query, &self.synonyms, &self.readings);
        let value = |query: &dyn Query| {
            self.segments.explain(query, hit.document).ok().map(|explained| explained.value())
        };
        let near = || nearness(&plan, &self.segments);
        let parts = match (hit.tier, &plan.loose) {
            (Tier::B, Some(loose)) => ScorePart::of_loose(&plan, loose, near()?, value),
            (Tier::B, None) => ScorePart::of_fragments(&plan, value),
            _ => ScorePart::of_strict(&plan, &self.words, near()?, value),
        };
        let tree = self.segments.explain(&*self.query(&plan, hit.tier)?, hit.document)?;
        Ok(Explanation { parts, score: tree.value(), tree: tree.to_pretty_json() })
    }

    /// The query of `plan` in `tier`.
    fn query(&self, plan: &QueryPlan, tier: Tier) -> tantivy::Result<Box<dyn Query>> {
        Ok(match (tier, &plan.loose) {
            (Tier::B, Some(parts)) => Box::new(self.loose(plan, parts)?),
            (Tier::B, None) => Box::new(fragments(plan)),
            _ => Box::new(self.strict(plan)?),
        })
    }

    /// The query of tier B of `plan`. It requires `parts.needed` parts, or, where no document has
    /// as many, the highest number that any document has.
    fn loose(&self, plan: &QueryPlan, parts: &Loose) -> tantivy::Result<BooleanQuery> {
        let mut most = 0.0_f32;
        self.segments.for_each(&count(parts), |_, parts| most = most.max(parts))?;
        let needed = parts.needed.min(most as usize).max(1);
        Ok(loose(plan, parts, needed, nearness(plan, &self.segments)?))
    }

    /// The query of tier A of `plan`.
    fn strict(&self, plan: &QueryPlan) -> tantivy::Result<BooleanQuery> {
        Ok(strict(plan, &self.words, nearness(plan, &self.segments)?))
    }
}
