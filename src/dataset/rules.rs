//! The **rules** of a column as they are declared: restrictions on its cells in addition to its
//! type.
//!
//! Not in here: checking cells against them (`cell`).

use crate::diagnostic;
use crate::document::Keys;
use crate::message;
use crate::table::Missing;

use super::canonical::{canonical_of_type, is_canonical};
use super::{CellPattern, Column, ColumnType};

/// Reads the texts for a missing value, the bounds, the pattern and the vocabulary into `column`,
/// whose type is known. Rules that do not suit the type or contradict each other are reported and
/// left out.
pub(super) fn read_rules(keys: &mut Keys<'_>, column: &mut Column) {
    column.missing = Missing::read(keys);
    column.minimum = read_bound(keys, "minimum", column);
    column.maximum = read_bound(keys, "maximum", column);
    if let (Some(least), Some(most)) = (&column.minimum, &column.maximum)
        && column.kind.compare(least, most).is_gt()
    {
        keys.problem(
            &diagnostic::DATASET_COLUMN,
            "maximum",
            message!(
                ja: "最大値（maximum）の{most}が、最小値（minimum）の{least}より小さくなっています",
                en: "`maximum` ({most}) is less than `minimum` ({least})",
            ),
            message!(ja: "どちらかを訂正してください", en: "correct one of the two"),
        );
        (column.minimum, column.maximum) = (None, None);
    }
    column.pattern = read_pattern(keys, column.kind);
    let mut vocabulary = keys.vocabulary("values");
    let written = vocabulary.len();
    vocabulary.retain(|(value, _)| {
        let sound = is_canonical(value, column);
        if !sound {
            not_of_the_type(keys, "values", value, column);
        }
        sound
    });
    // If one of the values is wrong, no cell is checked against the others.
    if vocabulary.len() < written {
        return;
    }
    if vocabulary.iter().all(|(_, label)| label.is_some()) {
        column.labels = vocabulary.iter().filter_map(|(_, label)| label.clone()).collect();
    }
    column.values = vocabulary.into_iter().map(|(value, _)| value.value).collect();
}

/// Reads the bound `key` (`minimum` or `maximum`) in canonical text. `None` if it is absent, if the
/// type of `column` has no order, or if the value is not of that type; the latter two are reported.
fn read_bound(keys: &mut Keys<'_>, key: &str, column: &Column) -> Option<String> {
    let written = keys.bound(key)?;
    if !column.kind.is_ordered() {
        let kind = column.kind.as_str();
        keys.problem(
            &diagnostic::DATASET_COLUMN,
            key,
            message!(
                ja: "型が「{kind}」の列に「{key}」は使えません",
                en: "a column of type `{kind}` cannot have `{key}`",
            ),
            message!(
                ja: "「minimum」と「maximum」は、数値・年度・日付・時刻の列で使えます",
                en: "only columns of numbers, fiscal years, dates and times can have one",
            ),
        );
        return None;
    }
    let canonical = canonical_of_type(&written, column);
    if canonical.is_none() {
        not_of_the_type(keys, key, &written, column);
    }
    canonical
}

fn not_of_the_type(keys: &mut Keys<'_>, key: &str, written: &str, column: &Column) {
    let kind = column.kind.as_str();
    keys.problem(
        &diagnostic::DATASET_COLUMN,
        key,
        message!(
            ja: "「{key}」の「{written}」は、型が「{kind}」の値ではありません",
            en: "`{written}` (`{key}`) is not of type `{kind}`",
        ),
        message!(
            ja: "公開するときと同じ形で記入してください（数値は1234、日付は2021-04-01、時刻は09:00）",
            en: "write it as it is published: numbers as 1234, dates as 2021-04-01, times as 09:00",
        ),
    );
}

/// Reads the regular expression `pattern`. `None` if it is absent or not valid, or if the type is
/// not text, code or URL; the latter two are reported.
fn read_pattern(keys: &mut Keys<'_>, kind: ColumnType) -> Option<CellPattern> {
    let written = keys.located_text("pattern")?;
    let (message, help) = match CellPattern::parse(&written) {
        _ if !matches!(kind, ColumnType::Text | ColumnType::Code | ColumnType::Url) => {
            let kind = kind.as_str();
            (
                message!(
                    ja: "型が「{kind}」の列に「pattern」は使えません",
                    en: "a column of type `{kind}` cannot have `pattern`",
                ),
                message!(
                    ja: "「pattern」は、型が「text」「code」「url」の列で使えます",
                    en: "only columns of type `text`, `code` and `url` can have one",
                ),
            )
        }
        Ok(pattern) => return Some(pattern),
        Err(said) => (
            message!(
                ja: "「pattern」を正規表現として読み取れません（{said}）",
                en: "`pattern` is not a valid regular expression: {said}",
            ),
            message!(
                ja: "「pattern = '[0-9]{{7}}'」のように、セル全体の形を記入してください",
                en: "write a pattern for the whole cell, for example `pattern = '[0-9]{{7}}'`",
            ),
        ),
    };
    keys.problem(&diagnostic::DATASET_COLUMN, "pattern", message, help);
    None
}
