//! **Damage** to characters: bytes that no encoding explains, and text decoded wrongly long before.

use crate::diagnostic::{self, CellPlace, Code, Diagnostic, Diagnostics, Message};
use crate::message;

use super::Sheet;
use super::header::shortened;

/// Reports every damaged cell, header included; after the first few only their number. Is the table
/// free of damage that hides what was written?
pub(super) fn check(sheet: &Sheet, diagnostics: &mut Diagnostics) -> bool {
    let text = sheet.grid.text();
    if looks_garbled(text) {
        report(sheet, looks_garbled, &GARBLED, diagnostics);
    }
    let is_broken = |cell: &str| cell.contains([char::REPLACEMENT_CHARACTER, '\0']);
    let broken = is_broken(text);
    if broken {
        report(sheet, is_broken, &BROKEN, diagnostics);
    }
    !broken
}

/// How a kind of damage is worded.
struct Wording {
    code: &'static Code,
    message: fn(&str) -> Message,
    help: fn() -> Message,
}

const BROKEN: Wording = Wording {
    code: &diagnostic::SOURCE_ENCODING,
    message: |cell| message!(ja: "`{cell}` に壊れた文字がある", en: "`{cell}` holds a damaged character"),
    help: || {
        message!(
            ja: "セルを入力し直し、「CSV UTF-8（コンマ区切り）」で保存する",
            en: "type the cell again and save as “CSV UTF-8 (comma delimited)”",
        )
    },
};

const GARBLED: Wording = Wording {
    code: &diagnostic::TABLE_MOJIBAKE,
    message: |cell| {
        message!(
            ja: "`{cell}` は文字化けしているように見える",
            en: "`{cell}` looks garbled",
        )
    },
    help: || {
        message!(
            ja: "文字コードを取り違えて開いたファイルを保存したのだろう。元のファイルからやり直す",
            en: "the file was probably opened in the wrong encoding and saved; go back to the original",
        )
    },
};

/// Problems of one kind that are shown one by one.
const SHOWN: usize = 10;

fn report(
    sheet: &Sheet,
    is_damaged: impl Fn(&str) -> bool,
    wording: &Wording,
    diagnostics: &mut Diagnostics,
) {
    let mut shown = 0;
    let mut more = 0;
    let mut first_more: Option<CellPlace> = None;
    for row in 0..sheet.grid.len() {
        for (column, cell) in sheet.grid.cells(row).enumerate() {
            if !is_damaged(cell) {
                continue;
            }
            if shown < SHOWN {
                shown += 1;
                let message = (wording.message)(&around_damage(cell));
                let place = sheet.cell_place(row, column);
                let problem = Diagnostic::new(wording.code, place, message);
                diagnostics.push(problem.with_help((wording.help)()));
            } else {
                more += 1;
                first_more.get_or_insert_with(|| sheet.cell_place(row, column));
            }
        }
    }
    if let Some(place) = first_more {
        let message = message!(
            ja: "ここから先の{more}個のセルも同じである",
            en: "the same from here on in {more} more cells",
        );
        diagnostics.push(Diagnostic::new(wording.code, place, message).with_help((wording.help)()));
    }
}

/// The cell from a few characters before its first damage on; NUL is shown as U+FFFD.
fn around_damage(cell: &str) -> String {
    let shown = cell.replace('\0', "\u{fffd}");
    let Some(damage) = shown.find(char::REPLACEMENT_CHARACTER) else { return shortened(&shown) };
    match shown[..damage].char_indices().rev().nth(BEFORE_DAMAGE) {
        Some((start, _)) => format!("…{}", shortened(&shown[start..])),
        None => shortened(&shown),
    }
}

/// Characters before the damage that a message repeats.
const BEFORE_DAMAGE: usize = 9;

/// UTF-8 read as CP932 (`繧ｳ繝ｼ繝`) or as Latin-1 (`ã‚³ãƒ¼ãƒ`): signs that follow each other only so.
fn looks_garbled(cell: &str) -> bool {
    let mut signs = 0;
    let mut before = '\0';
    for c in cell.chars() {
        let from_cp932 = matches!(c, '繧' | '繝' | '縺');
        let from_latin = before == 'ã' && matches!(c, '\u{80}'..='\u{9f}' | '‚' | 'ƒ' | '€');
        signs += usize::from(from_cp932 || from_latin);
        if signs >= 2 {
            return true;
        }
        before = c;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::looks_garbled;

    #[test]
    fn garbled_text_is_told_from_text() {
        let twice = |text: &str| encoding_rs::SHIFT_JIS.decode(text.as_bytes()).0.into_owned();
        for text in ["達成のための取り組み", "コード", "はい・いいえ"] {
            assert!(looks_garbled(&twice(text)), "{}", twice(text));
            assert!(!looks_garbled(text), "{text}");
        }
        assert!(looks_garbled("ã‚³ãƒ¼ãƒ‰"));
        for text in ["São João", "縺れる", "繃帯を巻く", ""] {
            assert!(!looks_garbled(text), "{text}");
        }
    }
}
