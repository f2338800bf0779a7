//! The **values** that keys may have, one method a type.

use std::ops::Range;

use toml::de::DeValue;

use crate::calendar::{Date, FiscalYear};
use crate::diagnostic::{self, Located, Message};
use crate::message;
use crate::text::{Id, Localized, nearest};

use super::Keys;

impl Keys<'_> {
    /// A text; an empty one is an error, for an absent key says the same and says it clearly.
    pub fn text(&mut self, key: &str) -> Option<String> {
        self.located_text(key).map(|text| text.value)
    }

    /// A text that must be there.
    pub fn required_text(&mut self, key: &str) -> Option<String> {
        if self.has(key) { self.text(key) } else { self.ask_missing(key) }
    }

    /// A text with its place.
    pub fn located_text(&mut self, key: &str) -> Option<Located<String>> {
        let (value, range) = self.value(key)?;
        let DeValue::String(text) = value else {
            self.wrong_type(
                key,
                value,
                range,
                message!(ja: "文字列", en: "a text"),
                "{key} = \"…\"",
            );
            return None;
        };
        let text = text.trim().to_owned();
        if text.is_empty() {
            self.empty(key, range);
            return None;
        }
        Some(self.located(text, range))
    }

    /// A text that must be there, with its place.
    pub fn required_located_text(&mut self, key: &str) -> Option<Located<String>> {
        if self.has(key) { self.located_text(key) } else { self.ask_missing(key) }
    }

    /// A text `key` and its translation `key_en`.
    pub fn localized(&mut self, key: &str) -> Option<Localized> {
        let own = self.text(key);
        let english_key = format!("{key}_en");
        let en = self.text(&english_key);
        if own.is_none() && en.is_some() && !self.has(key) {
            return self.missing(key);
        }
        Some(Localized { own: own?, en })
    }

    /// A text that must be there, and its translation.
    pub fn required_localized(&mut self, key: &str) -> Option<Localized> {
        let had = self.has(key) || self.has(&format!("{key}_en"));
        let found = self.localized(key);
        if had { found } else { self.missing(key) }
    }

    /// `true` or `false`; `false` where absent.
    pub fn flag(&mut self, key: &str) -> bool {
        let Some((value, range)) = self.value(key) else { return false };
        if let DeValue::Boolean(flag) = value {
            return *flag;
        }
        self.wrong_type(
            key,
            value,
            range,
            message!(ja: "true か false", en: "true or false"),
            "{key} = true",
        );
        false
    }

    /// A whole number.
    pub fn integer(&mut self, key: &str) -> Option<i64> {
        let (value, range) = self.value(key)?;
        let number = match value {
            DeValue::Integer(digits) => i64::from_str_radix(digits.as_str(), digits.radix()).ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong_type(
                key,
                value,
                range,
                message!(ja: "整数", en: "a whole number"),
                "{key} = 10",
            );
        }
        number
    }

    /// A date, as a TOML date or as a text in any of the forms of `calendar`.
    pub fn date(&mut self, key: &str) -> Option<Date> {
        let (value, range) = self.value(key)?;
        let text = match value {
            DeValue::String(text) => text.as_ref().to_owned(),
            DeValue::Datetime(moment) if moment.time.is_none() => moment.to_string(),
            other => {
                self.wrong_type(
                    key,
                    other,
                    range,
                    message!(ja: "日付", en: "a date"),
                    "{key} = 2021-04-01",
                );
                return None;
            }
        };
        match Date::parse(&text) {
            Ok(date) => Some(date),
            Err(problem) => {
                let why = problem.message();
                self.report(
                    &diagnostic::DOCUMENT_VALUE,
                    range,
                    Message::new(
                        format!("`{text}` は日付として読めない（{}）", why.ja),
                        format!("`{text}` is not a date: {}", why.en),
                    ),
                    Some(message!(
                        ja: "2021-04-01 または 令和3年4月1日 のように書く",
                        en: "write it as 2021-04-01 or 令和3年4月1日",
                    )),
                );
                None
            }
        }
    }

    /// A fiscal year, as a whole number or as a text in any of the forms of `calendar`.
    pub fn fiscal_year(&mut self, key: &str) -> Option<FiscalYear> {
        let (value, range) = self.value(key)?;
        let text = match value {
            DeValue::String(text) => text.as_ref().to_owned(),
            DeValue::Integer(digits) if digits.radix() == 10 => digits.as_str().to_owned(),
            other => {
                self.wrong_type(
                    key,
                    other,
                    range,
                    message!(ja: "年度", en: "a fiscal year"),
                    "{key} = 2020",
                );
                return None;
            }
        };
        match FiscalYear::parse(&text) {
            Ok(year) => Some(year),
            Err(problem) => {
                let why = problem.message();
                self.report(
                    &diagnostic::DOCUMENT_VALUE,
                    range,
                    Message::new(
                        format!("`{text}` は年度として読めない（{}）", why.ja),
                        format!("`{text}` is not a fiscal year: {}", why.en),
                    ),
                    Some(message!(
                        ja: "2020 または 令和2年度 のように書く",
                        en: "write it as 2020 or 令和2年度",
                    )),
                );
                None
            }
        }
    }

    /// A fiscal year that must be there.
    pub fn required_fiscal_year(&mut self, key: &str) -> Option<FiscalYear> {
        if self.has(key) { self.fiscal_year(key) } else { self.ask_missing(key) }
    }

    /// One of `choices` that must be there.
    pub fn required_choice<T: Copy>(&mut self, key: &str, choices: &[(&str, T)]) -> Option<T> {
        if self.has(key) { self.choice(key, choices) } else { self.ask_missing(key) }
    }

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

    /// A list of texts; empty where absent.
    pub fn texts(&mut self, key: &str) -> Vec<Located<String>> {
        let Some((value, range)) = self.value(key) else { return Vec::new() };
        let DeValue::Array(array) = value else {
            self.wrong_type(
                key,
                value,
                range,
                message!(ja: "文字列の並び", en: "a list of texts"),
                "{key} = [\"…\"]",
            );
            return Vec::new();
        };
        let mut texts = Vec::with_capacity(array.len());
        for item in array.iter() {
            let range = self.range_of(item.span());
            match item.get_ref() {
                DeValue::String(text) if text.trim().is_empty() => self.empty(key, range),
                DeValue::String(text) => texts.push(self.located(text.trim().to_owned(), range)),
                other => {
                    let wanted = message!(ja: "文字列", en: "a text");
                    self.wrong_type(key, other, range, wanted, "{key} = [\"…\"]");
                }
            }
        }
        texts
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

    /// Makes the absent `key` known, and reports that it is missing.
    fn ask_missing<T>(&mut self, key: &str) -> Option<T> {
        let absent = self.value(key);
        debug_assert!(absent.is_none(), "a missing key is absent");
        self.missing(key)
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
        let crate::diagnostic::Place::Text { start, end, .. } = located.place else { return None };
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

    pub(super) fn empty(&mut self, key: &str, range: Range<usize>) {
        let name = self.name(key);
        self.report(
            &diagnostic::DOCUMENT_EMPTY,
            range,
            message!(ja: "`{name}` が空である", en: "`{name}` is empty"),
            Some(message!(
                ja: "値を書くか、行ごと消す",
                en: "write a value, or remove the line",
            )),
        );
    }
}

/// What kind of value it is, for messages.
pub(super) fn kind(value: &DeValue<'_>) -> Message {
    match value {
        DeValue::String(_) => message!(ja: "文字列", en: "a text"),
        DeValue::Integer(_) => message!(ja: "整数", en: "a whole number"),
        DeValue::Float(_) => message!(ja: "小数", en: "a decimal number"),
        DeValue::Boolean(_) => message!(ja: "真偽値", en: "true or false"),
        DeValue::Datetime(_) => message!(ja: "日時", en: "a date or time"),
        DeValue::Array(_) => message!(ja: "並び […]", en: "a list"),
        DeValue::Table(_) => message!(ja: "表", en: "a table"),
    }
}

/// `measures.result.rating`: the key with the tables above it.
pub(super) fn readable_path(path: &[&str], key: &str) -> String {
    path.iter().copied().chain([key]).collect::<Vec<_>>().join(".")
}
