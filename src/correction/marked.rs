//! **Marked** copies: the tables again, with the faulty cells coloured and what is wrong with them
//! as a note, and a list of all problems beside them, since a problem of a text file or of a whole
//! table has no cell to mark.
//!
//! A workbook of Excel is changed in these two respects only. Other tables have no colours, or
//! could not be written unchanged; of these the values are copied into a new workbook.
//!
//! Not in here: the page (`correction`).

mod cells;
mod copy;
mod list;
mod notes;
mod package;
mod parts;
mod styles;

use std::collections::BTreeMap;

use crate::artifact::Artifact;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity};
use crate::report::{help_caption, in_language, severity_caption};
use crate::source::{SourceFile, Sources};
use crate::text::Language;

/// Most notes of a worksheet; with more, spreadsheet programs take long to open it. The cells are
/// marked all the same.
const MOST_NOTES: usize = 2_000;

/// What is wrong with a cell.
struct CellMark {
    /// The most serious of its problems.
    severity: Severity,
    /// What is wrong, and how to correct it.
    note: String,
}

/// Marks by row and column, both from 1.
type MarksByCell = BTreeMap<(u32, u32), CellMark>;

/// The marks of a file by the name of the worksheet; `None` for a file that has none.
type MarksBySheet<'d> = BTreeMap<Option<&'d str>, MarksByCell>;

/// The marked copies of the tables that have `diagnostics`, and the list of all problems, as files
/// for a folder of their own. `sources` are the files that the places refer to.
pub fn marked(diagnostics: Diagnostics, sources: &Sources, language: Language) -> Vec<Artifact> {
    let sorted = diagnostics.sorted();
    let problems = sorted.iter().filter(|problem| problem.severity() != Severity::Notice);
    let problems: Vec<&Diagnostic> = problems.collect();
    let mut by_file: BTreeMap<&str, MarksBySheet<'_>> = BTreeMap::new();
    for problem in &problems {
        let Place::Cell(cell) = &problem.place else { continue };
        let sheets = by_file.entry(&cell.file).or_default();
        let marks = sheets.entry(cell.sheet.as_deref()).or_default();
        let note = note(problem, language);
        marks
            .entry((cell.row, cell.column.unwrap_or(1)))
            .and_modify(|mark| {
                mark.severity = mark.severity.min(problem.severity());
                mark.note.push_str("\n\n");
                mark.note.push_str(&note);
            })
            .or_insert_with(|| CellMark { severity: problem.severity(), note: note.clone() });
    }
    let mut copies: BTreeMap<&str, Artifact> = BTreeMap::new();
    for (path, marks) in &by_file {
        let file = sources.get(path);
        if let Some(copy) = file.and_then(|file| copied(file, marks)) {
            copies.insert(path, copy);
        }
    }
    let list = list::list(&problems, &copies, sources, language);
    copies.into_values().chain(list).collect()
}

/// The marked copy of `file`; `None` where it cannot be read as a table.
fn copied(file: &SourceFile, marks: &MarksBySheet<'_>) -> Option<Artifact> {
    let path = file.path.strip_prefix("content/").unwrap_or(&file.path);
    let is_workbook = [".xlsx", ".xlsm"].iter().any(|end| path.to_lowercase().ends_with(end));
    let marked = is_workbook.then(|| package::mark(&file.bytes, marks)).flatten();
    match marked {
        Some(bytes) => Some(Artifact::new(path, bytes)),
        None => Some(Artifact::new(format!("{path}.xlsx"), copy::copy(file, marks)?)),
    }
}

/// The text of the note about `problem`.
fn note(problem: &Diagnostic, language: Language) -> String {
    let mut text = format!(
        "{}: {}",
        severity_caption(problem.severity(), language),
        in_language(&problem.message, language),
    );
    if let Some(help) = &problem.help {
        let help = in_language(help, language);
        text.push_str(&format!("\n{}: {help}", help_caption(language)));
    }
    text
}

/// The colour that marks a cell with a problem of `severity`, as RGB.
fn colour(severity: Severity) -> u32 {
    if severity == Severity::Error { 0x00FF_C7CE } else { 0x00FF_EB9C }
}
