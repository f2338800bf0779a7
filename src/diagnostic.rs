//! A **diagnostic** describes one problem: what is wrong, where, and how to correct it.
//!
//! Every stage collects the problems that it finds and goes on; none stops at the first. A
//! diagnostic has a [`Code`], a [`Severity`] (that of its code), a [`Place`], a message and an
//! optional help in Japanese and English, and related places.
//!
//! Not in here: how diagnostics are shown (`report`), and the rules that find problems (every other
//! module).

mod codes;
mod place;
mod provenance;

pub use codes::*;
pub use place::{CellPlace, Located, Place, column_letters};
pub use provenance::{Position, Provenance, SourcedFact};

/// A text in both languages of the user interface.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    /// In Japanese: です・ます調; quotations in 「…」; no 。 at the end.
    pub ja: String,
    /// In English: lower case; quotations in backquotes; no full stop at the end.
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
    /// Creates a message from its Japanese and English texts.
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self { ja: ja.into(), en: en.into() }
    }

    /// Lists `items` for use within a message: `A、B` in Japanese, `` `A`, `B` `` in English.
    pub fn list<T: std::fmt::Display>(items: impl IntoIterator<Item = T>) -> Self {
        let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
        let en: Vec<String> = items.iter().map(|item| format!("`{item}`")).collect();
        Self { ja: items.join("、"), en: en.join(", ") }
    }

    /// Several as one: parted by 。 in Japanese and by `;` in English.
    pub fn joined(parts: &[Self]) -> Self {
        let all = |text: fn(&Self) -> &str, between: &str| {
            parts.iter().map(text).collect::<Vec<_>>().join(between)
        };
        Self::new(all(|part| &part.ja, "。"), all(|part| &part.en, "; "))
    }

    /// A help that lists the allowed values: `使える値：A、B`.
    pub fn allowed_values<T: std::fmt::Display>(values: impl IntoIterator<Item = T>) -> Self {
        let Self { ja, en } = Self::list(values);
        message!(ja: "使える値：{ja}", en: "allowed values: {en}")
    }

    /// A help for a probable typing mistake; `near` is the value that was probably meant (see
    /// `text::nearest`).
    pub fn did_you_mean(near: &str) -> Self {
        message!(ja: "「{near}」の誤りではありませんか", en: "did you mean `{near}`?")
    }
}

/// How serious a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site is not published.
    Error,
    /// The site is published all the same.
    Warning,
    /// Not a problem: tells how a value was read that could be read in another way.
    Notice,
}

/// Another place that helps to understand a problem, such as the first use of a duplicate id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Related {
    /// The place.
    pub place: Place,
    /// What is at the place.
    pub message: Message,
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of problem.
    pub code: &'static Code,
    /// The place of the problem.
    pub place: Place,
    /// What is wrong; quotes the value in question.
    pub message: Message,
    /// How to correct it.
    pub help: Option<Message>,
    /// Related places, in the order in which they are shown.
    pub related: Vec<Related>,
}

impl Diagnostic {
    /// Creates a problem of the kind `code` at `place`, without help and related places.
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

    /// The severity of its code.
    pub fn severity(&self) -> Severity {
        self.code.severity
    }
}

/// A collection of problems in the order in which they were found; [`Diagnostics::sorted`] gives
/// the order in which they are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Creates an empty collection.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a problem.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Adds all problems of `other`.
    pub fn append(&mut self, other: Diagnostics) {
        self.found.extend(other.found);
    }

    /// Whether there are no problems.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Whether at least one problem is an error.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|d| d.severity() == Severity::Error)
    }

    /// The paths of the files that have errors, sorted, each once.
    pub fn paths_with_errors(&self) -> Vec<&str> {
        let errors = self.found.iter().filter(|d| d.severity() == Severity::Error);
        let mut paths: Vec<&str> = errors.map(|d| d.place.path()).collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }

    /// Whether there is an error in `folder` or in a file below it.
    pub fn has_errors_in(&self, folder: &str) -> bool {
        let is_in = |path: &&str| {
            path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.paths_with_errors().iter().any(is_in)
    }

    /// The number of problems of `severity`.
    pub fn count(&self, severity: Severity) -> usize {
        self.found.iter().filter(|d| d.severity() == severity).count()
    }

    /// The problems in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.found.iter()
    }

    /// The problems by place, code and text, without duplicates. The order does not depend on which
    /// thread found a problem first. Notices come before all other problems, so that a terminal
    /// shows the problems last.
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
