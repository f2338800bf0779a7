//! The **canonical** text of a value: the one form in which values of each column type are
//! published.
//!
//! Not in here: the rules of a column other than its type (`cell`).

use unicode_normalization::UnicodeNormalization;

use crate::calendar::FiscalYear;
use crate::diagnostic;
use crate::message;
use crate::table::{self, Unit, Wrong};
use crate::text::Decimal;

use super::{Column, ColumnType, END_OF_DAY};

/// The canonical text of `text` for the type of `column`, or the problem if it is not of that type.
/// `home` is the file that messages name for a declaration.
pub(super) fn canonical(text: &str, column: &Column, home: &str) -> Result<String, Wrong> {
    let number = || {
        Decimal::parse(text).ok_or_else(|| Wrong {
            code: &diagnostic::TABLE_NOT_A_NUMBER,
            message: message!(ja: "「{text}」は数値ではありません", en: "`{text}` is not a number"),
            help: table::not_a_number_help(text, Unit::of(column.unit.as_deref()), home, |_| false),
        })
    };
    match column.kind {
        ColumnType::Text | ColumnType::Code => Ok(text.to_owned()),
        ColumnType::Number => Ok(number()?.to_string()),
        ColumnType::Integer => {
            let number = number()?;
            match number.as_str().split_once('.') {
                None => Ok(number.to_string()),
                Some((whole, zeros)) if zeros.bytes().all(|digit| digit == b'0') => {
                    Ok(whole.to_owned())
                }
                Some(_) => Err(not_a(text, "整数", "a whole number")),
            }
        }
        ColumnType::Latitude => in_range(text, number()?, -90.0..=90.0, "緯度", "a latitude"),
        ColumnType::Longitude => in_range(text, number()?, -180.0..=180.0, "経度", "a longitude"),
        ColumnType::Boolean => match table::parse_flag(text) {
            Some(flag) => Ok(flag.to_string()),
            None => Err(not_yes_or_no(text)),
        },
        ColumnType::Date => match table::parse_date(text) {
            Ok(date) => Ok(date.to_string()),
            Err(problem) => {
                let (message, help) = problem.told(text);
                Err(Wrong { code: &diagnostic::TABLE_NOT_A_DATE, message, help })
            }
        },
        ColumnType::FiscalYear => match FiscalYear::parse(text) {
            Ok(year) => Ok(year.to_string()),
            Err(_) => Err(not_a(text, "年度", "a fiscal year")),
        },
        ColumnType::Time => {
            let time = time(text).ok_or_else(|| not_a(text, "時刻（hh:mm）", "a time (hh:mm)"))?;
            match time == END_OF_DAY && column.end_of_day == Some(false) {
                true => Err(end_of_day(text)),
                false => Ok(time),
            }
        }
        ColumnType::Url => {
            if text.starts_with("https://") || text.starts_with("http://") {
                Ok(text.to_owned())
            } else {
                Err(not_a(text, "「https://」で始まるURL", "a URL that begins with https://"))
            }
        }
    }
}

/// The canonical text of `text` for the type of `column`; `None` if it is not of that type.
pub(super) fn canonical_of_type(text: &str, column: &Column) -> Option<String> {
    canonical(text, column, "").ok()
}

/// Whether `text` is of the type of `column`.
pub(super) fn is_of_type(text: &str, column: &Column) -> bool {
    canonical(text, column, "").is_ok()
}

/// Whether `text` is blank or a canonical text for the type of `column`.
pub(super) fn is_canonical(text: &str, column: &Column) -> bool {
    text.is_empty() || canonical(text, column, "").is_ok_and(|canonical| canonical == text)
}

fn not_a(text: &str, ja: &str, en: &str) -> Wrong {
    Wrong {
        code: &diagnostic::TABLE_VALUE,
        message: message!(ja: "「{text}」は{ja}ではありません", en: "`{text}` is not {en}"),
        help: message!(ja: "{ja}を入力するか、空欄にしてください", en: "enter {en}, or leave the cell blank"),
    }
}

fn end_of_day(text: &str) -> Wrong {
    Wrong {
        code: &diagnostic::TABLE_VALUE,
        message: message!(
            ja: "「{text}」は、この列では使えない時刻です",
            en: "`{text}` is not allowed in this column",
        ),
        help: message!(
            ja: "00:00から23:59までの時刻を入力してください。24:00を一日の終わりとして使う列では、「dataset.toml」の「end_of_day = false」を削除してください",
            en: "write a time from 00:00 to 23:59; where 24:00 is the end of a day, delete `end_of_day = false` from `dataset.toml`",
        ),
    }
}

fn not_yes_or_no(text: &str) -> Wrong {
    Wrong {
        code: &diagnostic::TABLE_VALUE,
        message: message!(
            ja: "「{text}」は「はい」「いいえ」を表す値として読み取れません",
            en: "`{text}` is neither yes nor no",
        ),
        help: message!(
            ja: "「○」か「×」を入力してください（有・無、あり・なし、可・不可、はい・いいえ、1・0、TRUE・FALSE も使えます）。分からないときは空欄にしてください",
            en: "write ○ or × (also 有・無, あり・なし, 可・不可, はい・いいえ, 1 or 0, TRUE or FALSE), or leave the cell blank where it is not known",
        ),
    }
}

fn in_range(
    text: &str,
    number: Decimal,
    range: std::ops::RangeInclusive<f64>,
    ja: &str,
    en: &str,
) -> Result<String, Wrong> {
    if range.contains(&number.as_f64()) { Ok(number.to_string()) } else { Err(not_a(text, ja, en)) }
}

/// The time of day as `hh:mm`: `9:00`, `09:00`, `09:00:00` and `９：００` all give `09:00`.
/// `24:00`, the end of a day, is allowed; other texts give `None`.
fn time(text: &str) -> Option<String> {
    let narrow: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let parts: Vec<&str> = narrow.split(':').collect();
    let digits =
        |part: &&str| matches!(part.len(), 1 | 2) && part.bytes().all(|b| b.is_ascii_digit());
    if !parts.iter().all(digits) {
        return None;
    }
    let (hour, minute): (u32, u32) = match parts[..] {
        [hour, minute] | [hour, minute, "00"] => (hour.parse().ok()?, minute.parse().ok()?),
        _ => return None,
    };
    let inside = (hour < 24 && minute < 60) || (hour, minute) == (24, 0);
    inside.then(|| format!("{hour:02}:{minute:02}"))
}

#[cfg(test)]
mod tests {
    use super::time;

    #[test]
    fn times_are_brought_to_one_form() {
        for (written, canonical) in [
            ("9:00", Some("09:00")),
            ("09:30:00", Some("09:30")),
            ("９：００", Some("09:00")),
            ("24:00", Some("24:00")),
        ] {
            assert_eq!(time(written).as_deref(), canonical);
        }
        for wrong in [
            "",
            "9",
            "25:00",
            "9:60",
            "9:00:30",
            "午前9時",
            "24:01",
            "24:59",
            "+9:00",
            "+24:30",
            "009:00",
            "9:000",
        ] {
            assert_eq!(time(wrong), None, "{wrong}");
        }
    }
}
