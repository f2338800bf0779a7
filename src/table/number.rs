//! What to do about a cell that should be a **number** and is not.

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::Message;
use crate::message;
use crate::text::Decimal;

/// How to mend the cell `written`, which should be a number; `has_column` tells whether the table has
/// a column of that name, into which a note or a unit can go.
pub fn not_a_number_help(written: &str, has_column: impl Fn(&str) -> bool) -> Message {
    let mend = how_to_mend(written, has_column);
    Message::new(format!("{}（規則 L2-01）", mend.ja), format!("{} (rule L2-01)", mend.en))
}

fn how_to_mend(written: &str, has_column: impl Fn(&str) -> bool) -> Message {
    let plain: String = written.nfkc().filter(|c| !c.is_whitespace()).collect();
    if plain.chars().all(|c| c == '#') {
        return message!(
            ja: "Excelで列の幅が足りないまま保存された。列を広げて保存し直す",
            en: "the column was too narrow in Excel when it was saved; widen it and save again",
        );
    }
    let Some((number, rest)) = split_number(&plain) else {
        return message!(
            ja: "数だけを書く。値が分からないときはセルを空にする",
            en: "write digits only, and leave the cell blank where the value is not known",
        );
    };
    if looks_like_exponent(rest) || rest.starts_with([',', '.']) {
        return message!(
            ja: "桁を省かず、1234567 か 1,234,567 のように書く",
            en: "write all digits, as 1234567 or 1,234,567",
        );
    }
    if rest.starts_with(['(', '[', '※', '*', '注']) {
        return match ["note", "備考"].into_iter().find(|name| has_column(name)) {
            Some(column) => message!(
                ja: "注記は列 `{column}` に移し、ここには {number} だけを残す",
                en: "put the note into the column `{column}` and leave {number} here",
            ),
            None => message!(
                ja: "注記は別の列に移し、ここには {number} だけを残す",
                en: "put the note into a column of its own and leave {number} here",
            ),
        };
    }
    if goes_on(rest) {
        return message!(
            ja: "一つの数を、桁を省かず、1234567 か 1,234,567 のように書く",
            en: "write one number with all its digits, as 1234567 or 1,234,567",
        );
    }
    match ["unit", "単位"].into_iter().find(|name| has_column(name)) {
        Some(column) => message!(
            ja: "数のほかは列 `{column}` に移し、ここには {number} だけを残す",
            en: "put what is not the number into the column `{column}` and leave {number} here",
        ),
        None => message!(
            ja: "単位などは見出しに移し、ここには {number} だけを残す",
            en: "put the unit into the header and leave {number} here",
        ),
    }
}

/// The longest number at the front of `plain`, perhaps after 約 or 延べ, and what follows it.
fn split_number(plain: &str) -> Option<(Decimal, &str)> {
    let start = plain.find(|c: char| c.is_ascii_digit() || "-−▲△".contains(c))?;
    let candidate = &plain[start..];
    let ends = candidate.char_indices().map(|(index, c)| index + c.len_utf8());
    let longest = ends.rev().find_map(|end| Some((Decimal::parse(&candidate[..end])?, end)))?;
    Some((longest.0, &candidate[longest.1..]))
}

/// `E+11`: Excel has shortened a long number, and the digits are lost.
fn looks_like_exponent(rest: &str) -> bool {
    let digits = rest.strip_prefix(['E', 'e']).map(|rest| rest.trim_start_matches(['+', '-']));
    digits.is_some_and(|digits| digits.starts_with(|c: char| c.is_ascii_digit()))
}

/// `万2600`, `~10`: what stands before it is not the whole of it. The 2 of m2 is the unit's.
fn goes_on(rest: &str) -> bool {
    rest.starts_with(['百', '千', '万', '億', '兆', '~', '〜', '-', '–', '/', ':'])
        && rest.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::how_to_mend;

    #[test]
    fn the_help_fits_what_is_written() {
        for (written, columns, expected) in [
            ("12（3）", vec!["note"], "put the note into the column `note` and leave 12 here"),
            ("12※", vec![], "put the note into a column of its own and leave 12 here"),
            (
                "######",
                vec![],
                "the column was too narrow in Excel when it was saved; widen it and save again",
            ),
            (
                "調整中",
                vec![],
                "write digits only, and leave the cell blank where the value is not known",
            ),
            (
                "－",
                vec![],
                "write digits only, and leave the cell blank where the value is not known",
            ),
            (
                "85.5％",
                vec!["単位"],
                "put what is not the number into the column `単位` and leave 85.5 here",
            ),
            ("約１，２００人", vec![], "put the unit into the header and leave 1200 here"),
            ("120㎡", vec![], "put the unit into the header and leave 120 here"),
            ("13万", vec![], "put the unit into the header and leave 13 here"),
            ("13万2600", vec![], "write one number with all its digits, as 1234567 or 1,234,567"),
            ("5～10人", vec![], "write one number with all its digits, as 1234567 or 1,234,567"),
            ("1.23E+11", vec![], "write all digits, as 1234567 or 1,234,567"),
            ("1,23", vec![], "write all digits, as 1234567 or 1,234,567"),
        ] {
            assert_eq!(
                how_to_mend(written, |column| columns.contains(&column)).en,
                expected,
                "{written}"
            );
        }
    }
}
