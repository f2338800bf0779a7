//! Reports **scripts** in static files: pages and pictures in SVG that would run code in the name
//! of the city's site, or, where the host forbids that, would not work.
//!
//! Not in here: scripts of a theme (`theme`), and Markdown, from which none comes out.

use std::sync::LazyLock;

use regex::bytes::Regex;

use crate::diagnostic::{self, Diagnostic, Diagnostics, Place};
use crate::message;
use crate::site::Site;

/// A beginning of a script: the element, an attribute for an event, or an address that is one.
static SCRIPT: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r#"(?i)<(?:[a-z]+:)?script\b|<[a-z][^<>]*\son[a-z]{3,}\s*=|<[a-z][^<>]*=["']?\s*javascript:"#;
    Regex::new(pattern).expect("a pattern")
});

/// Ends of the names of files that browsers show as pages.
const PAGES: [&str; 5] = ["html", "htm", "xhtml", "svg", "xml"];

/// Reports the first script of each static file that has any.
pub(super) fn scripts(site: &Site, diagnostics: &mut Diagnostics) {
    for file in &site.static_files {
        let ending = file.path.rsplit_once('.').map_or("", |(_, ending)| ending);
        if !PAGES.contains(&ending.to_ascii_lowercase().as_str()) {
            continue;
        }
        let Some(found) = SCRIPT.find(&file.head) else { continue };
        // A byte order mark is not part of the text that is shown.
        let mark = if file.head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        let place = match std::str::from_utf8(&file.head) {
            Ok(_) if found.start() >= mark => {
                Place::text(file.source.clone(), found.start() - mark..found.end() - mark)
            }
            _ => Place::file(file.source.clone()),
        };
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::CHECK_SCRIPT,
                place,
                message!(
                    ja: "このファイルにはスクリプトが含まれています",
                    en: "this file contains a script",
                ),
            )
            .with_help(message!(
                ja: "スクリプトを取り除いて保存し直してください（図はPNGでも公開できます）。スクリプトが必要な場合は、テーマの「assets」フォルダーに置いてください",
                en: "save the file without scripts (a drawing can also be published as PNG); if a script is needed, put it into `assets/` of the theme",
            )),
        );
    }
}
