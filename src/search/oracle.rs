//! The **oracle**: tantivy's own answer to a query, by which the browser's is judged.

use tantivy::query::{
    BooleanQuery, BoostQuery, EnableScoring, Occur, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{Index, ReloadPolicy, Searcher, SegmentReader, Term};

use super::fields::{FIELDS, KANJI, YEAR, handle};
use super::plan::{Keyword, plan};

/// An index in memory that can be asked.
pub struct Oracle {
    searcher: Searcher,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// How many documents.
    pub total: usize,
    /// The best of them.
    pub hits: Vec<Hit>,
}

/// One document found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Its number: its index among the documents of the corpus.
    pub document: u32,
    /// Its BM25 score over all fields.
    pub score: f32,
}

impl Oracle {
    pub(super) fn new(index: &Index) -> tantivy::Result<Self> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { searcher: reader.searcher() })
    }

    /// How many segments the index has.
    pub(super) fn segments(&self) -> usize {
        self.searcher.segment_readers().len()
    }

    /// The one segment; `None` for an index without documents.
    pub(super) fn reader(&self) -> Option<&SegmentReader> {
        self.searcher.segment_readers().first()
    }

    /// The documents that hold every keyword of `query`, best first, equal ones in the order of the
    /// corpus; at most `limit` of them.
    ///
    /// # Errors
    ///
    /// Where tantivy cannot read its index.
    pub fn search(&self, query: &str, limit: usize) -> tantivy::Result<Answer> {
        let keywords = plan(query);
        let (Some(reader), false) = (self.reader(), keywords.is_empty()) else {
            return Ok(Answer::default());
        };
        let clauses = keywords.iter().map(|keyword| (Occur::Must, of_keyword(keyword)));
        let query = BooleanQuery::new(clauses.collect());
        let weight = query.weight(EnableScoring::enabled_from_searcher(&self.searcher))?;
        let mut hits = Vec::new();
        // Every document's score, without pruning.
        weight.for_each(reader, &mut |document, score| hits.push(Hit { document, score }))?;
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.document.cmp(&b.document)));
        let total = hits.len();
        hits.truncate(limit);
        Ok(Answer { total, hits })
    }
}

/// A keyword is found where any field has its tokens at their distances, or its year.
fn of_keyword(keyword: &Keyword) -> Box<dyn Query> {
    let mut clauses = Vec::new();
    let mut add = |number: usize, query: Box<dyn Query>| {
        let boosted = BoostQuery::new(query, FIELDS[number].boost);
        clauses.push((Occur::Should, Box::new(boosted) as Box<dyn Query>));
    };
    if keyword.single_kanji {
        add(KANJI, term(KANJI, &keyword.terms[0].1));
    } else {
        for (number, _) in FIELDS.iter().enumerate().filter(|(_, field)| field.positions) {
            add(number, phrase(number, &keyword.terms));
        }
    }
    if let Some(year) = keyword.year {
        add(YEAR, term(YEAR, &year.to_string()));
    }
    Box::new(BooleanQuery::new(clauses))
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
