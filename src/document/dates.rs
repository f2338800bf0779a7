//! **Dates and fiscal years** as values of keys.

use toml::de::DeValue;

use crate::calendar::{Date, FiscalYear};
use crate::diagnostic;
use crate::message;

use super::Keys;
use super::shape::ValueShape;

impl Keys<'_> {
    /// Reads a date: a TOML date, or a string in any format of [`Date::parse`].
    pub fn date(&mut self, key: &str) -> Option<Date> {
        self.record(key, || ValueShape::Text);
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
                let (message, help) = problem.told(&text);
                self.report(&diagnostic::DOCUMENT_VALUE, range, message, Some(help));
                None
            }
        }
    }

    /// Reads a fiscal year: an integer, or a string in any format of [`FiscalYear::parse`].
    pub fn fiscal_year(&mut self, key: &str) -> Option<FiscalYear> {
        self.record(key, || ValueShape::Text);
        self.record(key, || ValueShape::Integer);
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
                let (message, help) = problem.told(&text);
                self.report(&diagnostic::DOCUMENT_VALUE, range, message, Some(help));
                None
            }
        }
    }

    /// Reads a required fiscal year.
    pub fn required_fiscal_year(&mut self, key: &str) -> Option<FiscalYear> {
        self.record_required(key);
        if self.has(key) { self.fiscal_year(key) } else { self.ask_missing(key) }
    }
}
