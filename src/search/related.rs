//! **Related** measures: which series speak of the same things, after the manner of tantivy's more-like-this.
//!
//! The terms that tell a series from others are asked as a query. tantivy's own `MoreLikeThis` chooses among equally good
//! terms by the order of a hash map, so that two builds could differ; here the choice and the order of the terms
//! are fixed, and tantivy does the rest: frequencies, scores, and passing over what cannot be among the best.
//! A series is one document, its newest measure, so that years of one measure do not crowd out everything else.

use std::collections::BTreeMap;

use rayon::prelude::*;
use tantivy::collector::TopDocs;
use tantivy::directory::RamDirectory;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, SchemaBuilder, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};
use tantivy::{Index, ReloadPolicy, Searcher, SingleSegmentIndexWriter, TantivyDocument, Term};

use crate::markdown::summary;
use crate::site::{MeasureEntry, Related, Relation, Site};
use crate::text::Id;

use super::analyzer::{normalise, spans};
use super::index::FIRST_MEMORY;
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
    let rarities = Rarities::of(&searcher, field)?;
    let alike: Vec<Vec<(usize, f32)>> = texts
        .par_iter()
        .enumerate()
        .map(|(number, text)| alike(&searcher, field, &rarities, number, text))
        .collect::<tantivy::Result<_>>()?;
    let titles: Vec<Vec<Run>> =
        site.measures.par_iter().map(|measure| runs(&measure.title.own)).collect();
    let found: Vec<(usize, Vec<Relation>)> = alike
        .par_iter()
        .enumerate()
        .flat_map_iter(|(number, others)| {
            let members = site.measures[series[number]].in_other_years.iter();
            members.map(|&measure| {
                (measure, relations(site, &rarities, &titles, measure, others, &series))
            })
        })
        .collect();
    let mut related = vec![Vec::new(); site.measures.len()];
    for (measure, relations) in found {
        related[measure] = relations;
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

/// One segment, whose documents have the numbers of their texts.
fn index(texts: &[String]) -> tantivy::Result<(Searcher, Field)> {
    let mut schema = SchemaBuilder::new();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(Cut::Text.name())
        .set_index_option(IndexRecordOption::WithFreqs);
    let field =
        schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
    let tokenizers = TokenizerManager::new();
    tokenizers.register(Cut::Text.name(), TextAnalyzer::from(Cut::Text));
    let mut writer: SingleSegmentIndexWriter<TantivyDocument> = (Index::builder())
        .schema(schema.build())
        .tokenizers(tokenizers)
        .single_segment_index_writer(RamDirectory::create(), FIRST_MEMORY)?;
    for text in texts {
        let mut document = TantivyDocument::new();
        document.add_text(field, text);
        writer.add_document(document)?;
    }
    let index = writer.finalize()?;
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    Ok((reader.searcher(), field))
}

/// The series most like the one of that `number`, with how like they are where 1 is the same.
fn alike(
    searcher: &Searcher,
    field: Field,
    rarities: &Rarities,
    number: usize,
    text: &str,
) -> tantivy::Result<Vec<(usize, f32)>> {
    let clauses = rarities.telling_terms(text).into_iter().map(|(word, weight)| {
        let term = Term::from_field_text(field, &word);
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

/// In how many texts each term stands. Every term of every text is asked for, so they are read once.
struct Rarities {
    documents: u64,
    /// Each term with the number of its texts, in the order of the terms.
    having: Vec<(String, u64)>,
}

impl Rarities {
    fn of(searcher: &Searcher, field: Field) -> tantivy::Result<Self> {
        let index = searcher.segment_reader(0).inverted_index(field)?;
        let mut terms = index.terms().stream()?;
        let mut having = Vec::new();
        while terms.advance() {
            let term = String::from_utf8_lossy(terms.key()).into_owned();
            having.push((term, u64::from(terms.value().doc_freq)));
        }
        Ok(Self { documents: searcher.num_docs(), having })
    }

    /// The terms that tell a text from others, best first, each with its weight. A term that nobody else has finds
    /// nobody, and one that many have tells nothing.
    fn telling_terms(&self, text: &str) -> Vec<(String, f32)> {
        let characters: Vec<char> = text.chars().collect();
        // A character by itself, such as the edge of a run, is no word.
        let long = spans(&characters).into_iter().filter(|span| span.len() > 1);
        let mut words: Vec<&[char]> = long.map(|span| &characters[span]).collect();
        words.sort_unstable();
        let mut terms = Vec::new();
        let mut word = String::new();
        for same in words.chunk_by(|a, b| a == b) {
            word.clear();
            word.extend(same[0]);
            let having = self.having(&word);
            if (2..=self.many()).contains(&having) {
                let rarity = (self.documents as f32 / having as f32).ln();
                terms.push((word.clone(), same.len() as f32 * rarity));
            }
        }
        // The sort is stable, so equal terms stay in the order of the alphabet.
        terms.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        terms.truncate(TERMS);
        let best = terms.first().map_or(1.0, |(_, weight)| *weight);
        terms.into_iter().map(|(term, weight)| (term, weight / best)).collect()
    }

    /// Does `word` tell anything? 推進 and 整備 stand in half of all titles.
    fn tells(&self, word: &str) -> bool {
        let normal = normalise(word);
        spans(&normal).into_iter().filter(|span| span.len() > 1).any(|span| {
            let part: String = normal[span].iter().collect();
            self.having(&part) <= self.many()
        })
    }

    fn having(&self, word: &str) -> u64 {
        let found = self.having.binary_search_by(|(term, _)| term.as_str().cmp(word));
        found.map_or(0, |at| self.having[at].1)
    }

    /// A term that more texts have tells nothing.
    fn many(&self) -> u64 {
        (self.documents / 12).max(4)
    }
}

/// The relations of one measure, the nearest first; `titles` are those of all measures.
fn relations(
    site: &Site,
    rarities: &Rarities,
    titles: &[Vec<Run>],
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
            let word =
                shared_word(&titles[measure], &titles[other]).filter(|word| rarities.tells(word));
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

/// The longest run of kanji, of katakana or of letters that both titles have whole; the first of equally long ones. A part
/// of a run of kanji may be a word; a part of a Latin or katakana word is none.
fn shared_word(one: &[Run], other: &[Run]) -> Option<String> {
    let mut best: &[char] = &[];
    for Run { script, characters } in one {
        let others = || other.iter().filter(|run| run.script == *script);
        for start in 0..characters.len() {
            let rest = &characters[start..];
            let common = others().map(|run| match script {
                Script::Kanji => longest_beginning(rest, &run.characters),
                _ if rest.starts_with(&run.characters) => run.characters.len(),
                _ => 0,
            });
            let length = common.max().unwrap_or(0);
            if length >= SHORTEST && length > best.len() {
                best = &rest[..length];
            }
        }
    }
    (!best.is_empty()).then(|| best.iter().collect())
}

/// How much of the beginning of `text` stands anywhere in `within`.
fn longest_beginning(text: &[char], within: &[char]) -> usize {
    let same = |start| text.iter().zip(&within[start..]).take_while(|(a, b)| a == b).count();
    (0..within.len()).map(same).max().unwrap_or(0)
}

/// A stretch of a title in one script.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    script: Script,
    characters: Vec<char>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Kanji,
    Katakana,
    /// Letters and digits.
    Other,
}

/// The runs of `text`; hiragana and punctuation part them.
fn runs(text: &str) -> Vec<Run> {
    let script = |c: char| match c {
        c if is_kanji(c) => Some(Script::Kanji),
        'ァ'..='ヺ' | 'ー' => Some(Script::Katakana),
        c if c.is_alphanumeric() && !('ぁ'..='ゟ').contains(&c) => Some(Script::Other),
        _ => None,
    };
    let mut runs: Vec<Run> = Vec::new();
    let mut last = None;
    for c in text.chars() {
        let own = script(c);
        if let Some(script) = own {
            match runs.last_mut().filter(|_| own == last) {
                Some(run) => run.characters.push(c),
                None => runs.push(Run { script, characters: vec![c] }),
            }
        }
        last = own;
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
        let shared = |one, other| shared_word(&runs(one), &runs(other));
        assert_eq!(shared("空き家対策と公園の再生", "公園のトイレの改修").as_deref(), Some("公園"));
        assert_eq!(shared("オンライン手続の拡大", "オフライン窓口の拡大").as_deref(), Some("拡大"));
        assert_eq!(shared("DXの推進", "GXの計画"), None);
        assert_eq!(shared("保育所の整備", "道の駅"), None);
    }

    #[test]
    fn a_title_falls_into_runs() {
        let texts: Vec<String> = runs("第5次DX計画とサービス")
            .into_iter()
            .map(|run| run.characters.into_iter().collect())
            .collect();
        assert_eq!(texts, ["第", "5", "次", "DX", "計画", "サービス"]);
    }
}
