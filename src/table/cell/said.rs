//! Notices that are given **once per column**, however many of its cells they concern.

use crate::diagnostic::{self, Code, Diagnostic, Message, Place};
use crate::message;

/// A kind of notice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Said {
    /// The column's own unit was removed from its numbers.
    OwnUnit,
    /// A percentage is stored as a fraction.
    Percent,
    /// The number is displayed in thousands or millions, which is the column's unit.
    Scaled,
    /// A sign in the number format, such as ▲, was read as minus.
    Sign,
    /// The display is rounded; the stored number is published.
    Rounded,
    /// 0 is displayed as a dash or as nothing.
    Zero,
    /// Only a part of a date is displayed; the whole stored date is published.
    Day,
    /// A fiscal year was given as a year of an era without the era.
    EraYear,
    /// A text was given as `="…"`.
    Unwrapped,
    /// A text that looks like a code corrupted by Excel.
    Doubtful(String),
    /// Text that is struck out.
    Struck { whole: bool },
}

impl Said {
    /// The diagnostic for `count` cells, at the place of the first.
    pub fn diagnostic(&self, place: Place, count: usize) -> Diagnostic {
        let (code, Message { ja, en }, help) = self.told();
        let message = match count {
            0 | 1 => message!(ja: "{ja}", en: "{en}"),
            _ => {
                message!(ja: "{ja}（この列の{count}セル）", en: "{en} ({count} cells of this column)")
            }
        };
        let problem = Diagnostic::new(code, place, message);
        match help {
            Some(help) => problem.with_help(help),
            None => problem,
        }
    }

    /// The code, message and help of the notice. Safe assumptions are only reported as understood;
    /// doubtful and struck-out texts are warnings.
    fn told(&self) -> (&'static Code, Message, Option<Message>) {
        let understood = match self {
            Self::OwnUnit => message!(
                ja: "数値の後の単位は列の単位と同じなので、数値だけを読み取りました",
                en: "the figure is followed by the unit of its column and is read without it",
            ),
            Self::Percent => message!(
                ja: "パーセント表示のセルは、表示されている数値（45.5%なら45.5）で読み取りました",
                en: "a percentage is read as it is shown, 45.5% as 45.5",
            ),
            Self::Scaled => message!(
                ja: "桁を省いて表示されているセルは、列の単位での数値として読み取りました",
                en: "a number shown in thousands or millions is read in the unit of its column",
            ),
            Self::Sign => message!(
                ja: "表示形式の「▲」「△」などは、マイナスとして読み取りました",
                en: "a sign in the number format, such as ▲, is read as minus",
            ),
            Self::Rounded => message!(
                ja: "丸めて表示されている数値は、保存されている桁のまま公開します",
                en: "a number that is rounded for display is published with all its digits",
            ),
            Self::Zero => message!(
                ja: "「-」や空白で表示されている0は、0として公開します",
                en: "a 0 that is displayed as a dash or as nothing is published as 0",
            ),
            Self::Day => message!(
                ja: "一部だけが表示されている日付は、保存されている年月日で公開します",
                en: "a date of which only a part is displayed is published whole",
            ),
            Self::EraYear => message!(
                ja: "元号のない年度は、現在の元号の年度として読み取りました",
                en: "a fiscal year of one or two digits is read as a year of the present era",
            ),
            Self::Unwrapped => message!(
                ja: "「=\"0123\"」の形のセルは、引用符の中の文字を読み取りました",
                en: "a cell of the form =\"0123\" is read as the text between the quotation marks",
            ),
            Self::Doubtful(_) | Self::Struck { .. } => return self.warning(),
        };
        (&diagnostic::TABLE_UNDERSTOOD, understood, None)
    }

    /// The code, message and help of a doubtful or struck-out text; must not be called for other
    /// notices.
    fn warning(&self) -> (&'static Code, Message, Option<Message>) {
        match self {
            Self::Doubtful(text) => (
                &diagnostic::TABLE_DOUBTFUL,
                message!(
                    ja: "「{text}」は、番号がExcelで別の形に変わったもののように見えます",
                    en: "`{text}` looks like what Excel makes of a number such as 1-2",
                ),
                Some(message!(
                    ja: "元の資料で確かめてください。列の表示形式を「文字列」にしてから入力すると、形が変わりません",
                    en: "check it against the original; in a column formatted as text, Excel keeps what is typed",
                )),
            ),
            Self::Struck { whole: true } => (
                &diagnostic::TABLE_STRUCK,
                message!(ja: "セルに取り消し線が引かれています", en: "the cell is struck out"),
                Some(struck_help()),
            ),
            _ => (
                &diagnostic::TABLE_STRUCK,
                message!(
                    ja: "セルの文字の一部に取り消し線が引かれています",
                    en: "a part of the cell's text is struck out",
                ),
                Some(struck_help()),
            ),
        }
    }
}

fn struck_help() -> Message {
    message!(
        ja: "取り消した文字は消してください。公開してよい文字なら、取り消し線を外してください",
        en: "delete what is struck out; if it is to be published, remove the strikethrough",
    )
}
