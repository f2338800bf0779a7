//! The **reason** why a workbook cannot be read.

use std::fmt::Display;

use crate::diagnostic::{self, Diagnostic, Message, Place};
use crate::message;
use crate::source::{Ceiling, SourceFile};

/// Why a workbook cannot be read.
pub(in crate::table) enum Unreadable {
    /// It is protected by a password.
    Password,
    /// It has another format than its name says.
    Fake(FileKind),
    /// It exceeds a limit of the settings.
    TooLarge(Ceiling),
    /// It does not conform to its format.
    Damaged(String),
}

/// The format of a file by its contents, where its name says something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::table) enum FileKind {
    /// A web page, or a table saved as one.
    Html,
    /// A text with tabs, commas or other delimiters.
    Text,
    /// A workbook of Excel 97 to 2003.
    Xls,
    /// A workbook of Excel 2007 and later.
    Xlsx,
    /// A binary workbook of Excel.
    Xlsb,
    /// An OpenDocument spreadsheet.
    Ods,
    /// A spreadsheet in one XML file, of Excel 2003.
    Xml2003,
}

impl Unreadable {
    /// The file is damaged, as `error` says.
    pub fn damaged(error: impl Display) -> Self {
        Self::Damaged(error.to_string())
    }

    /// The file ends too early.
    pub fn cut_short() -> Self {
        Self::Damaged("unexpected end of file".to_owned())
    }

    /// The diagnostic for `file`.
    pub fn diagnostic(&self, file: &SourceFile) -> Diagnostic {
        let (code, (message, help)) = match self {
            Self::TooLarge(ceiling) => (&diagnostic::TABLE_TOO_LARGE, ceiling.told()),
            Self::Password => (
                &diagnostic::TABLE_UNREADABLE,
                (
                    message!(
                        ja: "パスワードで保護されています",
                        en: "the workbook is protected by a password",
                    ),
                    message!(
                        ja: "パスワードを外して保存し直してください",
                        en: "save it again without the password",
                    ),
                ),
            ),
            Self::Fake(kind) => (&diagnostic::TABLE_UNREADABLE, kind.told(&file.path)),
            Self::Damaged(said) => {
                let said = said.replace('\n', " ");
                (
                    &diagnostic::TABLE_UNREADABLE,
                    (
                        message!(
                            ja: "ブックとして読み取れません（{said}）",
                            en: "the workbook cannot be read: {said}",
                        ),
                        message!(
                            ja: "Excelで開き、「Excelブック（.xlsx）」として保存し直してください",
                            en: "open it in Excel and save it again as a workbook (.xlsx)",
                        ),
                    ),
                )
            }
        };
        Diagnostic::new(code, Place::file(file.path.clone()), message).with_help(help)
    }
}

impl FileKind {
    /// The message about the actual format of the file at `path`, and advice.
    fn told(self, path: &str) -> (Message, Message) {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        let (ja, en, right) = match self {
            Self::Html => ("ウェブページ（HTML）", "a web page (HTML)", None),
            Self::Text => ("テキストファイル（CSVなど）", "a text file, such as CSV", Some(".csv")),
            Self::Xls => ("Excel 97-2003ブック", "an Excel 97–2003 workbook", Some(".xls")),
            Self::Xlsx => ("Excelブック", "an Excel workbook", Some(".xlsx")),
            Self::Xlsb => {
                ("Excelバイナリブック（.xlsb）", "an Excel binary workbook (.xlsb)", None)
            }
            Self::Ods => ("OpenDocument形式のブック", "an OpenDocument spreadsheet", Some(".ods")),
            Self::Xml2003 => ("XMLスプレッドシート2003", "an XML Spreadsheet 2003", None),
        };
        let message = message!(
            ja: "名前の末尾は「.{ending}」ですが、中身は{ja}です",
            en: "the name ends in .{ending}, but the file is {en}",
        );
        let help = match right {
            Some(right) => message!(
                ja: "名前の末尾を「{right}」に変えるか、Excelで開いて「Excelブック（.xlsx）」として保存し直してください",
                en: "rename it to end in {right}, or open it in Excel and save it as a workbook (.xlsx)",
            ),
            None => message!(
                ja: "Excelで開き、「Excelブック（.xlsx）」として保存し直してください",
                en: "open it in Excel and save it as a workbook (.xlsx)",
            ),
        };
        (message, help)
    }
}
