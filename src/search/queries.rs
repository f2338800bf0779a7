//! Builds tantivy's **queries** for a plan.
//!
//! Not in here: running them (`memory_index`), and what a query means (`plan`).

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, PhraseQuery,
    Query, TermQuery,
};
use tantivy::schema::IndexRecordOption;

use super::fields::{BODY, FIELDS, KANJI, WORD, YEAR, handle};
use super::loose::Loose;
use super::plan::{Keyword, QueryPlan, keyword_of};
use super::words::Words;

/// Factor of the score of a variant, compared with the keyword itself.
pub(super) const VARIANT: f32 = 0.8;
/// Constant score in tier B for each part of the query that a document has: having another part
/// counts more than having one part often.
pub(super) const THERE: f32 = 12.0;
/// Factor of the score of a phrase of tier B, compared with a token: its own tokens may be parts
/// too.
pub(super) const SAID: f32 = 0.5;

/// Factor of the score of a katakana word that a document has only within longer words.
pub(super) const INSIDE: f32 = 0.1;

/// Factor of the score of titles, headings and readings where several words are asked for.
pub(super) const BESIDE: f32 = 0.05;

/// How much the fields count for keywords. A title that has one of several keywords says less than
/// a text in which all of them occur.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldWeights {
    /// Each field by its boost: for a single keyword.
    Boosts,
    /// The text before all else: for several keywords.
    Text,
}

impl FieldWeights {
    /// Those for the parts of tier B.
    fn of_loose(loose: &Loose) -> Self {
        if loose.texts { Self::Text } else { Self::Boosts }
    }

    /// Those for the keywords of `plan`.
    pub fn of(plan: &QueryPlan) -> Self {
        if plan.keywords.len() > 1 { Self::Text } else { Self::Boosts }
    }

    /// Each field by its weight.
    fn weigh(self, fields: ByField) -> ByField {
        match self {
            Self::Boosts => fields.into_iter().map(boosted).collect(),
            Self::Text => fields.into_iter().map(text_first).collect(),
        }
    }
}

/// A query for each field, with the number of the field.
pub(super) type ByField = Vec<(usize, Box<dyn Query>)>;

/// Tier A: every keyword or one of its variants, and nothing that is excluded; `near` adds to the
/// score. A plan with exclusions only matches all other documents.
pub(super) fn strict(plan: &QueryPlan, words: &Words, near: Vec<Box<dyn Query>>) -> BooleanQuery {
    let mut clauses = excluded(plan);
    let weights = FieldWeights::of(plan);
    let keyword = |keyword| (Occur::Must, of_keyword(keyword, words, weights));
    clauses.extend(plan.keywords.iter().map(keyword));
    if plan.keywords.is_empty() {
        clauses.push((Occur::Must, Box::new(AllQuery)));
    }
    clauses.extend(near.into_iter().map(|query| (Occur::Should, query)));
    BooleanQuery::new(clauses)
}

/// Tier B: at least `needed` parts, everything in quotation marks, and nothing that is excluded;
/// `near` adds to the score.
pub(super) fn loose(
    plan: &QueryPlan,
    loose: &Loose,
    needed: usize,
    near: Vec<Box<dyn Query>>,
) -> BooleanQuery {
    let worth = |(_, fields): (String, ByField)| {
        let there = Box::new(ConstScoreQuery::new(any(copies(&fields)), THERE));
        let part: Box<dyn Query> =
            Box::new(BooleanQuery::new(vec![(Occur::Must, there), (Occur::Should, any(fields))]));
        (Occur::Should, part)
    };
    let parts = parts(loose).map(worth).collect();
    let parts = BooleanQuery::with_minimum_required_clauses(parts, needed);
    let mut clauses = excluded(plan);
    clauses.push((Occur::Must, Box::new(parts)));
    let quoted = plan.keywords.iter().filter(|keyword| keyword.quoted);
    let weights = FieldWeights::of(plan);
    clauses.extend(quoted.map(|keyword| (Occur::Must, alone(keyword, weights))));
    clauses.extend(optional(loose).map(|(_, fields)| (Occur::Should, any(fields))));
    clauses.extend(near.into_iter().map(|query| (Occur::Should, query)));
    BooleanQuery::new(clauses)
}

/// A query whose score is the number of parts of tier B that a document has.
pub(super) fn count(loose: &Loose) -> BooleanQuery {
    let once = |(_, fields)| -> Box<dyn Query> { Box::new(ConstScoreQuery::new(any(fields), 1.0)) };
    BooleanQuery::new(parts(loose).map(|part| (Occur::Should, once(part))).collect())
}

/// The parts of tier B, each with its query by field.
pub(super) fn parts(loose: &Loose) -> impl Iterator<Item = (String, ByField)> {
    let weights = FieldWeights::of_loose(loose);
    let tokens =
        loose.tokens.iter().map(move |token| (token.clone(), token_by_field(token, weights)));
    let one = move |number: usize, text: &str| weights.weigh(vec![(number, term(number, text))]);
    let kanji = loose.kanji.iter().map(move |kanji| (kanji.clone(), one(WORD, kanji)));
    let years = loose.years.iter().map(move |year| {
        let year = year.to_string();
        (year.clone(), one(YEAR, &year))
    });
    let words = loose.words.iter().filter_map(move |ways| {
        let ways: Vec<Keyword> = ways.iter().filter_map(|way| keyword_of(way)).collect();
        let (_, first) = ways.first()?.terms.first()?;
        let fields = ways.iter().flat_map(|way| keyword_by_field(way, weights));
        let said = |query| -> Box<dyn Query> { Box::new(BoostQuery::new(query, SAID)) };
        let fields = fields.map(|(number, query)| (number, said(query))).collect();
        Some((first.clone(), fields))
    });
    tokens.chain(kanji).chain(years).chain(words)
}

/// What adds to the score of tier B and need not be there.
pub(super) fn optional(loose: &Loose) -> impl Iterator<Item = (String, ByField)> {
    let weights = FieldWeights::of_loose(loose);
    loose.optional.iter().map(move |token| (token.clone(), token_by_field(token, weights)))
}

/// A token in each of the fields that hold positions.
fn token_by_field(token: &str, weights: FieldWeights) -> ByField {
    weights.weigh(texts().map(|number| (number, term(number, token))).collect())
}

/// The numbers of the fields that hold positions.
fn texts() -> impl Iterator<Item = usize> {
    (0..FIELDS.len()).filter(|&number| FIELDS[number].positions)
}

/// A keyword or one of its variants: the one with the highest score counts.
fn of_keyword(keyword: &Keyword, words: &Words, weights: FieldWeights) -> Box<dyn Query> {
    let mut ways: Vec<Box<dyn Query>> = others(keyword, words)
        .map(|other| Box::new(BoostQuery::new(alone(&other, weights), VARIANT)) as Box<dyn Query>)
        .collect();
    if ways.is_empty() {
        return alone(keyword, weights);
    }
    ways.insert(0, alone(keyword, weights));
    Box::new(DisjunctionMaxQuery::new(ways))
}

/// The variants of `keyword`. Romaji are read as kana only where no text has the Latin word.
pub(super) fn others(keyword: &Keyword, words: &Words) -> impl Iterator<Item = Keyword> {
    let typed = if words.has_in_text(keyword) { &[][..] } else { &keyword.typed };
    let said = keyword.variants.iter().chain(&keyword.spelt).chain(typed);
    said.filter_map(|other| keyword_of(other)).chain(words.near(keyword))
}

fn excluded(plan: &QueryPlan) -> Vec<(Occur, Box<dyn Query>)> {
    let weights = FieldWeights::of(plan);
    plan.excluded.iter().map(|keyword| (Occur::MustNot, alone(keyword, weights))).collect()
}

/// A keyword without its variants: matches where any field has its tokens at their distances, or
/// its year. A katakana word scores less where it occurs only within longer words.
fn alone(keyword: &Keyword, weights: FieldWeights) -> Box<dyn Query> {
    let anywhere = any(keyword_by_field(keyword, weights));
    let Some(whole) = whole_word(keyword) else { return anywhere };
    let whole = Box::new(ConstScoreQuery::new(whole, 0.0));
    let whole = BooleanQuery::new(vec![(Occur::Must, anywhere.box_clone()), (Occur::Must, whole)]);
    let inside = BoostQuery::new(anywhere, INSIDE);
    Box::new(DisjunctionMaxQuery::new(vec![Box::new(whole), Box::new(inside)]))
}

/// A query that matches where a katakana keyword is a whole word; `None` for any other keyword.
pub(super) fn whole_word(keyword: &Keyword) -> Option<Box<dyn Query>> {
    keyword.katakana.then(|| term(WORD, &keyword.text))
}

/// Tier B of a single word: any of its pieces, and nothing that is excluded.
pub(super) fn fragments(plan: &QueryPlan) -> BooleanQuery {
    let mut clauses = excluded(plan);
    let weights = FieldWeights::of(plan);
    let pieces = plan.fragments.iter().map(|piece| (Occur::Should, alone(piece, weights)));
    clauses.push((Occur::Must, Box::new(BooleanQuery::new(pieces.collect()))));
    BooleanQuery::new(clauses)
}

/// A keyword without its variants, by field.
pub(super) fn keyword_by_field(keyword: &Keyword, weights: FieldWeights) -> ByField {
    let mut fields: ByField = match keyword.single_kanji {
        true => [KANJI, WORD].map(|number| (number, term(number, &keyword.terms[0].1))).into(),
        false => texts().map(|number| (number, phrase(number, &keyword.terms))).collect(),
    };
    fields.extend(keyword.year.map(|year| (YEAR, term(YEAR, &year.to_string()))));
    weights.weigh(fields)
}

/// Matches where at least one field does; the scores are added.
fn any(fields: ByField) -> Box<dyn Query> {
    Box::new(BooleanQuery::new(
        fields.into_iter().map(|(_, query)| (Occur::Should, query)).collect(),
    ))
}

fn copies(fields: &[(usize, Box<dyn Query>)]) -> ByField {
    fields.iter().map(|(number, query)| (*number, query.box_clone())).collect()
}

fn boosted((number, query): (usize, Box<dyn Query>)) -> (usize, Box<dyn Query>) {
    (number, Box::new(BoostQuery::new(query, FIELDS[number].boost)))
}

/// The query of a field, weighted as for several keywords.
fn text_first((number, query): (usize, Box<dyn Query>)) -> (usize, Box<dyn Query>) {
    match FIELDS[number].positions && number != BODY {
        true => (number, Box::new(BoostQuery::new(query, BESIDE))),
        false => boosted((number, query)),
    }
}

/// The terms at their distances in one field.
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
