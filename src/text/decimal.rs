//! A **decimal** is a number with the digits that the clerk wrote, so that 63.0 does not become 63.

use std::fmt;

use serde::{Serialize, Serializer};

/// A plain decimal: `-`, digits, perhaps a point and digits. No exponent, no separators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal(Box<str>);

impl Decimal {
    /// Parses a number. Full-width digits, thousands separators in the right places, all kinds of
    /// minus signs, and ▲ or △ as a minus are accepted; units and notes are not. Programs write
    /// small numbers with a negative exponent (`1e-7`), which is accepted too; a positive one comes
    /// from a spreadsheet that has shortened a long number, and is not.
    pub fn parse(text: &str) -> Option<Self> {
        let mut plain = String::with_capacity(text.len());
        for c in text.trim().chars() {
            plain.push(match c {
                '０'..='９' => char::from(b'0' + u8::try_from(c as u32 - '０' as u32).ok()?),
                '．' => '.',
                '，' => ',',
                '▲' | '△' | '−' | '－' | '‐' | '–' if plain.is_empty() => '-',
                '−' | '－' if plain.ends_with('e') => '-',
                '＋' => '+',
                'ｅ' | 'Ｅ' | 'E' => 'e',
                _ => c,
            });
        }
        let plain = match plain.split_once("e-") {
            Some((number, exponent)) => with_exponent(number, exponent)?,
            None => plain,
        };
        let unsigned = plain.strip_prefix(['-', '+']).unwrap_or(&plain);
        let (whole, fraction) = match unsigned.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (unsigned, None),
        };
        let whole = without_separators(whole)?;
        if fraction.is_some_and(|digits| digits.is_empty() || !all_digits(digits)) {
            return None;
        }
        let significant = whole.trim_start_matches('0');
        let mut canonical = String::with_capacity(plain.len());
        let zero = significant.is_empty()
            && fraction.is_none_or(|digits| digits.bytes().all(|digit| digit == b'0'));
        if plain.starts_with('-') && !zero {
            canonical.push('-');
        }
        canonical.push_str(if significant.is_empty() { "0" } else { significant });
        if let Some(digits) = fraction {
            canonical.push('.');
            canonical.push_str(digits);
        }
        Some(Self(canonical.into()))
    }

    /// `value` rounded to `decimals` decimals; `None` for infinity and NaN.
    pub fn rounded(value: f64, decimals: usize) -> Option<Self> {
        let text = value.is_finite().then(|| format!("{value:.decimals$}"))?;
        let zero = text.bytes().all(|digit| matches!(digit, b'-' | b'0' | b'.'));
        let unsigned = text.trim_start_matches('-');
        Some(Self(if zero { unsigned } else { &text }.into()))
    }

    /// A number of things.
    pub fn of_count(count: usize) -> Self {
        Self(count.to_string().into())
    }

    /// The canonical text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The exact sum, with as many decimals as the number with the most decimals has. `None` where
    /// one of the numbers is `None`, where there are none, or on overflow of 128 bits.
    pub fn sum<'a>(numbers: impl IntoIterator<Item = Option<&'a Self>>) -> Option<Self> {
        let numbers: Vec<&str> =
            numbers.into_iter().map(|n| n.map(Self::as_str)).collect::<Option<_>>()?;
        let decimals = |text: &str| text.split_once('.').map_or(0, |(_, digits)| digits.len());
        let most = numbers.iter().map(|text| decimals(text)).max()?;
        let mut sum: i128 = 0;
        for text in numbers {
            let digits = text.replace('.', "") + &"0".repeat(most - decimals(text));
            sum = sum.checked_add(digits.parse().ok()?)?;
        }
        let sign = if sum < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", sum.unsigned_abs(), width = most + 1);
        let (whole, fraction) = digits.split_at(digits.len() - most);
        let point = if most > 0 { "." } else { "" };
        Some(Self(format!("{sign}{whole}{point}{fraction}").into()))
    }

    /// The nearest floating-point number.
    pub fn as_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }

    /// The number of digits after the point.
    pub fn decimals(&self) -> usize {
        self.0.split_once('.').map_or(0, |(_, digits)| digits.len())
    }

    /// The number of decimals of the most precise of `numbers`; 0 without any.
    pub fn most_decimals<'a>(numbers: impl IntoIterator<Item = &'a Self>) -> usize {
        numbers.into_iter().map(Self::decimals).max().unwrap_or(0)
    }

    /// The same number with zeros after its last digit, so that it has at least `decimals` digits
    /// after the point.
    #[must_use]
    pub fn padded(&self, decimals: usize) -> Self {
        let missing = decimals.saturating_sub(self.decimals());
        let point = if self.is_whole() && missing > 0 { "." } else { "" };
        Self(format!("{}{point}{}", self.0, "0".repeat(missing)).into())
    }

    /// Is it written without decimals?
    pub fn is_whole(&self) -> bool {
        !self.0.contains('.')
    }

    /// The number with its digits in groups of three, for display: `-1,234.50`.
    pub fn grouped(&self) -> String {
        let (sign, unsigned) = match self.0.strip_prefix('-') {
            Some(rest) => ("-", rest),
            None => ("", self.as_str()),
        };
        let (whole, rest) = unsigned.split_at(unsigned.find('.').unwrap_or(unsigned.len()));
        let mut text = String::with_capacity(self.0.len() + whole.len() / 3);
        text.push_str(sign);
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        text.push_str(rest);
        text
    }
}

/// The largest negative exponent that is accepted.
const LARGEST_EXPONENT: usize = 99;

/// The digits of `number`, in which the point is moved to the left by `exponent` places. `None` if
/// it is not one to nine and perhaps decimals, or if there are too many places.
fn with_exponent(number: &str, exponent: &str) -> Option<String> {
    let places: usize = all_digits(exponent).then(|| exponent.parse().ok()).flatten()?;
    let unsigned = number.strip_prefix(['-', '+']).unwrap_or(number);
    let sign = &number[..number.len() - unsigned.len()];
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let is_normal = whole.len() == 1 && all_digits(whole) && all_digits(decimals);
    let is_whole = !unsigned.ends_with('.');
    (is_normal && is_whole && (1..=LARGEST_EXPONENT).contains(&places))
        .then(|| format!("{sign}0.{}{whole}{decimals}", "0".repeat(places - 1)))
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The digits of a whole part without separators; `None` where a comma is not between groups of
/// three digits.
fn without_separators(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let first_fits =
        !first.is_empty() && all_digits(first) && (rest.is_empty() || first.len() <= 3);
    let rest_fits = rest.iter().all(|group| group.len() == 3 && all_digits(group));
    (first_fits && rest_fits).then(|| first.to_owned() + &rest.concat())
}

impl From<u64> for Decimal {
    fn from(count: u64) -> Self {
        Self(count.to_string().into())
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Decimal {
    /// Serialized as a string, because a JSON number might lose digits.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    fn read(text: &str) -> Option<String> {
        Decimal::parse(text).map(|number| number.to_string())
    }

    #[test]
    fn numbers_keep_their_digits() {
        for (written, canonical) in [
            ("0", "0"),
            ("63.0", "63.0"),
            ("1,234,567.80", "1234567.80"),
            ("１２．５", "12.5"),
            ("▲3", "-3"),
            ("△1,000", "-1000"),
            ("−0.5", "-0.5"),
            ("-0", "0"),
            (" 007 ", "7"),
            ("+5", "5"),
            ("1e-7", "0.0000001"),
            ("-1.50E-05", "-0.0000150"),
            ("１．５Ｅ－３", "0.0015"),
            ("0e-1", "0.0"),
        ] {
            assert_eq!(read(written).as_deref(), Some(canonical), "{written}");
        }
    }

    #[test]
    fn what_is_not_a_number_is_none() {
        for text in [
            "",
            "-",
            ".5",
            "5.",
            "12（3）",
            "######",
            "調整中",
            "5%",
            "1,23",
            "1,2345",
            "1e5",
            "1e+5",
            "e-5",
            "1.e-5",
            "12e-5",
            "1e-",
            "1e-100",
            "1e-5e-5",
            "1 2",
            "--1",
            "NaN",
            "inf",
            "1.2.3",
            ",123",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_sum_is_exact_and_unknown_where_a_part_is() {
        let sum = |texts: &[&str]| {
            let numbers: Vec<Decimal> = texts.iter().filter_map(|t| Decimal::parse(t)).collect();
            Decimal::sum(numbers.iter().map(Some)).map(|sum| sum.to_string())
        };
        assert_eq!(sum(&["0.1", "0.2"]).as_deref(), Some("0.3"));
        assert_eq!(sum(&["100", "2.50", "-0.4"]).as_deref(), Some("102.10"));
        assert_eq!(sum(&["-1", "0.95"]).as_deref(), Some("-0.05"));
        assert_eq!(sum(&[]), None);
        assert_eq!(Decimal::sum([Some(&Decimal::parse("1").unwrap()), None]), None);
        assert_eq!(sum(&["9".repeat(40).as_str(), "1"]), None);
    }

    #[test]
    fn a_calculated_number_has_the_decimals_that_are_asked_for() {
        let rounded = |value, decimals| Decimal::rounded(value, decimals).map(|n| n.to_string());
        assert_eq!(rounded(1234.56, 1).as_deref(), Some("1234.6"));
        assert_eq!(rounded(-0.04, 1).as_deref(), Some("0.0"));
        assert_eq!(rounded(-2.5, 0).as_deref(), Some("-2"));
        assert_eq!(rounded(f64::NAN, 0), None);
    }

    #[test]
    fn grouping_is_by_thousands() {
        let grouped = |text| Decimal::parse(text).expect("a number").grouped();
        assert_eq!(grouped("-1234567.50"), "-1,234,567.50");
        assert_eq!(grouped("999"), "999");
        assert_eq!(grouped("1000"), "1,000");
    }

    #[test]
    fn a_column_has_the_decimals_of_its_most_precise_number() {
        let numbers = ["1", "2.5", "3.25"].map(|text| Decimal::parse(text).expect("a number"));
        assert_eq!(Decimal::most_decimals(&numbers), 2);
        assert_eq!(Decimal::most_decimals([]), 0);
        let padded = numbers.map(|number| number.padded(2).as_str().to_owned());
        assert_eq!(padded, ["1.00", "2.50", "3.25"]);
    }
}
