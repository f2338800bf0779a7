//! What is **told** where a template calls one of the product's filters or functions in a way that
//! cannot be: a message in both languages behind an error of MiniJinja, whose own words are in
//! English.
//!
//! Not in here: the filters (`query`) and functions (`asset`).

use std::fmt;

use minijinja::{Error, ErrorKind};

use crate::diagnostic::Message;

/// The message behind an error.
#[derive(Debug)]
struct TemplateProblem(Message);

impl fmt::Display for TemplateProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.en)
    }
}

impl std::error::Error for TemplateProblem {}

/// The error that says `message`.
pub(super) fn problem(message: Message) -> Error {
    let error = Error::new(ErrorKind::UndefinedError, message.en.clone());
    error.with_source(TemplateProblem(message))
}

/// What `error` says in both languages, if it is one of the product's filters or functions that
/// says it.
pub fn told(error: &Error) -> Option<Message> {
    let source = std::error::Error::source(error)?;
    source.downcast_ref::<TemplateProblem>().map(|problem| problem.0.clone())
}
