//! **Known headers**: columns that are common in Japanese open data are checked for what the header
//! says, whether their type was declared or not.
//!
//! Sources: 総務省「全国地方公共団体コード」 (modulus 11); 国税庁「法人番号の構造」 (modulus 9);
//! 日本郵便「郵便番号」 (seven digits); 総務省「電気通信番号計画」 (every subscriber's number
//! begins with 0).

use std::collections::BTreeSet;

use crate::config::LocalGovernmentCode;
use crate::diagnostic::{self, Code, Diagnostic, Diagnostics, Message};
use crate::message;
use crate::table::Table;

use super::columns::WrittenColumn;
use super::{ColumnType, Rows};

/// The kind of numbers in a column according to its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    LocalGovernment,
    Corporation,
    Post,
    Telephone,
}

/// Checks the cells of every column of texts or codes with a known header, except the cells in
/// `told`, given as row and column of the table, which have been reported already. Returns `false`
/// if there is an error, such as lost digits.
pub(super) fn check(
    (table, rows): (&Table, &Rows),
    columns: &[WrittenColumn],
    sources: &[Option<usize>],
    told: &BTreeSet<(usize, usize)>,
    diagnostics: &mut Diagnostics,
) -> bool {
    let mut sound = true;
    for (index, (written, source)) in columns.iter().zip(sources).enumerate() {
        let Some(source) = *source else { continue };
        let texts = matches!(written.column.kind, ColumnType::Text | ColumnType::Code);
        let Some(known) = known(&written.header).filter(|_| texts) else { continue };
        // Codes without the check digit have five digits too. Only if every five-digit cell is a
        // valid code with a leading zero have zeros been lost; otherwise such cells are not
        // checked.
        let short = |cell: &&str| cell.len() == 5;
        let mut cells = (0..rows.len()).map(|row| rows.cell(row, index)).filter(short);
        let five_digits = known == Known::LocalGovernment
            && !cells.all(|cell| LocalGovernmentCode::parse(&format!("0{cell}")).is_ok());
        for row in 0..rows.len() {
            let cell = rows.cell(row, index);
            let missing = cell.is_empty();
            if (five_digits && cell.len() == 5) || told.contains(&(row, source)) {
                continue;
            }
            let Some((code, message, help)) = (!missing).then(|| wrong(known, cell)).flatten()
            else {
                continue;
            };
            sound &= code.severity != diagnostic::Severity::Error;
            diagnostics.push_with(code, table.file(), || {
                Diagnostic::new(code, table.place(row, source), message).with_help(help)
            });
        }
    }
    sound
}

fn known(header: &str) -> Option<Known> {
    let header: String = header.chars().filter(|c| !c.is_whitespace()).collect();
    Some(match header.as_str() {
        "全国地方公共団体コード"
        | "地方公共団体コード"
        | "市区町村コード"
        | "団体コード"
        | "都道府県コード又は市区町村コード" => Known::LocalGovernment,
        "法人番号" => Known::Corporation,
        "郵便番号" | "〒" => Known::Post,
        "電話番号" | "連絡先電話番号" | "FAX番号" | "ＦＡＸ番号" | "TEL" => {
            Known::Telephone
        }
        _ => return None,
    })
}

/// The code, message and help of the problem with `cell`; `None` if there is none, or if it cannot
/// be determined.
fn wrong(known: Known, cell: &str) -> Option<(&'static Code, Message, Message)> {
    let digits: String = cell.chars().filter(char::is_ascii_digit).collect();
    if cell.is_empty() || digits.is_empty() {
        return None;
    }
    let only_digits = digits.len() == cell.len();
    // As long as a code, but with a letter among its digits: a mistake, not another kind of number.
    let is_mistyped = |length| {
        cell.len() == length && !only_digits && cell.bytes().all(|c| c.is_ascii_alphanumeric())
    };
    match known {
        Known::LocalGovernment if only_digits || is_mistyped(6) => {
            if cell.len() == 5 {
                let whole = format!("0{cell}");
                return LocalGovernmentCode::parse(&whole).ok().map(|_| lost_zero(cell, &whole));
            }
            LocalGovernmentCode::parse(cell).is_err().then(|| {
                not_a(
                    cell,
                    "全国地方公共団体コード（検査数字を含む6桁）",
                    "a local government code of six digits with its check digit",
                )
            })
        }
        Known::Corporation if only_digits || is_mistyped(13) => {
            if cell.len() == 12 {
                return None;
            }
            let wrong = digits.len() != 13 || !is_corporate_number(&digits);
            wrong.then(|| {
                not_a(
                    cell,
                    "法人番号（検査数字を含む13桁）",
                    "a corporate number of 13 digits with its check digit",
                )
            })
        }
        Known::Post => match digits.len() {
            7 => None,
            5 | 6 if only_digits => {
                let whole = format!("{digits:0>7}");
                Some(lost_zero(cell, &whole))
            }
            _ => Some(not_a(cell, "郵便番号（7桁）", "a postal code of seven digits")),
        },
        Known::Telephone => {
            // Short numbers, such as emergency numbers, and numbers of other countries may begin
            // with other digits.
            let own = digits.len() >= 8 && !cell.starts_with('+') && !digits.starts_with('0');
            let plain =
                cell.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '(' | ')' | ' '));
            (own && plain && digits.len() <= 10).then(|| lost_zero(cell, &format!("0{cell}")))
        }
        _ => None,
    }
}

/// Whether the check digit, which is the first, is correct: 9 − (Σ digit × weight) mod 9, with the
/// weights 1 and 2 alternating from the right.
fn is_corporate_number(digits: &str) -> bool {
    let values: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
    let Some((check, rest)) = values.split_first() else { return false };
    let sum: u32 =
        rest.iter().rev().zip([1, 2].into_iter().cycle()).map(|(d, weight)| d * weight).sum();
    *check == 9 - sum % 9
}

fn lost_zero(cell: &str, whole: &str) -> (&'static Code, Message, Message) {
    (
        &diagnostic::TABLE_DIGITS,
        message!(
            ja: "「{cell}」は先頭の0が失われています",
            en: "`{cell}` has lost its leading zero",
        ),
        message!(
            ja: "{whole} と入力してください。列の表示形式を「文字列」にすると、0が残ります",
            en: "enter {whole}; in a column formatted as text, Excel keeps the zero",
        ),
    )
}

fn not_a(cell: &str, ja: &str, en: &str) -> (&'static Code, Message, Message) {
    (
        &diagnostic::TABLE_KNOWN_CODE,
        message!(ja: "「{cell}」は{ja}として正しくありません", en: "`{cell}` is not {en}"),
        message!(
            ja: "元の資料で確かめてください。別の番号の列なら、見出しを変えてください",
            en: "check it against the original; if the column holds other numbers, change its header",
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::{Known, wrong};

    #[test]
    fn known_codes_are_checked_as_what_they_are() {
        for (known, cell, code) in [
            (Known::LocalGovernment, "372013", None),
            (Known::LocalGovernment, "37201", None),
            (Known::LocalGovernment, "11002", Some("table::lost-digits")),
            (Known::LocalGovernment, "372014", Some("table::known-code")),
            (Known::LocalGovernment, "37A012", Some("table::known-code")),
            (Known::LocalGovernment, "37-201", None),
            (Known::LocalGovernment, "香川県1", None),
            (Known::Corporation, "8000020370002", None),
            (Known::Corporation, "8000020370003", Some("table::known-code")),
            // Twelve digits are the number of a company without its check digit.
            (Known::Corporation, "000020370002", None),
            (Known::Corporation, "00020370002", Some("table::known-code")),
            (Known::Corporation, "80000203700020", Some("table::known-code")),
            (Known::Corporation, "800002037000O", Some("table::known-code")),
            // Other signs are a number of another kind, such as that of a register.
            (Known::Corporation, "第8000020370003号", None),
            (Known::Post, "760-0001", None),
            (Known::Post, "600001", Some("table::lost-digits")),
            (Known::Post, "76000012", Some("table::known-code")),
            (Known::Post, "60-0001", Some("table::known-code")),
            (Known::Telephone, "087-839-2011", None),
            (Known::Telephone, "878392011", Some("table::lost-digits")),
            (Known::Telephone, "119", None),
            (Known::Telephone, "なし", None),
        ] {
            assert_eq!(wrong(known, cell).map(|(code, ..)| code.id), code, "{cell}");
        }
    }
}
