//! **Headers**: how their text is compared and shown.
//!
//! Not in here: which row is the header (`layout`).

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{self, Diagnostic, Place};
use crate::message;

/// Joins the lines of a header and removes spaces around each of them.
pub(super) fn one_line(cell: &str) -> String {
    let lines = cell.lines().flat_map(|line| line.split('\r')).map(str::trim);
    lines.collect::<String>().trim_matches('\u{FEFF}').to_owned()
}

/// The form in which headers and labels are compared: NFKC, lower case, without white space.
pub fn matching_form(header: &str) -> String {
    header.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

pub(super) fn no_header(file: &Arc<str>) -> Diagnostic {
    Diagnostic::new(
        &diagnostic::TABLE_NO_HEADER,
        Place::file(file.clone()),
        message!(ja: "表が空です", en: "the table is empty"),
    )
    .with_help(message!(
        ja: "1行目に列の見出しを入力してください",
        en: "write the headers of the columns into the first row",
    ))
}

/// The beginning of `text` on one line, at most 30 characters, for messages.
pub fn shortened(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match one_line.char_indices().nth(MESSAGE_LENGTH) {
        Some((end, _)) => format!("{}…", &one_line[..end]),
        None => one_line,
    }
}

/// Number of characters of a cell that a message repeats.
const MESSAGE_LENGTH: usize = 30;
