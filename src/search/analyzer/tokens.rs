//! **Tokens**: pairs of neighbouring characters in Japanese, words in other scripts, numbers.

use std::ops::Range;

use super::characters::character;

/// A token of at most this many code points; what a longer word has beyond them does not count.
const LONGEST: usize = 64;

/// What a code point belongs to; anything else separates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Kanji, kana, ー, 〆 and 〇.
    Japanese,
    /// Letters of other scripts.
    Word,
    /// ASCII digits; NFKC has made the others to these.
    Digit,
}

/// The class of `c`, a code point in normal form.
pub fn class(c: char) -> Option<Class> {
    character(c).class
}

/// Is `c` a kanji, 〆 or 〇?
pub fn is_kanji(c: char) -> bool {
    character(c).kanji
}

/// A stretch of one class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Which.
    pub class: Class,
    /// Its first code point.
    pub start: usize,
    /// The code point after its last.
    pub end: usize,
    /// Does a word or number stand directly before it? Only asked of Japanese runs.
    pub joined_before: bool,
    /// Does a word or number follow directly?
    pub joined_after: bool,
}

/// The runs of `normal`, in order.
pub fn runs(normal: &[char]) -> impl Iterator<Item = Run> {
    let class_at = |position: usize| normal.get(position).copied().and_then(class);
    let mut next = 0;
    std::iter::from_fn(move || {
        let mut rest = next..normal.len();
        let start = rest.find(|&position| class_at(position).is_some())?;
        let own = class_at(start)?;
        let end = rest.find(|&position| class_at(position) != Some(own)).unwrap_or(normal.len());
        next = end;
        Some(Run {
            class: own,
            start,
            end,
            joined_before: start.checked_sub(1).is_some_and(|before| class_at(before).is_some()),
            joined_after: class_at(end).is_some(),
        })
    })
}

/// One token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Index of its first code point in the normalised text.
    pub position: usize,
    /// How many code points it covers.
    pub length: usize,
    /// Its text.
    pub text: String,
}

/// Where the tokens of `normal` stand, by position.
///
/// A Japanese run of n ≥ 2 gives n − 1 pairs, and where it touches a word or number also its character
/// at that edge, so that DX化 and 第3 are found within DX化学 and 規則第3条.
pub fn spans(normal: &[char]) -> Vec<Range<usize>> {
    let mut spans = Vec::with_capacity(normal.len());
    for run in runs(normal) {
        let (start, end) = (run.start, run.end);
        if run.class != Class::Japanese {
            spans.push(start..end.min(start + LONGEST));
            continue;
        }
        if end - start == 1 {
            spans.push(start..end);
            continue;
        }
        if run.joined_before {
            spans.push(start..start + 1);
        }
        spans.extend((start..end - 1).map(|position| position..position + 2));
        if run.joined_after {
            spans.push(end - 1..end);
        }
    }
    spans
}

/// The tokens of `normal`, by position.
pub fn tokens(normal: &[char]) -> Vec<Token> {
    let token = |span: Range<usize>| Token {
        position: span.start,
        length: span.len(),
        text: normal[span].iter().collect(),
    };
    spans(normal).into_iter().map(token).collect()
}

/// The kanji of `normal` one by one.
pub fn kanji(normal: &[char]) -> impl Iterator<Item = (usize, char)> {
    normal.iter().copied().enumerate().filter(|&(_, c)| is_kanji(c))
}
