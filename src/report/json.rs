//! The report for **programs**: one JSON object per line, with both languages.

use serde::Serialize;
use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Message, Place};

use super::excerpt::Excerpts;
use super::severity_word;

#[derive(Serialize)]
struct ReportEntry<'d> {
    code: &'d str,
    severity: &'d str,
    rule: Option<&'d str>,
    place: Value,
    message: Value,
    help: Option<Value>,
    related: Vec<Value>,
}

/// Appends `diagnostic` to `text` as one line of JSON.
pub(super) fn render(diagnostic: &Diagnostic, excerpts: &mut Excerpts<'_>, text: &mut String) {
    let related = diagnostic
        .related
        .iter()
        .map(|related| {
            json!({
                "place": place(&related.place, excerpts),
                "message": both(&related.message),
            })
        })
        .collect();
    let entry = ReportEntry {
        code: diagnostic.code.id,
        severity: severity_word(diagnostic),
        rule: diagnostic.code.rule,
        place: place(&diagnostic.place, excerpts),
        message: both(&diagnostic.message),
        help: diagnostic.help.as_ref().map(both),
        related,
    };
    let line = serde_json::to_string(&entry).expect("texts and numbers are always JSON");
    text.push_str(&line);
    text.push('\n');
}

fn both(message: &Message) -> Value {
    json!({ "ja": message.ja, "en": message.en })
}

fn place(place: &Place, excerpts: &mut Excerpts<'_>) -> Value {
    let found = excerpts.find(place);
    let line = found.as_ref().map(|found| found.line);
    let column = found.as_ref().map(|found| found.column);
    match place {
        Place::Cell(cell) => json!({
            "file": &*cell.file,
            "sheet": cell.sheet.as_deref(),
            "cell": cell.name(),
            "header": cell.header.as_deref(),
            "line": line,
            "column": column,
        }),
        _ => json!({ "file": place.path(), "line": line, "column": column }),
    }
}
