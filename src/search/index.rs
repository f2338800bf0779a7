//! Builds the **index**: turns documents into tantivy's fields, in segments whose document numbers
//! follow the order of the corpus.
//!
//! Not in here: which worker builds which segment (`work`), and querying them (`segments`).

use std::collections::{BTreeMap, BTreeSet};

use tantivy::directory::RamDirectory;
use tantivy::schema::{Field, OwnedValue};
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};
use tantivy::{Index, SingleSegmentIndexWriter, TantivyError};

use super::analyzer::{Normal, normalise, normalise_with_katakana, years};
use super::document::{Document, Paragraphs};
use super::fields::{FIELDS, handle, schema};
use super::kanji::KanjiFinder;
use super::tokenizer::Cut;

/// Upper limit of the memory that a segment may take while it is built, in bytes.
pub const MEMORY: usize = 2_000_000_000;

/// Memory that a segment begins with, in bytes. A third of it is for the hash table of terms, which
/// doubles when it is half full. With tantivy's usual size most of the table would stay empty, and
/// looking up a term would often miss the cache.
pub(super) const FIRST_MEMORY: usize = 4_000_000;

/// Fewest documents that are worth a segment of their own.
const FEW: usize = 64;
/// Most documents of a segment: more would need too much memory at once.
const MANY: usize = 4_096;

/// Divides `documents` into consecutive shares of about equal text length, one for each worker. A
/// share has at least [`FEW`] documents (but for the last) and at most [`MANY`].
pub(super) fn shares(documents: &[Document], workers: usize) -> Vec<&[Document]> {
    let length = |document: &Document| {
        let Paragraphs { own, en, .. } = &document.body;
        own.iter().chain(en).map(String::len).sum::<usize>()
    };
    let share = documents.iter().map(length).sum::<usize>().div_ceil(workers);
    let mut shares = Vec::with_capacity(workers);
    let (mut start, mut long) = (0, 0);
    for (at, document) in documents.iter().enumerate() {
        long += length(document);
        let count = at + 1 - start;
        if (long >= share && count >= FEW) || count == MANY || at + 1 == documents.len() {
            shares.push(&documents[start..=at]);
            (start, long) = (at + 1, 0);
        }
    }
    shares
}

/// Builds an index of one segment that has `documents` in their order.
///
/// # Errors
///
/// Where tantivy fails, or the segment needs more than [`MEMORY`].
pub(super) fn segment(documents: &[Document]) -> tantivy::Result<Index> {
    let tokenizers = TokenizerManager::new();
    for cut in Cut::ALL {
        tokenizers.register(cut.name(), TextAnalyzer::from(cut));
    }
    let mut writer: SingleSegmentIndexWriter<PreparedFields> = (Index::builder().schema(schema()))
        .tokenizers(tokenizers)
        .single_segment_index_writer(RamDirectory::create(), FIRST_MEMORY)?;
    let mut finder = KanjiFinder::default();
    for document in documents {
        writer.add_document(prepare(document, &mut finder))?;
        if writer.mem_usage() > MEMORY {
            return Err(TantivyError::SystemError(format!(
                "the postings of {} documents need more than {MEMORY} bytes",
                documents.len()
            )));
        }
    }
    writer.finalize()
}

type PreparedFields = BTreeMap<Field, OwnedValue>;

/// The fields of `document` in normal form, each in the form that its tokenizer expects, in the
/// order of [`FIELDS`]. `finder` has nothing found before and after.
fn prepare(document: &Document, finder: &mut KanjiFinder) -> PreparedFields {
    let mut named: Vec<i32> = document.fiscal_year.into_iter().collect();
    let mut words = BTreeSet::new();
    let mut text = |text: &str| {
        let normal = normalise_with_katakana(text);
        add_katakana(&mut words, &normal);
        finder.read(&normal);
        named.extend(years(&normal.chars).into_iter().map(|mention| mention.year));
        written(&normal.chars)
    };
    let title = text(&joined([Some(&document.title.own), document.title.en.as_ref()]));
    let head = text(&document.head.join("\n"));
    let body = text(&document.text());
    let kana = written(&normalise(document.kana.as_deref().unwrap_or_default()));
    words.extend(kana.lines().map(str::to_owned));
    let kanji = finder.take();
    words.extend(kanji.words.into_iter().map(String::from));
    let words: Vec<String> = words.into_iter().collect();
    let named: Vec<String> = named.iter().map(i32::to_string).collect();
    let fields: [String; FIELDS.len()] =
        [title, head, body, kana, kanji.within, named.join("\n"), words.join("\n")];
    let fields = fields.into_iter().enumerate();
    fields.map(|(number, text)| (handle(number), OwnedValue::Str(text))).collect()
}

/// Adds each run of two or more katakana of a text to `words`.
fn add_katakana(words: &mut BTreeSet<String>, Normal { chars, katakana }: &Normal) {
    let mut start = 0;
    for stretch in katakana.chunk_by(|a, b| a == b) {
        let own = &chars[start..start + stretch.len()];
        start += stretch.len();
        if stretch[0] && own.len() >= 2 {
            words.insert(own.iter().collect());
        }
    }
}

/// The code points as a string, with room for three bytes each, which is what most take.
fn written(normal: &[char]) -> String {
    let mut text = String::with_capacity(3 * normal.len());
    text.extend(normal);
    text
}

fn joined<'a>(texts: impl IntoIterator<Item = Option<&'a String>>) -> String {
    let texts: Vec<&str> = texts.into_iter().flatten().map(String::as_str).collect();
    texts.join("\n")
}

#[cfg(test)]
mod tests {
    use super::{Document, FEW, MANY, Paragraphs, shares};
    use crate::text::Localized;

    fn document(length: usize) -> Document {
        let body = Paragraphs { own: vec!["a".repeat(length)], ..Paragraphs::default() };
        Document::page(String::new(), Localized::new("題"), vec![], body)
    }

    #[test]
    fn workers_get_as_much_text_as_each_other() {
        let short = (0..300).map(|_| document(10));
        let documents: Vec<Document> = short.chain((0..300).map(|_| document(30))).collect();
        let counts = |workers| -> Vec<usize> {
            shares(&documents, workers).into_iter().map(<[Document]>::len).collect()
        };
        assert_eq!(counts(1), [600]);
        assert_eq!(counts(2), [400, 200]);
        assert!(counts(600).iter().all(|&count| count >= FEW || count == 600 % FEW));
        assert!(shares(&[], 2).is_empty());
        let many: Vec<Document> = (0..MANY + 1).map(|_| document(1)).collect();
        assert_eq!(shares(&many, 1).len(), 2);
    }
}
