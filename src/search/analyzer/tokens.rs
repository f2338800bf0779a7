//! **Tokens**: bigrams of neighbouring characters in Japanese, words in other scripts by their
//! [`stem`](super::stem), and numbers.

use std::ops::Range;

use super::characters::{CharacterClass, class};
use super::stem::stem;

/// Longest token in code points; the rest of a longer word is ignored.
const LONGEST: usize = 64;

/// A maximal run of code points of one class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClassRun {
    /// The class of its code points.
    pub class: CharacterClass,
    /// Index of its first code point.
    pub start: usize,
    /// Index after its last code point.
    pub end: usize,
    /// Is another run directly before or after it? Only meaningful for Japanese runs.
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
    /// The token's text.
    pub text: String,
}

/// The position of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Index of its first code point in the normalised text.
    pub position: usize,
    /// How many code points it covers.
    pub length: usize,
    /// What it covers, in the offsets that its code points were given with.
    pub range: Range<usize>,
}

/// Iterator over the spans of a text. It reads the text once and stores nothing of it.
#[derive(Clone, Debug)]
pub struct Spans<I> {
    code_points: I,
    /// Offset and class of the next code point; `None` after the last.
    next: Option<(usize, Option<CharacterClass>)>,
    /// Offset of the end of the text.
    end: usize,
    /// Index of the next code point.
    position: usize,
    /// Class of the code point before the next.
    before: Option<CharacterClass>,
    /// Offset of the code point before the next, if that is Japanese and still has to become the
    /// first character of a bigram or the last character of its run.
    first_of_pair: Option<usize>,
}

/// The spans of the tokens of a text in normal form, by position. `code_points` come with their
/// offsets; the text ends at `end`.
///
/// A Japanese run of n ≥ 2 characters gives n − 1 bigrams. Where it touches a word or number, the
/// character at that edge is a token as well, so that DX化 and 第3 are found within DX化学 and
/// 規則第3条. A single character is a token.
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

    /// Advances by one code point.
    #[inline]
    fn step(&mut self) {
        self.before = self.next.and_then(|(_, class)| class);
        self.next = self.read();
        self.position += 1;
    }

    /// Is the next code point of this class?
    fn goes_on(&self, own: CharacterClass) -> bool {
        self.next.is_some_and(|(_, class)| class == Some(own))
    }

    /// The span that begins at the offset `start` and covers the `length` code points before the
    /// next.
    #[inline]
    fn span(&self, start: usize, length: usize) -> Span {
        let end = self.next.map_or(self.end, |(next, _)| next);
        Span { position: self.position - length, length, range: start..end }
    }

    /// Reads the word or number that begins at the offset `start`; the span covers at most
    /// [`LONGEST`] code points of it.
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

    // Inlined, since a span that is returned through memory would be read in wider pieces than it
    // was written in, and the processor would stall.
    /// Returns the next token. The state is `first_of_pair`: a Japanese character that is not
    /// completely handled yet.
    #[inline(always)]
    fn next(&mut self) -> Option<Span> {
        loop {
            let (start, class) = self.next?;
            match (self.first_of_pair.take(), class) {
                // The run goes on: a bigram, whose second character begins the next one.
                (Some(first), Some(CharacterClass::Japanese)) => {
                    self.step();
                    self.first_of_pair = Some(start);
                    return Some(self.span(first, 2));
                }
                // The run ends at a word or number: its last character is a token as well.
                (Some(last), Some(_)) => return Some(self.span(last, 1)),
                // A run begins. Its first character is a token where it is alone or touches what is
                // before.
                (None, Some(CharacterClass::Japanese)) => {
                    let joined = self.before.is_some();
                    self.step();
                    let alone = !self.goes_on(CharacterClass::Japanese);
                    self.first_of_pair = (!alone).then_some(start);
                    if alone || joined {
                        return Some(self.span(start, 1));
                    }
                }
                // A word or number.
                (None, Some(own)) => return Some(self.word(start, own)),
                // A separator, or a run that ends at one.
                (_, None) => self.step(),
            }
        }
    }
}

/// The tokens of `normal`, a text in normal form, by position.
pub fn tokens(normal: &[char]) -> Vec<Token> {
    let token = |Span { position, length, range }| {
        let text: String = normal[range].iter().collect();
        Token { position, length, text: stem(&text).into_owned() }
    };
    spans(normal.iter().copied().enumerate(), normal.len()).map(token).collect()
}
