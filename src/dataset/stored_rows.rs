//! The **rows of a released version**, read from the files in the store: the CSV and, for the
//! narrative texts, the JSON Lines. This program wrote both, and their digests have been checked,
//! so a contradiction is a mistake in `version.toml`.
//!
//! Not in here: finding the files and checking their digests (`store`).

use serde_json::{Map, Value};

use crate::diagnostic::Message;
use crate::message;

use super::canonical::is_canonical;
use super::{Column, Rows};

/// Reads the rows from `csv` and, if narrative texts are kept there, from `lines`. The error says
/// why they contradict `columns`, or that there are not `count` rows.
pub(super) fn read(
    csv: &[u8],
    lines: Option<&[u8]>,
    columns: &[Column],
    count: usize,
) -> Result<Rows, Message> {
    let mut reader = csv::Reader::from_reader(csv);
    let header = reader.headers().map_err(unreadable)?;
    // Without JSON Lines, narrative columns are in the CSV as well.
    let told = |column: &&Column| column.narrative && lines.is_some();
    let tidy = columns.iter().filter(|column| !told(column));
    if !header.iter().eq(tidy.map(|column| column.name.as_str())) {
        let Message { ja, en } = Message::list(header);
        return Err(message!(
            ja: "CSVの見出しは次のとおりです：{ja}",
            en: "the header of the CSV is {en}",
        ));
    }
    let mut texts = lines.map(|lines| lines.split(|&byte| byte == b'\n'));
    let mut rows = Rows::new(columns.len());
    for record in reader.records() {
        let record = record.map_err(unreadable)?;
        let line = match &mut texts {
            Some(texts) => Some(parsed(texts.next().unwrap_or_default())?),
            None => None,
        };
        let mut cells = record.iter();
        for column in columns {
            match line.as_ref().filter(|_| told(&column)) {
                Some(line) => rows.push(narrative(line, column)?),
                None => rows.push(canonical(cells.next().unwrap_or_default(), column)?),
            }
        }
    }
    let found = rows.len();
    match found == count {
        true => Ok(rows),
        false => Err(message!(ja: "CSVには{found}行あります", en: "the CSV has {found} rows")),
    }
}

fn unreadable(error: csv::Error) -> Message {
    message!(ja: "CSVとして読み取れません（{error}）", en: "the CSV cannot be read: {error}")
}

/// A line of JSON Lines, as an object.
fn parsed(line: &[u8]) -> Result<Map<String, Value>, Message> {
    serde_json::from_slice(line).map_err(|error| {
        message!(
            ja: "JSON Linesとして読み取れません（{error}）",
            en: "the JSON Lines cannot be read: {error}",
        )
    })
}

/// The text of `column` in a line; an empty text for `null`.
fn narrative<'l>(line: &'l Map<String, Value>, column: &Column) -> Result<&'l str, Message> {
    let name = &column.name;
    match line.get(name) {
        Some(Value::String(text)) => Ok(text),
        Some(Value::Null) => Ok(""),
        _ => Err(message!(
            ja: "JSON Linesに長い文章の列「{name}」がありません",
            en: "the JSON Lines have no narrative column `{name}`",
        )),
    }
}

fn canonical<'c>(text: &'c str, column: &Column) -> Result<&'c str, Message> {
    if is_canonical(text, column) {
        return Ok(text);
    }
    let (name, kind) = (&column.name, column.kind.as_str());
    Err(message!(
        ja: "「{name}」の列の「{text}」は、型が「{kind}」の値ではありません",
        en: "`{text}` in column `{name}` is not of type `{kind}`",
    ))
}
