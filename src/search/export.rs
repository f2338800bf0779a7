//! The **export** writes the index as files that a browser fetches one by one. The layout of every
//! byte is described in `docs/en/search-index.md`.
//!
//! Files that every search needs stand in the manifest, so that a person on a slow network waits
//! for one answer of the host less.
//!
//! Not in here: terms (`shards`, `postings`), the blocks of titles and texts (`blocks`), and the
//! names of files (`files`).

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;

use crate::artifact::{Artifact, checked};
use crate::site::file_paths;

use super::analyzer::TABLES;
use super::blocks::{self, WrittenRange};
use super::compact::compact;
use super::completions;
use super::corpus::Corpus;
use super::document::DocumentKind;
use super::facets::{budgets, facets, groups};
use super::fields::{FIELDS, handle};
use super::files::{FileName, IndexFiles};
use super::label::FilterLabel;
use super::memory_index::MemoryIndex;
use super::own_facets::OwnFacet;
use super::shards;

/// Version of the file format. A client refuses any other.
pub const FORMAT: &str = "kawaraban-search/12";

/// Most pages of the router that stand in the manifest; those of a larger index are files, each
/// fetched when it is needed.
const INLINE_PAGES: usize = 8;

#[derive(Serialize)]
struct IndexManifest<'a> {
    format: &'static str,
    documents: usize,
    tables: String,
    fields: Vec<ManifestField>,
    shards: [usize; 3],
    long: String,
    router: Vec<String>,
    norms: Vec<String>,
    groups: String,
    facets: String,
    budgets: String,
    block: usize,
    blocks: String,
    together: EndsAlike,
    latin: String,
    readings: String,
    suggestions: String,
    completions: CompletionLists,
    words: BTreeMap<&'a str, String>,
    synonyms: &'a [Vec<String>],
    labels: Labels<'a>,
    inline: BTreeMap<String, String>,
}

/// How many files have names that end alike.
#[derive(Serialize)]
struct EndsAlike {
    shards: usize,
    blocks: usize,
    completions: usize,
}

/// The lists of completions.
#[derive(Serialize)]
struct CompletionLists {
    lists: usize,
    /// The ends of their names, one after the other.
    ends: String,
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
    department: &'a [FilterLabel],
    rating: &'a [FilterLabel],
    topic: &'a [FilterLabel],
    kind: Vec<&'static str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    own: &'a [OwnFacet],
    /// The values of each of the site's own facets, by the name of the facet.
    #[serde(flatten)]
    of_own: BTreeMap<&'a str, &'a [FilterLabel]>,
}

/// Exports `index`, the index of `corpus`. `written` are the blocks, which have been written
/// already. The first artifact is the manifest, which names all other files.
pub(super) fn export(
    corpus: &Corpus,
    index: &MemoryIndex,
    written: Vec<WrittenRange>,
) -> tantivy::Result<Vec<Artifact>> {
    let readers: Vec<_> = index.segments().readers().map(|(_, reader)| reader).collect();
    let mut files = IndexFiles::default();
    let mut fields = Vec::new();
    let mut norms = Vec::new();
    for (number, field) in FIELDS.iter().enumerate() {
        let (mut tokens, mut lengths) = (0, Vec::new());
        for reader in &readers {
            tokens += reader.inverted_index(handle(number))?.total_num_tokens();
            let own = reader.get_fieldnorms_reader(handle(number))?;
            lengths.extend((0..reader.max_doc()).map(|document| own.fieldnorm_id(document)));
        }
        let (name, boost, positions) = (field.name, field.boost, field.positions);
        fields.push(ManifestField { name, boost, tokens, positions });
        norms.push(files.add(&lengths).hex());
    }
    let router = shards::write(index.segments(), corpus.documents.len(), &mut files)?;
    let (lists, ends) = corpus.completions.write(&mut files);
    let tables = files.add(&compact(TABLES));
    let groups = files.add(&groups(&corpus.documents));
    let blocks = blocks::publish(written, &mut files);
    let readings = files.add_json(index.readings());
    let words: BTreeMap<&str, FileName> = (corpus.words.iter())
        .map(|(language, words)| (language.tag(), files.add_json(words)))
        .collect();
    let pages = if router.pages.len() > INLINE_PAGES { &[] } else { router.pages.as_slice() };
    let needed = [tables, groups, blocks, readings].into_iter();
    let needed = needed.chain(words.values().copied()).chain(pages.iter().copied());
    let inline =
        needed.map(|name| (name.hex(), BASE64_STANDARD.encode(files.take(name)))).collect();
    let manifest = IndexManifest {
        format: FORMAT,
        documents: corpus.documents.len(),
        tables: tables.hex(),
        fields,
        shards: router.shards,
        long: router.long,
        router: router.pages.into_iter().map(FileName::hex).collect(),
        norms,
        groups: groups.hex(),
        facets: files.add(&facets(&corpus.documents, corpus.own_facets.len())).hex(),
        budgets: files.add_json(&budgets(&corpus.documents)).hex(),
        block: blocks::DOCUMENTS,
        blocks: blocks.hex(),
        together: EndsAlike {
            shards: shards::TOGETHER,
            blocks: blocks::TOGETHER,
            completions: completions::TOGETHER,
        },
        latin: files.add(&latin(index)).hex(),
        readings: readings.hex(),
        suggestions: files.add_json(index.suggestions()).hex(),
        completions: CompletionLists { lists, ends },
        words: words.into_iter().map(|(language, name)| (language, name.hex())).collect(),
        synonyms: &corpus.synonyms,
        labels: Labels {
            department: &corpus.departments,
            rating: &corpus.ratings,
            topic: &corpus.topics,
            kind: DocumentKind::ALL.iter().map(|(_, name)| *name).collect(),
            own: &corpus.own_facets,
            of_own: (corpus.own_facets.iter())
                .map(|facet| (facet.facet.as_str(), facet.values.as_slice()))
                .collect(),
        },
        inline,
    };
    let manifest = checked(serde_json::to_vec(&manifest).expect("a manifest is plain data"));
    let mut artifacts =
        vec![Artifact::new(file_paths::manifest_below(file_paths::SEARCH), manifest)];
    artifacts.extend(files.artifacts());
    Ok(artifacts)
}

/// The Latin words of the index in order, one per line: the word, a space, and its count.
fn latin(index: &MemoryIndex) -> Vec<u8> {
    let lines = index.words().iter().map(|(word, count)| format!("{word} {count}\n"));
    lines.collect::<String>().into_bytes()
}
