//! The **short** report: one line per problem, in the form in which compilers print errors, so that
//! editors can follow it.

use crate::diagnostic::Diagnostic;
use crate::text::Language;

use super::excerpt::Excerpts;
use super::{in_language, severity_caption, visible};

pub(super) fn render(
    diagnostic: &Diagnostic,
    excerpts: &mut Excerpts<'_>,
    language: Language,
    text: &mut String,
) {
    let place = excerpts.position(&diagnostic.place);
    let (severity, code) = (severity_caption(diagnostic.severity(), language), diagnostic.code.id);
    let message = visible(in_language(&diagnostic.message, language));
    text.push_str(&format!("{place}: {severity}[{code}]: {message}\n"));
}
