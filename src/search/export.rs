//! The **export**: the index as files that a browser fetches one by one.
//!
//! Every file but the manifest is named after its content and compressed by itself, so that any static
//! host can serve it and any cache may keep it for ever. The layout of every byte is in
//! `docs/en/search-index.md`.

use std::collections::BTreeMap;
use std::io::Write as _;

use flate2::{Compression, GzBuilder};
use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::artifact::Artifact;
use crate::site::file_paths;

use super::analyzer::fingerprint;
use super::corpus::{Corpus, Document, Kind, Label};
use super::fields::{FIELDS, handle};
use super::oracle::Oracle;
use super::postings::{self, add_number};
use super::shards;

/// Which form the files have. A client refuses another.
pub const FORMAT: &str = "kawaraban-search/1";

/// Documents in a block of titles.
const BLOCK: usize = 32;
/// Documents in a block of texts.
const TEXTS: usize = 2;

/// Six bytes of a SHA-256: a file's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name([u8; 6]);

impl Name {
    pub fn bytes(self) -> [u8; 6] {
        self.0
    }

    fn hex(self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The files written so far, by name.
#[derive(Default)]
pub(super) struct Files(BTreeMap<Name, Vec<u8>>);

impl Files {
    /// Makes `bytes` a file.
    pub fn add(&mut self, bytes: &[u8]) -> Name {
        let digest = Sha256::digest(bytes);
        let name = Name(std::array::from_fn(|index| digest[index]));
        self.0.entry(name).or_insert_with(|| bytes.to_vec());
        name
    }

    /// Every file, compressed, in the order of the names.
    fn artifacts(self) -> Vec<Artifact> {
        let files: Vec<(Name, Vec<u8>)> = self.0.into_iter().collect();
        let file = |(name, bytes): &(Name, Vec<u8>)| {
            Artifact::new(format!("{}{}.kwb", file_paths::SEARCH, name.hex()), compress(bytes))
        };
        files.par_iter().map(file).collect()
    }
}

#[derive(Serialize)]
struct Manifest<'a> {
    format: &'static str,
    analyzer: String,
    documents: usize,
    fields: Vec<ManifestField>,
    router: Vec<(String, String)>,
    norms: Vec<String>,
    facets: String,
    blocks: String,
    words: String,
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
    /// Address, title and, where there is one, English title.
    documents: Vec<(&'a str, &'a str, Option<&'a str>)>,
    /// Files of the texts.
    texts: Vec<String>,
}

/// The files of `corpus`, whose postings are those of `oracle`.
pub(super) fn export(corpus: &Corpus, oracle: &Oracle) -> tantivy::Result<Vec<Artifact>> {
    let mut files = Files::default();
    let mut fields: Vec<ManifestField> = FIELDS
        .iter()
        .map(|f| ManifestField { name: f.name, boost: f.boost, tokens: 0, positions: f.positions })
        .collect();
    let mut norms = Vec::new();
    let mut router = Vec::new();
    if let Some(reader) = oracle.reader() {
        for (number, field) in fields.iter_mut().enumerate() {
            field.tokens = reader.inverted_index(handle(number))?.total_num_tokens();
            let lengths = reader.get_fieldnorms_reader(handle(number))?;
            let lengths: Vec<u8> =
                (0..reader.max_doc()).map(|document| lengths.fieldnorm_id(document)).collect();
            norms.push(files.add(&lengths).hex());
        }
        router = shards::write(&postings::read(reader)?, &mut files);
    }
    let manifest = Manifest {
        format: FORMAT,
        analyzer: fingerprint(),
        documents: corpus.documents.len(),
        fields,
        router: router
            .into_iter()
            .map(|page| (String::from_utf8_lossy(&page.first).into_owned(), page.file.hex()))
            .collect(),
        norms,
        facets: files.add(&facets(&corpus.documents)).hex(),
        blocks: blocks(&corpus.documents, &mut files).hex(),
        words: files.add(&words(oracle)).hex(),
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
        vec![Artifact::new(format!("{}manifest.json", file_paths::SEARCH), manifest)];
    artifacts.extend(files.artifacts());
    Ok(artifacts)
}

/// One column after the other: year, department, rating, kind, topics. Indices count from 1, 0 is none.
fn facets(documents: &[Document]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let label = |index: Option<usize>| index.map_or(0, |index| index as u32 + 1);
    for document in documents {
        let year = document.fiscal_year.and_then(|year| u32::try_from(year).ok());
        add_number(&mut bytes, year.unwrap_or(0));
    }
    for document in documents {
        add_number(&mut bytes, label(document.department));
    }
    for document in documents {
        add_number(&mut bytes, label(document.rating));
    }
    for document in documents {
        add_number(
            &mut bytes,
            label(Kind::ALL.iter().position(|(kind, _)| *kind == document.kind)),
        );
    }
    for document in documents {
        add_number(&mut bytes, document.topics.len() as u32);
        for &topic in &document.topics {
            add_number(&mut bytes, label(Some(topic)));
        }
    }
    bytes
}

/// Writes titles and texts; gives the file that names the blocks of titles.
fn blocks(documents: &[Document], files: &mut Files) -> Name {
    let mut names = Vec::new();
    for block in documents.chunks(BLOCK) {
        let texts = block.chunks(TEXTS).map(|documents| {
            let texts: Vec<String> = documents.iter().map(Document::text).collect();
            files.add(&json(&texts)).hex()
        });
        let texts = texts.collect();
        let documents = block
            .iter()
            .map(|d| (d.url.as_str(), d.title.own.as_str(), d.title.en.as_deref()))
            .collect();
        let name = files.add(&json(&Block { documents, texts }));
        names.extend_from_slice(&name.bytes());
    }
    files.add(&names)
}

/// Latin words in order, a line each: the word, a blank, and how often.
fn words(oracle: &Oracle) -> Vec<u8> {
    let lines = oracle.words().iter().map(|(word, count)| format!("{word} {count}\n"));
    lines.collect::<String>().into_bytes()
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("titles and texts are plain data")
}

/// gzip without a date: the same bytes give the same file.
fn compress(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzBuilder::new().mtime(0).write(Vec::new(), Compression::new(6));
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.expect("memory takes every byte")
}
