//! **Tokens**: pairs of neighbouring characters in Japanese, words in other scripts by their
//! [`stem`](super::stem), numbers.

use std::ops::Range;

use super::characters::{CharacterClass, class};
use super::stem::stem;

/// A token of at most this many code points; what a longer word has beyond them does not count.
const LONGEST: usize = 64;

/// A stretch of one class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClassRun {
    /// Which.
    pub class: CharacterClass,
    /// Its first code point.
    pub start: usize,
    /// The code point after its last.
    pub end: usize,
    /// Does another run stand directly before or after it? Only asked of Japanese runs.
    pub touches: bool,
}

/// The runs of `normal`, in order.
pub fn runs(normal: &[char]) -> impl Iterator<Item = ClassRun> {
    let class_at = |position: usize| normal.get(position).copied().and_then(class);
    let mut next = 0;
    std::iter::from_fn(move || {
        let mut rest = next..normal.len();
        let start = rest.find(|&position| class_at(position).is_some())?;
        let own = class_at(start)?;
        let end = rest.find(|&position| class_at(position) != Some(own)).unwrap_or(normal.len());
        next = end;
        let before = start.checked_sub(1).and_then(class_at);
        let touches = before.or(class_at(end)).is_some();
        Some(ClassRun { class: own, start, end, touches })
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

/// Where a token stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Index of its first code point in the normalised text.
    pub position: usize,
    /// How many code points it covers.
    pub length: usize,
    /// What it covers, in the offsets that its code points were given with.
    pub range: Range<usize>,
}

/// The spans of a text, one after the other: a long text is read once and nothing of it kept.
#[derive(Clone, Debug)]
pub struct Spans<I> {
    code_points: I,
    /// Where the next code point begins, and its class; none after the last.
    next: Option<(usize, Option<CharacterClass>)>,
    /// Where the text ends.
    end: usize,
    /// How many code points came before the next.
    position: usize,
    /// Of the one before it.
    before: Option<CharacterClass>,
    /// Where the one before it begins, if that is Japanese and its run has not been given to its
    /// end.
    first_of_pair: Option<usize>,
}

/// Where the tokens stand of a text in normal form, by position. `code_points` come with their
/// offsets; the text ends at `end`.
///
/// A Japanese run of n ≥ 2 gives n − 1 pairs, and where it touches a word or number also its
/// character at that edge, so that DX化 and 第3 are found within DX化学 and 規則第3条.
pub fn spans<I: Iterator<Item = (usize, char)>>(code_points: I, end: usize) -> Spans<I> {
    let mut spans =
        Spans { code_points, next: None, end, position: 0, before: None, first_of_pair: None };
    spans.next = spans.read();
    spans
}

impl<I: Iterator<Item = (usize, char)>> Spans<I> {
    #[inline]
    fn read(&mut self) -> Option<(usize, Option<CharacterClass>)> {
        self.code_points.next().map(|(start, c)| (start, class(c)))
    }

    /// Goes past the next code point.
    #[inline]
    fn step(&mut self) {
        self.before = self.next.and_then(|(_, class)| class);
        self.next = self.read();
        self.position += 1;
    }

    /// Are the next code points of this class?
    fn goes_on(&self, own: CharacterClass) -> bool {
        self.next.is_some_and(|(_, class)| class == Some(own))
    }

    /// What begins at `start` and covers the `length` code points before the next.
    #[inline]
    fn span(&self, start: usize, length: usize) -> Span {
        let end = self.next.map_or(self.end, |(next, _)| next);
        Span { position: self.position - length, length, range: start..end }
    }

    /// The word or number that comes next.
    fn word(&mut self, start: usize, own: CharacterClass) -> Span {
        self.step();
        let mut length = 1;
        while self.goes_on(own) && length < LONGEST {
            self.step();
            length += 1;
        }
        let span = self.span(start, length);
        while self.goes_on(own) {
            self.step();
        }
        span
    }
}

impl<I: Iterator<Item = (usize, char)>> Iterator for Spans<I> {
    type Item = Span;

    // Handed over in memory, a span would be read in wider pieces than it was written in, and the
    // processor wait for it.
    #[inline(always)]
    fn next(&mut self) -> Option<Span> {
        loop {
            let (start, class) = self.next?;
            match (self.first_of_pair.take(), class) {
                (Some(first), Some(CharacterClass::Japanese)) => {
                    self.step();
                    self.first_of_pair = Some(start);
                    return Some(self.span(first, 2));
                }
                (Some(last), Some(_)) => return Some(self.span(last, 1)),
                (None, Some(CharacterClass::Japanese)) => {
                    let joined = self.before.is_some();
                    self.step();
                    let alone = !self.goes_on(CharacterClass::Japanese);
                    self.first_of_pair = (!alone).then_some(start);
                    if alone || joined {
                        return Some(self.span(start, 1));
                    }
                }
                (None, Some(own)) => return Some(self.word(start, own)),
                (_, None) => self.step(),
            }
        }
    }
}

/// The tokens of `normal`, by position.
pub fn tokens(normal: &[char]) -> Vec<Token> {
    let token = |Span { position, length, range }| {
        let text: String = normal[range].iter().collect();
        Token { position, length, text: stem(&text).into_owned() }
    };
    spans(normal.iter().copied().enumerate(), normal.len()).map(token).collect()
}
