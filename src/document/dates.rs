//! **Days and years** as values, in any of the forms of `calendar`.

use toml::de::DeValue;

use crate::calendar::{Date, FiscalYear};
use crate::diagnostic::{self, Message};
use crate::message;

use super::Keys;

impl Keys<'_> {
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
}
