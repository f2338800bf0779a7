//! The **oracle**: tantivy's own answer to a query, by which the browser's is judged.

use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, DisjunctionMaxQuery, EnableScoring, Occur, PhraseQuery,
    Query, TermQuery,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{Index, ReloadPolicy, Searcher, SegmentReader, Term};

use super::fields::{FIELDS, KANJI, YEAR, handle};
use super::plan::{Keyword, Loose, Plan, keyword_of, plan};
use super::words::Words;

/// What another way to say a keyword is worth beside the keyword itself.
const VARIANT: f32 = 0.8;
/// What it is worth that a stretch of one script stands together.
const TOGETHER: f32 = 0.5;

/// An index in memory that can be asked.
pub struct Oracle {
    searcher: Searcher,
    synonyms: Vec<Vec<String>>,
    words: Words,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// How many documents, in both tiers.
    pub total: usize,
    /// The best of them, those of tier A first.
    pub hits: Vec<Hit>,
}

/// How strictly a document answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    /// It has every keyword.
    A,
    /// It has a part of them.
    B,
}

/// One document found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Its number: its index among the documents of the corpus.
    pub document: u32,
    /// Its BM25 score over all fields.
    pub score: f32,
    /// Which tier found it.
    pub tier: Tier,
}

impl Oracle {
    pub(super) fn new(index: &Index, synonyms: Vec<Vec<String>>) -> tantivy::Result<Self> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let searcher = reader.searcher();
        let words = match searcher.segment_readers().first() {
            Some(segment) => Words::of(segment)?,
            None => Words::default(),
        };
        Ok(Self { searcher, synonyms, words })
    }

    /// How many segments the index has.
    pub(super) fn segments(&self) -> usize {
        self.searcher.segment_readers().len()
    }

    /// The one segment; `None` for an index without documents.
    pub(super) fn reader(&self) -> Option<&SegmentReader> {
        self.searcher.segment_readers().first()
    }

    /// Groups of words in normal form.
    pub(super) fn synonyms(&self) -> &[Vec<String>] {
        &self.synonyms
    }

    /// The Latin words of the index.
    pub(super) fn words(&self) -> &Words {
        &self.words
    }

    /// What `query` finds, tier A before tier B, best first, equal ones in the order of the corpus; at
    /// most `limit` of them.
    ///
    /// # Errors
    ///
    /// Where tantivy cannot read its index.
    pub fn search(&self, query: &str, limit: usize) -> tantivy::Result<Answer> {
        let plan = plan(query, &self.synonyms);
        if plan.keywords.is_empty() && plan.excluded.is_empty() {
            return Ok(Answer::default());
        }
        let mut hits = self.hits(&self.strict(&plan), Tier::A)?;
        if let Some(loose) = plan.loose.as_ref().filter(|_| plan.wants_loose(hits.len())) {
            let mut found: Vec<u32> = hits.iter().map(|hit| hit.document).collect();
            found.sort_unstable();
            let more = self.hits(&self.loose(&plan, loose), Tier::B)?;
            hits.extend(more.into_iter().filter(|hit| found.binary_search(&hit.document).is_err()));
        }
        let total = hits.len();
        hits.truncate(limit);
        Ok(Answer { total, hits })
    }

    /// Every document of `query` with its score, without pruning, best first.
    fn hits(&self, query: &dyn Query, tier: Tier) -> tantivy::Result<Vec<Hit>> {
        let Some(reader) = self.reader() else { return Ok(Vec::new()) };
        let weight = query.weight(EnableScoring::enabled_from_searcher(&self.searcher))?;
        let mut hits = Vec::new();
        weight.for_each(reader, &mut |document, score| hits.push(Hit { document, score, tier }))?;
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.document.cmp(&b.document)));
        Ok(hits)
    }

    /// Tier A: every keyword, in one of its ways, and nothing that is excluded.
    fn strict(&self, plan: &Plan) -> BooleanQuery {
        let mut clauses = excluded(plan);
        clauses.extend(plan.keywords.iter().map(|keyword| (Occur::Must, self.of_keyword(keyword))));
        if plan.keywords.is_empty() {
            clauses.push((Occur::Must, Box::new(AllQuery)));
        }
        BooleanQuery::new(clauses)
    }

    /// Tier B: a share of the parts, what is in quotation marks, and nothing that is excluded.
    fn loose(&self, plan: &Plan, loose: &Loose) -> BooleanQuery {
        let tokens = loose.tokens.iter().map(|token| in_texts(&[(0, token.clone())]));
        let years = loose.years.iter().map(|year| boosted(YEAR, term(YEAR, &year.to_string())));
        let parts = tokens.chain(years).map(|part| (Occur::Should, part)).collect();
        let parts = BooleanQuery::with_minimum_required_clauses(parts, loose.needed);
        let mut clauses = excluded(plan);
        clauses.push((Occur::Must, Box::new(parts)));
        let quoted = plan.keywords.iter().filter(|keyword| keyword.quoted);
        clauses.extend(quoted.map(|keyword| (Occur::Must, alone(keyword))));
        clauses.extend(loose.phrases.iter().map(|terms| {
            let together: Box<dyn Query> = Box::new(BoostQuery::new(in_texts(terms), TOGETHER));
            (Occur::Should, together)
        }));
        BooleanQuery::new(clauses)
    }

    /// A keyword, or another way to say it.
    fn of_keyword(&self, keyword: &Keyword) -> Box<dyn Query> {
        let others = keyword.variants.iter().filter_map(|variant| keyword_of(variant));
        let near = self.words.near(keyword).into_iter().filter_map(keyword_of);
        let mut ways: Vec<Box<dyn Query>> = others
            .chain(near)
            .map(|other| Box::new(BoostQuery::new(alone(&other), VARIANT)) as Box<dyn Query>)
            .collect();
        if ways.is_empty() {
            return alone(keyword);
        }
        ways.insert(0, alone(keyword));
        Box::new(DisjunctionMaxQuery::new(ways))
    }
}

fn excluded(plan: &Plan) -> Vec<(Occur, Box<dyn Query>)> {
    plan.excluded.iter().map(|keyword| (Occur::MustNot, alone(keyword))).collect()
}

/// A keyword as it stands: found where any field has its tokens at their distances, or its year.
fn alone(keyword: &Keyword) -> Box<dyn Query> {
    let mut clauses = Vec::new();
    if keyword.single_kanji {
        clauses.push((Occur::Should, boosted(KANJI, term(KANJI, &keyword.terms[0].1))));
    } else {
        clauses.push((Occur::Should, in_texts(&keyword.terms)));
    }
    if let Some(year) = keyword.year {
        clauses.push((Occur::Should, boosted(YEAR, term(YEAR, &year.to_string()))));
    }
    Box::new(BooleanQuery::new(clauses))
}

/// `terms` at their distances in any of the fields that hold positions.
fn in_texts(terms: &[(usize, String)]) -> Box<dyn Query> {
    let fields = FIELDS.iter().enumerate().filter(|(_, field)| field.positions);
    let clauses = fields.map(|(number, _)| (Occur::Should, boosted(number, phrase(number, terms))));
    Box::new(BooleanQuery::new(clauses.collect()))
}

fn boosted(number: usize, query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, FIELDS[number].boost))
}

fn phrase(number: usize, terms: &[(usize, String)]) -> Box<dyn Query> {
    // tantivy refuses phrases of one term.
    if let [(_, text)] = terms {
        return term(number, text);
    }
    let terms = terms.iter().map(|(at, text)| (*at, Term::from_field_text(handle(number), text)));
    Box::new(PhraseQuery::new_with_offset(terms.collect()))
}

fn term(number: usize, text: &str) -> Box<dyn Query> {
    let term = Term::from_field_text(handle(number), text);
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}
