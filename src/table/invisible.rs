//! **Invisible characters** in headers and cells: byte order marks in the middle of a file,
//! zero-width and no-break spaces, soft hyphens, control characters. They make ids that look equal
//! differ. They are removed, and this is reported.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::diagnostic::{self, CellPlace, Diagnostic, Diagnostics};
use crate::message;
use crate::text::{counted, is_control};

use super::Sheet;
use super::grid::Grid;

/// Removes invisible characters from every cell of `sheet`. Reports them once per column.
pub(super) fn take_out(sheet: &mut Sheet, diagnostics: &mut Diagnostics) {
    if !may_have_any(sheet.grid.text().as_bytes()) {
        return;
    }
    let mut cleaned = Grid::with_capacity(sheet.grid.text().len());
    // For each column, its first cell with such characters, the characters, and the number of
    // cells.
    let mut found: BTreeMap<usize, (CellPlace, Vec<char>, usize)> = BTreeMap::new();
    for index in 0..sheet.grid.len() {
        let row = sheet.grid.row(index);
        cleaned.begin_row(row.number, row.line, row.start);
        for (column, cell) in sheet.grid.cells(index).enumerate() {
            let plain = without(cell);
            if let Cow::Owned(_) = plain {
                let first = || (sheet.cell_place(index, column), Vec::new(), 0);
                let (_, characters, count) = found.entry(column).or_insert_with(first);
                *count += 1;
                for c in cell.chars().filter(|c| is_invisible(*c)) {
                    if !characters.contains(&c) {
                        characters.push(c);
                    }
                }
            }
            cleaned.push_cell(&plain);
        }
    }
    sheet.grid = cleaned;
    for (place, characters, count) in found.into_values() {
        // No-break spaces become spaces.
        let named: Vec<(String, &str, &str)> = characters.into_iter().map(name).collect();
        let ja = named.iter().map(|(code, ja, _)| format!("{ja}（{code}）"));
        let ja = ja.collect::<Vec<_>>().join("、");
        let en = named.iter().map(|(code, _, en)| format!("{en} ({code})"));
        let en = en.collect::<Vec<_>>().join(", ");
        let cells = counted(count, "cell");
        diagnostics.push(Diagnostic::new(
            &diagnostic::TABLE_INVISIBLE,
            place,
            message!(
                ja: "目に見えない文字を取り除いて読み取りました：{ja}（この列の{count}セル）",
                en: "invisible characters are taken out: {en}; {cells} of this column",
            ),
        ));
    }
}

/// `cell` without invisible characters; borrowed where it has none. No-break spaces become spaces,
/// and vertical tabs and line separators become line feeds.
fn without(cell: &str) -> Cow<'_, str> {
    if !cell.chars().any(is_invisible) {
        return cell.into();
    }
    let characters: Vec<char> = cell.chars().collect();
    let mut plain = String::with_capacity(cell.len());
    for (index, &c) in characters.iter().enumerate() {
        match c {
            '\u{a0}' | '\u{202f}' => plain.push(' '),
            // Word separates lines by a vertical tab.
            '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' => plain.push('\n'),
            // A zero-width joiner between two emoji combines them and is kept.
            '\u{200d}'
                if index > 0 && characters.get(index + 1).is_some_and(|n| *n as u32 > 0x2190) =>
            {
                plain.push(c);
            }
            c if is_invisible(c) => {}
            c => plain.push(c),
        }
    }
    plain.into()
}

fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{a0}' | '\u{ad}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202f}' | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
    ) || (c != '\0' && is_control(c))
}

/// Does `bytes`, a text in UTF-8, have any invisible character? A fast check of byte pairs comes
/// first.
fn may_have_any(bytes: &[u8]) -> bool {
    bytes.windows(2).any(|pair| match pair {
        [0..=8 | 0xb | 0xc | 0xe..=0x1f | 0x7f, _] => pair[0] != 0,
        [0xc2, second] => *second <= 0xa0 || *second == 0xad,
        [0xe2, 0x80 | 0x81] | [0xef, 0xbb | 0xbf] => true,
        _ => false,
    }) && std::str::from_utf8(bytes).is_ok_and(|text| text.chars().any(is_invisible))
}

/// The name of a character: its code point, in Japanese, in English.
fn name(c: char) -> (String, &'static str, &'static str) {
    let (ja, en) = match c {
        '\u{feff}' => ("バイト順マーク（BOM）", "byte order mark"),
        '\u{a0}' | '\u{202f}' => ("改行しない空白", "no-break space"),
        '\u{ad}' => ("ソフトハイフン", "soft hyphen"),
        '\u{200b}'..='\u{200d}' | '\u{2060}' => ("幅のない文字", "zero-width character"),
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            ("文字の向きを変える制御文字", "control character for text direction")
        }
        _ => ("制御文字", "control character"),
    };
    (format!("U+{:04X}", c as u32), ja, en)
}

#[cfg(test)]
mod tests {
    use super::{may_have_any, without};

    #[test]
    fn what_nobody_sees_is_taken_out() {
        for (written, plain) in [
            ("中央\u{200b}公民館", "中央公民館"),
            ("\u{feff}2024-01-02", "2024-01-02"),
            ("1\u{a0}234", "1 234"),
            ("西\u{ad}館", "西館"),
            ("一行目\u{b}二行目", "一行目\n二行目"),
            ("👩\u{200d}🌾", "👩\u{200d}🌾"),
            ("葛\u{e0100}城", "葛\u{e0100}城"),
            ("改行\nタブ\t", "改行\nタブ\t"),
        ] {
            assert_eq!(without(written), plain);
        }
        assert!(!may_have_any("ふつうの文字、〒760-0001、m²".as_bytes()));
        assert!(may_have_any("a\u{200b}".as_bytes()));
    }
}
