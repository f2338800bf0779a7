//! The **index** in memory: documents to tantivy's fields, in one segment whose document numbers are
//! the order of the corpus.

use rayon::prelude::*;
use tantivy::indexer::NoMergePolicy;
use tantivy::tokenizer::{PreTokenizedString, Token as IndexToken};
use tantivy::{Index, TantivyDocument, TantivyError};

use super::analyzer::{Token, kanji, normalise, tokens, years};
use super::corpus::Document;
use super::fields::{FIELDS, handle, schema};
use super::oracle::Oracle;

/// The most memory that an index may take before it is written out, in bytes; so there is one segment.
pub const MEMORY: usize = 2_000_000_000;

/// Documents that are analysed side by side before they are handed to the writer in their order.
const BATCH: usize = 512;

/// Indexes `documents`.
pub(super) fn build(documents: &[Document]) -> tantivy::Result<Oracle> {
    let index = Index::create_in_ram(schema());
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
    let oracle = Oracle::new(&index)?;
    match oracle.segments() {
        0 | 1 => Ok(oracle),
        segments => Err(TantivyError::SystemError(format!(
            "the index has {segments} segments instead of one: its postings need more than {MEMORY} bytes"
        ))),
    }
}

/// The fields of `document`, as tantivy takes them, in the order of [`FIELDS`].
fn prepare(document: &Document) -> TantivyDocument {
    let title = normalise(&joined([Some(&document.title.own), document.title.en.as_ref()]));
    let head = normalise(&document.head.join("\n"));
    let body = normalise(&document.text());
    let kana = normalise(document.kana.as_deref().unwrap_or_default());
    let texts = [&title, &head, &body];
    let single = texts.iter().flat_map(|text| kanji(text)).map(|(_, c)| c.to_string());
    let mentioned = texts.iter().flat_map(|text| years(text)).map(|mention| mention.year);
    let all_years = document.fiscal_year.into_iter().chain(mentioned).map(|year| year.to_string());
    let fields: [Vec<Token>; FIELDS.len()] = [
        tokens(&title),
        tokens(&head),
        tokens(&body),
        tokens(&kana),
        in_order(single),
        in_order(all_years),
    ];
    let mut prepared = TantivyDocument::new();
    for (number, tokens) in fields.into_iter().enumerate() {
        let tokens = tokens.into_iter().map(|token| IndexToken {
            offset_from: 0,
            offset_to: 0,
            position: token.position,
            text: token.text,
            position_length: token.length,
        });
        let text = PreTokenizedString { text: String::new(), tokens: tokens.collect() };
        prepared.add_pre_tokenized_text(handle(number), text);
    }
    prepared
}

/// Terms without place: only how often they come counts.
fn in_order(terms: impl Iterator<Item = String>) -> Vec<Token> {
    terms.enumerate().map(|(position, text)| Token { position, length: 1, text }).collect()
}

fn joined<'a>(texts: impl IntoIterator<Item = Option<&'a String>>) -> String {
    let texts: Vec<&str> = texts.into_iter().flatten().map(String::as_str).collect();
    texts.join("\n")
}
