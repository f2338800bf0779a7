//! **Conditions** on the columns of a table: a value, a list of values, or a range.
//!
//! Not in here: the rows that meet them (`site::blocks`).

use std::ops::Range;

use toml::de::DeValue;

use crate::diagnostic::Located;
use crate::message;

use super::Keys;
use super::shape::ValueShape;
use super::vocabulary::as_written;

/// A condition on the cells of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// The cell is one of these values.
    OneOf(Vec<Located<String>>),
    /// The cell is in this range.
    Between(Box<ValueRange>),
}

/// A range of values, which belong to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueRange {
    /// The least value.
    pub from: Option<Located<String>>,
    /// The greatest value.
    pub to: Option<Located<String>>,
}

impl Keys<'_> {
    /// Reads the conditions in the table `key`, whose names are those of columns: `district =
    /// "中央"`, `year = [2022, 2023]`, `month = { from = 2022-04-01 }`. Empty if the key is absent.
    pub fn conditions(&mut self, key: &'static str) -> Vec<(Located<String>, Condition)> {
        self.record(key, || ValueShape::Named(Box::new(ValueShape::Any)));
        let mut found = Vec::new();
        for (name, value, range) in self.named(key, "{key} = { \"…\" = \"…\" }") {
            let condition = match value {
                DeValue::Table(table) => {
                    Condition::Between(self.below(key, table, range, |keys| {
                        Box::new(ValueRange { from: keys.bound("from"), to: keys.bound("to") })
                    }))
                }
                DeValue::Array(items) => {
                    let items = items.iter().map(|item| (item.get_ref(), item.span()));
                    let values: Vec<_> =
                        items.map(|(item, span)| (item, self.range_of(span))).collect();
                    let each = values.into_iter();
                    Condition::OneOf(
                        each.filter_map(|(item, at)| self.scalar_of(key, item, at)).collect(),
                    )
                }
                value => Condition::OneOf(self.scalar_of(key, value, range).into_iter().collect()),
            };
            found.push((name, condition));
        }
        found
    }

    /// Reads a text, number, date or truth value, as it is written.
    fn scalar_of(
        &mut self,
        key: &str,
        value: &DeValue<'_>,
        range: Range<usize>,
    ) -> Option<Located<String>> {
        let text = match value {
            DeValue::Boolean(truth) => Some(truth.to_string()),
            other => as_written(other),
        };
        let Some(text) = text.map(|text| text.trim().to_owned()) else {
            let wanted = message!(ja: "文字か数値か日付", en: "a string, a number or a date");
            self.wrong_type(key, value, range, wanted, "{key} = \"…\"");
            return None;
        };
        Some(self.located(text, range))
    }
}
