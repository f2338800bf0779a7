//! **Folding** of single code points: what is dropped before NFKC, lower-casing, and hiragana for
//! katakana.
//!
//! Not in here: what depends on neighbouring code points (`normalise`).

use super::tables::{AnalyzerTables, TABLES};

/// May `c`, in folded form, depend on the character before it: an iteration mark, or a dash that
/// may be ー?
pub(super) fn repeats(c: char, tables: &AnalyzerTables) -> bool {
    matches!(c, '々' | '〻' | 'ゝ' | 'ゞ') || tables.dashes.contains(c)
}

/// Prepares a text for NFKC: invisible code points are dropped, and circled numbers become digits
/// with spaces around them. Code points whose normal form depends on the version of Unicode become
/// spaces, because browsers have different versions.
pub(super) fn prepare(text: &str, tables: &AnalyzerTables) -> String {
    let mut prepared = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            prepared.push(c);
        } else if tables.separate.contains(c) {
            prepared.push(' ');
        } else if let Some(number) = circled(c, tables) {
            prepared.push_str(&format!(" {number} "));
        } else if !tables.strip.contains(c) {
            prepared.push(c);
        }
    }
    prepared
}

/// The number that a circled number shows.
fn circled(c: char, tables: &AnalyzerTables) -> Option<u32> {
    let code = u32::from(c);
    let found = tables.circled.iter().find(|&&(first, last, _)| first <= code && code <= last)?;
    Some(found.2 + code - found.0)
}

/// The lower-case letter of `c`, if it is a single one; otherwise `c`.
pub(super) fn lower(c: char, tables: &AnalyzerTables) -> char {
    if !tables.lower.contains(c) {
        return c;
    }
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(small), None) => small,
        _ => c,
    }
}

/// The hiragana of a katakana or katakana iteration mark; any other code point unchanged.
pub(super) fn hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' | 'ヽ' | 'ヾ' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        _ => c,
    }
}

/// Is `c` one of the dashes that mean ー after kana, and a minus elsewhere?
pub fn is_dash(c: char) -> bool {
    TABLES.dashes.contains(c)
}
