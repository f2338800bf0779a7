//! Writes the **redirects** that lead visitors of pages that have moved to the new ones, as rows of
//! `content/redirects.csv`.
//!
//! Not in here: where a page has moved to (`records`), and what a redirect is (`policy`).

use std::path::Path;

use crate::cli::clock::today;
use crate::message;
use crate::policy::REDIRECTS;
use crate::publish;
use crate::report::in_language;
use crate::source::{SourceFile, Sources};
use crate::table;
use crate::text::{Language, counted};

use super::changes::GonePage;

/// What a row says in a column.
enum CellOf {
    From,
    To,
    Date,
    Blank,
}

/// Adds a row for each of `pages` that has moved to the table of redirects of the site in `root`,
/// which is made if it is not there. Says how many that were; of a table whose header cannot be
/// read here, the rows that a person has to add.
///
/// # Errors
///
/// Where the file cannot be read or written.
pub(super) fn write(
    root: &Path,
    sources: &Sources,
    pages: &[GonePage],
    language: Language,
) -> Result<String, publish::PublishError> {
    let moved: Vec<(&str, &str)> = pages
        .iter()
        .filter_map(|page| Some((page.path.strip_suffix(".html")?, page.moved_to.as_deref()?)))
        .collect();
    if moved.is_empty() {
        let none = message!(
            ja: "移動先の分かるページがないため、転送は書き込みませんでした",
            en: "no redirects were written: of no page it is known where it has moved to",
        );
        return Ok(in_language(&none, language).to_owned());
    }
    let path = REDIRECTS.path;
    let today = today();
    let (count, rows) = (moved.len(), |columns: &[CellOf]| rows(&moved, &today, columns));
    let own = [CellOf::From, CellOf::To, CellOf::Date];
    let there = table::single(sources, "redirects");
    let text = match there.map(|file| (&*file.path, columns(file))) {
        None => format!("from,to,date\r\n{}", rows(&own)),
        Some((_, Some(columns))) => rows(&columns),
        Some((path, None)) => {
            let rows = rows(&own);
            let by_hand = message!(
                ja: "「{path}」には書き込めないため、次の行（旧ページ、新ページ、日付）を加えてください\n{rows}",
                en: "`{path}` cannot be added to here; add these rows to it (from, to, date)\n{rows}",
            );
            return Ok(in_language(&by_hand, language).trim_end().to_owned());
        }
    };
    publish::append(root, path, &text)?;
    let redirects = counted(count, "redirect");
    let written = message!(
        ja: "「{path}」に転送を{count}行書き込みました",
        en: "{redirects} written to `{path}`",
    );
    Ok(in_language(&written, language).to_owned())
}

/// What each column of the table in `file` says; `None` unless it is a CSV file in UTF-8 whose
/// first line is a header that names both pages.
fn columns(file: &SourceFile) -> Option<Vec<CellOf>> {
    let bytes = (&*file.path == REDIRECTS.path).then_some(&file.bytes)?;
    let text = std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{FEFF}');
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let name = |header: &str| {
        REDIRECTS.columns.iter().find(|column| [column.name, column.title].contains(&header.trim()))
    };
    let columns: Vec<CellOf> = reader
        .headers()
        .ok()?
        .iter()
        .map(|header| match name(header).map(|column| column.name) {
            Some("from") => CellOf::From,
            Some("to") => CellOf::To,
            Some("date") => CellOf::Date,
            _ => CellOf::Blank,
        })
        .collect();
    let has = |wanted: fn(&CellOf) -> bool| columns.iter().any(wanted);
    let whole = has(|cell| matches!(cell, CellOf::From)) && has(|cell| matches!(cell, CellOf::To));
    whole.then_some(columns)
}

/// The rows for `moved`, with the cells of `columns`. Paths of pages need no quotation marks.
fn rows(moved: &[(&str, &str)], today: &str, columns: &[CellOf]) -> String {
    let mut text = String::new();
    for (from, to) in moved {
        let cells: Vec<&str> = columns
            .iter()
            .map(|column| match column {
                CellOf::From => from,
                CellOf::To => to,
                CellOf::Date => today,
                CellOf::Blank => "",
            })
            .collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}
