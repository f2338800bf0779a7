//! A **document** is a TOML file that is read strictly: keys are requested by name and type, all
//! problems are collected with their byte ranges, and a key that is never requested is an error.
//!
//! Not in here: what the keys mean (`config`, `policy`, `dataset`), and reading the file
//! (`source`).

mod conditions;
mod control;
mod dates;
mod draft;
mod extra;
mod keys;
mod names;
mod shape;
mod typography;
mod values;
mod vocabulary;

use std::ops::Range;
use std::sync::Arc;

use toml::de::DeTable;

use crate::diagnostic::{self, Diagnostic, Diagnostics, Message, Place};
use crate::message;

pub use conditions::Condition;
pub use draft::{DRAFT, list, quoted};
pub use extra::{Extra, ExtraValue};
pub use keys::Keys;
pub use names::id_rule;
pub use shape::Shape;

/// Reads the TOML `text` of `file` with `read`, which requests the known keys.
///
/// Returns `None` if the text has syntax errors: reading a part of it would only report false
/// errors. All problems are added to `diagnostics`.
pub fn read<T>(
    file: &Arc<str>,
    text: &str,
    diagnostics: &mut Diagnostics,
    read: impl FnOnce(&mut Keys<'_>) -> T,
) -> Option<T> {
    read_at(file, text, 0, diagnostics, read)
}

/// Like [`read()`], for TOML that begins at byte `offset` of its file, such as the front matter of
/// a Markdown page.
pub fn read_at<T>(
    file: &Arc<str>,
    text: &str,
    offset: usize,
    diagnostics: &mut Diagnostics,
    read: impl FnOnce(&mut Keys<'_>) -> T,
) -> Option<T> {
    let (mut document, mut errors) = DeTable::parse_recoverable(text);
    errors.sort_by_key(|error| error.span().map(|span| span.start));
    if !errors.is_empty() {
        // Further errors on the same line mostly follow from the first.
        let mut last: Option<usize> = None;
        for error in errors {
            let start = error.span().map_or(0, |span| span.start.min(text.len()));
            let line = text.as_bytes()[..start].iter().filter(|byte| **byte == b'\n').count();
            if last.replace(line) != Some(line) {
                diagnostics.push(syntax_problem(file, text, offset, &error));
            }
        }
        return None;
    }
    let place =
        |range: Range<usize>| Place::text(file.clone(), range.start + offset..range.end + offset);
    control::take_out(document.get_mut(), text, place, diagnostics);
    let mut keys = Keys::new(file.clone(), (offset, text), document.get_ref(), diagnostics);
    let value = read(&mut keys);
    keys.finish();
    Some(value)
}

/// Reads only the table `key` of the TOML `text`, whose other keys have been read before. `None`
/// if it is absent, no table, or if the text has syntax errors, which have been reported.
pub fn read_table<T>(
    file: &Arc<str>,
    text: &str,
    key: &'static str,
    diagnostics: &mut Diagnostics,
    read: impl FnOnce(&mut Keys<'_>) -> T,
) -> Option<T> {
    DeTable::parse(text).ok()?;
    let read = |keys: &mut Keys<'_>| {
        keys.ask_all();
        keys.table(key, read)
    };
    read_at(file, text, 0, diagnostics, read)?
}

/// The shape of the documents that `read` reads.
pub fn shape<T>(read: impl FnOnce(&mut Keys<'_>) -> T) -> Shape {
    let nothing = &mut Diagnostics::new();
    let empty = DeTable::default();
    let mut keys = Keys::new("".into(), (0, ""), &empty, nothing);
    keys.record_all();
    let _value = read(&mut keys);
    keys.recorded()
}

/// A syntax error of the TOML parser as a diagnostic. The parser's messages are in English; common
/// mistakes also have a Japanese description.
fn syntax_problem(
    file: &Arc<str>,
    text: &str,
    offset: usize,
    error: &toml::de::Error,
) -> Diagnostic {
    let range = error.span().unwrap_or(0..0);
    let place = Place::text(file.clone(), range.start + offset..range.end + offset);
    if let Some((what, help)) = text.get(range.start..).and_then(typography::told) {
        let Message { ja, en } = what;
        let message = message!(
            ja: "TOMLファイルの書き方に誤りがあります（{ja}）",
            en: "invalid TOML: {en}",
        );
        return Diagnostic::new(&diagnostic::DOCUMENT_SYNTAX, place, message).with_help(help);
    }
    let said = error.message().replace('\n', ", ");
    let (what, help) = if said.starts_with("duplicate key") {
        let help = message!(
            ja: "同じ項目は1回だけ記入できます。どちらか一方を削除してください",
            en: "a key may appear only once in a table; remove one of the two",
        );
        ("同じ項目が2回記入されています", help)
    } else if said.starts_with("invalid date") {
        let help = message!(
            ja: "実在する日付を「2023-04-01」のように記入してください（月と日は2桁）。和暦の場合は「\"令和5年4月1日\"」のように「\"」で囲んでください",
            en: "write a date that exists, such as `2023-04-01`, with two digits each for month and day",
        );
        ("存在しない日付です", help)
    } else if said.starts_with("string values must be quoted") {
        let help = message!(
            ja: "文字や和暦の日付は「\"」で囲んでください。数字は半角で記入してください",
            en: "put text, and dates such as `令和5年4月1日`, in double quotes; write numbers in ASCII digits",
        );
        ("文字が「\"」で囲まれていません", help)
    } else if said.starts_with("missing escaped value") {
        let help = message!(
            ja: "「\\」をそのまま表示するには、「\\\\」と2つ重ねるか、文字全体を「'」で囲んでください",
            en: "write a backslash as `\\\\`, or put the text in single quotes",
        );
        ("「\\」の後に、使えない文字があります", help)
    } else {
        let help = message!(
            ja: "文字は「\"」で囲み、段落のある文章は「\"\"\"」と「\"\"\"」の間に記入してください",
            en: "put text in double quotes (`\"`), and text with several paragraphs in triple quotes (`\"\"\"`)",
        );
        (said.as_str(), help)
    };
    Diagnostic::new(
        &diagnostic::DOCUMENT_SYNTAX,
        place,
        message!(ja: "TOMLファイルの書き方に誤りがあります（{what}）", en: "invalid TOML: {said}"),
    )
    .with_help(help)
}
