//! The **markup** of a theme's templates: what the security policy of the pages forbids (`style`
//! attributes, inline scripts, other hosts), and links to assets that do not exist.
//!
//! Not in here: style sheets (`stylesheet`), and the rest of HTML, which validators of the built
//! site check.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostic::{self, Diagnostic, Diagnostics, Message, Place};
use crate::message;
use crate::text::nearest;

use super::files::ThemeFile;
use super::survey::Survey;

/// Replaces each byte of the template's own code.
pub(super) const CODE: u8 = 1;

static TAG: LazyLock<Regex> = LazyLock::new(|| {
    let tag = r#"<([A-Za-z][A-Za-z0-9-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>"#;
    Regex::new(tag).expect("a pattern")
});
static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| {
    let attribute = r#"([A-Za-z][A-Za-z0-9:_-]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?"#;
    Regex::new(attribute).expect("a pattern")
});

/// The content security policy that pages carry. Which sites may show a page in a frame is not part
/// of it: browsers take that from a header only.
pub const POLICY: &str = "default-src 'self'; base-uri 'none'; form-action 'self'";

/// Does the security policy in `base`, the template of every page, forbid other hosts and inline
/// code?
pub(super) fn is_strict(base: &str) -> bool {
    base.contains(r#"<meta http-equiv="Content-Security-Policy" content="default-src 'self'"#)
}

/// Reports what the policy forbids in the template `file`.
pub(super) fn check_policy(file: &ThemeFile, survey: &Survey, diagnostics: &mut Diagnostics) {
    let markup = markup(&file.bytes, survey);
    for tag in tags(&markup) {
        let (name, head) = (&tag.name, tag.head.clone());
        let mut report = |range: Range<usize>, message: Message, help: Message| {
            let place = Place::text(file.place.clone(), range);
            diagnostics
                .push(Diagnostic::new(&diagnostic::THEME_POLICY, place, message).with_help(help));
        };
        let into_file = |folder: &str| {
            message!(
                ja: "「assets」フォルダーの{folder}ファイルに移してください",
                en: "move it into a {folder} file in `assets/`",
            )
        };
        if name == "style" {
            report(head.clone(), forbidden("style"), into_file("CSS"));
        }
        let data = tag.attribute("type").is_some_and(|kind| kind.value.contains("json"));
        if name == "script" && tag.attribute("src").is_none() && !data {
            report(head, forbidden("script"), into_file("JavaScript"));
        }
        for attribute in &tag.attributes {
            let own = &attribute.name;
            if own == "style" {
                let help = message!(
                    ja: "「class」を使い、「theme.css」に書いてください",
                    en: "use a `class`, and write the style in `theme.css`",
                );
                report(attribute.range.clone(), forbidden("style"), help);
            } else if own.starts_with("on") && own.len() > 4 && !own.contains('-') {
                report(attribute.range.clone(), forbidden(own), into_file("JavaScript"));
            } else if attribute.value.trim_start().starts_with("javascript:") {
                report(attribute.range.clone(), forbidden("javascript:"), into_file("JavaScript"));
            } else if loads(name, own, tag.attribute("rel").map(|rel| rel.value))
                && let Some(host) = other_host(attribute.value)
            {
                report(attribute.range.clone(), foreign(host), into_assets());
            }
        }
    }
}

/// The scripts that the template `file` loads from the assets, and whether each is loaded as a
/// module (`type="module"`).
pub(super) fn loaded_scripts(file: &ThemeFile, survey: &Survey) -> Vec<(String, bool)> {
    let markup = markup(&file.bytes, survey);
    let tags = tags(&markup);
    let loaded = survey.assets.iter().filter_map(|asset| {
        let tag = tags.iter().find(|tag| tag.range.contains(&asset.range.start))?;
        let is_module = tag.attribute("type").is_some_and(|kind| kind.value == "module");
        (tag.name == "script").then(|| (asset.text.clone(), is_module))
    });
    loaded.collect()
}

/// An element's opening tag in a template.
pub(super) struct Tag<'a> {
    /// In lower case.
    pub name: String,
    pub attributes: Vec<Attribute<'a>>,
    /// The range of `<` and the name.
    head: Range<usize>,
    range: Range<usize>,
}

impl Tag<'_> {
    pub fn attribute(&self, name: &str) -> Option<&Attribute<'_>> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }
}

/// An attribute of a tag.
pub(super) struct Attribute<'a> {
    /// In lower case.
    pub name: String,
    /// Without its quotation marks.
    pub value: &'a str,
    /// The range of the name and the value.
    pub range: Range<usize>,
}

/// The opening tags of `markup`.
pub(super) fn tags(markup: &str) -> Vec<Tag<'_>> {
    TAG.captures_iter(markup)
        .map(|tag| {
            let (whole, rest) =
                (tag.get(0).expect("the whole"), tag.get(2).expect("always a part"));
            let attributes = ATTRIBUTE.captures_iter(rest.as_str()).map(|found| {
                let whole = found.get(0).expect("the whole");
                let value = found.get(2).map_or("", |value| value.as_str());
                Attribute {
                    name: found[1].to_ascii_lowercase(),
                    value: value.trim_matches(['"', '\'']),
                    range: rest.start() + whole.start()..rest.start() + whole.end(),
                }
            });
            Tag {
                name: tag[1].to_ascii_lowercase(),
                attributes: attributes.collect(),
                head: whole.start()..whole.start() + 1 + tag[1].len(),
                range: whole.range(),
            }
        })
        .collect()
}

fn forbidden(what: &str) -> Message {
    message!(
        ja: "ページのセキュリティーポリシーにより、ブラウザーはこの「{what}」を無視します",
        en: "the security policy of the pages makes browsers ignore this `{what}`",
    )
}

/// The message about a file on another host.
pub(super) fn foreign(host: &str) -> Message {
    message!(
        ja: "ページのセキュリティーポリシーにより、ブラウザーは「{host}」のファイルを読み込みません",
        en: "the security policy of the pages makes browsers refuse files from `{host}`",
    )
}

/// The help about a file on another host.
pub(super) fn into_assets() -> Message {
    message!(
        ja: "ファイルを「assets」フォルダーに置き、そこから読み込んでください",
        en: "put the file into `assets/`, and load it from there",
    )
}

/// The host of an address on another host, or the scheme of a `data:` or `blob:` address; `None`
/// for any other address.
pub(super) fn other_host(address: &str) -> Option<&str> {
    let address = address.trim();
    if address.starts_with("data:") || address.starts_with("blob:") {
        return address.find(':').map(|at| &address[..=at]);
    }
    let rest = (address.strip_prefix("https:").or_else(|| address.strip_prefix("http:")))
        .unwrap_or(address)
        .strip_prefix("//")?;
    Some(rest.split(['/', '?', '#', ' ']).next().unwrap_or(rest))
}

/// Does a browser load the file that this attribute of this element names, or only link to it?
pub(super) fn loads(element: &str, attribute: &str, rel: Option<&str>) -> bool {
    match (element, attribute) {
        ("link", "href") => rel.unwrap_or_default().split_whitespace().any(|rel| {
            ["stylesheet", "icon", "preload", "modulepreload", "manifest"].contains(&rel)
        }),
        ("script" | "img" | "iframe" | "video" | "audio" | "source" | "track" | "embed", "src") => {
            true
        }
        ("img" | "source", "srcset") | ("object", "data") | ("video", "poster") => true,
        _ => false,
    }
}

/// The markup of a template with its own code masked, so that positions stay the same.
pub(super) fn markup(source: &[u8], survey: &Survey) -> String {
    let mut text = vec![CODE; source.len()];
    for range in &survey.markup {
        text[range.clone()].copy_from_slice(&source[range.clone()]);
    }
    String::from_utf8(text).expect("whole pieces of a text")
}

/// Reports links to assets that are not among `published`, which are paths relative to the folder
/// of the assets.
pub(super) fn check_assets(
    file: &ThemeFile,
    survey: &Survey,
    published: &BTreeSet<String>,
    diagnostics: &mut Diagnostics,
) {
    for asset in &survey.assets {
        if asset.text.is_empty() || published.contains(&asset.text) {
            continue;
        }
        let place = Place::text(file.place.clone(), asset.range.clone());
        diagnostics.push(missing_asset(place, &asset.text, published));
    }
}

/// The error that the asset `path` is not among `published`.
pub(super) fn missing_asset(place: Place, path: &str, published: &BTreeSet<String>) -> Diagnostic {
    let problem = Diagnostic::new(
        &diagnostic::THEME_ASSET,
        place,
        message!(
            ja: "「assets」フォルダーに「{path}」がありません",
            en: "there is no `{path}` in `assets/`",
        ),
    );
    problem.with_help(match nearest(path, published.iter().map(String::as_str)) {
        Some(near) => Message::did_you_mean(near),
        None => message!(
            ja: "ファイルをテーマの「assets」フォルダーに置くか、名前を直してください",
            en: "put the file into the theme's `assets/`, or correct the name",
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::other_host;

    #[test]
    fn other_hosts_are_told_from_own_files() {
        assert_eq!(other_host("https://fonts.example/a.css"), Some("fonts.example"));
        assert_eq!(other_host("//cdn.example"), Some("cdn.example"));
        assert_eq!(other_host("data:image/png;base64,AAAA"), Some("data:"));
        for own in ["a.css", "/a.css", "../a//b.css", "#a", "\u{1}\u{1}a.css"] {
            assert_eq!(other_host(own), None, "{own}");
        }
    }
}
