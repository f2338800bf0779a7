//! **Characters**: what the analyzer makes of a code point that stands by itself. A text asks for
//! the same few thousand again and again, so the answers are kept, page by page.
//!
//! Not in here: what depends on the code points beside it (`normalise`).

use std::sync::OnceLock;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::folding::{hiragana, lower, prepare, repeats};
use super::tables::TABLES;

/// What a code point belongs to; anything else separates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CharacterClass {
    /// Kanji, kana, ー, 〆 and 〇.
    Japanese,
    /// Letters of other scripts.
    Word,
    /// ASCII digits; NFKC has made the others to these.
    Digit,
}

/// The class of `c`, a code point in normal form.
pub fn class(c: char) -> Option<CharacterClass> {
    match c {
        // Most of a text. While it is indexed its postings fill the cache, and a look into a table
        // would wait.
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

/// What is known of a code point.
#[derive(Clone, Copy)]
pub(super) struct Character {
    /// Its normal form, where that is one code point whatever stands before it.
    pub normal: Option<char>,
    /// Bits, as named below.
    facts: u8,
}

/// Code points in a page.
const PAGE: usize = 256;

/// Normal forms, and apart from them the facts: those of all characters of a text fit into the
/// nearest cache.
struct CharacterPage {
    normal: [Option<char>; PAGE],
    facts: [u8; PAGE],
}

/// Those beyond the basic plane are rare and worked out each time.
static PAGES: [OnceLock<Box<CharacterPage>>; 256] = [const { OnceLock::new() }; 256];

/// What is known of `c`.
pub(super) fn character(c: char) -> Character {
    let code = u32::from(c) as usize;
    let Some(page) = PAGES.get(code / PAGE) else { return work_out(c) };
    let page = page.get_or_init(|| page_from(code - code % PAGE));
    Character { normal: page.normal[code % PAGE], facts: page.facts[code % PAGE] }
}

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
    /// Is the normal form hiragana for katakana?
    pub fn is_katakana(self) -> bool {
        self.facts & KATAKANA != 0
    }

    /// Does it never join to what stands before it?
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

    /// Its class, where it is in normal form.
    pub fn class(self) -> Option<CharacterClass> {
        match self.facts & DIGIT {
            JAPANESE => Some(CharacterClass::Japanese),
            WORD => Some(CharacterClass::Word),
            DIGIT => Some(CharacterClass::Digit),
            _ => None,
        }
    }
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
