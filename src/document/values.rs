//! The basic **values** of keys, one method per type: strings, flags and integers.
//!
//! Not in here: ids, URLs and choices (`names`), dates and fiscal years (`dates`).

use std::ops::Range;

use toml::de::DeValue;

use crate::diagnostic::{self, Located};
use crate::message;
use crate::text::Localized;

use super::Keys;
use super::shape::ValueShape;

impl Keys<'_> {
    /// Reads a string, trimmed. An empty string is an error: an absent key says the same more
    /// clearly.
    pub fn text(&mut self, key: &str) -> Option<String> {
        self.located_text(key).map(|text| text.value)
    }

    /// Reads a required string.
    pub fn required_text(&mut self, key: &str) -> Option<String> {
        self.record_required(key);
        if self.has(key) { self.text(key) } else { self.ask_missing(key) }
    }

    /// Reads the required table `key` with `read`.
    pub fn required_table<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Keys<'_>) -> Option<T>,
    ) -> Option<T> {
        self.record_required(key);
        match self.has(key) {
            true => self.table(key, read).flatten(),
            false => self.missing(key),
        }
    }

    /// Reads a string together with its place.
    pub fn located_text(&mut self, key: &str) -> Option<Located<String>> {
        self.record(key, || ValueShape::Text);
        let (value, range) = self.value(key)?;
        let DeValue::String(text) = value else {
            self.wrong_type(
                key,
                value,
                range,
                message!(ja: "文字", en: "a string"),
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

    /// Reads a required string together with its place.
    pub fn required_located_text(&mut self, key: &str) -> Option<Located<String>> {
        self.record_required(key);
        if self.has(key) { self.located_text(key) } else { self.ask_missing(key) }
    }

    /// Reads an array of strings; empty if the key is absent.
    pub fn texts(&mut self, key: &str) -> Vec<Located<String>> {
        self.record(key, || ValueShape::List(Box::new(ValueShape::Text)));
        let wanted = message!(ja: "文字の一覧", en: "a list of strings");
        let mut texts = Vec::new();
        for (item, range) in self.items(key, wanted, "{key} = [\"…\"]") {
            match item {
                DeValue::String(text) if text.trim().is_empty() => self.empty(key, range),
                DeValue::String(text) => texts.push(self.located(text.trim().to_owned(), range)),
                other => {
                    let wanted = message!(ja: "文字", en: "a string");
                    self.wrong_type(key, other, range, wanted, "{key} = [\"…\"]");
                }
            }
        }
        texts
    }

    /// Reads the string `key` and its translation, `key_en`.
    pub fn localized(&mut self, key: &str) -> Option<Localized> {
        let own = self.text(key);
        let english_key = format!("{key}_en");
        let en = self.text(&english_key);
        if own.is_none() && en.is_some() && !self.has(key) {
            return self.missing(key);
        }
        Some(Localized { own: own?, en, plain: false })
    }

    /// Reads the required string `key` and its optional translation, `key_en`.
    pub fn required_localized(&mut self, key: &str) -> Option<Localized> {
        self.record_required(key);
        let had = self.has(key) || self.has(&format!("{key}_en"));
        let found = self.localized(key);
        if had { found } else { self.missing(key) }
    }

    /// Reads a Boolean; `false` if the key is absent.
    pub fn flag(&mut self, key: &str) -> bool {
        self.record(key, || ValueShape::Flag);
        let Some((value, range)) = self.value(key) else { return false };
        if let DeValue::Boolean(flag) = value {
            return *flag;
        }
        self.wrong_type(
            key,
            value,
            range,
            message!(ja: "「true」か「false」", en: "true or false"),
            "{key} = true",
        );
        false
    }

    /// Reads an integer.
    pub fn integer(&mut self, key: &str) -> Option<i64> {
        self.record(key, || ValueShape::Integer);
        let (value, range) = self.value(key)?;
        let number = match value {
            DeValue::Integer(digits) => i64::from_str_radix(digits.as_str(), digits.radix()).ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong_type(key, value, range, message!(ja: "整数", en: "an integer"), "{key} = 1");
        }
        number
    }

    /// Reads a whole number of `least` or more.
    pub fn count(&mut self, key: &str, least: u32) -> Option<u32> {
        let number = self.integer(key)?;
        let count = u32::try_from(number).ok().filter(|count| *count >= least);
        if count.is_none() {
            let name = self.name(key);
            self.problem(
                &diagnostic::DOCUMENT_VALUE,
                key,
                message!(
                    ja: "「{name}」に「{number}」は使えません",
                    en: "`{number}` is not an allowed value of `{name}`",
                ),
                message!(
                    ja: "{least}以上の整数を記入してください",
                    en: "write a whole number of {least} or more",
                ),
            );
        }
        count
    }

    /// Requests the absent `key` and records that it is missing.
    pub(super) fn ask_missing<T>(&mut self, key: &str) -> Option<T> {
        let absent = self.value(key);
        debug_assert!(absent.is_none(), "a missing key is absent");
        self.missing(key)
    }

    pub(super) fn empty(&mut self, key: &str, range: Range<usize>) {
        let name = self.name(key);
        self.report(
            &diagnostic::DOCUMENT_EMPTY,
            range,
            message!(ja: "「{name}」が空欄です", en: "`{name}` is empty"),
            Some(message!(
                ja: "値を記入するか、この行を削除してください",
                en: "give a value, or delete the line",
            )),
        );
    }
}
