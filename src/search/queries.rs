//! The **queries**: what tantivy is asked for a plan.
//!
//! Not in here: asking (`oracle`), and what a query means (`plan`).

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, DisjunctionMaxQuery, Occur, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::IndexRecordOption;

use super::fields::{FIELDS, KANJI, YEAR, handle};
use super::plan::{Keyword, Loose, Plan, keyword_of};
use super::words::Words;

/// What another way to say a keyword is worth beside the keyword itself.
pub(super) const VARIANT: f32 = 0.8;
/// What it is worth that a stretch of one script stands together.
pub(super) const TOGETHER: f32 = 0.5;

/// Tier A: every keyword, in one of its ways, and nothing that is excluded.
pub(super) fn strict(plan: &Plan, words: &Words) -> BooleanQuery {
    let mut clauses = excluded(plan);
    clauses.extend(plan.keywords.iter().map(|keyword| (Occur::Must, of_keyword(keyword, words))));
    if plan.keywords.is_empty() {
        clauses.push((Occur::Must, Box::new(AllQuery)));
    }
    BooleanQuery::new(clauses)
}

/// Tier B: a share of the parts, what is in quotation marks, and nothing that is excluded.
pub(super) fn loose(plan: &Plan, loose: &Loose) -> BooleanQuery {
    let tokens = loose.tokens.iter().map(|token| in_texts(&[(0, token.clone())]));
    let years = loose.years.iter().map(|&year| year_by_field(year).1);
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
fn of_keyword(keyword: &Keyword, words: &Words) -> Box<dyn Query> {
    let mut ways: Vec<Box<dyn Query>> = others(keyword, words)
        .map(|other| Box::new(BoostQuery::new(alone(&other), VARIANT)) as Box<dyn Query>)
        .collect();
    if ways.is_empty() {
        return alone(keyword);
    }
    ways.insert(0, alone(keyword));
    Box::new(DisjunctionMaxQuery::new(ways))
}
/// The other ways to say `keyword`.
pub(super) fn others(keyword: &Keyword, words: &Words) -> impl Iterator<Item = Keyword> {
    let near = words.near(keyword).into_iter().filter_map(keyword_of);
    keyword.variants.iter().filter_map(|variant| keyword_of(variant)).chain(near)
}

fn excluded(plan: &Plan) -> Vec<(Occur, Box<dyn Query>)> {
    plan.excluded.iter().map(|keyword| (Occur::MustNot, alone(keyword))).collect()
}

/// A keyword as it stands: found where any field has its tokens at their distances, or its year.
fn alone(keyword: &Keyword) -> Box<dyn Query> {
    let clauses = keyword_by_field(keyword).into_iter().map(|(_, query)| (Occur::Should, query));
    Box::new(BooleanQuery::new(clauses.collect()))
}

/// A keyword as it stands, by number of the field.
pub(super) fn keyword_by_field(keyword: &Keyword) -> Vec<(usize, Box<dyn Query>)> {
    let mut fields = match keyword.single_kanji {
        true => vec![(KANJI, boosted(KANJI, term(KANJI, &keyword.terms[0].1)))],
        false => terms_by_field(&keyword.terms),
    };
    fields.extend(keyword.year.map(year_by_field));
    fields
}

/// A year, by number of its field.
pub(super) fn year_by_field(year: i32) -> (usize, Box<dyn Query>) {
    (YEAR, boosted(YEAR, term(YEAR, &year.to_string())))
}

/// `terms` at their distances, by number of each of the fields that hold positions.
pub(super) fn terms_by_field(terms: &[(usize, String)]) -> Vec<(usize, Box<dyn Query>)> {
    let fields = FIELDS.iter().enumerate().filter(|(_, field)| field.positions);
    fields.map(|(number, _)| (number, boosted(number, phrase(number, terms)))).collect()
}

/// `terms` at their distances in any of the fields that hold positions.
fn in_texts(terms: &[(usize, String)]) -> Box<dyn Query> {
    let clauses = terms_by_field(terms).into_iter().map(|(_, query)| (Occur::Should, query));
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
