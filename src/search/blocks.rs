//! **Blocks** hold the titles of several documents each; beside them lie the texts that snippets
//! are cut from. The client reads both to show results, once it has found them.
//!
//! Not in here: the posting lists (`postings`) and the facets (`facets`).

use serde::Serialize;

use crate::artifact;
use crate::text::Localized;

use super::document::{Document, IndicatorFigure};
use super::facets::{department, kind, rating, year};
use super::files::{FileName, IndexFiles, MANY_DOCUMENTS};

/// Documents in a block of a small site: small blocks contain less that is read but not shown.
const FEW: usize = 4;
/// Documents in a block of a large site: large blocks keep the list of their names short.
const FEW_OF_MANY: usize = 16;
/// Number of consecutive blocks that one task writes.
const STRETCH: usize = 64;
/// Number of consecutive blocks whose names end alike, which keeps the list of the names short.
pub(super) const TOGETHER: usize = 4;

/// Number of documents in a block, in an index of `documents` documents.
pub(super) fn size(documents: usize) -> usize {
    if documents < MANY_DOCUMENTS { FEW } else { FEW_OF_MANY }
}

/// Consecutive blocks that one task writes.
pub(super) struct BlockRange<'a> {
    /// Number of the first document.
    first: usize,
    size: usize,
    documents: &'a [Document],
}

/// Divides `documents` into ranges of up to [`STRETCH`] blocks each.
pub(super) fn stretches(documents: &[Document]) -> Vec<BlockRange<'_>> {
    let size = size(documents.len());
    let length = STRETCH * size;
    let stretch = |(at, documents)| BlockRange { first: at * length, size, documents };
    documents.chunks(length).enumerate().map(stretch).collect()
}

/// The files of one range of blocks.
pub(super) struct WrittenRange {
    files: IndexFiles,
    /// For every [`TOGETHER`] blocks, the three bytes of their names that depend on their contents.
    names: Vec<u8>,
}

/// Writes the blocks of a range, and the texts of their documents.
pub(super) fn write(stretch: &BlockRange<'_>) -> WrittenRange {
    let mut files = IndexFiles::default();
    let BlockRange { first, size, documents } = *stretch;
    let mut names = Vec::new();
    for (at, together) in documents.chunks(size * TOGETHER).enumerate() {
        let first = first + at * size * TOGETHER;
        let blocks = together.chunks(size).enumerate();
        let blocks: Vec<Vec<u8>> =
            blocks.map(|(at, block)| made(first + at * size, block, &mut files)).collect();
        let known = |at| format!("block {}", first / size + at);
        names.extend(files.add_together(&blocks, false, known));
    }
    WrittenRange { names, files }
}

/// Adds the files of all ranges to `files`, and a file with the ends of the blocks' names. Returns
/// the name of that file.
pub(super) fn publish(written: Vec<WrittenRange>, files: &mut IndexFiles) -> FileName {
    let mut all = Vec::new();
    for WrittenRange { names, files: own } in written {
        all.extend(names);
        files.append(own);
    }
    files.add_dense(&all)
}

/// The content of a block, as JSON.
#[derive(Serialize)]
struct DocumentBlock<'a> {
    /// For each document: its address, title, English title, the numbers of its year, department,
    /// rating and kind, what it is part of in both languages, and the figure that is shown with it.
    documents: Vec<ShownDocument<'a>>,
    /// For each document, the part of the name of its text file that depends on its content, in
    /// hexadecimal.
    texts: Vec<String>,
}

type ShownDocument<'a> = (
    &'a str,
    &'a str,
    Option<&'a str>,
    u32,
    u32,
    u32,
    u32,
    Option<&'a Localized>,
    Option<&'a IndicatorFigure>,
);

/// Makes a block, whose first document has the number `first`, and adds the texts of its documents.
fn made(first: usize, block: &[Document], files: &mut IndexFiles) -> Vec<u8> {
    let text = |(at, document): (usize, &Document)| {
        let known = format!("text {}", first + at);
        artifact::hex(&files.add_keyed(&known, document.excerpts().as_bytes()).own())
    };
    let texts = block.iter().enumerate().map(text).collect();
    let shown = |d| (year(d), department(d), rating(d), kind(d));
    let documents = block.iter().map(|d| {
        let (url, title, english) = (&d.url, &d.title.own, d.title.en.as_deref());
        let (year, department, rating, kind) = shown(d);
        let (within, answer) = (d.within.as_ref(), d.answer.as_ref());
        (url.as_str(), title.as_str(), english, year, department, rating, kind, within, answer)
    });
    let block = DocumentBlock { documents: documents.collect(), texts };
    serde_json::to_vec(&block).expect("titles are plain data")
}
