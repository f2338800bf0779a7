//! **Damage** to characters: bytes that are invalid in the file's encoding, text that was once
//! decoded wrongly, characters that were lost when saving, and private-use characters, which only
//! one computer shows.

mod garbled;
mod lost;

use crate::diagnostic::{self, Code, Diagnostic, Diagnostics, Message};
use crate::message;

use super::Sheet;
use super::header::shortened;

/// Reports every damaged cell, including the header. Returns false where damage hides what was
/// written.
pub(super) fn check(sheet: &Sheet, diagnostics: &mut Diagnostics) -> bool {
    let text = sheet.grid.text();
    if text.is_ascii() && !text.contains('\0') && !text.contains('?') {
        return true;
    }
    if garbled::may_be(sheet) {
        report(sheet, garbled::looks_garbled, &GARBLED, diagnostics);
    }
    if text.contains('?') || text.contains('〓') {
        report(sheet, lost::looks_lost, &LOST, diagnostics);
    }
    let private = |cell: &str| cell.chars().any(lost::is_private);
    if lost::may_be_private(text.as_bytes()) && private(text) {
        report(sheet, private, &PRIVATE, diagnostics);
    }
    let is_broken = |cell: &str| cell.contains([char::REPLACEMENT_CHARACTER, '\0']);
    let broken = text.contains(char::REPLACEMENT_CHARACTER) || text.contains('\0');
    if broken {
        report(sheet, is_broken, &BROKEN, diagnostics);
    }
    !broken
}

/// The wording for a kind of damage.
struct Wording {
    code: &'static Code,
    /// Is it a character that shows the damage? A long cell is repeated from there.
    mark: fn(char) -> bool,
    message: fn(&str) -> Message,
    help: fn() -> Message,
}

const BROKEN: Wording = Wording {
    code: &diagnostic::SOURCE_ENCODING,
    mark: |c| c == char::REPLACEMENT_CHARACTER,
    message: |cell| {
        message!(
            ja: "「{cell}」に壊れた文字があります",
            en: "`{cell}` contains a damaged character",
        )
    },
    help: || {
        message!(
            ja: "セルを入力し直し、「CSV UTF-8（コンマ区切り）」で保存してください",
            en: "type the cell again and save the file as “CSV UTF-8 (comma delimited)”",
        )
    },
};

const GARBLED: Wording = Wording {
    code: &diagnostic::TABLE_MOJIBAKE,
    mark: |_| false,
    message: |cell| message!(ja: "「{cell}」は文字化けしている可能性があります", en: "`{cell}` looks garbled"),
    help: || {
        message!(
            ja: "文字コードを取り違えて開いたまま保存された可能性があります。元のファイルからやり直してください",
            en: "the file was probably opened in the wrong encoding and saved; go back to the original",
        )
    },
};

const LOST: Wording = Wording {
    code: &diagnostic::TABLE_LOST_CHARACTER,
    mark: |c| matches!(c, '?' | '〓'),
    message: |cell| {
        message!(
            ja: "「{cell}」の「?」や「〓」は、保存のときに失われた文字の可能性があります",
            en: "`{cell}` has `?` or `〓` where a character was probably lost when the file was saved",
        )
    },
    help: || {
        message!(
            ja: "元の資料で確かめ、正しい文字を入力してください。CSVは「CSV UTF-8（コンマ区切り）」で保存してください",
            en: "check the original and type the character again; save CSV as “CSV UTF-8 (comma delimited)”",
        )
    },
};

const PRIVATE: Wording = Wording {
    code: &diagnostic::TABLE_PRIVATE_CHARACTER,
    mark: lost::is_private,
    message: |cell| {
        let private = cell.chars().find(|c| lost::is_private(*c)).map_or(0, u32::from);
        message!(
            ja: "「{cell}」に外字（U+{private:04X}）があります。ほかのパソコンでは表示されません",
            en: "`{cell}` contains a private-use character (U+{private:04X}), which other computers do not show",
        )
    },
    help: || {
        message!(
            ja: "外字を使わず、標準の文字かひらがなで入力してください",
            en: "write it with standard characters or in kana",
        )
    },
};

fn report(
    sheet: &Sheet,
    is_damaged: impl Fn(&str) -> bool,
    wording: &Wording,
    diagnostics: &mut Diagnostics,
) {
    for row in 0..sheet.grid.len() {
        for (column, cell) in sheet.grid.cells(row).enumerate().filter(|(_, c)| is_damaged(c)) {
            diagnostics.push_with(wording.code, &sheet.file, || {
                let message = (wording.message)(&around_damage(cell, wording.mark));
                let place = sheet.cell_place(row, column);
                Diagnostic::new(wording.code, place, message).with_help((wording.help)())
            });
        }
    }
}

/// The text of the cell from a few characters before the first `mark` of damage, if it has one; NUL
/// is shown as U+FFFD.
fn around_damage(cell: &str, mark: fn(char) -> bool) -> String {
    let shown = cell.replace('\0', "\u{fffd}");
    let Some(damage) = shown.find(mark) else { return shortened(&shown) };
    match shown[..damage].char_indices().rev().nth(BEFORE_DAMAGE) {
        Some((start, _)) => format!("…{}", shortened(&shown[start..])),
        None => shortened(&shown),
    }
}

/// Number of characters before the damage that a message repeats.
const BEFORE_DAMAGE: usize = 9;
