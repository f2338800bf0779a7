//! The **tokenizer**: how tantivy is given tokens. It makes no string of
//! its own for a token; handing over finished tokens instead costs three times the whole index, since
//! tantivy keeps them as JSON until they are read.
//!
//! Not in here: which tokens there are (`analyzer`).

use std::ops::Range;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::analyzer::spans;

/// How the prepared text of a field falls into tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// A text in normal form, as the analyzer cuts it.
    Text,
    /// Every character by itself.
    Characters,
    /// Every line by itself.
    Lines,
}

impl Cut {
    /// Every way, for registration.
    pub const ALL: [Self; 3] = [Self::Text, Self::Characters, Self::Lines];

    /// The name under which tantivy knows it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Characters => "characters",
            Self::Lines => "lines",
        }
    }

    fn spans(self, text: &[char]) -> Vec<Range<usize>> {
        match self {
            Self::Text => spans(text),
            Self::Characters => (0..text.len()).map(|at| at..at + 1).collect(),
            Self::Lines => {
                let mut start = 0;
                let line = |line: &[char]| {
                    let span = start..start + line.len();
                    start = span.end + 1;
                    span
                };
                text.split(|&c| c == '\n').map(line).filter(|span| !span.is_empty()).collect()
            }
        }
    }
}

impl Tokenizer for Cut {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        let (mut starts, chars): (Vec<usize>, Vec<char>) = text.char_indices().unzip();
        starts.push(text.len());
        let spans = self.spans(&chars).into_iter();
        Stream { text, starts, spans, token: Token::default() }
    }
}

/// The tokens of one text.
pub(super) struct Stream<'a> {
    text: &'a str,
    /// The byte at which each code point begins, and the end of the text.
    starts: Vec<usize>,
    spans: std::vec::IntoIter<Range<usize>>,
    token: Token,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let Some(span) = self.spans.next() else { return false };
        self.token.position = span.start;
        self.token.position_length = span.len();
        self.token.text.clear();
        self.token.text.push_str(&self.text[self.starts[span.start]..self.starts[span.end]]);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
