//! The **short** report: one line a problem, as compilers write it and editors read it.

use crate::diagnostic::{Diagnostic, Place};
use crate::source::Sources;
use crate::text::Language;

use super::{excerpt, in_language, severity_word};

pub(super) fn render(
    diagnostic: &Diagnostic,
    sources: &Sources,
    language: Language,
    text: &mut String,
) {
    let found = excerpt(&diagnostic.place, sources);
    let place = match (&diagnostic.place, &found) {
        (place, Some(found)) => format!("{}:{}:{}", place.path(), found.line, found.column),
        (Place::Cell(cell), None) => format!("{}:{}", cell.file, cell.name()),
        (place, None) => place.path().to_owned(),
    };
    let (severity, code) = (severity_word(diagnostic), diagnostic.code.id);
    let message = in_language(&diagnostic.message, language).replace('\n', " ");
    text.push_str(&format!("{place}: {severity}[{code}]: {message}\n"));
}
