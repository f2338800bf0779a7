//! Reports **orphans**: files in `content/static` that readers would look for on a page, but that
//! no page leads to.
//!
//! Not in here: links that lead nowhere (`texts`), and files that are not published (`source`).

use std::collections::BTreeSet;

use regex::bytes::Regex;

use crate::diagnostic::{self, Diagnostic, Diagnostics, Message, Place};
use crate::markdown::{ReferenceKind, references};
use crate::message;
use crate::site::{Destination, Site};
use crate::source::Sources;

/// Ends of the names of files that a page links to or shows. Others, such as a file that proves who
/// owns the site, are opened by programs.
const OF_PAGES: [&str; 20] = [
    "pdf", "doc", "docx", "xls", "xlsx", "xlsm", "ppt", "pptx", "odt", "ods", "odp", "csv", "zip",
    "png", "jpg", "jpeg", "gif", "webp", "svg", "mp4",
];

/// Beginnings of the names of pictures that browsers and programs open by themselves.
const OPENED_ALONE: [&str; 4] = ["favicon", "apple-touch-icon", "share.", "android-chrome"];

/// Number of files that the notice names.
const NAMED: usize = 5;

/// Reports the files that no page leads to, in one notice.
pub(super) fn orphans(sources: &Sources, site: &Site, diagnostics: &mut Diagnostics) {
    let paths = site.static_files.iter().map(|file| file.path.as_str());
    let mut left: BTreeSet<&str> = paths.filter(|path| is_of_pages(path)).collect();
    if left.is_empty() {
        return;
    }
    for text in site.markdown_texts() {
        for reference in references(text.text) {
            let (ReferenceKind::Link(written) | ReferenceKind::Picture { written, .. }) =
                &reference.kind
            else {
                continue;
            };
            for &language in &text.languages {
                if let Ok(Destination::File { path, .. }) =
                    site.destination(written, &text.page, language)
                {
                    left.remove(path.as_str());
                }
            }
        }
    }
    remove_named(sources, &mut left);
    if left.is_empty() {
        return;
    }
    let named = Message::list(left.iter().take(NAMED));
    let more = match left.len().saturating_sub(NAMED) {
        0 => Message::new("", ""),
        more => message!(ja: "、ほか{more}件", en: " and {more} more"),
    };
    let (ja, en) = (format!("{}{}", named.ja, more.ja), format!("{}{}", named.en, more.en));
    let problem = Diagnostic::new(
        &diagnostic::CHECK_UNUSED_FILE,
        Place::file("content/static"),
        message!(
            ja: "どのページからもリンクされていないファイルがあります：{ja}",
            en: "no page leads to these files: {en}",
        ),
    );
    diagnostics.push(problem.with_help(message!(
        ja: "このまま公開されます。見てもらうファイルはページからリンクし、不要なファイルは削除してください",
        en: "they are published all the same: link to those that are meant to be found, and delete the others",
    )));
}

fn is_of_pages(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let end = name.rsplit('.').next().unwrap_or_default();
    OF_PAGES.contains(&end) && !OPENED_ALONE.iter().any(|start| name.starts_with(start))
}

/// Removes the files whose names another file has in its text: a page of HTML, a template, a style
/// sheet, a column of addresses.
fn remove_named(sources: &Sources, left: &mut BTreeSet<&str>) {
    if left.is_empty() {
        return;
    }
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let names: BTreeSet<String> = left.iter().map(|path| name(path)).collect();
    let pattern: Vec<String> = names.iter().map(|name| regex::escape(name)).collect();
    // So many names that no pattern holds them cannot be looked for.
    let Ok(pattern) = Regex::new(&pattern.join("|")) else { return left.clear() };
    let mut found: BTreeSet<String> = BTreeSet::new();
    for file in sources.iter() {
        let matches = pattern.find_iter(&file.bytes);
        found.extend(matches.map(|found| String::from_utf8_lossy(found.as_bytes()).into_owned()));
    }
    left.retain(|path| !found.contains(&name(path)));
}
