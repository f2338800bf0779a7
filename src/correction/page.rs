//! The **page**: counters of the rules, then each file with its problems.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity};
use crate::report::{Excerpts, in_code, severity_caption, where_it_is};
use crate::source::Sources;
use crate::text::Language;

use super::escaped;
use super::explained::explained;
use super::problems::{ShownProblem, class, numbered};
use super::rows::sheets;
use super::sheet::{CellProblem, table};
use super::style::STYLE;

/// The report on `diagnostics` as a page in `language`, without scripts or other files. `sources`
/// are the files that the places refer to.
pub fn page(diagnostics: Diagnostics, sources: &Sources, language: Language) -> String {
    let counts = [Severity::Error, Severity::Warning].map(|severity| diagnostics.count(severity));
    let sorted = diagnostics.sorted();
    let problems = sorted.iter().filter(|problem| problem.severity() != Severity::Notice);
    let all: Vec<&Diagnostic> = problems.collect();
    let shown = numbered(&all);
    let (title, lang) = match language {
        Language::Ja => ("内容の確認の結果", "ja"),
        Language::En => ("Report on the content", "en"),
    };
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    );
    html.push_str(&summary(counts, (all.len(), shown.len()), language));
    counters(&all, &shown, language, &mut html);
    let mut files: BTreeMap<&str, Vec<&ShownProblem<'_>>> = BTreeMap::new();
    for one in &shown {
        files.entry(one.problem.place.path()).or_default().push(one);
    }
    let mut excerpts = Excerpts::new(sources);
    for (path, problems) in files {
        let _ = writeln!(html, "<section>\n<h2>{}</h2>", escaped(path));
        let elsewhere = tables(path, problems, sources, language, &mut html);
        list(&elsewhere, &mut excerpts, language, &mut html);
        html.push_str("</section>\n");
    }
    explained(&all, language, &mut html);
    html.push_str("</main>\n</body>\n</html>\n");
    html
}

fn summary(
    [errors, warnings]: [usize; 2],
    (all, shown): (usize, usize),
    language: Language,
) -> String {
    let mut text = match language {
        Language::Ja => format!("エラー {errors}件、警告 {warnings}件"),
        Language::En => format!("Errors: {errors}. Warnings: {warnings}."),
    };
    if shown < all {
        text.push_str(&match language {
            Language::Ja => format!(
                "（このページに示すのは{shown}件です。すべては「--format json」で書き出せます）"
            ),
            Language::En => format!(" This page shows {shown}; --format json lists all."),
        });
    }
    format!("<p>{text}</p>\n")
}

/// Appends the table that counts the problems of each rule.
fn counters(
    all: &[&Diagnostic],
    shown: &[ShownProblem<'_>],
    language: Language,
    html: &mut String,
) {
    let mut counts: BTreeMap<(Severity, &str), (usize, &Diagnostic)> = BTreeMap::new();
    for &problem in all {
        counts.entry((problem.severity(), problem.code.id)).or_insert((0, problem)).0 += 1;
    }
    if counts.is_empty() {
        return;
    }
    let heads = match language {
        Language::Ja => ["種類", "規則", "内容", "件数"],
        Language::En => ["Severity", "Rule", "What it is about", "Problems"],
    };
    let heads = heads.map(|head| format!("<th scope=\"col\">{head}</th>")).concat();
    let _ = writeln!(html, "<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>");
    for ((severity, id), (count, problem)) in counts {
        let text = escaped(in_code(problem.code, language));
        let text = match shown.iter().find(|one| one.problem.code.id == id) {
            Some(first) => format!("<a href=\"#p{}\">{text}</a>", first.number),
            None => text,
        };
        let rule = problem.code.rule.map(|rule| format!(" ({rule})")).unwrap_or_default();
        let (class, caption) = (class(severity), severity_caption(severity, language));
        let _ = writeln!(
            html,
            "<tr class=\"{class}\"><td><b>{caption}</b></td><td><a href=\"#rule-{id}\">{id}</a>{rule}</td><td>{text}</td>\
             <td class=\"number\">{count}</td></tr>",
        );
    }
    html.push_str("</tbody>\n</table>\n");
}

/// Appends the sheets of the file at `path` that have `problems`, and returns those that are not on
/// a sheet.
fn tables<'p, 'd>(
    path: &str,
    problems: Vec<&'p ShownProblem<'d>>,
    sources: &Sources,
    language: Language,
    html: &mut String,
) -> Vec<&'p ShownProblem<'d>> {
    let mut elsewhere = Vec::new();
    let mut of_sheets: BTreeMap<Option<&str>, Vec<CellProblem<'p, 'd>>> = BTreeMap::new();
    for one in problems {
        match &one.problem.place {
            Place::Cell(cell) => {
                of_sheets.entry(cell.sheet.as_deref()).or_default().push((cell, one));
            }
            Place::File { .. } | Place::Text { .. } => elsewhere.push(one),
        }
    }
    let sheets = match sources.get(path).filter(|_| !of_sheets.is_empty()) {
        Some(file) => sheets(file),
        None => Vec::new(),
    };
    for (name, cells) in of_sheets {
        let sheet = sheets.iter().find(|sheet| sheet.name().map(|name| &**name) == name);
        let Some(sheet) = sheet else {
            elsewhere.extend(cells.into_iter().map(|(_, one)| one));
            continue;
        };
        if let Some(name) = name {
            let _ = writeln!(html, "<h3>{}</h3>", escaped(name));
        }
        table(sheet, &cells, language, html);
    }
    elsewhere
}

/// Appends the problems that are not on a sheet, with the lines that they are in.
fn list(
    problems: &[&ShownProblem<'_>],
    excerpts: &mut Excerpts<'_>,
    language: Language,
    html: &mut String,
) {
    if problems.is_empty() {
        return;
    }
    html.push_str("<ul>\n");
    for one in problems {
        let found = excerpts.find(&one.problem.place);
        let place = where_it_is(&one.problem.place, found.as_ref(), language);
        let line = found.map(|found| format!("<pre>{}</pre>", escaped(&found.text)));
        let (number, class) = (one.number, one.class());
        let (says, line) = (one.says(&place, language), line.unwrap_or_default());
        let _ = writeln!(html, "<li id=\"p{number}\" class=\"{class}\">{says}{line}</li>");
    }
    html.push_str("</ul>\n");
}
