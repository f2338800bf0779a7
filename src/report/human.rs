//! The report for **people**: what is wrong, where, the line in question with the place marked, and
//! the help.

use unicode_width::UnicodeWidthChar as _;

use crate::diagnostic::{CellPlace, Place, Severity};
use crate::text::Language;

use super::excerpt::{Excerpt, Excerpts};
use super::groups::ProblemGroup;
use super::{ColourChoice, ReportStyle, help_caption, in_language, severity_caption, visible};

/// Maximum width of a displayed line, in terminal columns.
const MAX_WIDTH: usize = 96;

/// Appends a group of problems to `text`: message, place and line of the first one, its related
/// places, the places of the others, and the help.
pub(super) fn render(
    group: &ProblemGroup,
    excerpts: &mut Excerpts<'_>,
    style: ReportStyle,
    text: &mut String,
) {
    let paint = Paint(style.colour);
    let diagnostic = &group.first;
    let colour = match diagnostic.severity() {
        Severity::Error => "1;31",
        Severity::Warning => "1;33",
        Severity::Notice => "1;34",
    };
    let caption = severity_caption(diagnostic.severity(), style.language);
    let head = format!("{caption}[{}]", diagnostic.code.id);
    let message = visible(in_language(&diagnostic.message, style.language));
    text.push_str(&format!("{}: {}\n", paint.with(colour, &head), paint.with("1", &message)));
    let found = excerpts.find(&diagnostic.place);
    text.push_str(&format!(
        "  {}\n",
        where_it_is(&diagnostic.place, found.as_ref(), style.language)
    ));
    if let Some(found) = &found {
        show_line(found, colour, &paint, text);
    }
    for related in &diagnostic.related {
        let found = excerpts.find(&related.place);
        let place = where_it_is(&related.place, found.as_ref(), style.language);
        text.push_str(&format!(
            "  {}: {place}\n",
            visible(in_language(&related.message, style.language))
        ));
        if let Some(found) = &found {
            show_line(found, "1;36", &paint, text);
        }
    }
    for line in group.lines(style.language) {
        text.push_str(&format!("  {}\n", visible(&line)));
    }
    if let Some(help) = &diagnostic.help {
        let caption = help_caption(style.language);
        let help = visible(in_language(help, style.language));
        text.push_str(&format!("  {}: {help}\n", paint.with("1;36", caption)));
    }
    text.push('\n');
}

struct Paint(ColourChoice);

impl Paint {
    fn with(&self, code: &str, text: &str) -> String {
        match self.0 {
            ColourChoice::Ansi => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            ColourChoice::Plain => text.to_owned(),
        }
    }
}

/// The place as text: ``content/indicators/2020.csv:14 (cell E14, column `actual`)``.
pub fn where_it_is(place: &Place, found: Option<&Excerpt>, language: Language) -> String {
    match (place, found) {
        (Place::File { file }, _) => file.to_string(),
        (Place::Text { file, .. }, Some(found)) => {
            format!("{file}:{}:{}", found.line, found.column)
        }
        (Place::Text { file, .. }, None) => file.to_string(),
        (Place::Cell(cell), _) => {
            let line = cell.line.map(|line| format!(":{line}")).unwrap_or_default();
            match language {
                Language::Ja => format!("{}{line}（{}）", cell.file, cell_in_japanese(cell)),
                Language::En => format!("{}{line} ({})", cell.file, cell_in_english(cell)),
            }
        }
    }
}

/// `シート「施策」、セルE14、「実績値」の列`
fn cell_in_japanese(cell: &CellPlace) -> String {
    let sheet = cell.sheet.as_ref().map(|sheet| format!("シート「{sheet}」"));
    let name = match cell.column {
        Some(_) => format!("セル{}", cell.name()),
        None => format!("{}行目", cell.row),
    };
    let column = cell.header.as_ref().map(|header| format!("「{header}」の列"));
    [sheet, Some(name), column].into_iter().flatten().collect::<Vec<_>>().join("、")
}

/// ``sheet `施策`, cell E14, column `実績値` ``
fn cell_in_english(cell: &CellPlace) -> String {
    let sheet = cell.sheet.as_ref().map(|sheet| format!("sheet `{sheet}`"));
    let name = match cell.column {
        Some(_) => format!("cell {}", cell.name()),
        None => format!("row {}", cell.row),
    };
    let column = cell.header.as_ref().map(|header| format!("column `{header}`"));
    [sheet, Some(name), column].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Appends the line with its number, and a line of carets below the marked range.
fn show_line(found: &Excerpt, colour: &str, paint: &Paint, text: &mut String) {
    let line = visible(&found.text);
    let (start, end) = window(&line, &found.marked);
    let shown = &line[start..end];
    let lead = if start > 0 { "…" } else { "" };
    let tail = if end < line.len() { "…" } else { "" };
    let gutter = format!("{:>5} | ", found.line);
    let blank = format!("{:>5} | ", "");
    text.push_str(&format!("{gutter}{lead}{shown}{tail}\n"));
    let marked = found.marked.start.max(start)..found.marked.end.min(end);
    if found.marked.is_empty() && found.marked.start == 0 {
        return;
    }
    let before = width(lead) + width(&line[start..marked.start]);
    let carets = width(&line[marked]).max(1);
    text.push_str(&format!(
        "{blank}{}{}\n",
        " ".repeat(before),
        paint.with(colour, &"^".repeat(carets))
    ));
}

/// The byte range of `line` to show: the whole line, or as much as fits around the marked range.
fn window(line: &str, marked: &std::ops::Range<usize>) -> (usize, usize) {
    if width(line) <= MAX_WIDTH {
        return (0, line.len());
    }
    let mut start = marked.start;
    let mut room = MAX_WIDTH / 3;
    for (at, c) in line[..marked.start].char_indices().rev() {
        let Some(rest) = room.checked_sub(char_width(c)) else { break };
        room = rest;
        start = at;
    }
    let mut end = start;
    let mut room = MAX_WIDTH;
    for (at, c) in line[start..].char_indices() {
        let Some(rest) = room.checked_sub(char_width(c)) else { break };
        room = rest;
        end = start + at + c.len_utf8();
    }
    (start, end)
}

fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// Width of `c` in terminal columns. Control characters, which have none, are shown by one sign.
fn char_width(c: char) -> usize {
    c.width().unwrap_or(1)
}
