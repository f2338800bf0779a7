//! **Numbers as clerks write them**: with signs, units and percent signs; and advice for cells that
//! should be numbers and are not.
//!
//! Numbers are scaled by moving the point in the decimal text rather than by multiplication: 0.592
//! × 100 would be 59.199999999999996.
//!
//! Not in here: the choice between stored and displayed figures (`cell`).

mod advice;
mod point;

use unicode_normalization::UnicodeNormalization;

use crate::text::Decimal;

pub use advice::{no_value_help, not_a_number_help};
pub use point::is_same;
pub(super) use point::{rounded, shifted, without_end_zeros};

/// The unit of a column of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit<'c> {
    /// It is not given.
    Unknown,
    /// The numbers have no unit, such as a ratio (`なし`).
    Pure,
    /// This unit.
    Named(&'c str),
}

impl<'c> Unit<'c> {
    /// Parses a unit: `なし`, `-` and the like mean that there is none.
    pub fn of(unit: Option<&'c str>) -> Self {
        match unit.map(str::trim) {
            None | Some("") => Self::Unknown,
            Some("なし" | "無し" | "-" | "－" | "―" | "none") => Self::Pure,
            Some(unit) => Self::Named(unit),
        }
    }

    /// Is it per cent?
    pub(super) fn is_percent(self) -> bool {
        matches!(self, Self::Named(unit) if is_percent_word(&narrow(unit)))
    }

    /// Does `written` (in narrow form) name this unit?
    pub fn is_named(self, written: &str) -> bool {
        let Self::Named(unit) = self else { return false };
        let unit = narrow(unit);
        unit == written
            || (is_percent_word(&unit) && is_percent_word(written))
            || (unit == "円" && is_yen_sign(written))
    }
}

fn is_percent_word(word: &str) -> bool {
    matches!(word, "%" | "パーセント")
}

pub(super) fn is_yen_sign(word: &str) -> bool {
    matches!(word, "¥" | "\\" | "円" | "¥円")
}

/// A number as it is written or displayed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NumberText {
    /// The number's value, negative where the sign, ▲, △ or parentheses say so.
    pub number: Decimal,
    /// Is it marked as negative by ▲ or △?
    pub triangle: bool,
    /// Is it marked as negative by parentheses?
    pub parenthesised: bool,
    /// The text before and after the number, in narrow form and without spaces: a unit, `%`, `¥`.
    pub unit: String,
}

/// Parses one number, perhaps with a sign before it and a unit before or after it; `None` for
/// anything else.
pub(super) fn figure(text: &str) -> Option<NumberText> {
    // A space between two digits may separate two numbers.
    if has_inner_space(text) {
        return None;
    }
    let plain = narrow(text);
    let (inner, parenthesised) = match plain.strip_prefix('(').and_then(|p| p.strip_suffix(')')) {
        Some(inner) => (inner, true),
        None => (plain.as_str(), false),
    };
    let start = inner.find(|c: char| c.is_ascii_digit() || is_sign(c))?;
    let before = &inner[..start];
    let from = &inner[start..];
    let digits = from.char_indices().skip_while(|(_, c)| is_sign(*c));
    let signs: usize = from.chars().take_while(|c| is_sign(*c)).map(char::len_utf8).sum();
    let mut end = signs;
    for (index, c) in digits {
        if !(c.is_ascii_digit() || matches!(c, '.' | ',')) {
            break;
        }
        end = index + c.len_utf8();
    }
    // A currency sign may be between the sign and the digits: ▲¥300.
    let (sign, before, number, after) = if end == signs {
        let rest = &from[signs..];
        let currency: usize =
            rest.chars().take_while(|c| !c.is_ascii_digit()).map(char::len_utf8).sum();
        let digits: usize = rest[currency..]
            .chars()
            .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
            .map(char::len_utf8)
            .sum();
        if !before.is_empty() {
            return None;
        }
        let end = currency + digits;
        (&from[..signs], &rest[..currency], &rest[currency..end], &rest[end..])
    } else {
        (&from[..signs], before, &from[signs..end], &from[end..])
    };
    let squared = matches!(after, "m2" | "m3" | "cm2" | "cm3" | "km2");
    if (after.contains(|c: char| c.is_ascii_digit()) && !squared) || sign.chars().count() > 1 {
        return None;
    }
    let sign_is_triangle = sign.starts_with(['▲', '△']);
    let negative = !sign.is_empty() && !sign.starts_with('+');
    if parenthesised && negative {
        return None;
    }
    let number = match negative || parenthesised {
        true => Decimal::parse(&format!("-{number}"))?,
        false => Decimal::parse(number)?,
    };
    let unit = format!("{before}{after}");
    Some(NumberText { number, triangle: sign_is_triangle, parenthesised, unit })
}

/// Is there a space between two digits?
fn has_inner_space(text: &str) -> bool {
    let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    let mut parts = text.split(char::is_whitespace).filter(|part| !part.is_empty()).peekable();
    while let Some(part) = parts.next() {
        if digit(part.chars().last()) && digit(parts.peek().and_then(|next| next.chars().next())) {
            return true;
        }
    }
    false
}

fn is_sign(c: char) -> bool {
    matches!(c, '-' | '−' | '‐' | '–' | '▲' | '△' | '+')
}

/// The text in narrow form (NFKC) and without spaces.
pub(super) fn narrow(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).map(|c| if c == '￥' { '¥' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::{Unit, figure};

    #[test]
    fn figures_are_taken_apart() {
        for (written, number, unit) in [
            ("60.8％", "60.8", "%"),
            ("12 人", "12", "人"),
            ("1,234円", "1234", "円"),
            ("¥1,200", "1200", "¥"),
            ("▲ 300", "-300", ""),
            ("△¥300", "-300", "¥"),
            ("(300)", "-300", ""),
            ("－５．５％", "-5.5", "%"),
            ("12 345", "", ""),
            ("5 m2", "5", "m2"),
            ("30.5㎡", "30.5", "m2"),
            ("5～10人", "", ""),
            ("H30比10%減", "", ""),
            ("12（3）", "", ""),
            ("1,23", "", ""),
            ("--5", "", ""),
        ] {
            let found = figure(written).map(|f| (f.number.to_string(), f.unit));
            let expected = (!number.is_empty()).then(|| (number.to_owned(), unit.to_owned()));
            assert_eq!(found, expected, "{written}");
        }
    }

    #[test]
    fn a_unit_has_several_spellings() {
        assert!(Unit::of(Some("％")).is_named("%") && Unit::of(Some("円")).is_named("¥"));
        assert!(!Unit::of(Some("千円")).is_named("円") && !Unit::of(Some("人")).is_named("¥"));
        assert_eq!(Unit::of(Some("なし")), Unit::Pure);
        assert_eq!(Unit::of(None), Unit::Unknown);
    }
}
