//! **Words** in Latin letters that the index has. A misspelt word finds those that differ from it
//! in one letter.
//!
//! Not in here: Japanese, where a slip usually gives another existing word.

use std::collections::BTreeMap;

use super::fields::{BODY, FIELDS, TITLE, handle};
use super::plan::Keyword;
use super::segments::Segments;

/// Shorter words are left out: they differ in one letter from too many others.
const SHORTEST: usize = 4;
/// At most so many words are looked up in place of one.
const MOST: usize = 4;

/// The stems of words of at least four of the letters a to z.
#[derive(Clone, Debug, Default)]
pub struct Words(BTreeMap<String, Word>);

#[derive(Clone, Debug, Default)]
struct Word {
    /// Number of documents that have it, added up over the text fields.
    count: u32,
    /// Does a title or body have it? Ids, which are in the head, are often romaji.
    in_text: bool,
}

impl Words {
    /// Reads the words of all text fields.
    ///
    /// # Errors
    ///
    /// Where tantivy cannot read its index.
    pub(super) fn of(segments: &Segments) -> tantivy::Result<Self> {
        let mut words = BTreeMap::new();
        for (_, reader) in segments.readers() {
            for (number, _) in FIELDS.iter().enumerate().filter(|(_, field)| field.positions) {
                let index = reader.inverted_index(handle(number))?;
                let mut stream = index.terms().range().ge(b"a").lt(b"{").into_stream()?;
                while stream.advance() {
                    let word = String::from_utf8_lossy(stream.key());
                    if is_word(&word) {
                        let own: &mut Word = words.entry(word.into_owned()).or_default();
                        own.count += stream.value().doc_freq;
                        own.in_text |= number == TITLE || number == BODY;
                    }
                }
            }
        }
        Ok(Self(words))
    }

    /// Every word in order, with its count.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, u32)> {
        self.0.iter().map(|(stem, word)| (stem.as_str(), word.count))
    }

    /// The words that differ in one letter from `keyword`, the most frequent first, at most
    /// [`MOST`]. Empty where the index has the keyword itself, or it is quoted or not a single
    /// Latin word.
    pub(super) fn near(&self, keyword: &Keyword) -> Vec<Keyword> {
        let [(_, word)] = keyword.terms.as_slice() else { return Vec::new() };
        if keyword.quoted || !is_word(&keyword.text) || self.0.contains_key(word) {
            return Vec::new();
        }
        let mut near: Vec<(&str, u32)> =
            self.iter().filter(|(other, _)| differ_in_one(word, other)).collect();
        near.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        // The words are stems already; stemming one again might change it.
        let keyword = |word: &str| Keyword {
            text: word.to_owned(),
            terms: vec![(0, word.to_owned())],
            ..keyword.clone()
        };
        near.into_iter().take(MOST).map(|(word, _)| keyword(word)).collect()
    }

    /// Does a title or body have `keyword`, a word in Latin letters?
    pub(super) fn has_in_text(&self, keyword: &Keyword) -> bool {
        let found = keyword.terms.first().and_then(|(_, word)| self.0.get(word));
        found.is_some_and(|word| word.in_text)
    }
}

fn is_word(text: &str) -> bool {
    text.len() >= SHORTEST && text.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Do the words differ in one letter that is inserted, deleted, replaced, or swapped with its
/// neighbour (Damerau, 1964)?
fn differ_in_one(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    match (a, b) {
        (_, [_, rest @ ..]) if a == rest => true,
        ([_, rest @ ..], _) if b == rest => true,
        ([_, rest_a @ ..], [_, rest_b @ ..]) if rest_a == rest_b => true,
        ([a0, a1, rest_a @ ..], [b0, b1, rest_b @ ..]) => a0 == b1 && a1 == b0 && rest_a == rest_b,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::differ_in_one;

    #[test]
    fn one_letter_is_one_slip() {
        for (a, b) in [
            ("tourism", "tourim"),
            ("tourism", "tourismm"),
            ("tourism", "tourizm"),
            ("tourism", "tuorism"),
            ("tourism", "ourism"),
        ] {
            assert!(differ_in_one(a, b) && differ_in_one(b, a), "{a} {b}");
        }
        assert!(!differ_in_one("tourism", "tuorims"));
        assert!(!differ_in_one("tourism", "touring"));
        assert!(!differ_in_one("tourism", "tour"));
    }
}
