//! The report as **annotations** of GitHub Actions: workflow commands on standard error.

use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Language;

use super::excerpt::Excerpts;
use super::{in_language, severity_word};

/// Appends `diagnostic` to `text` as one workflow command, with file, line and column, code,
/// message and help.
pub(super) fn render(
    diagnostic: &Diagnostic,
    excerpts: &mut Excerpts<'_>,
    language: Language,
    text: &mut String,
) {
    let mut properties = format!("file={}", property(diagnostic.place.path()));
    if let Some(found) = excerpts.find(&diagnostic.place) {
        properties.push_str(&format!(",line={},col={}", found.line, found.column));
    }
    properties.push_str(&format!(",title={}", property(diagnostic.code.id)));
    let mut message = in_language(&diagnostic.message, language).to_owned();
    if let Some(help) = &diagnostic.help {
        message.push('\n');
        message.push_str(in_language(help, language));
    }
    // GitHub's command for messages that are not problems.
    let command = match diagnostic.severity() {
        Severity::Notice => "notice",
        Severity::Error | Severity::Warning => severity_word(diagnostic),
    };
    text.push_str(&format!("::{command} {properties}::{}\n", data(&message)));
}

/// Escapes a message.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property, in which colons and commas are also special.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
