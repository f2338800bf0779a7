//! Text that was **decoded wrongly** and saved again: UTF-8 read as CP932 (`繧ｳ繝ｼ繝`, `莨∫判`)
//! or as Latin-1 (`ã‚³ãƒ¼ãƒ`).

use encoding_rs::SHIFT_JIS;

use crate::table::Sheet;

/// Number of non-ASCII cells that are examined first: a file that was decoded wrongly is garbled
/// from its first non-ASCII cell.
const LOOKED_AT: usize = 2_000;

/// May cells of `sheet` be garbled? A quick check of the first cells, and of characteristic
/// characters in the whole text.
pub(super) fn may_be(sheet: &Sheet) -> bool {
    let cells = (0..sheet.grid.len()).flat_map(|row| sheet.grid.cells(row));
    let mut looked_at = cells.filter(|cell| !cell.is_ascii()).take(LOOKED_AT);
    looked_at.any(looks_garbled) || has_signs(sheet.grid.text())
}

/// Does `cell` look garbled?
pub(super) fn looks_garbled(cell: &str) -> bool {
    !cell.is_ascii() && (has_signs(cell) || has_remains(cell) || is_utf8_in_cp932(cell))
}

/// Does it have, at least twice, characters that result from decoding kana and kanji wrongly?
fn has_signs(cell: &str) -> bool {
    let mut signs = 0;
    let mut before = '\0';
    for c in cell.chars() {
        let from_cp932 = matches!(c, '繧' | '繝' | '縺');
        // The first byte of a kana or kanji followed by a continuation byte, read as Latin-1 or
        // Windows-1252.
        let from_latin = matches!(before, 'ã'..='é')
            && matches!(
                c,
                '\u{80}'
                    ..='\u{bf}'
                        | '‚'
                        | 'ƒ'
                        | '€'
                        | '„'
                        | '…'
                        | '†'
                        | '‡'
                        | 'ˆ'
                        | '‰'
                        | 'Š'
                        | '‹'
                        | 'Œ'
                        | 'Ž'
                        | '‘'
                        | '’'
                        | '“'
                        | '”'
                        | '•'
                        | '–'
                        | '—'
                        | '˜'
                        | '™'
                        | 'š'
                        | '›'
                        | 'œ'
                        | 'ž'
                        | 'Ÿ'
            );
        signs += usize::from(from_cp932 || from_latin);
        if signs >= 2 {
            return true;
        }
        before = c;
    }
    false
}

/// Does it have the remains of a character of which half was lost: a certain rare kanji or small
/// kana followed by E (`財溁E`)?
fn has_remains(cell: &str) -> bool {
    const HALVES: [char; 10] = ['ぁ', '溁', '刁', '忁', '琁', '罁', '杁', '髁', '聁', '偁'];
    let mut characters = cell.chars().peekable();
    while let Some(c) = characters.next() {
        if HALVES.contains(&c) && characters.next_if_eq(&'E').is_some() {
            let goes_on = characters.peek().is_some_and(char::is_ascii_alphanumeric);
            if !goes_on {
                return true;
            }
        }
    }
    false
}

/// Are its bytes in CP932 valid UTF-8 for Japanese text? This does not happen by chance: common
/// kanji begin with bytes that cannot begin a character in UTF-8.
fn is_utf8_in_cp932(cell: &str) -> bool {
    if !begins_like_utf8(cell) {
        return false;
    }
    let (bytes, _, lossy) = SHIFT_JIS.encode(cell);
    if lossy || bytes.iter().filter(|byte| **byte >= 0x80).count() < 6 {
        return false;
    }
    let decoded = std::str::from_utf8(&bytes);
    decoded.is_ok_and(|text| text.chars().all(|c| c.is_ascii() || matches!(c, '\u{3000}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ff9f}')))
}

/// Can the bytes of its first character in CP932 begin a character in UTF-8? Most text is told
/// apart by this alone, which takes a fraction of the time for the whole cell.
fn begins_like_utf8(cell: &str) -> bool {
    let Some(first) = cell.chars().find(|c| !c.is_ascii()) else { return false };
    let mut encoded = [0; 4];
    let (bytes, _, _) = SHIFT_JIS.encode(first.encode_utf8(&mut encoded));
    matches!(bytes.first(), Some(0xc2..=0xf4))
}

#[cfg(test)]
mod tests {
    use super::looks_garbled;

    #[test]
    fn garbled_text_is_told_from_text() {
        let twice = |text: &str| encoding_rs::SHIFT_JIS.decode(text.as_bytes()).0.into_owned();
        for text in ["達成のための取り組み", "コード", "はい・いいえ", "企画", "財政課"]
        {
            assert!(looks_garbled(&twice(text)), "{}", twice(text));
            assert!(!looks_garbled(text), "{text}");
        }
        for text in ["ã‚³ãƒ¼ãƒ‰", "ä¸å¤®å…¬", "莨∫判", "一般財溁E"] {
            assert!(looks_garbled(text), "{text}");
        }
        for text in [
            "São João",
            "Café « Liberté »",
            "縺れる",
            "繃帯を巻く",
            "",
            "E棟",
            "きゃあE",
            "鷺沼",
            "邂逅",
        ] {
            assert!(!looks_garbled(text), "{text}");
        }
    }
}
