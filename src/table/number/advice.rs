//! **Advice** about a cell that should be a number and is not. A replacement is suggested only if
//! it has the same value: multipliers, signs, parentheses and second numbers are never dropped.

use crate::diagnostic::Message;
use crate::message;
use crate::text::Decimal;

use super::{Unit, figure, has_inner_space, narrow, shifted, without_end_zeros};

/// Advice on correcting the cell `written`, which should be a number in `unit`. `has_column` says
/// whether the table has a column of that name, where a note could go, and `home` is the file for
/// declarations.
pub fn not_a_number_help(
    written: &str,
    unit: Unit<'_>,
    home: &str,
    has_column: impl Fn(&str) -> bool,
) -> Message {
    let advice = advice(written, unit, home, has_column);
    Message::new(format!("{}（規則 L2-01）", advice.ja), format!("{} (rule L2-01)", advice.en))
}

/// Advice on a cell that is not in a column of texts and says, in words or by a sign, that there is
/// no value; `None` for any other text. `home` is the file for declarations.
pub fn no_value_help(written: &str, home: &str) -> Option<Message> {
    is_without_value(&narrow(written)).then(|| no_value(written, home))
}

fn no_value(written: &str, home: &str) -> Message {
    message!(
        ja: "値がないときは空欄にしてください。「{written}」のままにするときは、「{home}」に「missing = [\"{written}\"]」と書くと、空欄として公開します",
        en: "leave the cell blank where there is no value; or write `missing = [\"{written}\"]` into `{home}`, and `{written}` is published as a blank",
    )
}

/// The advice without the number of the rule, the first that applies: one number instead of
/// several; the same value in plain digits; a declaration of a word for missing values; all digits
/// instead of a shortened number; moving a note to another column; a value in the unit of the
/// column; or else a single number.
fn advice(written: &str, unit: Unit<'_>, home: &str, has_column: impl Fn(&str) -> bool) -> Message {
    // A space between two digits may separate two numbers.
    if has_inner_space(written) {
        return one_number();
    }
    let plain = narrow(written);
    if let Some(value) = same_value(&plain, unit) {
        return message!(
            ja: "「{value}」と入力してください",
            en: "write {value}",
        );
    }
    if is_without_value(&plain) {
        return no_value(written, home);
    }
    if let Some((number, rest)) = split_number(&plain) {
        if looks_like_exponent(rest) || rest.starts_with([',', '.']) {
            return message!(
                ja: "桁を省かずに、1234567 か 1,234,567 のように書いてください",
                en: "write all digits, as 1234567 or 1,234,567",
            );
        }
        if rest.starts_with(['(', '[', '※', '*', '注'])
            && plain.starts_with(|c: char| c.is_ascii_digit())
        {
            return match ["note", "備考"].into_iter().find(|name| has_column(name)) {
                Some(column) => message!(
                    ja: "注記は「{column}」の列に移し、ここには {number} だけを残してください",
                    en: "move the note to the column `{column}` and leave {number} here",
                ),
                None => message!(
                    ja: "注記は別の列に移し、ここには {number} だけを残してください",
                    en: "move the note to a column of its own and leave {number} here",
                ),
            };
        }
        let one_number = !rest.contains(|c: char| c.is_ascii_digit());
        if let (Unit::Named(unit), true, false) = (unit, one_number, rest.is_empty()) {
            return message!(
                ja: "この列の単位は「{unit}」です。「{unit}」での値を、数だけで書いてください",
                en: "this column is in {unit}; write the value in {unit}, digits only",
            );
        }
    }
    one_number()
}

fn one_number() -> Message {
    message!(
        ja: "数を一つだけ、数字で書いてください。値が分からないときは空欄にしてください",
        en: "write one number in digits, and leave the cell blank where the value is not known",
    )
}

/// The number in `unit` that has the same value as `plain`, a text in narrow form; `None` where
/// there is none.
fn same_value(plain: &str, unit: Unit<'_>) -> Option<String> {
    if let Some(degrees) = degrees(plain) {
        return Some(degrees);
    }
    if let Some(digits) = plain.strip_prefix('.').filter(|digits| all_digits(digits)) {
        return Some(format!("0.{digits}"));
    }
    if let Some(digits) = plain.strip_suffix('.').filter(|digits| all_digits(digits)) {
        return Some(digits.to_owned());
    }
    let figure = figure(plain)?;
    let number = figure.number.as_str();
    let (power, name) = multiplier(&figure.unit);
    let value = match unit {
        _ if figure.unit.is_empty() => number.to_owned(),
        Unit::Pure if name == "%" => shifted(number, -2),
        Unit::Unknown | Unit::Pure => match name {
            "" => shifted(number, power),
            _ => return None,
        },
        Unit::Named(unit) => {
            let unit = narrow(unit);
            let (own_power, own_name) = multiplier(&unit);
            let yen = |name: &str| matches!(name, "円" | "¥" | "\\");
            // In a column of 千円, 1.2億 is money; in a column of 人, 13万 counts people.
            let same = own_name == name || name.is_empty() || (yen(own_name) && yen(name));
            if !same {
                return None;
            }
            shifted(number, power - own_power)
        }
    };
    let value = match value.contains('.') && power != 0 {
        true => without_end_zeros(&value).to_owned(),
        false => value,
    };
    Some(value)
}

/// Splits a unit into the power of ten that it begins with and the rest: 3 and `円` for `千円`.
fn multiplier(unit: &str) -> (i32, &str) {
    const POWERS: [(&str, i32); 7] =
        [("百万", 6), ("十億", 9), ("千", 3), ("万", 4), ("億", 8), ("兆", 12), ("百", 2)];
    for (word, power) in POWERS {
        if let Some(rest) = unit.strip_prefix(word) {
            return (power, rest);
        }
    }
    (0, unit)
}

/// Converts degrees, minutes and seconds, such as `34度20分34秒`, to degrees with six decimals,
/// which are about ten centimetres.
fn degrees(plain: &str) -> Option<String> {
    let (degrees, rest) = plain.split_once(['度', '°'])?;
    let (minutes, rest) = rest.split_once(['分', '\'', '′']).unwrap_or(("0", rest));
    let seconds = rest.trim_end_matches(['秒', '"', '″', '\'', '′']);
    let seconds = if seconds.is_empty() { "0" } else { seconds };
    let number = |text: &str| text.parse::<f64>().ok().filter(|number| *number >= 0.0);
    let (whole, minutes, seconds) = (number(degrees)?, number(minutes)?, number(seconds)?);
    if minutes >= 60.0 || seconds >= 60.0 || whole > 180.0 {
        return None;
    }
    Some(format!("{:.6}", whole + minutes / 60.0 + seconds / 3600.0))
}

/// Is it a word or sign that means that there is no value?
fn is_without_value(plain: &str) -> bool {
    let lower = plain.to_lowercase();
    if plain.is_empty() {
        return false;
    }
    plain.chars().all(|c| "-－−―ー‐–—━─・*＊#…".contains(c))
        || matches!(
            lower.as_str(),
            "null"
                | "nan"
                | "n/a"
                | "na"
                | "none"
                | "なし"
                | "無し"
                | "無"
                | "x"
                | "不明"
                | "未定"
                | "調整中"
                | "該当なし"
                | "皆減"
                | "皆増"
                | "inf"
        )
}

/// The first number in `plain`, perhaps after 約 or 延べ, as long as possible, and the text after
/// it.
fn split_number(plain: &str) -> Option<(Decimal, &str)> {
    let start = plain.find(|c: char| c.is_ascii_digit() || "-−▲△".contains(c))?;
    let candidate = &plain[start..];
    let length: usize = candidate
        .chars()
        .take_while(|c| c.is_ascii_digit() || "-−▲△.,".contains(*c))
        .map(char::len_utf8)
        .sum();
    let ends = candidate[..length].char_indices().map(|(index, c)| index + c.len_utf8());
    let longest = ends.rev().find_map(|end| Some((Decimal::parse(&candidate[..end])?, end)))?;
    Some((longest.0, &candidate[longest.1..]))
}

/// Does the text after a number begin with an exponent such as `E+11`? Then Excel has shortened a
/// long number, and digits are lost.
fn looks_like_exponent(rest: &str) -> bool {
    let digits = rest.strip_prefix(['E', 'e']).map(|rest| rest.trim_start_matches(['+', '-']));
    digits.is_some_and(|digits| digits.starts_with(|c: char| c.is_ascii_digit()))
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::advice;
    use crate::table::Unit;

    #[test]
    fn a_value_is_proposed_only_where_it_is_the_same() {
        let digits =
            "write one number in digits, and leave the cell blank where the value is not known";
        let all_digits = "write all digits, as 1234567 or 1,234,567";
        let people = "this column is in 人; write the value in 人, digits only";
        for (written, unit, expected) in [
            ("1,234円", "千円", "write 1.234"),
            ("1.2億", "千円", "write 120000"),
            ("(300)", "千円", "write -300"),
            (".5", "人", "write 0.5"),
            ("5.", "人", "write 5"),
            ("13万", "人", "write 130000"),
            ("12%", "なし", "write 0.12"),
            ("34度20分34秒", "", "write 34.342778"),
            ("H30比10%減", "千円", digits),
            ("12 345", "千円", digits),
            ("500円", "人", people),
            ("二百", "人", digits),
            ("1e5", "人", all_digits),
            ("1.23E+11", "人", all_digits),
            ("1,23", "人", all_digits),
            ("13万2600", "人", digits),
            ("5～10人", "人", digits),
        ] {
            let said = advice(written, Unit::of(Some(unit)), "", |_| false);
            assert_eq!(said.en, expected, "{written}");
        }
        for written in ["NULL", "－", "x"] {
            let said = advice(written, Unit::Unknown, "R6.xlsx.toml", |_| false);
            let missing = format!("missing = [\"{written}\"]` into `R6.xlsx.toml`");
            assert!(said.en.contains(&missing), "{}", said.en);
        }
        let said = advice("12（3）", Unit::Unknown, "", |column| column == "note");
        assert_eq!(said.en, "move the note to the column `note` and leave 12 here");
    }
}
