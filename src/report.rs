//! A **report** presents diagnostics: to a person at a terminal, one line each, as JSON, or as
//! annotations of a CI host.
//!
//! Not in here: finding problems, and deciding whether to continue.

mod cut;
mod excerpt;
mod explanation;
mod github;
mod groups;
mod human;
mod json;
mod short;

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Severity};
use crate::source::Sources;
use crate::text::Language;

pub use excerpt::{Excerpt, Excerpts};
pub use explanation::{explanation, rules};
pub use human::where_it_is;

/// The format of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportFormat {
    /// For people, with the line in question.
    Human,
    /// One line each, `file:line:column: …`.
    Short,
    /// One JSON object per line, with both languages.
    Json,
    /// Workflow commands of GitHub Actions.
    Github,
}

/// Is a report coloured?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColourChoice {
    /// Coloured by ANSI escape sequences.
    Ansi,
    /// Without colours.
    Plain,
}

/// The appearance of a report.
#[derive(Clone, Copy, Debug)]
pub struct ReportStyle {
    /// The format.
    pub format: ReportFormat,
    /// The language of messages and captions.
    pub language: Language,
    /// The colours; only the human format has any.
    pub colour: ColourChoice,
}

/// Renders `diagnostics` in the order of their places, each followed by a line feed. `sources` are
/// the files that the places refer to.
pub fn render(diagnostics: Diagnostics, sources: &Sources, style: ReportStyle) -> String {
    let sorted = diagnostics.sorted();
    let mut excerpts = Excerpts::new(sources);
    if style.format == ReportFormat::Human {
        let groups = groups::grouped(sorted).into_iter().map(|group| {
            let mut text = String::new();
            human::render(&group, &mut excerpts, style, &mut text);
            let (code, severity) = (group.first.code, group.first.severity());
            cut::RenderedGroup { code, severity, count: group.len(), text }
        });
        return cut::cut(&groups.collect::<Vec<_>>(), style.language);
    }
    let mut text = String::new();
    for diagnostic in &sorted {
        match style.format {
            ReportFormat::Human => {}
            ReportFormat::Short => {
                short::render(diagnostic, &mut excerpts, style.language, &mut text)
            }
            ReportFormat::Json => json::render(diagnostic, &mut excerpts, &mut text),
            ReportFormat::Github => {
                github::render(diagnostic, &mut excerpts, style.language, &mut text)
            }
        }
    }
    text
}

/// The result of a run, for its last line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunOutcome {
    /// Nothing was to be written.
    Checked,
    /// The site was published.
    Written,
    /// Nothing was written because of errors.
    NothingWritten,
}

/// The last line of a report, such as `2 errors, 1 warning in 3 files; nothing was written`; empty
/// if there are no errors and warnings.
pub fn summary(diagnostics: &Diagnostics, outcome: RunOutcome, language: Language) -> String {
    let errors = diagnostics.count(Severity::Error);
    let warnings = diagnostics.count(Severity::Warning);
    if errors + warnings == 0 {
        return String::new();
    }
    let problems = diagnostics.iter().filter(|found| found.severity() != Severity::Notice);
    let files: BTreeSet<&str> = problems.map(|problem| problem.place.path()).collect();
    let files = files.len();
    match language {
        Language::Ja => {
            let count = |number: usize, word: &str| match number {
                0 => None,
                _ => Some(format!("{word} {number}件")),
            };
            let parts = [count(errors, "エラー"), count(warnings, "警告")];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            let end = match outcome {
                RunOutcome::NothingWritten => "。サイトは書き出していません",
                RunOutcome::Checked | RunOutcome::Written => "",
            };
            format!("{}（{files}ファイル）{end}\n", parts.join("、"))
        }
        Language::En => {
            let count = |number: usize, one: &str| match number {
                1 => format!("1 {one}"),
                _ => format!("{number} {one}s"),
            };
            let mut parts = Vec::new();
            if errors > 0 {
                parts.push(count(errors, "error"));
            }
            if warnings > 0 {
                parts.push(count(warnings, "warning"));
            }
            let end = match outcome {
                RunOutcome::NothingWritten => "; nothing was written",
                RunOutcome::Checked | RunOutcome::Written => "",
            };
            format!("{} in {}{end}\n", parts.join(", "), count(files, "file"))
        }
    }
}

/// The text of `message` in `language`.
pub fn in_language(message: &Message, language: Language) -> &str {
    match language {
        Language::Ja => &message.ja,
        Language::En => &message.en,
    }
}

/// What the kind `code` is about, in `language`.
pub fn in_code(code: &Code, language: Language) -> &'static str {
    match language {
        Language::Ja => code.ja,
        Language::En => code.en,
    }
}

/// The caption of a problem of `severity` in `language`.
pub fn severity_caption(severity: Severity, language: Language) -> &'static str {
    match (severity, language) {
        (Severity::Error, Language::Ja) => "エラー",
        (Severity::Error, Language::En) => "error",
        (Severity::Warning, Language::Ja) => "警告",
        (Severity::Warning, Language::En) => "warning",
        (Severity::Notice, Language::Ja) => "お知らせ",
        (Severity::Notice, Language::En) => "note",
    }
}

/// The caption of a help in `language`.
pub fn help_caption(language: Language) -> &'static str {
    match language {
        Language::Ja => "直し方",
        Language::En => "help",
    }
}

/// The name of a severity in formats that programs read; it does not depend on the language.
fn severity_word(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "note",
    }
}

/// Replaces characters that a terminal would interpret instead of showing them (control characters
/// and changes of direction). Byte positions stay the same.
fn visible(text: &str) -> String {
    let shown = |c: char| match c {
        '\u{0}'..='\u{1f}' | '\u{7f}' => ' ',
        '\u{80}'..='\u{9f}' => '·',
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        other => other,
    };
    text.chars().map(shown).collect()
}
