//! **Addresses** that a template writes without saying where they begin. `src="logo.svg"` names
//! another file on pages in other folders, and the folder of the assets has a name that changes; a
//! browser shows neither mistake but as a gap.
//!
//! Not in here: assets that are named and do not exist, and other hosts (`markup`).

use std::collections::BTreeSet;

use crate::diagnostic::{self, Diagnostic, Diagnostics, Message, Place};
use crate::message;

use super::files::ThemeFile;
use super::markup::{self, CODE, tags};
use super::survey::Survey;

/// Pages that lie at the root of their language, where links of pages may be relative.
const AT_ROOT: [&str; 2] = ["home.html", "search.html"];

/// Reports the addresses in the template `file` that lead to another place on other pages. `pages`
/// are the templates of pages for which it is used, `published` the paths of the assets, relative
/// to their folder.
pub(super) fn check(
    file: &ThemeFile,
    survey: &Survey,
    pages: &BTreeSet<String>,
    published: &BTreeSet<String>,
    diagnostics: &mut Diagnostics,
) {
    let markup = markup::markup(&file.bytes, survey);
    let is_at_root = pages.iter().all(|page| AT_ROOT.contains(&page.as_str()));
    for tag in tags(&markup) {
        let rel = tag.attribute("rel").map(|rel| rel.value);
        for attribute in &tag.attributes {
            let (element, name) = (tag.name.as_str(), attribute.name.as_str());
            let leads = matches!((element, name), ("a" | "area", "href") | ("form", "action"));
            if !(leads && !is_at_root || markup::loads(element, name, rel)) {
                continue;
            }
            let address = attribute.value.trim();
            let Some(message) = fault(address, &file.bytes[attribute.range.clone()]) else {
                continue;
            };
            let place = Place::text(file.place.clone(), attribute.range.clone());
            let problem = Diagnostic::new(&diagnostic::THEME_ADDRESS, place, message);
            diagnostics.push(problem.with_help(help(address, published)));
        }
    }
}

/// What is wrong with `address`, in which the template's own code is masked, of the attribute that
/// is `written` in the template.
fn fault(address: &str, written: &[u8]) -> Option<Message> {
    let code = char::from(CODE);
    if let Some(rest) = address.strip_prefix(code) {
        let written = String::from_utf8_lossy(written);
        let is_root = ["page.root", "page.base"].iter().any(|name| written.contains(name));
        let is_folder = rest.trim_start_matches(code).starts_with("assets/");
        return (is_root && is_folder).then(|| {
            message!(
                ja: "「assets」フォルダーは、内容によって変わる名前で公開されます",
                en: "the folder `assets/` is published under a name that changes with its contents",
            )
        });
    }
    is_relative(address).then(|| {
        let shown = address.replace(code, "…");
        message!(
            ja: "「{shown}」は、ページのあるフォルダーによって別の場所を指します",
            en: "`{shown}` leads to another place on pages in other folders",
        )
    })
}

/// Does the address begin neither at a root nor with a scheme, and lead out of the page?
fn is_relative(address: &str) -> bool {
    let first = address.split(['/', '?', '#']).next().unwrap_or_default();
    !first.is_empty() && !first.contains(':')
}

/// How to write `address` instead.
fn help(address: &str, published: &BTreeSet<String>) -> Message {
    let path = address.trim_start_matches(char::from(CODE)).trim_start_matches("./");
    let path = path.strip_prefix("assets/").unwrap_or(path);
    match published.contains(path) {
        true => message!(
            ja: "「{{{{ asset(\"{path}\") }}}}」と記入してください",
            en: "write `{{{{ asset(\"{path}\") }}}}`",
        ),
        false => message!(
            ja: "テーマのファイルには「{{{{ asset(\"ファイル名\") }}}}」を使い、ページやほかのファイルのURLは「{{{{ page.base }}}}」か「{{{{ page.root }}}}」から書き始めてください",
            en: "use `{{{{ asset(\"file\") }}}}` for a file of the theme, and begin the address of a page or of another file with `{{{{ page.base }}}}` or `{{{{ page.root }}}}`",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::is_relative;

    #[test]
    fn relative_addresses_are_told_from_others() {
        for relative in ["logo.svg", "images/logo.svg", "../logo.svg", "./a", "guide.html#top"] {
            assert!(is_relative(relative), "{relative}");
        }
        for other in [
            "",
            "#main",
            "?q=1",
            "/logo.svg",
            "//host/a",
            "https://a.example/",
            "mailto:a@b.example",
        ] {
            assert!(!is_relative(other), "{other}");
        }
    }
}
