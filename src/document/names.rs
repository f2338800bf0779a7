//! **Names** as values: ids, URLs, and one of a fixed set of words.

use crate::diagnostic::{self, Diagnostic, Located, Message, Place};
use crate::message;
use crate::text::{Id, nearest};

use super::Keys;
use super::shape::ValueShape;

/// The advice for `written`, which is not an id: what an id may be, with an example where one can
/// be derived from it.
pub fn id_rule(written: &str) -> Message {
    if Id::is_taken(written) {
        return message!(
            ja: "「{written}」はファイルの名前に使えないため、IDにできません。「{written}-1」のように変更してください",
            en: "files cannot be named `{written}`, so it cannot be an id; change it, for example to `{written}-1`",
        );
    }
    let rule = message!(
        ja: "英小文字・数字・ハイフンを使い、80字以内で入力してください",
        en: "use a–z, 0–9 and -, at most 80 characters",
    );
    match Id::suggest(written) {
        Some(id) => Message::new(
            format!("{}。例：「{id}」", rule.ja),
            format!("{}; for example `{id}`", rule.en),
        ),
        None => rule,
    }
}

impl Keys<'_> {
    /// Reads an id.
    pub fn id(&mut self, key: &str) -> Option<Located<Id>> {
        self.record(key, || ValueShape::Id);
        let text = self.located_text(key)?;
        let id = self.parse_id(key, &text.value, &text)?;
        Some(Located { value: id, place: text.place })
    }

    /// Reads a required id.
    pub fn required_id(&mut self, key: &str) -> Option<Located<Id>> {
        self.record_required(key);
        if self.has(key) { self.id(key) } else { self.ask_missing(key) }
    }

    /// Reads an array of ids; empty if the key is absent.
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

    /// Parses an id of the key `key`. Reports text that is none, at the place of `located`, with a
    /// proposed id where one can be derived from it.
    fn parse_id(&mut self, key: &str, written: &str, located: &Located<String>) -> Option<Id> {
        if let Some(id) = Id::parse(written) {
            return Some(id);
        }
        let name = self.name(key);
        let help = id_rule(written);
        let Place::Text { start, end, .. } = located.place else { return None };
        self.report(
            &diagnostic::DOCUMENT_VALUE,
            start..end,
            message!(
                ja: "「{name}」の「{written}」はIDとして使えません",
                en: "`{written}` (`{name}`) is not a valid id",
            ),
            Some(help),
        );
        None
    }

    /// Reads an absolute URL with the scheme `https` or `http`.
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
                ja: "「{name}」の「{text}」はURLではありません",
                en: "`{text}` (`{name}`) is not a URL",
            ),
            message!(
                ja: "「https://」から始まるURLを記入してください",
                en: "begin the URL with `https://`",
            ),
        );
        None
    }

    /// Reads one of `choices`, each with its spelling.
    pub fn choice<T: Copy>(&mut self, key: &str, choices: &[(&str, T)]) -> Option<T> {
        self.record(key, || shape_of(choices));
        let text = self.located_text(key)?;
        self.chosen(key, &text, choices)
    }

    /// Reads one of `choices`, or a list of them; empty if the key is absent.
    pub fn choices<T: Copy>(&mut self, key: &str, choices: &[(&str, T)]) -> Vec<T> {
        self.record(key, || shape_of(choices));
        self.record(key, || ValueShape::List(Box::new(shape_of(choices))));
        let texts = self.text_or_texts(key).unwrap_or_default();
        texts.iter().filter_map(|text| self.chosen(key, text, choices)).collect()
    }

    /// The one of `choices` that is spelt like `text`, a value of `key`. If there is none, this is
    /// reported.
    fn chosen<T: Copy>(
        &mut self,
        key: &str,
        text: &Located<String>,
        choices: &[(&str, T)],
    ) -> Option<T> {
        if let Some((_, value)) = choices.iter().find(|(spelling, _)| *spelling == text.value) {
            return Some(*value);
        }
        let written = &text.value;
        let Message { ja, en } = Message::allowed_values(choices.iter().map(|(s, _)| *s));
        let help = match nearest(written, choices.iter().map(|(s, _)| *s)) {
            Some(near) => message!(
                ja: "「{near}」の誤りではありませんか。{ja}",
                en: "did you mean `{near}`? {en}",
            ),
            None => Message { ja, en },
        };
        let name = self.name(key);
        let problem = message!(
            ja: "「{name}」に「{written}」は使えません",
            en: "`{written}` is not an allowed value of `{name}`",
        );
        self.push(
            Diagnostic::new(&diagnostic::DOCUMENT_VALUE, text.place.clone(), problem)
                .with_help(help),
        );
        None
    }

    /// Reads a required one of `choices`.
    pub fn required_choice<T: Copy>(&mut self, key: &str, choices: &[(&str, T)]) -> Option<T> {
        self.record_required(key);
        if self.has(key) { self.choice(key, choices) } else { self.ask_missing(key) }
    }
}

fn shape_of<T>(choices: &[(&str, T)]) -> ValueShape {
    ValueShape::Choice(choices.iter().map(|(spelling, _)| (*spelling).to_owned()).collect())
}
