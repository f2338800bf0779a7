//! **Related** measures: which series speak of the same things, after the manner of tantivy's more-like-this.
//!
//! The terms that tell a series from others are asked as a query. tantivy's own `MoreLikeThis` chooses among equally good
//! terms by the order of a hash map, so that two builds could differ; here the choice and the order of the terms
//! are fixed, and tantivy does the rest: frequencies, scores, and passing over what cannot be among the best.
//! A series is one document, its newest measure, so that years of one measure do not crowd out everything else.

use std::collections::BTreeMap;

use rayon::prelude::*;
use tantivy::collector::TopDocs;
use tantivy::indexer::NoMergePolicy;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, SchemaBuilder, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{Index, ReloadPolicy, Searcher, TantivyDocument, Term};

use crate::markdown::summary;
use crate::site::{MeasureEntry, Related, Relation, Site};
use crate::text::Id;

use super::analyzer::{normalise, spans};
use super::index::MEMORY;
use super::tokenizer::Cut;

/// Characters of the direction that count; what a measure is about stands at its beginning.
const DIRECTION: usize = 160;
/// Terms that are asked for.
const TERMS: usize = 20;
/// Series that are looked at, and measures that are named.
const CANDIDATES: usize = 12;
const NAMED: usize = 4;
/// What a shared topic is worth, and the share of a series' likeness to itself that is enough.
const TOPIC: f32 = 1.5;
const ENOUGH: f32 = 0.14;
/// The same where neither a topic nor a word of the title is shared.
const ENOUGH_ALONE: f32 = 0.3;
/// Shortest word that two titles may be said to share.
const SHORTEST: usize = 2;

/// For each measure of `site`, others that a reader of it may want to see.
///
/// # Errors
///
/// Where tantivy fails.
pub fn related(site: &Site) -> tantivy::Result<Related> {
    let mut newest: BTreeMap<&Id, usize> = BTreeMap::new();
    for (index, measure) in site.measures.iter().enumerate() {
        newest.entry(&measure.series).or_insert(index);
    }
    let series: Vec<usize> = newest.into_values().collect();
    let texts: Vec<String> =
        series.par_iter().map(|&measure| text(&site.measures[measure])).collect();
    let (searcher, field) = index(&texts)?;
    let alike: Vec<Vec<(usize, f32)>> = texts
        .par_iter()
        .enumerate()
        .map(|(number, text)| alike(&searcher, field, number, text))
        .collect::<tantivy::Result<_>>()?;
    let mut related = vec![Vec::new(); site.measures.len()];
    for (number, others) in alike.iter().enumerate() {
        for &measure in &site.measures[series[number]].in_other_years {
            let is_word = |word: &str| tells(&searcher, field, word).unwrap_or(false);
            related[measure] = relations(site, is_word, measure, others, &series);
        }
    }
    Ok(related)
}

/// The title, which weighs double, and the beginning of the direction, in normal form.
fn text(measure: &MeasureEntry) -> String {
    let direction = measure.direction.as_ref().map(|text| summary(&text.own, DIRECTION));
    let title = &measure.title.own;
    let all = format!("{title}\n{title}\n{}", direction.unwrap_or_default());
    normalise(&all).into_iter().collect()
}

fn index(texts: &[String]) -> tantivy::Result<(Searcher, Field)> {
    let mut schema = SchemaBuilder::new();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(Cut::Text.name())
        .set_index_option(IndexRecordOption::WithFreqs);
    let field =
        schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
    let index = Index::create_in_ram(schema.build());
    index.tokenizers().register(Cut::Text.name(), TextAnalyzer::from(Cut::Text));
    // One thread and no merging: documents keep the order in which they come.
    let mut writer = index.writer_with_num_threads(1, MEMORY)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    for text in texts {
        let mut document = TantivyDocument::new();
        document.add_text(field, text);
        writer.add_document(document)?;
    }
    writer.commit()?;
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    Ok((reader.searcher(), field))
}

/// The series most like the one of that `number`, with how like they are where 1 is the same.
fn alike(
    searcher: &Searcher,
    field: Field,
    number: usize,
    text: &str,
) -> tantivy::Result<Vec<(usize, f32)>> {
    let terms = telling_terms(searcher, field, text)?;
    let clauses = terms.into_iter().map(|(term, weight)| {
        let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
        let query: Box<dyn Query> = Box::new(BoostQuery::new(Box::new(query), weight));
        (Occur::Should, query)
    });
    let query = BooleanQuery::new(clauses.collect());
    let best = TopDocs::with_limit(CANDIDATES + 1).order_by_score();
    let found = searcher.search(&query, &best)?;
    let own = found.iter().find(|(_, address)| address.doc_id as usize == number);
    let Some(&(own, _)) = own else { return Ok(Vec::new()) };
    let others = found.into_iter().map(|(score, address)| (address.doc_id as usize, score / own));
    Ok(others.filter(|&(other, likeness)| other != number && likeness >= ENOUGH / TOPIC).collect())
}

/// The terms that tell a text from others, best first, each with its weight. A term that nobody else has finds
/// nobody, and one that many have tells nothing.
fn telling_terms(
    searcher: &Searcher,
    field: Field,
    text: &str,
) -> tantivy::Result<Vec<(Term, f32)>> {
    let characters: Vec<char> = text.chars().collect();
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for span in spans(&characters) {
        // A character by itself, such as the edge of a run, is no word.
        if span.len() > 1 {
            *counts.entry(characters[span].iter().collect()).or_default() += 1;
        }
    }
    let documents = searcher.num_docs();
    let many = many(documents);
    let mut terms = Vec::with_capacity(counts.len());
    for (word, count) in counts {
        let term = Term::from_field_text(field, &word);
        let having = searcher.doc_freq(&term)?;
        if (2..=many).contains(&having) {
            let rarity = (documents as f32 / having as f32).ln();
            terms.push((term, count as f32 * rarity));
        }
    }
    // The sort is stable, so equal terms stay in the order of the alphabet.
    terms.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    terms.truncate(TERMS);
    let best = terms.first().map_or(1.0, |(_, weight)| *weight);
    Ok(terms.into_iter().map(|(term, weight)| (term, weight / best)).collect())
}

/// From more documents than this on a term tells nothing.
fn many(documents: u64) -> u64 {
    (documents / 12).max(4)
}

/// Does `word` tell anything? 推進 and 整備 stand in half of all titles.
fn tells(searcher: &Searcher, field: Field, word: &str) -> tantivy::Result<bool> {
    let normal = normalise(word);
    for span in spans(&normal).into_iter().filter(|span| span.len() > 1) {
        let part: String = normal[span].iter().collect();
        if searcher.doc_freq(&Term::from_field_text(field, &part))? <= many(searcher.num_docs()) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The relations of one measure, the nearest first; `is_word` says whether a word tells anything.
fn relations(
    site: &Site,
    is_word: impl Fn(&str) -> bool,
    measure: usize,
    others: &[(usize, f32)],
    series: &[usize],
) -> Vec<Relation> {
    let own = &site.measures[measure];
    let mut relations: Vec<(f32, Relation)> = others
        .iter()
        .map(|&(number, likeness)| {
            let other = of_year(site, &site.measures[series[number]], own);
            let entry = &site.measures[other];
            let topic = own.topics.iter().copied().find(|topic| entry.topics.contains(topic));
            let word = shared_word(&own.title.own, &entry.title.own).filter(|word| is_word(word));
            let likeness = likeness * if topic.is_some() { TOPIC } else { 1.0 };
            (likeness, Relation { measure: other, topic, word })
        })
        .filter(|(likeness, relation)| {
            let alone = relation.topic.is_none() && relation.word.is_none();
            *likeness >= if alone { ENOUGH_ALONE } else { ENOUGH }
        })
        .collect();
    relations.sort_by(|(a, one), (b, other)| b.total_cmp(a).then(one.measure.cmp(&other.measure)));
    relations.truncate(NAMED);
    relations.into_iter().map(|(_, relation)| relation).collect()
}

/// The measure of `newest`'s series in the year of `own`, or else in the year nearest to it.
fn of_year(site: &Site, newest: &MeasureEntry, own: &MeasureEntry) -> usize {
    let away =
        |&&other: &&usize| (site.measures[other].fiscal_year.year() - own.fiscal_year.year()).abs();
    let members = newest.in_other_years.iter();
    members.min_by_key(away).copied().expect("a series has the measure that it was found by")
}

/// The longest run of kanji, of katakana or of letters that both titles have whole.
fn shared_word(one: &str, other: &str) -> Option<String> {
    let long = |word: &&str| word.chars().count() >= SHORTEST;
    let mut best: Option<&str> = None;
    for run in runs(one).into_iter().filter(long) {
        for (start, _) in run.char_indices() {
            for (end, c) in run[start..].char_indices() {
                let part = &run[start..start + end + c.len_utf8()];
                let longer = best.is_none_or(|best| part.chars().count() > best.chars().count());
                if !other.contains(part) {
                    break;
                }
                if long(&part) && longer && runs(other).iter().any(|run| whole(run, part)) {
                    best = Some(part);
                }
            }
        }
    }
    best.map(str::to_owned)
}

/// May `part` be said to be a word of `run`? A part of a Latin or katakana word is none.
fn whole(run: &str, part: &str) -> bool {
    run == part || (run.contains(part) && part.chars().all(is_kanji))
}

fn runs(text: &str) -> Vec<&str> {
    let kind = |c: char| match c {
        c if is_kanji(c) => 1,
        'ァ'..='ヺ' | 'ー' => 2,
        c if c.is_alphanumeric() && !('ぁ'..='ゟ').contains(&c) => 3,
        _ => 0,
    };
    let mut runs = Vec::new();
    let mut start = 0;
    let mut last = 0;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if kind(c) != last {
            if last != 0 {
                runs.push(&text[start..at]);
            }
            (start, last) = (at, kind(c));
        }
    }
    runs
}

fn is_kanji(c: char) -> bool {
    matches!(c, '一'..='鿿' | '㐀'..='䶿' | '々')
}

#[cfg(test)]
mod tests {
    use super::{runs, shared_word};

    #[test]
    fn a_shared_word_is_a_word() {
        let shared = |one, other| shared_word(one, other);
        assert_eq!(shared("空き家対策と公園の再生", "公園のトイレの改修").as_deref(), Some("公園"));
        assert_eq!(shared("オンライン手続の拡大", "オフライン窓口の拡大").as_deref(), Some("拡大"));
        assert_eq!(shared("DXの推進", "GXの計画"), None);
        assert_eq!(shared("保育所の整備", "道の駅"), None);
    }

    #[test]
    fn a_title_falls_into_runs() {
        assert_eq!(runs("第5次DX計画とサービス"), ["第", "5", "次", "DX", "計画", "サービス"]);
    }
}
