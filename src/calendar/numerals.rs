//! **Numerals** in dates: ASCII digits and kanji (二十一, 二〇二一).

/// Converts full-width digits and signs to ASCII and removes white space.
pub(super) fn narrow(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            _ => c,
        })
        .collect()
}

/// The number at the beginning of `text`, of at most four digits, and the rest of the text.
pub(super) fn strip_number(text: &str) -> Option<(i32, &str)> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 {
        let number = if digits <= 4 { text[..digits].parse().ok()? } else { return None };
        return Some((number, &text[digits..]));
    }
    let rest = text.trim_start_matches(|c: char| kanji_value(c).is_some());
    let numeral = &text[..text.len() - rest.len()];
    Some((read_kanji(numeral)?, rest))
}

/// Value of a kanji numeral; the units are 10, 100 and 1000.
fn kanji_value(c: char) -> Option<i32> {
    Some(match c {
        '〇' | '零' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        _ => return None,
    })
}

/// Reads both 二十一 and 二〇二一; `None` if the numeral is empty or too long.
fn read_kanji(numeral: &str) -> Option<i32> {
    let values: Vec<i32> = numeral.chars().filter_map(kanji_value).collect();
    if values.is_empty() || values.len() > 7 {
        return None;
    }
    if values.iter().all(|&value| value < 10) {
        let positional = values.iter().fold(0, |number, digit| number * 10 + digit);
        return (values.len() <= 4).then_some(positional);
    }
    let (mut total, mut digit) = (0, None);
    for value in values {
        if value < 10 {
            digit = Some(value);
        } else {
            total += digit.take().unwrap_or(1) * value;
        }
    }
    Some(total + digit.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::strip_number;

    #[test]
    fn numerals_of_both_kinds() {
        for (text, number) in [
            ("12月", 12),
            ("十月", 10),
            ("三十一日", 31),
            ("二〇二一年", 2021),
            ("二千二十一年", 2021),
            ("三年", 3),
        ] {
            assert_eq!(strip_number(text).map(|(number, _)| number), Some(number), "{text}");
        }
        assert_eq!(strip_number("月"), None);
        assert_eq!(strip_number("20211"), None);
    }
}
