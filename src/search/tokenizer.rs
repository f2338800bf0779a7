//! The **tokenizer** passes tokens to tantivy without allocating a string for each. Passing
//! pretokenized text instead would triple the time of indexing, since tantivy stores it as JSON
//! until it is read.
//!
//! Not in here: which tokens there are (`analyzer`).

use std::str::{CharIndices, Chars, Split};

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::analyzer::{Span, Spans, spans, stem};

/// How the prepared text of a field is divided into tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// A text in normal form is divided by the analyzer.
    Text,
    /// Every character is a token.
    Characters,
    /// Every line that is not empty is a token.
    Lines,
}

impl Cut {
    /// Every variant, for registration.
    pub const ALL: [Self; 3] = [Self::Text, Self::Characters, Self::Lines];

    /// The name under which the tokenizer is registered with tantivy.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Characters => "characters",
            Self::Lines => "lines",
        }
    }
}

impl Tokenizer for Cut {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        let rest = match self {
            Self::Text => Rest::Text(spans(text.char_indices(), text.len())),
            Self::Characters => Rest::Characters(text.chars()),
            Self::Lines => Rest::Lines(text.split('\n')),
        };
        // tantivy adds to a token's position even where the field stores none. The default position
        // is the largest number, which would overflow.
        Stream { text, rest, token: Token { position: 0, ..Token::default() } }
    }
}

/// The tokens of one text.
pub(super) struct Stream<'a> {
    text: &'a str,
    rest: Rest<'a>,
    token: Token,
}

/// The rest of the text. Only tokens of [`Cut::Text`] have positions.
enum Rest<'a> {
    Text(Spans<CharIndices<'a>>),
    Characters(Chars<'a>),
    Lines(Split<'a, char>),
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let (text, token) = (self.text, &mut self.token);
        match &mut self.rest {
            Rest::Text(spans) => spans.next().map(|span| cover(token, text, span)).is_some(),
            Rest::Characters(rest) => rest.next().map(|c| be(token, c)).is_some(),
            Rest::Lines(lines) => not_empty(lines).next().map(|line| say(token, line)).is_some(),
        }
    }

    /// Passes all remaining tokens to `sink`. The variant is matched once, not for every token.
    fn process(&mut self, sink: &mut dyn FnMut(&Token)) {
        let (text, token) = (self.text, &mut self.token);
        match &mut self.rest {
            Rest::Text(spans) => spans.for_each(|span| {
                cover(token, text, span);
                sink(token);
            }),
            Rest::Characters(rest) => rest.for_each(|c| {
                be(token, c);
                sink(token);
            }),
            Rest::Lines(lines) => not_empty(lines).for_each(|line| {
                say(token, line);
                sink(token);
            }),
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// Length in bytes of nearly every token: two characters of three bytes each. A copy whose length
/// is a constant needs no function call.
const PAIR: usize = 6;

/// Sets `token` to the token at `span` of `text`.
#[inline(always)]
fn cover(token: &mut Token, text: &str, span: Span) {
    let Span { position, length, range } = span;
    (token.position, token.position_length) = (position, length);
    match range.len() {
        // Only a token that begins with a letter a to z may have a stem.
        _ if text.as_bytes()[range.start].is_ascii_lowercase() => say(token, &stem(&text[range])),
        PAIR => say(token, &text[range.start..range.start + PAIR]),
        _ => say(token, &text[range]),
    }
}

fn be(token: &mut Token, c: char) {
    token.text.clear();
    token.text.push(c);
}

fn say(token: &mut Token, text: &str) {
    token.text.clear();
    token.text.push_str(text);
}

fn not_empty<'a>(lines: &mut Split<'a, char>) -> impl Iterator<Item = &'a str> {
    lines.filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use tantivy::tokenizer::{Token, TokenStream as _, Tokenizer as _};

    use super::Cut;

    /// The tokens, one by one and all at once.
    fn tokens(mut cut: Cut, text: &str) -> Vec<(usize, usize, String)> {
        let facts = |token: &Token| (token.position, token.position_length, token.text.clone());
        let (mut each, mut all) = (Vec::new(), Vec::new());
        let mut stream = cut.token_stream(text);
        while stream.advance() {
            each.push(facts(stream.token()));
        }
        cut.token_stream(text).process(&mut |token| all.push(facts(token)));
        assert_eq!(each, all);
        all
    }

    #[test]
    fn a_text_falls_into_pairs_characters_or_lines() {
        let token = |position, length, text: &str| (position, length, text.to_owned());
        assert_eq!(
            tokens(Cut::Text, "橋。dx化、港町"),
            [token(0, 1, "橋"), token(2, 2, "dx"), token(4, 1, "化"), token(6, 2, "港町")]
        );
        assert_eq!(tokens(Cut::Text, "libraries"), [token(0, 9, "librari")]);
        assert_eq!(tokens(Cut::Characters, "橋𠮟"), [token(0, 1, "橋"), token(0, 1, "𠮟")]);
        assert_eq!(tokens(Cut::Lines, "2021\n\n2022"), [token(0, 1, "2021"), token(0, 1, "2022")]);
    }
}
