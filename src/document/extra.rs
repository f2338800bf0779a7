//! **Extra** values: a table `[extra]` whose keys the content chooses freely. They are given to the
//! templates of a theme as they are written, and are not published as data.
//!
//! Not in here: fields that a site declares, which are published (`policy::field`).

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;
use toml::de::{DeTable, DeValue};

use crate::diagnostic;
use crate::message;

use super::keys::Keys;

/// The values of a table `[extra]`, by key; empty if there is none.
pub type Extra = BTreeMap<String, ExtraValue>;

/// One value of a table `[extra]`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum ExtraValue {
    /// A text; also a date or a time, as written.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Number(f64),
    /// `true` or `false`.
    Flag(bool),
    /// A list.
    List(Vec<ExtraValue>),
    /// A table.
    Table(BTreeMap<String, ExtraValue>),
}

impl Keys<'_> {
    /// Reads the table `extra`. A number that is too large to be used is reported.
    pub fn extra(&mut self) -> Extra {
        let key = "extra";
        let Some((value, range)) = self.value(key) else { return Extra::new() };
        let DeValue::Table(table) = value else {
            let wanted = message!(ja: "項目のまとまり", en: "a table");
            self.wrong_type(key, value, range, wanted, "[{key}]");
            return Extra::new();
        };
        let mut unfit = Vec::new();
        let extra = read_table(table, &mut unfit);
        for span in unfit {
            let range = self.range_of(span);
            let message = message!(
                ja: "この数値は、テンプレートで使える範囲を超えています",
                en: "this number is too large for templates",
            );
            let help = message!(
                ja: "「\"」で囲み、文字として記入してください",
                en: "write it as a string, in quotation marks",
            );
            self.report(&diagnostic::DOCUMENT_VALUE, range, message, Some(help));
        }
        extra
    }
}

/// The values of `table`. The ranges of numbers that cannot be used are added to `unfit`.
fn read_table(table: &DeTable<'_>, unfit: &mut Vec<Range<usize>>) -> Extra {
    let mut read = Extra::new();
    for (key, value) in table.iter() {
        let found = read_value(value, unfit);
        read.extend(found.map(|value| (key.get_ref().to_string(), value)));
    }
    read
}

fn read_value(
    value: &toml::Spanned<DeValue<'_>>,
    unfit: &mut Vec<Range<usize>>,
) -> Option<ExtraValue> {
    let found = match value.get_ref() {
        DeValue::String(text) => Some(ExtraValue::Text(text.to_string())),
        DeValue::Integer(digits) => {
            let number = i64::from_str_radix(digits.as_str(), digits.radix());
            number.ok().map(ExtraValue::Integer)
        }
        DeValue::Float(digits) => {
            let number: Option<f64> = digits.as_str().parse().ok();
            number.filter(|number| number.is_finite()).map(ExtraValue::Number)
        }
        DeValue::Boolean(flag) => Some(ExtraValue::Flag(*flag)),
        DeValue::Datetime(time) => Some(ExtraValue::Text(time.to_string())),
        DeValue::Array(items) => {
            let items = items.iter().filter_map(|item| read_value(item, unfit));
            return Some(ExtraValue::List(items.collect()));
        }
        DeValue::Table(table) => Some(ExtraValue::Table(read_table(table, unfit))),
    };
    if found.is_none() {
        unfit.push(value.span());
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Diagnostics;
    use crate::document::read;

    #[test]
    fn values_keep_their_types() {
        let text = "[extra]\na = \"b\"\nn = 0x10\nf = 1.5\nyes = true\nday = 2026-04-01\n\
                    list = [1, \"x\", { y = 2 }]\n[extra.table]\nz = \"w\"\n";
        let mut found = Diagnostics::new();
        let extra = read(&"a.toml".into(), text, &mut found, |keys| keys.extra());
        assert!(found.is_empty());
        let json = serde_json::to_string(&extra.expect("the text is sound")).expect("it is JSON");
        assert_eq!(
            json,
            r#"{"a":"b","day":"2026-04-01","f":1.5,"list":[1,"x",{"y":2}],"n":16,"table":{"z":"w"},"yes":true}"#
        );
    }

    #[test]
    fn numbers_that_cannot_be_used_are_reported() {
        let mut found = Diagnostics::new();
        let text = "[extra]\na = 99999999999999999999\nb = [inf]\n";
        let extra = read(&"a.toml".into(), text, &mut found, |keys| keys.extra());
        assert_eq!(found.iter().count(), 2);
        assert!(extra.is_some_and(|extra| extra.len() == 1));
    }
}
