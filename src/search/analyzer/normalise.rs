//! **Normalisation**: gives texts that a reader takes to be the same the same spelling.

use unicode_normalization::UnicodeNormalization;

use super::characters::{character, is_kanji};
use super::folding::{hiragana, lower, prepare};
use super::numbers::{separators, without};
use super::tables::{AnalyzerTables, TABLES};

/// Returns `text` in normal form, as code points. The positions of tokens are indices of these.
///
/// Steps, in this order: invisible code points are removed; circled numbers become digits with
/// spaces around them; NFKC; variant kanji and radicals are folded; letters become lower case,
/// katakana become hiragana; a dash after kana becomes ー; iteration marks repeat the character
/// before them; separators within numbers are removed.
pub fn normalise(text: &str) -> Vec<char> {
    let mut normal = Vec::with_capacity(text.len() / 2);
    fold(text, |c, _| normal.push(c));
    let separators = separators(&normal);
    if !separators.is_empty() {
        without(&mut normal, &separators);
    }
    normal
}

/// A text in normal form, and which of its code points were katakana.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Normal {
    /// The code points.
    pub chars: Vec<char>,
    /// For each of `chars`, whether it was katakana; a ー is what the character before it is.
    pub katakana: Vec<bool>,
}

/// The same as [`normalise`], with what was katakana.
pub fn normalise_with_katakana(text: &str) -> Normal {
    let mut normal = Normal::default();
    fold(text, |c, katakana| {
        let before = normal.katakana.last().copied().unwrap_or(false);
        normal.chars.push(c);
        normal.katakana.push(katakana || (c == 'ー' && before));
    });
    let separators = separators(&normal.chars);
    if !separators.is_empty() {
        without(&mut normal.chars, &separators);
        without(&mut normal.katakana, &separators);
    }
    normal
}

/// Calls `give` with each code point of the normal form and whether it was katakana. Nearly all
/// code points are normalised one by one; only a sequence that may compose is normalised as a
/// whole.
fn fold(text: &str, mut give: impl FnMut(char, bool)) {
    let mut before: Option<char> = None;
    let mut characters = text.char_indices().map(|(at, c)| (at, character(c))).peekable();
    while let Some((start, own)) = characters.next() {
        let joins = characters.peek().is_some_and(|(_, next)| !next.starts());
        if let (Some(normal), false) = (own.normal, joins) {
            give(normal, own.is_katakana());
            before = Some(normal);
            continue;
        }
        while characters.next_if(|(_, next)| !next.starts()).is_some() {}
        let end = characters.peek().map_or(text.len(), |&(next, _)| next);
        fold_together(&text[start..end], &mut before, &mut give);
    }
}

/// The same for a sequence that no code point outside of it composes with. `before` is the last
/// code point of the normal form so far.
fn fold_together(text: &str, before: &mut Option<char>, give: &mut impl FnMut(char, bool)) {
    let tables = &*TABLES;
    for c in prepare(text, tables).nfkc() {
        // Voicing marks that NFKC could not compose with a kana are dropped.
        if matches!(c, '\u{3099}' | '\u{309A}') {
            continue;
        }
        let written = lower(tables.fold(c), tables);
        let c = hiragana(written);
        let normal = match (c, *before) {
            ('々' | '〻', Some(before)) if is_kanji(before) => before,
            ('ゝ', Some(before)) if is_hiragana(before) => plain(before, tables),
            ('ゞ', Some(before)) if is_hiragana(before) => voiced(plain(before, tables), tables),
            (_, Some(before)) if tables.dashes.contains(c) && is_kana(before) => 'ー',
            _ => c,
        };
        give(normal, c != written);
        *before = Some(normal);
    }
}

fn is_hiragana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ')
}

fn is_kana(c: char) -> bool {
    is_hiragana(c) || c == 'ー'
}

/// The unvoiced kana of a voiced one (か for が); any other unchanged.
fn plain(c: char, tables: &AnalyzerTables) -> char {
    tables.voiced.iter().find(|pair| pair.1 == c).map_or(c, |pair| pair.0)
}

/// The voiced kana of an unvoiced one (が for か); any other unchanged.
fn voiced(c: char, tables: &AnalyzerTables) -> char {
    tables.voiced.iter().find(|pair| pair.0 == c).map_or(c, |pair| pair.1)
}
