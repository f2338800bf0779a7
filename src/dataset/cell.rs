//! A **cell** of a dataset, checked against the rules of its column and converted to the canonical
//! text of the column's type.
//!
//! Not in here: the canonical text of each type (`canonical`).

use crate::diagnostic;
use crate::message;
use crate::table::Wrong;

use super::Column;
use super::canonical::canonical;

/// The canonical text of the cell `text`, or the first rule of `column` that it breaks. A text that
/// stands for a missing value gives an empty text. `home` is the file that messages name for a
/// declaration.
pub(super) fn check_cell(text: &str, column: &Column, home: &str) -> Result<String, Wrong> {
    let missing = column.missing.contains(text);
    if text.is_empty() || missing {
        if column.required {
            let title = &column.title.own;
            let message = match missing {
                true => message!(
                    ja: "「{title}」の「{text}」は、値がないことを表します。この列は空欄にできません",
                    en: "`{text}` in column `{title}` means that there is no value, but the column is required",
                ),
                false => {
                    message!(ja: "「{title}」が空欄です", en: "the cell in column `{title}` is blank")
                }
            };
            return Err(Wrong {
                code: &diagnostic::TABLE_MISSING_VALUE,
                message,
                help: message!(
                    ja: "値を入力してください。空欄でもよい列なら、「dataset.toml」の「required」を削除し、「primary_key」に含めないでください",
                    en: "enter a value; if the column may be blank, delete `required` from `dataset.toml` and leave the column out of `primary_key`",
                ),
            });
        }
        return Ok(String::new());
    }
    let canonical = canonical(text, column, home)?;
    if !column.values.is_empty() && !column.values.contains(&canonical) {
        let ja = column.listed_values().join("、");
        let en = column.values.iter().enumerate().map(|(index, value)| {
            let label = column.labels.get(index).map(|label| format!(" ({})", label.own));
            format!("`{value}`{}", label.unwrap_or_default())
        });
        let en = en.collect::<Vec<_>>().join(", ");
        return Err(Wrong {
            code: &diagnostic::TABLE_VALUE,
            message: message!(
                ja: "「{text}」はこの列の選択肢にありません",
                en: "`{text}` is not an allowed value of this column",
            ),
            help: message!(ja: "使える値：{ja}", en: "allowed values: {en}"),
        });
    }
    keeps_bounds(text, &canonical, column)?;
    if let Some(pattern) = column.pattern.as_ref().filter(|pattern| !pattern.matches(&canonical)) {
        let form = pattern.as_str();
        return Err(Wrong {
            code: &diagnostic::TABLE_VALUE,
            message: message!(
                ja: "「{text}」はこの列に定められた形ではありません",
                en: "`{text}` does not match this column's pattern",
            ),
            help: message!(
                ja: "正規表現「{form}」に合う形で入力してください",
                en: "enter a value that matches the regular expression `{form}`",
            ),
        });
    }
    Ok(canonical)
}

/// Checks that the cell, in canonical text, is not less than `minimum` nor more than `maximum`. The
/// problem shows it as `text`.
fn keeps_bounds(text: &str, canonical: &str, column: &Column) -> Result<(), Wrong> {
    let less = |least: &String| column.kind.compare(canonical, least).is_lt();
    let more = |most: &String| column.kind.compare(canonical, most).is_gt();
    let message = if let Some(least) = column.minimum.as_ref().filter(|least| less(least)) {
        message!(ja: "「{text}」は {least} より小さい値です", en: "`{text}` is less than the minimum, {least}")
    } else if let Some(most) = column.maximum.as_ref().filter(|most| more(most)) {
        message!(ja: "「{text}」は {most} より大きい値です", en: "`{text}` is more than the maximum, {most}")
    } else {
        return Ok(());
    };
    let help = match (&column.minimum, &column.maximum) {
        (Some(least), Some(most)) => {
            message!(ja: "{least} から {most} までの値を入力してください", en: "enter a value from {least} to {most}")
        }
        _ => message!(
            ja: "値を確かめてください。正しければ、「dataset.toml」の「minimum」か「maximum」を直してください",
            en: "check the value; if it is right, correct `minimum` or `maximum` in `dataset.toml`",
        ),
    };
    Err(Wrong { code: &diagnostic::TABLE_VALUE, message, help })
}
