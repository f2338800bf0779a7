//! **Blocks** hold the titles of several documents each; beside them lie the texts that snippets
//! are cut from. The client reads both to show results, once it has found them.
//!
//! Not in here: the posting lists (`postings`) and the facets (`facets`).

use serde::Serialize;

use crate::artifact;
use crate::text::Localized;

use super::document::{Document, IndicatorFigure};
use super::facets::{department, kind, rating, year};
use super::files::{FileName, IndexFiles, json};

/// Number of documents in a block. Larger blocks would contain more that is read but not shown.
pub(super) const DOCUMENTS: usize = 16;
/// Number of consecutive blocks that one task writes.
const STRETCH: usize = 16;
/// Number of consecutive blocks whose names end alike, which keeps the list of the names short.
pub(super) const TOGETHER: usize = 4;
/// The texts of a block are divided into files of at most about so many UTF-8 bytes each: some
/// four measures or all rows of a block. Compressed together, they take a quarter less.
const TEXTS: usize = 8_400;

/// Consecutive blocks that one task writes.
pub(super) struct BlockRange<'a> {
    /// Number of the first document.
    first: usize,
    documents: &'a [Document],
}

/// Divides `documents` into ranges of up to [`STRETCH`] blocks each.
pub(super) fn stretches(documents: &[Document]) -> Vec<BlockRange<'_>> {
    let length = STRETCH * DOCUMENTS;
    let stretch = |(at, documents)| BlockRange { first: at * length, documents };
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
    let BlockRange { first, documents } = *stretch;
    let mut names = Vec::new();
    for (at, together) in documents.chunks(DOCUMENTS * TOGETHER).enumerate() {
        let first = first + at * DOCUMENTS * TOGETHER;
        let blocks = together.chunks(DOCUMENTS).enumerate();
        let blocks: Vec<Vec<u8>> =
            blocks.map(|(at, block)| made(first + at * DOCUMENTS, block, &mut files)).collect();
        let known = |at| format!("block {}", first / DOCUMENTS + at);
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
    /// rating and kind, and what it is part of in both languages.
    documents: Vec<ShownDocument<'a>>,
    /// For each file of texts, in the order of the documents: how many documents it has, and the
    /// part of its name that depends on its content, in hexadecimal.
    texts: Vec<(usize, String)>,
}

type ShownDocument<'a> =
    (&'a str, &'a str, Option<&'a str>, u32, u32, u32, u32, Option<&'a Localized>);

/// Makes a block, whose first document has the number `first`, and adds the texts of its documents.
fn made(first: usize, block: &[Document], files: &mut IndexFiles) -> Vec<u8> {
    let documents = block.iter().map(|document| {
        let (url, title) = (document.url.as_str(), document.title.own.as_str());
        let (english, within) = (document.title.en.as_deref(), document.within.as_ref());
        let (year, department) = (year(document), department(document));
        (url, title, english, year, department, rating(document), kind(document), within)
    });
    json(&DocumentBlock { documents: documents.collect(), texts: texts(first, block, files) })
}

/// What is shown of a document when it comes into view: the two texts of its
/// [`excerpts`](Document::excerpts) and its figure.
type ShownText<'a> = (String, String, Option<ShownFigure<'a>>);

/// A figure: the name of its indicator, value, unit and year.
type ShownFigure<'a> = (&'a Localized, &'a str, Option<&'a Localized>, i32);

fn figure(figure: &IndicatorFigure) -> ShownFigure<'_> {
    let IndicatorFigure { name, value, unit, year } = figure;
    (name, value, unit.as_ref(), *year)
}

/// Adds the texts of a block, divided into files of about the same length.
fn texts(first: usize, block: &[Document], files: &mut IndexFiles) -> Vec<(usize, String)> {
    let mut start = 0;
    let shown = block.iter().map(|document| {
        let (own, en) = document.excerpts();
        let (from, length) = (start, own.len() + en.len());
        start += length;
        (2 * from + length, (own, en, document.answer.as_ref().map(figure)))
    });
    let shown: Vec<(usize, ShownText<'_>)> = shown.collect();
    // A text belongs to that file in which its middle lies.
    let (all, count) = (2 * start, start.div_ceil(TEXTS));
    let file = |(middle, _): &(usize, ShownText<'_>)| middle * count / all.max(1);
    let mut at = first;
    let added = shown.chunk_by(|a, b| file(a) == file(b)).map(|own| {
        let texts: Vec<&ShownText<'_>> = own.iter().map(|(_, text)| text).collect();
        let name = files.add_keyed(&format!("text {at}"), &json(&texts));
        at += own.len();
        (own.len(), artifact::hex(&name.own()))
    });
    added.collect()
}

#[cfg(test)]
mod tests {
    use super::{Document, IndexFiles, TEXTS, texts};
    use crate::search::document::Paragraphs;
    use crate::text::Localized;

    fn counts(lengths: &[usize]) -> Vec<usize> {
        let document = |&length: &usize| {
            let body = Paragraphs { own: vec!["a".repeat(length)], ..Paragraphs::default() };
            Document::page(String::new(), Localized::new("題"), vec![], body)
        };
        let block: Vec<Document> = lengths.iter().map(document).collect();
        let texts = texts(0, &block, &mut IndexFiles::default());
        texts.into_iter().map(|(count, _)| count).collect()
    }

    #[test]
    fn texts_are_divided_into_files_of_like_length() {
        assert_eq!(counts(&[100; 16]), [16]);
        assert_eq!(counts(&[0; 3]), [3]);
        assert_eq!(counts(&[TEXTS / 4; 16]), [4; 4]);
        assert_eq!(counts(&[TEXTS / 2, TEXTS / 2, 100, TEXTS]), [1, 2, 1]);
        assert_eq!(counts(&[10 * TEXTS, 10]), [1, 1]);
    }
}
