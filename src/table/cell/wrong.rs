//! Messages about what is **wrong with a cell**.

use crate::diagnostic::{self, Code, Message};
use crate::message;
use crate::table::header::shortened;

use super::Wrong;

fn wrong(code: &'static Code, message: Message, help: Message) -> Wrong {
    Wrong { code, message, help }
}

/// The cell has an error value such as `#DIV/0!`, or the `####` of a column that is too narrow.
pub(super) fn error_value(text: &str) -> Wrong {
    let text = shortened(text);
    if text.bytes().all(|byte| byte == b'#') {
        return wrong(
            &diagnostic::TABLE_FORMULA_ERROR,
            message!(
                ja: "列の幅が足りないまま保存され、値が「{text}」になっています",
                en: "the column was too narrow when the file was saved, and the value became `{text}`",
            ),
            message!(
                ja: "元のExcelファイルで列の幅を広げ、保存し直してください",
                en: "widen the column in the original workbook and save it again",
            ),
        );
    }
    wrong(
        &diagnostic::TABLE_FORMULA_ERROR,
        message!(
            ja: "数式の結果がエラー「{text}」になっています",
            en: "the formula ends in the error `{text}`",
        ),
        message!(
            ja: "数式を直すか、値を入力してください。値が分からないときは空欄にしてください",
            en: "correct the formula or type the value; leave the cell blank where it is not known",
        ),
    )
}

/// The cell is a formula whose result the file lacks.
pub fn no_result() -> Wrong {
    wrong(
        &diagnostic::TABLE_NO_RESULT,
        message!(
            ja: "数式の結果がファイルに保存されていません",
            en: "the file does not hold the result of this formula",
        ),
        message!(
            ja: "Excelで開いて上書き保存してください。計算した結果が保存されます",
            en: "open the file in Excel and save it, so that the result is calculated and stored",
        ),
    )
}

/// The cell has a number of more digits than Excel stores.
pub(super) fn lost_digits(text: &str) -> Wrong {
    wrong(
        &diagnostic::TABLE_DIGITS,
        message!(
            ja: "「{text}」は16桁以上の数値なので、Excelで16桁目から先が失われています",
            en: "`{text}` is a number of more than 15 digits, and Excel has lost the rest of them",
        ),
        message!(
            ja: "セルの表示形式を「文字列」にしてから、元の資料のとおりに入力し直してください",
            en: "format the cell as text, then type the digits again from the original",
        ),
    )
}

/// The displayed text `shown` does not correspond to the stored value.
pub(super) fn differs(shown: &str, stored: &str) -> Wrong {
    let message = match shown.trim() {
        "" => message!(
            ja: "何も表示されていませんが、「{stored}」が保存されています",
            en: "the cell shows nothing but stores `{stored}`",
        ),
        _ => message!(
            ja: "「{shown}」と表示されていますが、保存されている値は「{stored}」です",
            en: "the cell shows `{shown}` but stores `{stored}`",
        ),
    };
    let help = message!(
        ja: "保存されている値が正しければ、セルの表示形式を「標準」にしてください。表示のとおりが正しければ、その値を入力し直すか、列の単位を「千円」のように表示に合わせてください",
        en: "if the stored value is right, format the cell as General; if the shown value is right, type it in, or give the column the unit that is shown, such as 千円",
    );
    wrong(&diagnostic::TABLE_SHOWN, message, help)
}

/// The cell displays a percentage, and the column has no unit.
pub(super) fn percent_without_unit(shown: &str, stored: &str) -> Wrong {
    wrong(
        &diagnostic::TABLE_SHOWN,
        message!(
            ja: "「{shown}」と表示され、「{stored}」が保存されていますが、列の単位がないため、どちらを公開するか決められません",
            en: "the cell shows `{shown}` and stores `{stored}`, and no unit of the column says which to publish",
        ),
        message!(
            ja: "表示のとおり公開するなら列の単位を「％」に、比率で公開するなら「なし」にしてください",
            en: "give the column the unit ％ to publish the percentage, or なし to publish the ratio",
        ),
    )
}

/// The displayed unit is not `own`, the unit of the column.
pub(super) fn other_unit(shown: &str, own: &str) -> Wrong {
    wrong(
        &diagnostic::TABLE_SHOWN,
        message!(
            ja: "「{shown}」と表示されていますが、この列の単位は「{own}」です",
            en: "the cell shows `{shown}`, but the unit of this column is {own}",
        ),
        message!(
            ja: "セルの表示形式か、列の単位を直してください",
            en: "correct the number format of the cell or the unit of the column",
        ),
    )
}

/// The cell displays `unit`, and the column has no unit.
pub(super) fn no_unit(shown: &str, unit: &str) -> Wrong {
    wrong(
        &diagnostic::TABLE_SHOWN,
        message!(
            ja: "「{shown}」と表示されていますが、この列に単位「{unit}」の指定がありません",
            en: "the cell shows `{shown}`, but the column does not have the unit {unit}",
        ),
        message!(
            ja: "列の単位を「{unit}」にするか、セルの表示形式を「標準」にしてください",
            en: "give the column the unit {unit}, or format the cell as General",
        ),
    )
}

/// Excel has changed a code or number into the date `shown`.
pub(super) fn turned_into_date(shown: &str) -> Wrong {
    wrong(
        &diagnostic::TABLE_DIGITS,
        message!(
            ja: "入力した値がExcelで日付「{shown}」に変わっています",
            en: "Excel has turned what was typed into the date `{shown}`",
        ),
        message!(
            ja: "セルの表示形式を「文字列」にしてから、元の値を入力し直してください",
            en: "format the cell as text, then type the value again",
        ),
    )
}

/// A cell for a fiscal year holds the date `shown`.
pub(super) fn not_a_year(shown: &str) -> Wrong {
    wrong(
        &diagnostic::TABLE_NOT_A_YEAR,
        message!(
            ja: "年度の欄に日付「{shown}」が入力されています",
            en: "a cell for a fiscal year holds the date `{shown}`",
        ),
        message!(
            ja: "2024 または 令和6年度 のように、年度だけを入力してください",
            en: "type the fiscal year alone, such as 2024 or 令和6年度",
        ),
    )
}
