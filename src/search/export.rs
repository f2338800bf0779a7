//! The **export**: the index as files that a browser fetches one by one. The layout of every byte is in
//! `docs/en/search-index.md`.
//!
//! Not in here: terms (`shards`, `postings`), and how files are named (`files`).

use std::collections::BTreeMap;

use serde::Serialize;

use crate::artifact::{self, Artifact};
use crate::site::file_paths;
use crate::text::Localized;

use super::analyzer::TABLES;
use super::corpus::{Corpus, Document, Kind, Label};
use super::fields::{FIELDS, handle};
use super::files::{Files, Name};
use super::oracle::Oracle;
use super::postings::add_number;
use super::shards;

/// Which form the files have. A client refuses another.
pub const FORMAT: &str = "kawaraban-search/2";

/// From so many documents on, lists of names weigh more than what they name.
pub(super) const MANY_DOCUMENTS: usize = 20_000;
/// Documents in a block of titles: the fewer, the less is read that is not shown …
const BLOCK: usize = 4;
/// … the more, the shorter the list of their names.
const BLOCK_OF_MANY: usize = 16;
/// Blocks that are written one after the other, beside others.
const STRETCH: usize = 32;

#[derive(Serialize)]
struct Manifest<'a> {
    format: &'static str,
    documents: usize,
    tables: String,
    fields: Vec<ManifestField>,
    shards: usize,
    router: Vec<String>,
    norms: Vec<String>,
    facets: String,
    budgets: String,
    block: usize,
    blocks: String,
    latin: String,
    suggestions: String,
    words: BTreeMap<&'a str, String>,
    synonyms: &'a [Vec<String>],
    labels: Labels<'a>,
}

#[derive(Serialize)]
struct ManifestField {
    name: &'static str,
    boost: f32,
    tokens: u64,
    positions: bool,
}

#[derive(Serialize)]
struct Labels<'a> {
    department: &'a [Label],
    rating: &'a [Label],
    topic: &'a [Label],
    kind: Vec<&'static str>,
}

/// What a block of titles holds.
#[derive(Serialize)]
struct Block<'a> {
    /// Address, title, English title, and what is shown of it beside: year, department, rating, kind, and what it is
    /// within, in both languages.
    documents: Vec<Shown<'a>>,
    /// Of the names of the texts' files, one a document, what is not known beforehand.
    texts: Vec<String>,
}

type Shown<'a> = (&'a str, &'a str, Option<&'a str>, u32, u32, u32, u32, Option<&'a Localized>);

/// The files of `corpus`, whose postings are those of `oracle`.
pub(super) fn export(corpus: &Corpus, oracle: &Oracle) -> tantivy::Result<Vec<Artifact>> {
    let segments: Vec<_> = oracle.parts().segments().map(|(_, segment)| segment).collect();
    let mut files = Files::default();
    let mut fields = Vec::new();
    let mut norms = Vec::new();
    for (number, field) in FIELDS.iter().enumerate() {
        let (mut tokens, mut lengths) = (0, Vec::new());
        for segment in &segments {
            tokens += segment.inverted_index(handle(number))?.total_num_tokens();
            let own = segment.get_fieldnorms_reader(handle(number))?;
            lengths.extend((0..segment.max_doc()).map(|document| own.fieldnorm_id(document)));
        }
        let (name, boost, positions) = (field.name, field.boost, field.positions);
        fields.push(ManifestField { name, boost, tokens, positions });
        norms.push(files.add(&lengths).hex());
    }
    let block = if corpus.documents.len() < MANY_DOCUMENTS { BLOCK } else { BLOCK_OF_MANY };
    let router = shards::write(oracle.parts(), corpus.documents.len(), &mut files)?;
    let manifest = Manifest {
        format: FORMAT,
        documents: corpus.documents.len(),
        tables: files.add(TABLES.as_bytes()).hex(),
        fields,
        shards: router.shards,
        router: router.pages.into_iter().map(Name::hex).collect(),
        norms,
        facets: files.add(&facets(&corpus.documents)).hex(),
        budgets: files.add_json(&budgets(&corpus.documents)).hex(),
        block,
        blocks: blocks(&corpus.documents, block, &mut files).hex(),
        latin: files.add(&latin(oracle)).hex(),
        suggestions: files.add_json(oracle.suggestions()).hex(),
        words: (corpus.words.iter())
            .map(|(language, words)| (language.tag(), files.add_json(words).hex()))
            .collect(),
        synonyms: oracle.synonyms(),
        labels: Labels {
            department: &corpus.departments,
            rating: &corpus.ratings,
            topic: &corpus.topics,
            kind: Kind::ALL.iter().map(|(_, name)| *name).collect(),
        },
    };
    let manifest = serde_json::to_vec(&manifest).expect("a manifest is plain data");
    let mut artifacts =
        vec![Artifact::new(file_paths::manifest_below(file_paths::SEARCH), manifest)];
    artifacts.extend(files.artifacts());
    Ok(artifacts)
}

/// One column after the other: year, department, rating, kind, topics. Labels count from 1, 0 is none.
fn facets(documents: &[Document]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let columns: [fn(&Document) -> u32; 4] = [year, department, rating, kind];
    for column in columns {
        for document in documents {
            add_number(&mut bytes, column(document));
        }
    }
    for document in documents {
        add_number(&mut bytes, document.topics.len() as u32);
        for &topic in &document.topics {
            add_number(&mut bytes, number(Some(topic)));
        }
    }
    bytes
}

fn year(document: &Document) -> u32 {
    document.fiscal_year.and_then(|year| u32::try_from(year).ok()).unwrap_or(0)
}

fn department(document: &Document) -> u32 {
    number(document.department)
}

fn rating(document: &Document) -> u32 {
    number(document.rating)
}

fn kind(document: &Document) -> u32 {
    number(Kind::ALL.iter().position(|(kind, _)| *kind == document.kind))
}

fn number(label: Option<usize>) -> u32 {
    label.map_or(0, |index| index as u32 + 1)
}

fn budgets(documents: &[Document]) -> Vec<Option<f64>> {
    documents.iter().map(|document| document.budget).collect()
}

/// Writes titles and texts; gives the file that names the blocks of titles.
fn blocks(documents: &[Document], size: usize, files: &mut Files) -> Name {
    let blocks: Vec<(usize, &[Document])> = documents.chunks(size).enumerate().collect();
    // Files are filled side by side, many blocks by each.
    let stretches: Vec<&[(usize, &[Document])]> = blocks.chunks(STRETCH).collect();
    let names = files.side_by_side(&stretches, |stretch, files| {
        let name = |&(number, block): &(usize, &[Document])| {
            add_block(number, number * size, block, files)
        };
        stretch.iter().flat_map(name).collect::<Vec<u8>>()
    });
    files.add_dense(&names.concat())
}

/// Writes a block, whose first document has the number `first`, and its texts; gives the part of its name that is not
/// known beforehand.
fn add_block(number: usize, first: usize, block: &[Document], files: &mut Files) -> [u8; 3] {
    let text = |(index, document): (usize, &Document)| {
        let known = format!("text {}", first + index);
        artifact::hex(&files.add_known(&known, document.text().as_bytes()).own())
    };
    let texts = block.iter().enumerate().map(text).collect();
    let shown = |d| (year(d), department(d), rating(d), kind(d));
    let documents = block.iter().map(|d| {
        let (url, title, english) = (&d.url, &d.title.own, d.title.en.as_deref());
        let (year, department, rating, kind) = shown(d);
        (url.as_str(), title.as_str(), english, year, department, rating, kind, d.within.as_ref())
    });
    let block = Block { documents: documents.collect(), texts };
    let block = serde_json::to_vec(&block).expect("titles are plain data");
    files.add_known(&format!("block {number}"), &block).own()
}

/// Latin words in order, a line each: the word, a blank, and how often.
fn latin(oracle: &Oracle) -> Vec<u8> {
    let lines = oracle.words().iter().map(|(word, count)| format!("{word} {count}\n"));
    lines.collect::<String>().into_bytes()
}
