//! **Machine readability** of a clerk's table: contents of cells that people cope with and programs
//! do not, each by its rule in 「行政データにおける機械可読性に関するルール」. They are only
//! warnings, since all of it is published, cleaned where that is safe.
//!
//! Not in here: values that cannot be published (they are checked where the column is known), and
//! the layout of the table (`layout`).

use std::borrow::Cow;

use crate::diagnostic::{self, Code, Diagnostic, Diagnostics, Message};
use crate::message;
use crate::text::{has_line_break, one_line};

use super::{Table, shortened};

/// A kind of cell that is hard to process, and its wording.
struct HardCellKind {
    code: &'static Code,
    is_so: fn(&JudgedCell<'_>) -> bool,
    message: fn(&str) -> Message,
    help: fn(Look) -> Message,
}

/// A cell that is checked.
struct JudgedCell<'a> {
    /// The cell's text in the file.
    written: &'a str,
    /// The cell's text without surrounding spaces.
    text: &'a str,
    column: Look,
}

/// What is known of a column, which decides what is checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Are its cells texts?
    pub text: bool,
    /// Are they one or two words that are not from a vocabulary?
    pub free: bool,
    /// Can `dataset.toml` declare that it holds sentences?
    pub declared: bool,
    /// Are they from a vocabulary?
    pub vocabulary: bool,
    /// Does it hold sentences, which may have any form?
    pub narrative: bool,
}

/// The kinds of cells, in the order of their rules.
const KINDS: [HardCellKind; 6] = [
    HardCellKind {
        code: &diagnostic::TABLE_SPACES,
        is_so: |cell| {
            let within = cell.text.contains('\u{3000}') || cell.text.contains("  ");
            cell.written != cell.text || (within && cell.column.text)
        },
        message: |cell| {
            message!(
                ja: "「{cell}」に、体裁を整えるための空白があります",
                en: "`{cell}` contains spaces that are used for layout",
            )
        },
        help: |_| {
            message!(
                ja: "前後の空白と、全角や2つ以上続く空白を削除してください。前後の空白は除いて公開します",
                en: "remove leading and trailing spaces, and full-width and repeated spaces; leading and trailing spaces are not published",
            )
        },
    },
    HardCellKind {
        code: &diagnostic::TABLE_SEVERAL_VALUES,
        is_so: |cell| {
            let commas = cell.text.matches('、').count();
            cell.column.free && commas >= 2 && !cell.text.contains(['。', '「', '（'])
        },
        message: |cell| {
            message!(
                ja: "「{cell}」に、複数の値がまとめて入力されています",
                en: "`{cell}` contains several values",
            )
        },
        help: |column| match column.declared {
            true => message!(
                ja: "値ごとに行か列を分けてください。文章の列の場合は、「dataset.toml」に「narrative = true」と記入してください",
                en: "give each value a row or a column of its own; if the column holds sentences, write `narrative = true` in `dataset.toml`",
            ),
            false => message!(
                ja: "値ごとに行を分けてください",
                en: "give each value a row of its own",
            ),
        },
    },
    HardCellKind {
        code: &diagnostic::TABLE_PLATFORM_CHARACTER,
        is_so: |cell| cell.text.chars().any(depends_on_platform),
        message: |cell| {
            message!(
                ja: "「{cell}」に機種依存文字があります",
                en: "`{cell}` contains a platform-dependent character",
            )
        },
        help: |_| {
            message!(
                ja: "「①」は「(1)」、「㈱」は「(株)」、「㎡」は「平方メートル」、「Ⅲ」は「III」のように入力してください",
                en: "write ① as (1), ㈱ as (株), ㎡ as 平方メートル, Ⅲ as III",
            )
        },
    },
    HardCellKind {
        code: &diagnostic::TABLE_LINE_BREAK,
        is_so: |cell| has_line_break(cell.text),
        message: |cell| {
            message!(
                ja: "「{cell}」のセルの中に改行があります。空白に置き換えて公開します",
                en: "the cell `{cell}` contains line breaks, which are published as spaces",
            )
        },
        help: |column| match column.free && column.declared {
            true => message!(
                ja: "1行で入力してください。文章の列の場合は、「dataset.toml」に「narrative = true」と記入してください",
                en: "write it on one line; if the column holds sentences, write `narrative = true` in `dataset.toml`",
            ),
            false => message!(ja: "1行で入力してください", en: "write it on one line"),
        },
    },
    HardCellKind {
        code: &diagnostic::TABLE_DITTO,
        is_so: |cell| {
            const DITTO: [&str; 8] = ["〃", "々", "\"", "”", "″", "同上", "同左", "同じ"];
            !cell.column.vocabulary && DITTO.contains(&cell.text)
        },
        message: |cell| {
            message!(
                ja: "「{cell}」は、ほかのセルを見ないと内容が分かりません",
                en: "`{cell}` cannot be understood without another cell",
            )
        },
        help: |_| {
            message!(
                ja: "同じ値でも、省略せずに入力してください",
                en: "write the value even if it is the same",
            )
        },
    },
    HardCellKind {
        code: &diagnostic::TABLE_OTHER_DETAIL,
        is_so: |cell| {
            let detail = cell.text.strip_prefix("その他").unwrap_or_default();
            cell.column.free && detail.starts_with(['（', '(', ':', '：'])
        },
        message: |cell| {
            message!(
                ja: "「{cell}」では、選択肢とその詳細が1つのセルに入力されています",
                en: "`{cell}` contains a choice and its detail",
            )
        },
        help: |_| {
            message!(
                ja: "「その他」だけを残し、詳細は別の列に入力してください",
                en: "keep only `その他`, and move its detail to a separate column",
            )
        },
    },
];

/// Is it a symbol that JIS X 0208 lacks: a circled number, a Roman numeral, a unit or word in one
/// character, an abbreviation?
fn depends_on_platform(c: char) -> bool {
    matches!(c, '\u{2116}' | '\u{2121}' | '\u{2160}'..='\u{217f}' | '\u{2460}'..='\u{24ff}' | '\u{3200}'..='\u{33ff}')
}

/// Checks the cells of one table.
pub struct Readability<'t> {
    table: &'t Table,
}

impl<'t> Readability<'t> {
    /// A checker for `table`.
    pub fn of(table: &'t Table) -> Self {
        Self { table }
    }

    /// Checks the cell in `row` and the column `source` of the table, and reports what is hard to
    /// process. Returns the text to use: on one line, unless the column is narrative.
    pub fn look(
        &self,
        row: usize,
        source: usize,
        column: Look,
        diagnostics: &mut Diagnostics,
    ) -> Cow<'t, str> {
        let written = self.table.written(row, source);
        let text = self.table.text_of(written);
        if column.narrative {
            return match text.contains('\r') {
                true => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
                false => Cow::Borrowed(text),
            };
        }
        // Fast path for nearly every cell of a large table.
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':');
        if text.is_empty() || written.bytes().all(plain) {
            return Cow::Borrowed(text);
        }
        let cell = JudgedCell { written, text, column };
        for kind in KINDS.iter().filter(|kind| (kind.is_so)(&cell)) {
            let problem = || {
                let (place, message) =
                    (self.table.place(row, source), (kind.message)(&shortened(text)));
                Diagnostic::new(kind.code, place, message).with_help((kind.help)(column))
            };
            diagnostics.push_with(kind.code, self.table.file(), problem);
        }
        match has_line_break(text) {
            true => Cow::Owned(one_line(text)),
            false => Cow::Borrowed(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{JudgedCell, KINDS, Look};

    /// The rules that a cell breaks.
    fn rules(written: &str) -> Vec<&'static str> {
        let column = Look { text: true, free: true, declared: true, ..Look::default() };
        let cell = JudgedCell { written, text: written.trim(), column };
        KINDS.iter().filter(|kind| (kind.is_so)(&cell)).filter_map(|kind| kind.code.rule).collect()
    }

    #[test]
    fn each_rule_has_cells_that_break_it_and_others_that_do_not() {
        for (cell, expected) in [
            ("中央 ", "L1-06"),
            ("山田　太郎", "L1-06"),
            ("国語、算数、理科", "L1-07"),
            ("①中央", "L1-08"),
            ("㈱かわら", "L1-08"),
            ("1階\n2階", "L1-14"),
            ("〃", "L2-02"),
            ("その他（電話）", "L2-05"),
        ] {
            assert_eq!(rules(cell), [expected], "{cell}");
        }
        let sound =
            ["", "中央公民館", "City Hall", "合計所得", "国語、算数", "髙橋", "その他", "12,5"];
        for cell in sound.into_iter().chain(["午前、午後、夜間に分けて開く。"]) {
            assert_eq!(rules(cell), [""; 0], "{cell}");
        }
    }
}
