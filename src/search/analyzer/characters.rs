//! **Characters**: what the analyzer makes of a code point that stands by itself. A text asks for the same
//! few thousand again and again, so the answers are kept, page by page.
//!
//! Not in here: what depends on the code points beside it (`normalise`).

use std::sync::OnceLock;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::normalise::{hiragana, lower, prepare, repeats};
use super::tables::TABLES;
use super::tokens::Class;

/// What is known of a code point.
#[derive(Clone, Copy)]
pub(super) struct Character {
    /// Its normal form, where that is one code point whatever stands before it.
    pub normal: Option<char>,
    /// Is the normal form hiragana for katakana?
    pub katakana: bool,
    /// Does it never join to what stands before it?
    pub starts: bool,
    /// Its class, where it is in normal form.
    pub class: Option<Class>,
    /// Is it a kanji, 〆 or 〇?
    pub kanji: bool,
    /// May a year begin with it?
    pub begins_year: bool,
}

/// Code points in a page.
const PAGE: usize = 256;
/// Those beyond the basic plane are rare and worked out each time.
static PAGES: [OnceLock<Box<[Character]>>; 256] = [const { OnceLock::new() }; 256];

/// What is known of `c`.
pub(super) fn character(c: char) -> Character {
    let code = u32::from(c) as usize;
    let Some(page) = PAGES.get(code / PAGE) else { return work_out(c) };
    page.get_or_init(|| {
        let first = code - code % PAGE;
        let codes = (first..first + PAGE).map(|code| char::from_u32(code as u32));
        codes.map(|c| work_out(c.unwrap_or(char::REPLACEMENT_CHARACTER))).collect()
    })[code % PAGE]
}

fn work_out(c: char) -> Character {
    let tables = &*TABLES;
    let prepared = prepare(c.encode_utf8(&mut [0; 4]), tables);
    let first = prepared.nfkd().next();
    let starts = first.is_some_and(|first| {
        canonical_combining_class(first) == 0
            && is_nfc_quick(std::iter::once(first)) == IsNormalized::Yes
    });
    let mut composed = prepared.nfkc();
    let alone = match (composed.next(), composed.next()) {
        (Some(alone), None) if starts => Some(lower(tables.fold(alone), tables)),
        _ => None,
    };
    let normal = alone.map(hiragana).filter(|&normal| !repeats(normal, tables));
    let kanji = tables.kanji.contains(c);
    Character {
        normal,
        katakana: normal.is_some() && alone != normal,
        starts,
        class: if c.is_ascii_digit() {
            Some(Class::Digit)
        } else if tables.words.contains(c) {
            Some(Class::Word)
        } else if kanji || tables.kana.contains(c) {
            Some(Class::Japanese)
        } else {
            None
        },
        kanji,
        begins_year: c.is_ascii_digit()
            || tables.eras.iter().any(|era| era.letter == c || era.name.starts_with(c)),
    }
}
