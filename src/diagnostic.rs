//! A **diagnostic** describes one problem: what is wrong, where, and how to correct it.
//!
//! Every stage collects the problems that it finds and continues; none stops at the first. A
//! diagnostic has a [`Code`], a [`Severity`] (that of its code), a [`Place`], a message and an
//! optional help in Japanese and English, and related places.
//!
//! Not in here: how diagnostics are shown (`report`), and the rules that find problems (every other
//! module).

mod codes;
mod cut;
mod handles;
mod judgement;
mod place;
mod provenance;

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

pub use codes::*;
pub use handles::help_with_open_files;
pub use judgement::{Judgement, RuleVerdict};
pub use place::{CellPlace, Located, Place, column_letters, column_number};
pub use provenance::{FactKind, Position, Provenance, SourcedFact};

/// A text in both languages of the user interface.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    /// In Japanese: です・ます調; quotations in 「…」; no 。 at the end.
    pub ja: String,
    /// In English: lower case; quotations in backquotes; no full stop at the end.
    pub en: String,
}

/// Builds a [`Message`]:
/// `message!(ja: "「{x}」は数値ではありません", en: "`{x}` is not a number")`.
#[macro_export]
macro_rules! message {
    (ja: $ja:literal, en: $en:literal $(,)?) => {
        $crate::diagnostic::Message::new(format!($ja), format!($en))
    };
}

impl Message {
    /// Creates a message from its Japanese and English texts. Long quotations are cut.
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self { ja: cut::cut(ja.into(), '「', '」'), en: cut::cut(en.into(), '`', '`') }
    }

    /// Lists `items` for use within a message: `A、B` in Japanese, `` `A`, `B` `` in English.
    pub fn list<T: std::fmt::Display>(items: impl IntoIterator<Item = T>) -> Self {
        let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
        let en: Vec<String> = items.iter().map(|item| format!("`{item}`")).collect();
        Self { ja: items.join("、"), en: en.join(", ") }
    }

    /// Joins several messages, by 。 in Japanese and by `;` in English.
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
    /// Not a problem: says how a value was read that could be read in another way.
    Notice,
}

/// Another place that helps to understand a problem, such as the first use of a duplicate id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RelatedPlace {
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
    pub related: Vec<RelatedPlace>,
    /// The severity of its code, or the one that the site has decided on.
    severity: Severity,
}

impl Diagnostic {
    /// Creates a problem of the kind `code` at `place`, without help and related places.
    pub fn new(code: &'static Code, place: impl Into<Place>, message: Message) -> Self {
        Self {
            code,
            place: place.into(),
            message,
            help: None,
            related: Vec::new(),
            severity: code.severity,
        }
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
        self.related.push(RelatedPlace { place: place.into(), message });
        self
    }

    /// Its severity: that of its code, unless the site has decided on another.
    pub fn severity(&self) -> Severity {
        self.severity
    }
}

/// A collection of problems in the order in which they were found; [`Diagnostics::sorted`] gives
/// the order in which they are shown.
///
/// Of each kind of problem, the first 10,000 in a file are kept, and only the number of the others,
/// so that a table of a million faulty rows takes little memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
    /// For each kind and file, the number of problems.
    counts: BTreeMap<(&'static str, Arc<str>), (&'static Code, usize)>,
    /// What the site has decided on.
    judgement: Judgement,
    /// Number of errors that were added, kept or not.
    errors: usize,
}

/// Number of problems of one kind in one file that are kept.
const KEPT: usize = 10_000;

impl Diagnostics {
    /// Creates an empty collection.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a problem.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if self.has_room(diagnostic.code, diagnostic.place.file_path()) {
            self.found.push(diagnostic);
        }
    }

    /// Adds a problem of the kind `code` in `file`. `diagnostic` is only called if the problem is
    /// kept.
    pub fn push_with(
        &mut self,
        code: &'static Code,
        file: &Arc<str>,
        diagnostic: impl FnOnce() -> Diagnostic,
    ) {
        if self.has_room(code, file) {
            self.found.push(diagnostic());
        }
    }

    /// Counts one more problem of a kind in a file, and returns whether it is to be kept.
    fn has_room(&mut self, code: &'static Code, file: &Arc<str>) -> bool {
        let (_, count) = self.counts.entry((code.id, file.clone())).or_insert((code, 0));
        *count += 1;
        self.errors += usize::from(code.severity == Severity::Error);
        *count <= KEPT
    }

    /// Adds all problems of `other`.
    pub fn append(&mut self, other: Diagnostics) {
        self.extend(other.found);
        for (kind, (code, count)) in other.counts {
            let more = count.saturating_sub(KEPT);
            self.counts.entry(kind).or_insert((code, 0)).1 += more;
            self.errors += if code.severity == Severity::Error { more } else { 0 };
        }
    }

    /// The number of problems that were not kept, for each kind and file that has any.
    fn beyond(&self) -> impl Iterator<Item = (&'static Code, &Arc<str>, usize)> {
        let each = self.counts.iter();
        let each = each.map(|((_, file), (code, count))| (*code, file, count.saturating_sub(KEPT)));
        each.filter(|(code, _, more)| *more > 0 && self.judgement.severity(code).is_some())
    }

    /// Gives every problem the severity that the site has decided on, and takes out those that it
    /// does not want to be told of.
    pub fn judge(&mut self, judgement: &Judgement) {
        self.found.retain_mut(|problem| match judgement.severity(problem.code) {
            Some(severity) => {
                problem.severity = severity;
                true
            }
            None => false,
        });
        let is_error = |code: &'static Code| judgement.severity(code) == Some(Severity::Error);
        let errors = self.counts.values().filter(|(code, _)| is_error(code));
        self.errors = errors.map(|(_, count)| count).sum();
        self.judgement = judgement.clone();
    }

    /// Are there no problems?
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The number of problems of the kind `code` that were added so far in the file of `place`.
    pub fn so_far(&self, code: &'static Code, place: &Place) -> usize {
        self.counts.get(&(code.id, place.file_path().clone())).map_or(0, |(_, count)| *count)
    }

    /// The number of errors that were added so far.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// Is any problem an error?
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

    /// Is there an error in `folder` or in a file below it?
    pub fn has_errors_in(&self, folder: &str) -> bool {
        let is_in = |path: &&str| {
            path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.paths_with_errors().iter().any(is_in)
    }

    /// The number of problems of `severity`, without duplicates.
    pub fn count(&self, severity: Severity) -> usize {
        let of = |code| self.judgement.severity(code) == Some(severity);
        let beyond = self.beyond().filter(|(code, ..)| of(code));
        let kept = self.found.iter().filter(|d| d.severity() == severity);
        let mut kept: Vec<&Diagnostic> = kept.collect();
        kept.sort_unstable_by(|a, b| in_report(a, b));
        kept.dedup();
        kept.len() + beyond.map(|(.., more)| more).sum::<usize>()
    }

    /// The problems in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.found.iter()
    }

    /// The problems, ordered by place, code and text, without duplicates. The order does not depend
    /// on which thread found a problem first. Notices come before all other problems, so that a
    /// terminal shows the problems last. For each file and kind, one more problem gives the number
    /// of those that were not kept.
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        let told = self.beyond().map(|(code, file, more)| {
            let message = message!(
                ja: "ほかに{more}か所で同じ種類の指摘があります",
                en: "there are {more} more problems of this kind",
            );
            let mut told = Diagnostic::new(code, Place::file(file.clone()), message);
            told.severity = self.judgement.severity(code).unwrap_or(told.severity);
            told
        });
        let told: Vec<Diagnostic> = told.collect();
        self.found.extend(told);
        self.found.sort_by(in_report);
        self.found.dedup();
        self.found
    }
}

/// The order of two problems in a report; equal problems are next to each other.
fn in_report(a: &Diagnostic, b: &Diagnostic) -> Ordering {
    let is_problem = |d: &Diagnostic| d.severity() != Severity::Notice;
    is_problem(a)
        .cmp(&is_problem(b))
        .then_with(|| a.place.cmp(&b.place))
        .then_with(|| a.code.id.cmp(b.code.id))
        .then_with(|| a.message.cmp(&b.message))
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, iter: I) {
        iter.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::{Diagnostic, Diagnostics, Place, Severity, TABLE_SPACES};

    #[test]
    fn a_problem_that_was_found_twice_is_counted_once() {
        let mut found = Diagnostics::new();
        for number in [1, 2, 1] {
            let text = message!(ja: "誤り{number}", en: "wrong {number}");
            found.push(Diagnostic::new(&TABLE_SPACES, Place::file("content/t.csv"), text));
        }
        assert_eq!(found.count(Severity::Warning), 2);
        assert_eq!(found.sorted().len(), 2);
    }
}
