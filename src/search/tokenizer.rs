//! The **tokenizer**: how tantivy is given tokens. It makes no string of its own for a token; handing over
//! finished tokens instead costs three times the whole index, since tantivy keeps them as JSON until they are
//! read.
//!
//! Not in here: which tokens there are (`analyzer`).

use std::str::{CharIndices, Chars, Split};

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::analyzer::{Spans, spans};

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
}

impl Tokenizer for Cut {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        let rest = match self {
            Self::Text => Rest::Text(spans(text.char_indices(), text.len())),
            Self::Characters => Rest::Characters(text.chars()),
            Self::Lines => Rest::Lines(text.split('\n')),
        };
        // tantivy counts on from a token's position also where the field keeps none; its default is the largest number.
        Stream { text, rest, token: Token { position: 0, ..Token::default() } }
    }
}

/// The tokens of one text.
pub(super) struct Stream<'a> {
    text: &'a str,
    rest: Rest<'a>,
    token: Token,
}

/// What has not become tokens yet. Only tokens of [`Cut::Text`] have positions.
enum Rest<'a> {
    Text(Spans<CharIndices<'a>>),
    Characters(Chars<'a>),
    Lines(Split<'a, char>),
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let token = &mut self.token;
        token.text.clear();
        match &mut self.rest {
            Rest::Text(spans) => {
                let Some(span) = spans.next() else { return false };
                token.position = span.position;
                token.position_length = span.length;
                token.text.push_str(&self.text[span.range]);
            }
            Rest::Characters(rest) => {
                let Some(c) = rest.next() else { return false };
                token.text.push(c);
            }
            Rest::Lines(lines) => {
                let Some(line) = lines.find(|line| !line.is_empty()) else { return false };
                token.text.push_str(line);
            }
        }
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use tantivy::tokenizer::{TokenStream as _, Tokenizer as _};

    use super::Cut;

    fn tokens(mut cut: Cut, text: &str) -> Vec<(usize, usize, String)> {
        let mut stream = cut.token_stream(text);
        let mut tokens = Vec::new();
        while stream.advance() {
            let token = stream.token();
            tokens.push((token.position, token.position_length, token.text.clone()));
        }
        tokens
    }

    #[test]
    fn a_text_falls_into_pairs_characters_or_lines() {
        let token = |position, length, text: &str| (position, length, text.to_owned());
        assert_eq!(
            tokens(Cut::Text, "橋。dx化"),
            [token(0, 1, "橋"), token(2, 2, "dx"), token(4, 1, "化"),]
        );
        assert_eq!(tokens(Cut::Characters, "橋𠮟"), [token(0, 1, "橋"), token(0, 1, "𠮟")]);
        assert_eq!(tokens(Cut::Lines, "2021\n\n2022"), [token(0, 1, "2021"), token(0, 1, "2022")]);
    }
}
