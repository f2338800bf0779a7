//! **Signs** by which the cells of a clerk's table are recognised: figures, units, totals, notes.

use unicode_normalization::UnicodeNormalization;

use crate::table::number::{figure, is_yen_sign};
use crate::text::Decimal;

/// Does `cell` hold a figure, a date, a time or a code of digits, with or without a unit?
pub(in crate::table) fn is_value(cell: &str) -> bool {
    let cell = cell.trim();
    let has_digit = |c: char| c.is_ascii_digit() || matches!(c, '０'..='９');
    let may_stand = |c: char| {
        has_digit(c)
            || matches!(
                c,
                '.' | ',' | '．' | '，' | '-' | '−' | '－' | '–' | '/' | ':' | '▲' | '△' | '+'
            )
    };
    let figure = match cell.char_indices().rev().find(|(_, c)| has_digit(*c)) {
        Some((at, digit)) => &cell[..at + digit.len_utf8()],
        None => return false,
    };
    let unit = &cell[figure.len()..];
    figure.trim_start_matches(['¥', '￥', '(']).chars().all(may_stand)
        && (unit.is_empty() || is_unit(unit.trim()))
}

/// Is `cell` a sign for a missing value, without letters and digits?
pub(super) fn is_missing_sign(cell: &str) -> bool {
    !cell.is_empty() && !cell.chars().any(char::is_alphanumeric)
}

/// The number in `cell` and its unit, which may be empty and is 円 for ¥. `None` where it is no
/// figure, the unit is unknown, or the figure is in parentheses.
pub fn figure_and_unit(cell: &str) -> Option<(Decimal, String)> {
    let found = figure(cell)?;
    let unit = if is_yen_sign(&found.unit) { "円".to_owned() } else { found.unit };
    let known = unit.is_empty() || is_unit(&unit);
    (known && !found.parenthesised).then_some((found.number, unit))
}

/// The known units, in narrow form and lower case.
const UNITS: [&str; 72] = [
    "円",
    "千円",
    "万円",
    "百万円",
    "億円",
    "%",
    "‰",
    "人",
    "千人",
    "万人",
    "名",
    "人日",
    "件",
    "回",
    "世帯",
    "戸",
    "棟",
    "箇所",
    "か所",
    "カ所",
    "ヶ所",
    "ケ所",
    "校",
    "園",
    "学級",
    "台",
    "両",
    "本",
    "枚",
    "冊",
    "部",
    "点",
    "種",
    "種類",
    "個",
    "組",
    "団体",
    "社",
    "施設",
    "床",
    "室",
    "席",
    "区画",
    "路線",
    "基",
    "頭",
    "匹",
    "羽",
    "株",
    "日",
    "時間",
    "分",
    "秒",
    "月",
    "か月",
    "年",
    "歳",
    "mm",
    "cm",
    "m",
    "km",
    "m2",
    "km2",
    "m3",
    "ha",
    "a",
    "g",
    "kg",
    "t",
    "l",
    "kl",
    "kwh",
];

/// Is `text` a known unit, or one unit per another?
pub(in crate::table) fn is_unit(text: &str) -> bool {
    let plain: String =
        text.nfkc().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    UNITS.contains(&plain.as_str())
        || plain.split_once('/').is_some_and(|(of, per)| is_unit(of) && is_unit(per))
}

/// The text before the parentheses that `text` ends with, and the text within them.
fn in_parentheses(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_suffix(['）', ')', '］', ']'])?;
    let (before, open) =
        inner.char_indices().rev().find(|(_, c)| matches!(c, '（' | '(' | '［' | '['))?;
    Some((text[..before].trim_end(), inner[before + open.len_utf8()..].trim()))
}

/// The name and the unit of a header that ends with a unit, as 予算額（千円）.
pub fn unit_in(header: &str) -> Option<(&str, &str)> {
    let (name, inner) = in_parentheses(header.trim())?;
    let unit = after_word(inner, &["単位"]).unwrap_or(inner);
    (!name.is_empty() && is_unit(unit)).then_some((name, unit))
}

/// The unit in a cell of a line of units: （千円）, 千円.
pub(in crate::table) fn unit_word(cell: &str) -> Option<&str> {
    let cell = cell.trim();
    let inner = match in_parentheses(cell) {
        Some(("", inner)) => inner,
        Some(_) => return None,
        None => cell,
    };
    let unit = after_word(inner, &["単位"]).unwrap_or(inner);
    is_unit(unit).then_some(unit)
}

/// The unit of a whole table, from a cell such as （単位：千円）; it need not be a known one.
pub(super) fn unit_of_table(cell: &str) -> Option<&str> {
    let cell = cell.trim();
    let inner = match in_parentheses(cell) {
        Some(("", inner)) => inner,
        _ => cell,
    };
    after_word(inner, &["単位"]).filter(|unit| !unit.is_empty() && unit.chars().count() <= 8)
}

/// The monetary unit of a whole sheet, in narrow form: 千円 for （単位：千円）.
pub fn money_unit_of_sheet(cell: &str) -> Option<String> {
    money(unit_of_table(cell)?)
}

/// The monetary unit in a label, in a heading or in a cell of its own, in narrow form: 千円 for
/// 事業費（千円）.
pub fn money_unit_of(cell: &str) -> Option<String> {
    let unit = unit_of_table(cell).or_else(|| unit_word(cell));
    money(unit.or_else(|| Some(unit_in(cell)?.1))?)
}

fn money(unit: &str) -> Option<String> {
    let unit: String = unit.nfkc().filter(|c| !c.is_whitespace()).collect();
    (is_unit(&unit) && unit.ends_with('円')).then_some(unit)
}

/// The text after one of `words` and a colon or space.
fn after_word<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    let rest = words.iter().find_map(|word| text.strip_prefix(word))?;
    let unit =
        rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '・'));
    (unit.len() < rest.len()).then_some(unit.trim())
}

/// What a row with sums is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sum {
    /// 小計: a sum of a part of the rows.
    Part,
    /// 合計, 総計, 計: a sum of all rows, or of all rows so far.
    Whole,
    /// 福祉部計: either a sum, or a name that ends like one, such as 会計.
    Perhaps,
}

/// The kind of sum that `cell`, the first cell of its row, names; `None` for anything else.
pub(super) fn sum_word(cell: &str) -> Option<Sum> {
    let cell = cell.trim();
    // Fast check: hardly any cell ends like this.
    if !cell.ends_with(['計', '数', '額', 'l', 'L']) && !cell.ends_with(['）', ')', '】']) {
        return None;
    }
    let plain: String =
        cell.nfkc().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    let plain =
        plain.trim_start_matches(['(', '【', '[', '<']).trim_end_matches([')', '】', ']', '>']);
    match plain {
        "小計" | "中計" | "subtotal" => Some(Sum::Part),
        "合計" | "総計" | "計" | "総合計" | "総数" | "総額" | "合計額" | "累計" | "total"
        | "grandtotal" => Some(Sum::Whole),
        _ if plain.ends_with('計') => Some(Sum::Perhaps),
        _ => None,
    }
}

/// Does `cell` begin like a note: ※, 注, 出典?
pub(super) fn begins_as_note(cell: &str) -> bool {
    let cell = cell.trim_start();
    // Fast check: hardly any cell begins like this.
    if !cell.starts_with(FIRST_OF_NOTES) {
        return false;
    }
    let mut plain =
        cell.trim_start_matches(['（', '(', '【', '[', '〔', '＜', '<', '〈']).trim_start();
    if plain.starts_with(['※', '＊', '*', '†']) {
        return true;
    }
    let marked = cell.len() > plain.len();
    for word in
        ["出典", "出所", "資料", "参考", "備考", "注記", "注意", "注", "留意事項", "source", "note"]
    {
        let Some(rest) = strip_word(plain, word) else { continue };
        plain = rest;
        // 注文 and 資料館 are other words; a note is recognised by what follows the word.
        let ends = plain.trim_start_matches(|c: char| c.is_numeric() || matches!(c, '０'..='９'));
        let numbered = ends.len() < plain.len();
        let follows = |c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '：' | ':'
                        | '）'
                        | ')'
                        | '】'
                        | ']'
                        | '〕'
                        | '.'
                        | '．'
                        | '＞'
                        | '>'
                        | '〉'
                        | '、'
                )
        };
        return ends.is_empty() && (numbered || marked) || ends.starts_with(follows);
    }
    false
}

/// Does `cell` begin like a line of the file format, `#property` or `#lang`? The errors of
/// formulas, such as `#N/A`, are in capitals.
pub(super) fn begins_as_comment(cell: &str) -> bool {
    cell.strip_prefix('#').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()))
}

/// First characters of notes.
const FIRST_OF_NOTES: [char; 22] = [
    '※', '＊', '*', '†', '（', '(', '【', '[', '〔', '＜', '<', '〈', '出', '資', '参', '備', '注',
    '留', 'S', 's', 'N', 'n',
];

fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let head = text.get(..word.len())?;
    head.eq_ignore_ascii_case(word).then(|| &text[word.len()..])
}

#[cfg(test)]
mod tests {
    use super::{
        Sum, begins_as_note, is_value, money_unit_of, money_unit_of_sheet, sum_word, unit_in,
        unit_of_table, unit_word,
    };

    #[test]
    fn figures_are_told_from_words() {
        for value in
            ["1", "▲38701", "79.1％", "1,234円", "2021-04-01", "０１", "9:30", "12 人", "¥1,200"]
        {
            assert!(is_value(value), "{value}");
        }
        for word in ["", "-", "番号", "2023年度", "No.", "第1小学校", "1階", "R6", "調整中", "m2"]
        {
            assert!(!is_value(word), "{word}");
        }
    }

    #[test]
    fn units_are_found_where_they_stand() {
        assert_eq!(unit_in("予算額（千円）"), Some(("予算額", "千円")));
        assert_eq!(unit_in("面積 (m²)"), Some(("面積", "m²")));
        assert_eq!(unit_in("施策名（略称）"), None);
        assert_eq!(unit_in("（千円）"), None);
        assert_eq!(unit_word("(人)"), Some("人"));
        assert_eq!(unit_word("人／世帯"), Some("人／世帯"));
        assert_eq!(unit_word("name"), None);
        assert_eq!(unit_of_table("（単位：千円）"), Some("千円"));
        assert_eq!(unit_of_table("単位　人"), Some("人"));
        assert_eq!(unit_of_table("単位互換制度"), None);
        assert_eq!(money_unit_of_sheet("（単位：千円）").as_deref(), Some("千円"));
        assert_eq!(money_unit_of_sheet("単位　百万円").as_deref(), Some("百万円"));
        assert_eq!(money_unit_of_sheet("（単位：人）"), None);
        assert_eq!(money_unit_of_sheet("千円"), None);
        for (text, unit) in [
            ("事業費（千円）", Some("千円")),
            ("（円）", Some("円")),
            ("円", Some("円")),
            ("単価（円/人）", None),
            ("予算額", None),
        ] {
            assert_eq!(money_unit_of(text).as_deref(), unit, "{text}");
        }
    }

    #[test]
    fn totals_and_notes_are_known_by_how_they_begin() {
        assert_eq!(sum_word("小　計"), Some(Sum::Part));
        assert_eq!(sum_word("【合計】"), Some(Sum::Whole));
        assert_eq!(sum_word("福祉部計"), Some(Sum::Perhaps));
        assert_eq!(sum_word("統計"), Some(Sum::Perhaps));
        assert_eq!(sum_word("件数"), None);
        for note in [
            "※印は補助事業",
            "（注）実績は見込み",
            "注1：速報値",
            "出典：企画課",
            "資料）市民課",
            "(備考)",
        ] {
            assert!(begins_as_note(note), "{note}");
        }
        for text in ["注文の数", "資料館", "備考欄", "出典不明の本", "1 東部"] {
            assert!(!begins_as_note(text), "{text}");
        }
    }
}
