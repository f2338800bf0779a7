//! **Related** measures: finds series with similar content, in the manner of tantivy's
//! more-like-this.
//!
//! The most distinctive terms of a series are asked as a query. tantivy's own `MoreLikeThis`
//! chooses among equally good terms by the order of a hash map, so that two builds could differ;
//! here the choice and the order of the terms are fixed, and tantivy computes frequencies and
//! scores and prunes. A series is one document, made from its newest measure, so that the years of
//! one measure do not displace everything else.

mod rarities;
mod titles;

use std::collections::BTreeMap;

use rayon::prelude::*;
use tantivy::collector::TopDocs;
use tantivy::directory::RamDirectory;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, SchemaBuilder, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};
use tantivy::{Index, ReloadPolicy, Searcher, SingleSegmentIndexWriter, TantivyDocument, Term};

use crate::markdown::{source, summary};
use crate::site::{MeasureEntry, RelatedMeasures, Relation, Site};
use crate::text::{Id, Language};

use super::analyzer::normalise;
use super::index::FIRST_MEMORY;
use super::tokenizer::Cut;

use rarities::Rarities;
use titles::{ScriptRun, runs, shared_word};

/// Number of characters of the direction that are used: its beginning says what the measure is
/// about.
const DIRECTION: usize = 160;
/// How many similar series are examined, and how many measures are named.
const CANDIDATES: usize = 12;
const NAMED: usize = 4;
/// Factor for a shared topic, and the smallest similarity that is enough, where 1 is the similarity
/// of a series to itself.
const TOPIC: f32 = 1.5;
const ENOUGH: f32 = 0.14;
/// The smallest similarity that is enough without a shared topic or word of the title.
const ENOUGH_ALONE: f32 = 0.3;

/// For each measure of `site`, by index, other measures that its readers may want to see, most
/// similar first.
///
/// # Errors
///
/// Where tantivy fails.
pub fn related(site: &Site) -> tantivy::Result<RelatedMeasures> {
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
    let titles: Vec<Vec<ScriptRun>> =
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

/// The title twice, so that it weighs double, and the beginning of the direction, in normal form.
fn text(measure: &MeasureEntry) -> String {
    let direction =
        measure.direction.as_ref().map(|text| summary(&source(text, Language::Ja), DIRECTION));
    let title = &measure.title.own;
    let all = format!("{title}\n{title}\n{}", direction.unwrap_or_default());
    normalise(&all).into_iter().collect()
}

/// An index of one segment, whose document numbers are the indices of `texts`, and its only field.
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

/// The series most similar to the series `number`, whose text is `text`; each with its similarity,
/// where 1 is that of a series to itself.
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

/// The relations of one measure, most similar first, at most [`NAMED`]. `titles` are the runs of
/// all measures' titles, `others` the similar series, `series` the newest measure of each series.
fn relations(
    site: &Site,
    rarities: &Rarities,
    titles: &[Vec<ScriptRun>],
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

/// The measure of `newest`'s series in the year of `own`, or else in the nearest year.
fn of_year(site: &Site, newest: &MeasureEntry, own: &MeasureEntry) -> usize {
    let away =
        |&&other: &&usize| (site.measures[other].fiscal_year.year() - own.fiscal_year.year()).abs();
    let members = newest.in_other_years.iter();
    members.min_by_key(away).copied().expect("a series has the measure that it was found by")
}
