//! A **diagnostic** is what is wrong and where, as a value.
//!
//! Every stage gathers its problems here and goes on; nobody stops at the first. A diagnostic
//! carries a [`Code`], a [`Severity`] (that of its code), a [`Place`], a message and a help text in
//! Japanese and English, and related places.
//!
//! Not in here: how a diagnostic is shown (`report`), and who finds it (every other module).

mod codes;
mod place;

pub use codes::*;
pub use place::{CellPlace, Located, Place, column_letters};

/// One sentence in both languages of the user interface.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    /// Japanese: です・ます調, what is quoted in 「…」, no 。 at the end.
    pub ja: String,
    /// English: lower case, what is quoted in backquotes, no full stop at the end.
    pub en: String,
}

/// Builds a [`Message`]: `message!(ja: "「{x}」は数値ではありません", en: "`{x}` is not a number")`.
#[macro_export]
macro_rules! message {
    (ja: $ja:literal, en: $en:literal $(,)?) => {
        $crate::diagnostic::Message::new(format!($ja), format!($en))
    };
}

impl Message {
    /// A message from its two texts.
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self { ja: ja.into(), en: en.into() }
    }

    /// `items` as a list to be put into a message: `A、B` in Japanese, `` `A`, `B` `` in English.
    pub fn list<T: std::fmt::Display>(items: impl IntoIterator<Item = T>) -> Self {
        let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
        let en: Vec<String> = items.iter().map(|item| format!("`{item}`")).collect();
        Self { ja: items.join("、"), en: en.join(", ") }
    }

    /// The help that lists what may be written: `使える値：A、B`.
    pub fn allowed_values<T: std::fmt::Display>(values: impl IntoIterator<Item = T>) -> Self {
        let Self { ja, en } = Self::list(values);
        message!(ja: "使える値：{ja}", en: "allowed values: {en}")
    }

    /// The help for a probable typing mistake; `near` is what was probably meant (`text::nearest`).
    pub fn did_you_mean(near: &str) -> Self {
        message!(ja: "「{near}」の誤りではありませんか", en: "did you mean `{near}`?")
    }
}

/// How much a problem weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is published while one stands.
    Error,
    /// Published all the same.
    Warning,
    /// Nothing is wrong: how something was understood that could have been meant otherwise.
    Notice,
}

/// A second place that belongs to a problem: the first use of a duplicate id, say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What is there.
    pub message: Message,
}

/// What is wrong and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind of problem.
    pub code: &'static Code,
    /// Where it is.
    pub place: Place,
    /// What is wrong, quoting the value at fault.
    pub message: Message,
    /// How to correct it.
    pub help: Option<Message>,
    /// Other places that matter, in the order in which they are to be read.
    pub related: Vec<Related>,
}

impl Diagnostic {
    /// A problem of the kind `code` at `place`.
    pub fn new(code: &'static Code, place: impl Into<Place>, message: Message) -> Self {
        Self { code, place: place.into(), message, help: None, related: Vec::new() }
    }

    /// Adds how to correct it.
    #[must_use]
    pub fn with_help(mut self, help: Message) -> Self {
        self.help = Some(help);
        self
    }

    /// Adds a related place.
    #[must_use]
    pub fn with_related(mut self, place: impl Into<Place>, message: Message) -> Self {
        self.related.push(Related { place: place.into(), message });
        self
    }

    /// Severity of its code.
    pub fn severity(&self) -> Severity {
        self.code.severity
    }
}

/// The problems found so far, in the order found; [`Diagnostics::sorted`] gives the order shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
}

impl Diagnostics {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Adds all of another stage.
    pub fn append(&mut self, other: Diagnostics) {
        self.found.extend(other.found);
    }

    /// Is nothing wrong at all?
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Is at least one an error?
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|d| d.severity() == Severity::Error)
    }

    /// The paths of the files with errors, each once.
    pub fn paths_with_errors(&self) -> Vec<&str> {
        let errors = self.found.iter().filter(|d| d.severity() == Severity::Error);
        let mut paths: Vec<&str> = errors.map(|d| d.place.path()).collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }

    /// Is there an error in `folder`, or in a file below it?
    pub fn has_errors_in(&self, folder: &str) -> bool {
        let is_in = |path: &&str| {
            path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.paths_with_errors().iter().any(is_in)
    }

    /// How many are of `severity`.
    pub fn count(&self, severity: Severity) -> usize {
        self.found.iter().filter(|d| d.severity() == severity).count()
    }

    /// All of them, in the order found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.found.iter()
    }

    /// All of them by place, then code, then text, each once: the same order whatever the thread
    /// that found them first. Notices come before all problems, which a terminal thus shows last.
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        let is_problem = |d: &Diagnostic| d.severity() != Severity::Notice;
        self.found.sort_by(|a, b| {
            (is_problem(a), &a.place, a.code.id, &a.message).cmp(&(
                is_problem(b),
                &b.place,
                b.code.id,
                &b.message,
            ))
        });
        self.found.dedup();
        self.found
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, iter: I) {
        self.found.extend(iter);
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
