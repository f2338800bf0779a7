//! **Codes** that Excel has corrupted on their way to a CSV file: `4.58E+12`, `760001.0`, `1月2日`.

use crate::diagnostic::{self, Message};
use crate::message;

use super::Wrong;
use super::said::Said;

/// Refuses a code that Excel has changed to an exponent, a decimal number or a date.
pub(super) fn check(text: &str) -> Result<(), Wrong> {
    let wrong = |message, help| Err(Wrong { code: &diagnostic::TABLE_DIGITS, message, help });
    if is_exponent(text) {
        return wrong(
            message!(
                ja: "番号の桁がExcelで「{text}」に縮められ、失われています",
                en: "Excel has shortened the code to `{text}`, and its digits are lost",
            ),
            type_again(),
        );
    }
    if let Some(whole) = text.strip_suffix(".0").filter(|whole| is_digits(whole)) {
        return wrong(
            message!(
                ja: "番号が数値として扱われ、「{text}」になっています",
                en: "the code was handled as a number and became `{text}`",
            ),
            message!(
                ja: "先頭の0が失われていないか確かめ、「{whole}」のように書いてください",
                en: "check whether leading zeros were lost, and write it as {whole}",
            ),
        );
    }
    if is_day(text) || is_english_day(text) {
        return wrong(
            message!(
                ja: "番号がExcelで日付「{text}」に変わっています",
                en: "Excel has turned the code into the date `{text}`",
            ),
            type_again(),
        );
    }
    Ok(())
}

/// The notice for a text in a column with the header `header` that looks like a code corrupted by
/// Excel; `None` for any other text.
pub(super) fn doubt(text: &str, header: &str) -> Option<Said> {
    if text.len() > 16 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    const NUMBERED: [&str; 7] = ["番地", "番号", "コード", "地番", "号", "型番", "品番"];
    let numbered = || NUMBERED.iter().any(|word| header.ends_with(word));
    let doubtful = is_english_day(text) || ((is_day(text) || is_exponent(text)) && numbered());
    doubtful.then(|| Said::Doubtful(text.to_owned()))
}

fn type_again() -> Message {
    message!(
        ja: "この列の表示形式を「文字列」にしてから、元の資料のとおりに入力し直してください",
        en: "format the column as text, then type the codes again from the original",
    )
}

/// Is it a number with an exponent, such as `4.58123E+12`?
fn is_exponent(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    exponent.strip_prefix(['+', '-']).is_some_and(is_digits) && mantissa.parse::<f64>().is_ok()
}

/// Is it a date such as `1月2日` or `2024/1/2`?
fn is_day(text: &str) -> bool {
    if let Some((month, rest)) = text.split_once('月') {
        return is_digits(month) && rest.strip_suffix('日').is_some_and(is_digits);
    }
    if !text.contains('/') {
        return false;
    }
    let parts: Vec<&str> = text.split('/').collect();
    parts.len() == 3 && parts[0].len() == 4 && parts.iter().all(|part| is_digits(part))
}

/// Is it `Jan-02` or `2-Jan`, which the English edition of Excel makes of 1-2?
fn is_english_day(text: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let Some((first, second)) = text.split_once('-') else { return false };
    let month = |part: &str| MONTHS.iter().any(|month| part.eq_ignore_ascii_case(month));
    (month(first) && is_digits(second)) || (is_digits(first) && month(second))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::is_english_day;

    #[test]
    fn days_that_excel_makes_of_codes_are_known() {
        for day in ["Jan-02", "2-Jan", "dec-31", "12-Aug"] {
            assert!(is_english_day(day), "{day}");
        }
        for other in ["Jan-", "-Jan", "Jan-x", "Jan-Feb", "1-2", "January-2", "Jan 2", ""] {
            assert!(!is_english_day(other), "{other}");
        }
    }
}
