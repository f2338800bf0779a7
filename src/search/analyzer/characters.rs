//! **Characters**: the properties of single code points that the analyzer needs. A text uses the
//! same few thousand again and again, so the properties are cached, in pages of 256 code points.
//!
//! Not in here: whatever depends on neighbouring code points (`normalise`).

use std::sync::OnceLock;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::folding::{hiragana, lower, prepare, repeats};
use super::tables::TABLES;

/// The class of a code point. A code point without a class is a separator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CharacterClass {
    /// Kanji, kana, ー, 〆 and 〇.
    Japanese,
    /// Letters of other scripts.
    Word,
    /// ASCII digits, to which NFKC has converted the others.
    Digit,
}

/// The class of `c`, a code point in normal form.
pub fn class(c: char) -> Option<CharacterClass> {
    match c {
        // These ranges are most of a text and need no table: during indexing, postings fill the
        // cache, and a table look-up would often miss it.
        'ぁ'..='ゖ' | '一'..='鿿' => Some(CharacterClass::Japanese),
        _ => character(c).class(),
    }
}

/// Is `c` a kanji, 〆 or 〇?
pub fn is_kanji(c: char) -> bool {
    match c {
        'ぁ'..='ゖ' => false,
        '一'..='鿿' => true,
        _ => character(c).is_kanji(),
    }
}

/// The properties of a code point.
#[derive(Clone, Copy)]
pub(super) struct Character {
    /// The code point's normal form, where this is a single code point that does not depend on what
    /// comes before.
    pub normal: Option<char>,
    /// Bit set of the constants below.
    facts: u8,
}

/// Code points in a page.
const PAGE: usize = 256;

/// Normal forms and facts in separate arrays: the facts of all characters of a text then fit into
/// the first-level cache.
struct CharacterPage {
    normal: [Option<char>; PAGE],
    facts: [u8; PAGE],
}

/// The pages of the basic plane, filled when first used. Other code points are rare and computed
/// each time.
static PAGES: [OnceLock<Box<CharacterPage>>; 256] = [const { OnceLock::new() }; 256];

/// The properties of `c`.
pub(super) fn character(c: char) -> Character {
    let code = u32::from(c) as usize;
    let Some(page) = PAGES.get(code / PAGE) else { return work_out(c) };
    let page = page.get_or_init(|| page_from(code - code % PAGE));
    Character { normal: page.normal[code % PAGE], facts: page.facts[code % PAGE] }
}

/// Computes the page that begins at the code point `first`.
#[cold]
fn page_from(first: usize) -> Box<CharacterPage> {
    let mut page = Box::new(CharacterPage { normal: [None; PAGE], facts: [0; PAGE] });
    for at in 0..PAGE {
        let c = char::from_u32((first + at) as u32).unwrap_or(char::REPLACEMENT_CHARACTER);
        let Character { normal, facts } = work_out(c);
        (page.normal[at], page.facts[at]) = (normal, facts);
    }
    page
}

// A bit for each fact; the class takes two.
const KATAKANA: u8 = 1;
const STARTS: u8 = 2;
const KANJI: u8 = 4;
const BEGINS_YEAR: u8 = 8;
const JAPANESE: u8 = 16;
const WORD: u8 = 32;
const DIGIT: u8 = JAPANESE | WORD;

impl Character {
    /// Is it a katakana whose normal form is hiragana?
    pub fn is_katakana(self) -> bool {
        self.facts & KATAKANA != 0
    }

    /// Does it never compose with the code point before it?
    pub fn starts(self) -> bool {
        self.facts & STARTS != 0
    }

    /// Is it a kanji, 〆 or 〇?
    pub fn is_kanji(self) -> bool {
        self.facts & KANJI != 0
    }

    /// May a year begin with it?
    pub fn begins_year(self) -> bool {
        self.facts & BEGINS_YEAR != 0
    }

    /// The code point's class, if it is in normal form; `None` for a separator.
    pub fn class(self) -> Option<CharacterClass> {
        match self.facts & DIGIT {
            JAPANESE => Some(CharacterClass::Japanese),
            WORD => Some(CharacterClass::Word),
            DIGIT => Some(CharacterClass::Digit),
            _ => None,
        }
    }
}

/// Computes the properties of `c` from the tables and Unicode data. The normal form is `None` where
/// it has several code points or none, where `c` may compose with its neighbours, or where it may
/// repeat what comes before.
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
    let begins_year = c.is_ascii_digit()
        || tables.eras.iter().any(|era| era.letter == c || era.name.starts_with(c));
    let class = if c.is_ascii_digit() {
        DIGIT
    } else if tables.words.contains(c) {
        WORD
    } else if kanji || tables.kana.contains(c) {
        JAPANESE
    } else {
        0
    };
    let fact = |bit: u8, holds: bool| if holds { bit } else { 0 };
    let facts = fact(KATAKANA, normal.is_some() && alone != normal)
        | fact(STARTS, starts)
        | fact(KANJI, kanji)
        | fact(BEGINS_YEAR, begins_year)
        | class;
    Character { normal, facts }
}
