//! A **report** shows diagnostics: to a person at a terminal, in one line each, as JSON, or as the
//! annotations of a CI host.
//!
//! Not in here: finding problems, and deciding whether to go on.

mod github;
mod human;
mod json;
mod short;

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Diagnostics, Message, Place, Severity};
use crate::source::Sources;
use crate::text::Language;

/// How diagnostics are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// With the source line, for people.
    Human,
    /// One line each, `file:line:column: …`.
    Short,
    /// One JSON object a line, with both languages.
    Json,
    /// Workflow commands of GitHub Actions.
    Github,
}

/// Is the text coloured?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// By ANSI escape sequences.
    Ansi,
    /// Not at all.
    Plain,
}

/// How a report is to look.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Its form.
    pub format: Format,
    /// Its language.
    pub language: Language,
    /// Its colours; only the human form has any.
    pub colour: Colour,
}

/// All of `diagnostics` in the order of their places, each followed by a line end.
pub fn render(diagnostics: Diagnostics, sources: &Sources, style: Style) -> String {
    let sorted = diagnostics.sorted();
    let mut text = String::new();
    for diagnostic in &sorted {
        match style.format {
            Format::Human => human::render(diagnostic, sources, style, &mut text),
            Format::Short => short::render(diagnostic, sources, style.language, &mut text),
            Format::Json => json::render(diagnostic, sources, &mut text),
            Format::Github => github::render(diagnostic, sources, style.language, &mut text),
        }
    }
    text
}

/// What became of the output, for the last line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing was to be written.
    Checked,
    /// The site was published.
    Written,
    /// Errors stood in the way.
    NothingWritten,
}

/// `2 errors, 1 warning in 3 files; nothing was written`; empty where there is nothing to say.
pub fn summary(diagnostics: &Diagnostics, outcome: Outcome, language: Language) -> String {
    let errors = diagnostics.count(Severity::Error);
    let warnings = diagnostics.count(Severity::Warning);
    if errors + warnings == 0 {
        return String::new();
    }
    let files: BTreeSet<&str> = diagnostics.iter().map(|problem| problem.place.path()).collect();
    let files = files.len();
    match language {
        Language::Ja => {
            let end = match outcome {
                Outcome::NothingWritten => "。何も書き出していません",
                Outcome::Checked | Outcome::Written => "",
            };
            format!("エラー {errors} 件、警告 {warnings} 件（{files} ファイル）{end}\n")
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
                Outcome::NothingWritten => "; nothing was written",
                Outcome::Checked | Outcome::Written => "",
            };
            format!("{} in {}{end}\n", parts.join(", "), count(files, "file"))
        }
    }
}

/// The text of `message` in `language`.
fn in_language(message: &Message, language: Language) -> &str {
    match language {
        Language::Ja => &message.ja,
        Language::En => &message.en,
    }
}

fn severity_word(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// A stretch of one line of a text.
struct Excerpt {
    /// Line from 1.
    line: usize,
    /// Column from 1, in characters.
    column: usize,
    /// The whole line.
    text: String,
    /// What is marked: byte range in `text`, never empty but at the line's end.
    marked: std::ops::Range<usize>,
}

/// The line that `place` begins in, where its file is a text.
fn excerpt(place: &Place, sources: &Sources) -> Option<Excerpt> {
    let (file, start, end) = match place {
        Place::File { .. } => return None,
        Place::Text { file, start, end } => (file, *start, *end),
        Place::Cell(cell) => {
            let (start, end) = cell.bytes?;
            (&cell.file, start, end)
        }
    };
    let text = match place {
        Place::Cell(_) => crate::source::decode_table(&sources.get(file)?.bytes).0,
        _ => sources.get(file)?.text_to_show(),
    };
    let start = floor_boundary(&text, start);
    let line_start = text[..start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let line_end = text[start..].find(['\n', '\r']).map_or(text.len(), |at| start + at);
    let end = floor_boundary(&text, end).clamp(start, line_end);
    let before = &text[..line_start];
    let line =
        before.matches('\n').count() + before.replace("\r\n", "\n").matches('\r').count() + 1;
    Some(Excerpt {
        line,
        column: text[line_start..start].chars().count() + 1,
        text: text[line_start..line_end].to_owned(),
        marked: start - line_start..end - line_start,
    })
}

fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
