//! The recipes for **Cloudflare Pages and Netlify**: a file `_headers` in the published folder.
//!
//! Both compress by themselves, know the media types that browsers ask for, and have HTML asked for
//! again; so the file has the rest.

use crate::config::BaseUrl;
use crate::site::file_paths;
use crate::site::served::{FOR_EVER, Frames, NAMED_BY_CONTENT, policy};
use crate::theme::POLICY;

/// The file for Cloudflare Pages, where a rule can take back what a wider one has set.
pub(super) fn cloudflare(base_url: &BaseUrl) -> String {
    let base = base_url.path();
    let (own, all) = (policy(Frames::Own), policy(Frames::All));
    let mut rules = rule(base, "*", &[("Content-Security-Policy", own.as_str())], OPEN);
    for folder in ["embed/*", "en/embed/*", "ja/embed/*"] {
        rules.push_str(&format!(
            "{base}{folder}\n  ! Content-Security-Policy\n  Content-Security-Policy: {all}\n"
        ));
    }
    for (folder, ending) in NAMED_BY_CONTENT {
        let ending = ending.map_or(String::new(), |ending| format!(".{ending}"));
        rules.push_str(&format!("{base}{folder}*{ending}\n  Cache-Control: {FOR_EVER}\n"));
    }
    rules
}

/// The file for Netlify. It adds up the values of all rules that fit, so no header stands in two of
/// them: pages do not say who may show them in frames, and of the files that are named by their
/// content only those of the theme, which have a folder of their own, are kept for ever.
pub(super) fn netlify(base_url: &BaseUrl) -> String {
    let base = base_url.path();
    let mut rules = rule(base, "*", &[("Content-Security-Policy", POLICY)], OPEN);
    rules.push_str(&format!("{base}{}*\n  Cache-Control: {FOR_EVER}\n", file_paths::ASSETS));
    rules
}

/// What holds for every file.
const OPEN: &[(&str, &str)] =
    &[("X-Content-Type-Options", "nosniff"), ("Access-Control-Allow-Origin", "*")];

fn rule(base: &str, path: &str, first: &[(&str, &str)], more: &[(&str, &str)]) -> String {
    let lines = first.iter().chain(more).map(|(name, value)| format!("  {name}: {value}\n"));
    format!("{base}{path}\n{}", lines.collect::<String>())
}
