//! The **canonical** text of a value: the one form in which each type of column is published.
//!
//! Not in here: rules of a column beside its type (`cell`).

use crate::calendar::FiscalYear;
use crate::diagnostic;
use crate::message;
use crate::table::{self, Unit, Wrong};
use crate::text::Decimal;

use super::{Column, ColumnType};

/// `text` in the one form of the type of `column`.
pub(super) fn canonical(text: &str, column: &Column) -> Result<String, Wrong> {
    let number = || {
        Decimal::parse(text).ok_or_else(|| Wrong {
            code: &diagnostic::TABLE_NOT_A_NUMBER,
            message: message!(ja: "`{text}` は数でない", en: "`{text}` is not a number"),
            help: table::not_a_number_help(text, Unit::of(column.unit.as_deref()), |_| false),
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
            None => Err(not_a(text, "真偽値", "true or false")),
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
            time(text).ok_or_else(|| not_a(text, "時刻（hh:mm）", "a time (hh:mm)"))
        }
        ColumnType::Url => {
            if text.starts_with("https://") || text.starts_with("http://") {
                Ok(text.to_owned())
            } else {
                Err(not_a(text, "ウェブのアドレス", "an address of the web"))
            }
        }
    }
}

/// What `text` is published as, where it is of the type of `column`.
pub(super) fn canonical_of_type(text: &str, column: &Column) -> Option<String> {
    canonical(text, column).ok()
}

/// Is `text` blank or as a cell of `column` is published?
pub(super) fn is_canonical(text: &str, column: &Column) -> bool {
    text.is_empty() || canonical(text, column).is_ok_and(|canonical| canonical == text)
}

fn not_a(text: &str, ja: &str, en: &str) -> Wrong {
    Wrong {
        code: &diagnostic::TABLE_VALUE,
        message: message!(ja: "`{text}` は{ja}でない", en: "`{text}` is not {en}"),
        help: message!(ja: "{ja}を書くか、空欄にする", en: "write {en}, or leave the cell blank"),
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

/// `9:00`, `09:00`, `09:00:00` as `09:00`.
fn time(text: &str) -> Option<String> {
    let mut parts = text.split([':', '：']);
    let hour: u32 = parts.next()?.parse().ok()?;
    let minute: u32 = parts.next()?.parse().ok()?;
    let second = parts.next().is_none_or(|second| second == "00");
    let inside = hour <= 24 && minute < 60 && second && parts.next().is_none();
    inside.then(|| format!("{hour:02}:{minute:02}"))
}

#[cfg(test)]
mod tests {
    use super::time;

    #[test]
    fn times_are_brought_to_one_form() {
        for (written, canonical) in
            [("9:00", Some("09:00")), ("09:30:00", Some("09:30")), ("24:00", Some("24:00"))]
        {
            assert_eq!(time(written).as_deref(), canonical);
        }
        for wrong in ["", "9", "25:00", "9:60", "9:00:30", "午前9時"] {
            assert_eq!(time(wrong), None, "{wrong}");
        }
    }
}
