//! The **problems** that the page shows, numbered, and how each is worded.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity};
use crate::report::{help_caption, in_language, severity_caption};
use crate::text::Language;

use super::escaped;

/// Problems that are shown; with more, a browser takes long to open the page.
const MOST: usize = 10_000;

/// A problem that is shown.
pub(super) struct ShownProblem<'d> {
    /// Its number on the page.
    pub number: usize,
    /// The problem.
    pub problem: &'d Diagnostic,
    /// The problem of the same rule before it.
    before: Option<usize>,
    /// The problem of the same rule after it.
    after: Option<usize>,
}

/// Chooses and numbers the problems that are shown.
pub(super) fn numbered<'d>(all: &[&'d Diagnostic]) -> Vec<ShownProblem<'d>> {
    let mut last: BTreeMap<&str, usize> = BTreeMap::new();
    let mut found: Vec<ShownProblem<'d>> = Vec::new();
    for &problem in all.iter().take(MOST) {
        let number = found.len();
        let before = last.insert(problem.code.id, number);
        if let Some(before) = before {
            found[before].after = Some(number);
        }
        found.push(ShownProblem { number, problem, before, after: None });
    }
    found
}

impl ShownProblem<'_> {
    /// Where it is, what is wrong, links to the problems of the same rule and to what
    /// explains it, and how to correct it.
    pub fn says(&self, place: &str, language: Language) -> String {
        let problem = self.problem;
        let link = |number: Option<usize>, sign: &str, name: &str| match number {
            Some(number) => format!(" <a href=\"#p{number}\" title=\"{name}\">{sign}</a>"),
            None => String::new(),
        };
        let [before, after] = match language {
            Language::Ja => ["同じ規則の前の指摘", "同じ規則の次の指摘"],
            Language::En => ["previous problem of this rule", "next problem of this rule"],
        };
        let id = problem.code.id;
        let help = problem.help.as_ref().map(|help| {
            let help = escaped(in_language(help, language));
            format!("<span class=\"help\">{}: {help}</span>", help_caption(language))
        });
        format!(
            "<b>{}</b> {}: {}{}{} <a href=\"#rule-{id}\">{id}</a>{}",
            severity_caption(problem.severity(), language),
            escaped(place),
            escaped(in_language(&problem.message, language)),
            link(self.before, "←", before),
            link(self.after, "→", after),
            help.unwrap_or_default(),
        )
    }

    /// The class of its element.
    pub fn class(&self) -> &'static str {
        class(self.problem.severity())
    }
}

/// The class of elements about problems of `severity`.
pub(super) fn class(severity: Severity) -> &'static str {
    if severity == Severity::Error { "error" } else { "warning" }
}
