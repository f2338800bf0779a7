//! The **index** in memory: documents to tantivy's fields, in one segment whose document numbers are
//! the order of the corpus.

use rayon::prelude::*;
use tantivy::indexer::NoMergePolicy;
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{Index, TantivyDocument, TantivyError};

use super::analyzer::{kanji, normalise, years};
use super::corpus::Document;
use super::fields::{FIELDS, handle, schema};
use super::oracle::Oracle;
use super::suggestions::Suggestions;
use super::tokenizer::Cut;

/// The most memory that an index may take before it is written out, in bytes; so there is one segment.
pub const MEMORY: usize = 2_000_000_000;

/// Documents that are analysed side by side before they are handed to the writer in their order.
const BATCH: usize = 512;

/// Indexes `documents`.
pub(super) fn build(
    documents: &[Document],
    synonyms: Vec<Vec<String>>,
    suggestions: Suggestions,
) -> tantivy::Result<Oracle> {
    let index = Index::create_in_ram(schema());
    for cut in Cut::ALL {
        index.tokenizers().register(cut.name(), TextAnalyzer::from(cut));
    }
    // One thread, one commit, no merging: tantivy then keeps the order in which documents come.
    let mut writer = index.writer_with_num_threads(1, MEMORY)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    for batch in documents.chunks(BATCH) {
        let prepared: Vec<TantivyDocument> = batch.par_iter().map(prepare).collect();
        for document in prepared {
            writer.add_document(document)?;
        }
    }
    writer.commit()?;
    let oracle = Oracle::new(&index, synonyms, suggestions)?;
    match oracle.segments() {
        0 | 1 => Ok(oracle),
        segments => Err(TantivyError::SystemError(format!(
            "the index has {segments} segments instead of one: its postings need more than {MEMORY} bytes"
        ))),
    }
}

/// The fields of `document` in normal form, each as its tokenizer takes it, in the order of [`FIELDS`].
fn prepare(document: &Document) -> TantivyDocument {
    let title = normalise(&joined([Some(&document.title.own), document.title.en.as_ref()]));
    let head = normalise(&document.head.join("\n"));
    let body = normalise(&document.text());
    let kana = normalise(document.kana.as_deref().unwrap_or_default());
    let texts = [&title, &head, &body];
    let single: String = texts.iter().flat_map(|text| kanji(text)).map(|(_, c)| c).collect();
    let mentioned = texts.iter().flat_map(|text| years(text)).map(|mention| mention.year);
    let all_years = document.fiscal_year.into_iter().chain(mentioned).map(|year| year.to_string());
    let all_years: Vec<String> = all_years.collect();
    let text = |normal: &[char]| normal.iter().collect::<String>();
    let fields: [String; FIELDS.len()] =
        [text(&title), text(&head), text(&body), text(&kana), single, all_years.join("\n")];
    let mut prepared = TantivyDocument::new();
    for (number, text) in fields.iter().enumerate() {
        prepared.add_text(handle(number), text);
    }
    prepared
}

fn joined<'a>(texts: impl IntoIterator<Item = Option<&'a String>>) -> String {
    let texts: Vec<&str> = texts.into_iter().flatten().map(String::as_str).collect();
    texts.join("\n")
}
