//! **Names** as values: ids, addresses of the web, and words of a fixed choice.

use crate::diagnostic::{self, Located, Message, Place};
use crate::message;
use crate::text::{Id, nearest};

use super::Keys;

impl Keys<'_> {
    /// An id.
    pub fn id(&mut self, key: &str) -> Option<Located<Id>> {
        let text = self.located_text(key)?;
        let id = self.parse_id(key, &text.value, &text)?;
        Some(Located { value: id, place: text.place })
    }

    /// An id that must be there.
    pub fn required_id(&mut self, key: &str) -> Option<Located<Id>> {
        if self.has(key) { self.id(key) } else { self.ask_missing(key) }
    }

    /// A list of ids; empty where absent.
    pub fn ids(&mut self, key: &str) -> Vec<Located<Id>> {
        let texts = self.texts(key);
        let mut ids = Vec::with_capacity(texts.len());
        for text in texts {
            if let Some(id) = self.parse_id(key, &text.value, &text) {
                ids.push(Located { value: id, place: text.place });
            }
        }
        ids
    }

    fn parse_id(&mut self, key: &str, written: &str, located: &Located<String>) -> Option<Id> {
        if let Some(id) = Id::parse(written) {
            return Some(id);
        }
        let name = self.name(key);
        let rule = message!(
            ja: "英小文字・数字・ハイフンで、80字までで書く",
            en: "use a–z, 0–9 and -, at most 80 characters",
        );
        let help = match Id::suggest(written) {
            Some(id) => Message::new(
                format!("{}。たとえば `{id}`", rule.ja),
                format!("{}; for example `{id}`", rule.en),
            ),
            None => rule,
        };
        let Place::Text { start, end, .. } = located.place else { return None };
        self.report(
            &diagnostic::DOCUMENT_VALUE,
            start..end,
            message!(
                ja: "`{name}` の `{written}` はIDとして使えない",
                en: "`{written}` cannot be an id (`{name}`)",
            ),
            Some(help),
        );
        None
    }

    /// An absolute address of the web.
    pub fn url(&mut self, key: &str) -> Option<String> {
        let text = self.text(key)?;
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        if rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace)) {
            return Some(text);
        }
        let name = self.name(key);
        self.problem(
            &diagnostic::DOCUMENT_VALUE,
            key,
            message!(
                ja: "`{name}` の `{text}` はウェブのアドレスでない",
                en: "`{text}` (`{name}`) is not an address of the web",
            ),
            message!(
                ja: "`https://` から書く",
                en: "begin it with `https://`",
            ),
        );
        None
    }

    /// One of `choices`, by its spelling.
    pub fn choice<T: Copy>(&mut self, key: &str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.located_text(key)?;
        if let Some((_, value)) = choices.iter().find(|(spelling, _)| *spelling == text.value) {
            return Some(*value);
        }
        let written = &text.value;
        let list = choices.iter().map(|(s, _)| *s).collect::<Vec<_>>().join("`, `");
        let help = match nearest(written, choices.iter().map(|(s, _)| *s)) {
            Some(near) => message!(
                ja: "`{near}` のことか。書けるのは `{list}`",
                en: "did you mean `{near}`? possible are `{list}`",
            ),
            None => message!(ja: "書けるのは `{list}`", en: "possible are `{list}`"),
        };
        let name = self.name(key);
        self.problem(
            &diagnostic::DOCUMENT_VALUE,
            key,
            message!(
                ja: "`{name}` に `{written}` は書けない",
                en: "`{written}` is not a value of `{name}`",
            ),
            help,
        );
        None
    }

    /// One of `choices` that must be there.
    pub fn required_choice<T: Copy>(&mut self, key: &str, choices: &[(&str, T)]) -> Option<T> {
        if self.has(key) { self.choice(key, choices) } else { self.ask_missing(key) }
    }
}
