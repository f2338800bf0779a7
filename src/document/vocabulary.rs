//! **Vocabularies** (codes with their labels) and **bounds** (a number or a date as written) as
//! values of keys.

use toml::de::DeValue;

use crate::diagnostic::Located;
use crate::message;
use crate::text::Localized;

use super::Keys;
use super::shape::ValueShape;

impl Keys<'_> {
    /// Reads an array of strings, or a table from codes to labels, in the order in which they are
    /// written; empty if the key is absent.
    ///
    /// A label is a string, or a table with `label` and `label_en`.
    pub fn vocabulary(&mut self, key: &'static str) -> Vec<(Located<String>, Option<Localized>)> {
        self.record(key, || ValueShape::Named(Box::new(ValueShape::Any)));
        let Some((DeValue::Table(table), range)) = self.value(key) else {
            return self.texts(key).into_iter().map(|text| (text, None)).collect();
        };
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(code, _)| code.span().start);
        let mut vocabulary = Vec::with_capacity(entries.len());
        for (code, label) in entries {
            let place = self.range_of(code.span());
            let written = self.range_of(label.span());
            let label = match label.get_ref() {
                DeValue::String(text) if !text.trim().is_empty() => {
                    Some(Localized::new(text.trim()))
                }
                DeValue::Table(label) => {
                    self.below(key, label, written, |keys| keys.required_localized("label"))
                }
                other => {
                    let wanted = message!(ja: "値の名称", en: "a label");
                    self.wrong_type(key, other, written, wanted, "{key} = { \"1\" = \"…\" }");
                    None
                }
            };
            let code = code.get_ref().trim().to_owned();
            vocabulary.push((self.located(code, place), label));
        }
        if vocabulary.is_empty() {
            self.empty(key, range);
        }
        vocabulary
    }

    /// Reads a number, a date or a string, as it is written.
    pub fn bound(&mut self, key: &str) -> Option<Located<String>> {
        self.record(key, || ValueShape::Number);
        self.record(key, || ValueShape::Text);
        let (value, range) = self.value(key)?;
        match as_written(value) {
            Some(text) => Some(self.located(text, range)),
            None => {
                let wanted = message!(ja: "数値か日付", en: "a number or a date");
                self.wrong_type(key, value, range, wanted, "{key} = 0");
                None
            }
        }
    }

    /// Reads a list of numbers and texts, each as it is written; empty if the key is absent.
    pub fn bounds(&mut self, key: &str) -> Vec<Located<String>> {
        self.record(key, || ValueShape::List(Box::new(ValueShape::Any)));
        let wanted = message!(ja: "数の並び", en: "a list of numbers");
        let mut found = Vec::new();
        for (item, range) in self.items(key, wanted, "{key} = [9, 14]") {
            match as_written(item) {
                Some(text) => found.push(self.located(text, range)),
                None => {
                    let wanted = message!(ja: "数", en: "a number");
                    self.wrong_type(key, item, range, wanted, "{key} = [9, 14]");
                }
            }
        }
        found
    }

    /// Reads the table `key`, or each table of the array `key`, with `read`; empty if the key is
    /// absent.
    pub fn table_or_tables<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&mut Keys<'_>) -> T,
    ) -> Vec<T> {
        if self.records() {
            let one = self.table(key, &mut read);
            return one.into_iter().chain(self.tables(key, read)).collect();
        }
        match self.value(key) {
            Some((DeValue::Table(_), _)) => self.table(key, read).into_iter().collect(),
            _ => self.tables(key, read),
        }
    }

    /// Reads one text, or a list of texts; `None` if the key is absent.
    pub fn text_or_texts(&mut self, key: &str) -> Option<Vec<Located<String>>> {
        self.record(key, || ValueShape::Text);
        self.record(key, || ValueShape::List(Box::new(ValueShape::Text)));
        match self.value(key)?.0 {
            DeValue::String(_) => self.located_text(key).map(|text| vec![text]),
            _ => Some(self.texts(key)),
        }
    }
}

/// The digits of a number, a date, or a text that is not empty; `None` for any other value.
pub(super) fn as_written(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        DeValue::Integer(digits) if digits.radix() == 10 => Some(digits.as_str().to_owned()),
        DeValue::Float(digits) => Some(digits.as_str().to_owned()),
        DeValue::Datetime(moment) => Some(moment.to_string()),
        _ => None,
    }
}
