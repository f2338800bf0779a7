//! **Blocks** of titles, and the texts that snippets are cut from: what results are shown with,
//! once they are found.
//!
//! Not in here: what is found by (`postings`), and narrowed by (`facets`).

use serde::Serialize;

use crate::artifact;
use crate::text::Localized;

use super::document::{Document, IndicatorFigure};
use super::facets::{department, kind, rating, year};
use super::files::{FileName, IndexFiles, MANY_DOCUMENTS};

/// Documents in a block: the fewer, the less is read that is not shown …
const FEW: usize = 4;
/// … the more, the shorter the list of their names.
const FEW_OF_MANY: usize = 16;
/// Blocks that are written one after the other, beside others.
const STRETCH: usize = 64;

/// How many of so many documents are in a block.
pub(super) fn size(documents: usize) -> usize {
    if documents < MANY_DOCUMENTS { FEW } else { FEW_OF_MANY }
}

/// Blocks that lie beside each other.
pub(super) struct BlockRange<'a> {
    /// Number of the first document.
    first: usize,
    size: usize,
    documents: &'a [Document],
}

/// Every block of `documents`, many in each stretch.
pub(super) fn stretches(documents: &[Document]) -> Vec<BlockRange<'_>> {
    let size = size(documents.len());
    let length = STRETCH * size;
    let stretch = |(at, documents)| BlockRange { first: at * length, size, documents };
    documents.chunks(length).enumerate().map(stretch).collect()
}

/// A stretch as it is published.
pub(super) struct WrittenRange {
    files: IndexFiles,
    /// Of the name of each block what is not known beforehand.
    names: Vec<u8>,
}

/// Writes the blocks of a stretch, and their texts.
pub(super) fn write(stretch: &BlockRange<'_>) -> WrittenRange {
    let mut files = IndexFiles::default();
    let BlockRange { first, size, documents } = *stretch;
    let blocks = documents.chunks(size).enumerate();
    let names = blocks.flat_map(|(at, block)| add(first + at * size, size, block, &mut files));
    WrittenRange { names: names.collect(), files }
}

/// Puts all stretches among the `files`; gives the file that names their blocks.
pub(super) fn publish(written: Vec<WrittenRange>, files: &mut IndexFiles) -> FileName {
    let mut all = Vec::new();
    for WrittenRange { names, files: own } in written {
        all.extend(names);
        files.append(own);
    }
    files.add_dense(&all)
}

/// What a block holds.
#[derive(Serialize)]
struct DocumentBlock<'a> {
    /// Address, title, English title, and what is shown of it beside: year, department, rating,
    /// kind, what it is within, in both languages, and the figure that is known already.
    documents: Vec<ShownDocument<'a>>,
    /// Of the names of the texts' files, one a document, what is not known beforehand.
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

/// Writes a block, whose first document has the number `first`, and its texts; gives the part of
/// its name that is not known beforehand.
fn add(first: usize, size: usize, block: &[Document], files: &mut IndexFiles) -> [u8; 3] {
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
    let block = serde_json::to_vec(&block).expect("titles are plain data");
    files.add_keyed(&format!("block {}", first / size), &block).own()
}
