//! Moving the **point** of decimals in canonical text (`-`, digits, perhaps a point and digits),
//! and rounding them, without floating-point arithmetic.

/// The number with its point moved `places` to the right, or to the left where negative.
pub(in crate::table) fn shifted(number: &str, places: i32) -> String {
    let (sign, unsigned) = split_sign(number);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let mut digits = format!("{whole}{fraction}");
    let mut point = whole.len() as i32 + places;
    while point <= 0 {
        digits.insert(0, '0');
        point += 1;
    }
    while (digits.len() as i32) < point {
        digits.push('0');
    }
    let (whole, fraction) = digits.split_at(point as usize);
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if fraction.is_empty() { "" } else { "." };
    signed(sign, format!("{whole}{point}{fraction}"))
}

/// The number rounded to at most `decimals` decimals, halves away from zero.
pub(in crate::table) fn rounded(number: &str, decimals: usize) -> String {
    let (sign, unsigned) = split_sign(number);
    let Some((whole, fraction)) = unsigned.split_once('.') else { return number.to_owned() };
    if fraction.len() <= decimals {
        return number.to_owned();
    }
    let up = fraction.as_bytes()[decimals] >= b'5';
    let mut digits: Vec<u8> = format!("{whole}{}", &fraction[..decimals]).into_bytes();
    if up {
        let mut index = digits.len();
        loop {
            if index == 0 {
                digits.insert(0, b'1');
                break;
            }
            index -= 1;
            if digits[index] < b'9' {
                digits[index] += 1;
                break;
            }
            digits[index] = b'0';
        }
    }
    let point = digits.len() - decimals;
    let mut text: String = digits.iter().map(|digit| char::from(*digit)).collect();
    if decimals > 0 {
        text.insert(point, '.');
    }
    signed(sign, text)
}

/// The number without trailing zeros after the point: `45.50` becomes `45.5`, `45.0` becomes `45`.
pub(in crate::table) fn without_end_zeros(number: &str) -> &str {
    match number.contains('.') {
        true => number.trim_end_matches('0').trim_end_matches('.'),
        false => number,
    }
}

/// Are two numbers in canonical text equal? 98.0 and 98 are.
pub fn is_same(one: &str, other: &str) -> bool {
    without_end_zeros(one) == without_end_zeros(other)
}

fn split_sign(number: &str) -> (&str, &str) {
    match number.strip_prefix('-') {
        Some(unsigned) => ("-", unsigned),
        None => ("", number),
    }
}

/// Puts the sign before a number, unless the number is zero.
fn signed(sign: &str, unsigned: String) -> String {
    match unsigned.bytes().all(|byte| matches!(byte, b'0' | b'.')) {
        true => unsigned,
        false => format!("{sign}{unsigned}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_same, rounded, shifted, without_end_zeros};

    #[test]
    fn the_point_moves_and_no_digit_changes() {
        for (number, places, moved) in [
            ("0.592", 2, "59.2"),
            ("0.455", 2, "45.5"),
            ("1", 2, "100"),
            ("-0.05", 2, "-5"),
            ("1234", -3, "1.234"),
            ("5", -3, "0.005"),
            ("0", 2, "0"),
        ] {
            assert_eq!(shifted(number, places), moved, "{number}");
        }
    }

    #[test]
    fn rounding_carries() {
        for (number, decimals, text) in
            [("98.3333", 1, "98.3"), ("9.96", 1, "10.0"), ("-0.5", 0, "-1"), ("0.4", 0, "0")]
        {
            assert_eq!(rounded(number, decimals), text);
        }
        assert!(is_same("45.50", "45.5") && !is_same("450", "45"));
        assert_eq!(without_end_zeros("100"), "100");
    }
}
