//! The **style sheets** of a theme: checks whether brackets, strings and declarations are complete,
//! and whether the files that they load exist and may be loaded. Browsers silently ignore what they
//! cannot parse.
//!
//! Not in here: whether a property exists and accepts its value (validators of the built site check
//! that), and tokens (`tokens`).

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostic::{self, Code, Diagnostic, Diagnostics, Message, Place};
use crate::message;
use crate::text::nearest;

use super::files::ThemeFile;
use super::markup;
use super::renamed::renamed_property;

static URL: LazyLock<Regex> = LazyLock::new(|| {
    let url = r#"(?i)(?:\burl\(\s*("[^"]*"|'[^']*'|[^\s"')]+)|@import\s+("[^"]*"|'[^']*'))"#;
    Regex::new(url).expect("a pattern")
});
static USED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\bvar\(\s*--([A-Za-z0-9_-]+)\s*\)").expect("a pattern"));
static DECLARED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"--([A-Za-z0-9_-]+)\s*:|@property\s+--([A-Za-z0-9_-]+)").expect("a pattern")
});
static RUN_ON: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\n\s*(?:--)?[a-z-]+\s*:\s").expect("a pattern"));

/// A style sheet that is checked.
pub(super) struct StyleSheet<'f> {
    pub file: &'f ThemeFile,
    /// Folder to which its relative addresses refer, within the folder of the assets: `` or
    /// `fonts/`.
    pub folder: String,
}

/// The custom properties that `css` declares.
pub(super) fn declared(css: &str) -> Vec<String> {
    let found = DECLARED.captures_iter(css);
    let names = found.filter_map(|found| found.get(1).or_else(|| found.get(2)));
    names.map(|name| name.as_str().to_owned()).collect()
}

/// Checks `sheet`. `published` are the paths relative to the folder of the assets, `properties` the
/// custom properties that any style sheet of the theme declares. `is_strict` says whether the
/// pages' policy forbids other hosts.
pub(super) fn check(
    sheet: &StyleSheet<'_>,
    published: &BTreeSet<String>,
    properties: &BTreeSet<String>,
    is_strict: bool,
    diagnostics: &mut Diagnostics,
) {
    let place = &sheet.file.place;
    let css = String::from_utf8_lossy(&sheet.file.bytes);
    let plain = match without_comments(&css) {
        Ok(plain) => plain,
        Err(at) => {
            diagnostics.push(malformed(
                place,
                at..at + 2,
                message!(
                    ja: "コメントが「*/」で閉じられていません",
                    en: "the comment is not closed by `*/`",
                ),
            ));
            return;
        }
    };
    if let Err((range, message)) = structure(&plain) {
        diagnostics.push(malformed(place, range, message));
        // Its parts cannot be determined.
        return;
    }
    for found in URL.captures_iter(&plain) {
        let Some(found) = found.get(1).or_else(|| found.get(2)) else { continue };
        let address = found.as_str().trim_matches(['"', '\'']);
        let range = Place::text(place.clone(), found.range());
        if let Some(host) = markup::other_host(address) {
            if is_strict {
                let message = markup::foreign(host);
                let problem = Diagnostic::new(&diagnostic::THEME_POLICY, range, message);
                diagnostics.push(problem.with_help(markup::into_assets()));
            }
            continue;
        }
        let path = address.split(['?', '#']).next().unwrap_or_default();
        if path.is_empty() || path.starts_with('/') || path.starts_with("var(") {
            continue;
        }
        let path = resolve(&sheet.folder, path);
        if !published.contains(&path) {
            diagnostics.push(markup::missing_asset(range, &path, published));
        }
    }
    for found in USED.captures_iter(&plain) {
        let name = found.get(1).expect("always a part");
        let known = properties.contains(name.as_str());
        if known {
            continue;
        }
        let (name, range) = (name.as_str(), name.range());
        let message = message!(
            ja: "「--{name}」は、どのスタイルシートでも定義されていません",
            en: "`--{name}` is not declared in any style sheet",
        );
        let code: &'static Code = &diagnostic::THEME_PROPERTY;
        let problem = Diagnostic::new(code, Place::text(place.clone(), range), message);
        let near = nearest(name, properties.iter().map(String::as_str));
        diagnostics.push(problem.with_help(match (renamed_property(name), near) {
            (Some(help), _) => help,
            (None, Some(near)) => Message::did_you_mean(&format!("--{near}")),
            (None, None) => message!(
                ja: "「:root」で定義するか、「var(--{name}, 値)」のように予備の値を書いてください",
                en: "declare it in `:root`, or give a fallback, as in `var(--{name}, value)`",
            ),
        }));
    }
}

fn malformed(file: &std::sync::Arc<str>, range: Range<usize>, message: Message) -> Diagnostic {
    let problem =
        Diagnostic::new(&diagnostic::THEME_STYLE, Place::text(file.clone(), range), message);
    problem.with_help(message!(
        ja: "スタイルシートを修正してください。ブラウザーは、読み取れない部分を無視します",
        en: "correct the style sheet; browsers ignore what they cannot read",
    ))
}

/// The style sheet `css` as it is published: without comments, and without the spaces and
/// semicolons that mean nothing, which are an eighth of what is sent. A sheet with a licence notice
/// (`/*!`), or one that is damaged, is published unchanged.
pub(super) fn compact(css: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(css).ok().filter(|text| !text.contains("/*!"));
    let Some(text) = text.and_then(|text| without_comments(text).ok()) else {
        return css.to_vec();
    };
    let mut compact = String::with_capacity(text.len());
    let mut quote = None;
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match (quote, char) {
            (_, '\\') => {
                compact.push(char);
                compact.extend(chars.next());
            }
            (Some(mark), _) => {
                compact.push(char);
                quote = quote.filter(|_| char != mark && char != '\n');
            }
            (None, ' ' | '\t' | '\r' | '\n') => {
                while chars.next_if(char::is_ascii_whitespace).is_some() {}
                // Before a colon a space may mean something: `a :hover` is not `a:hover`.
                let after = compact.chars().next_back().is_none_or(|last| "{};,:".contains(last));
                let before = chars.peek().is_none_or(|next| "{};,".contains(*next));
                if !after && !before {
                    compact.push(' ');
                }
            }
            (None, '}') => {
                if compact.ends_with(';') {
                    compact.pop();
                }
                compact.push(char);
            }
            (None, _) => {
                compact.push(char);
                quote = Some(char).filter(|char| matches!(char, '"' | '\''));
            }
        }
    }
    compact.into_bytes()
}

/// `css` with its comments replaced by spaces; the position of a comment that is not closed.
fn without_comments(css: &str) -> Result<String, usize> {
    let mut text = css.as_bytes().to_vec();
    let (mut at, mut quote) = (0, None);
    while at < text.len() {
        match (quote, text[at]) {
            (_, b'\\') => at += 1,
            (Some(mark), byte) if byte == mark || byte == b'\n' => quote = None,
            (Some(_), _) => {}
            (None, byte @ (b'"' | b'\'')) => quote = Some(byte),
            (None, b'/') if text.get(at + 1) == Some(&b'*') => {
                let end = css[at + 2..].find("*/").ok_or(at)? + at + 4;
                for byte in &mut text[at..end] {
                    if *byte != b'\n' {
                        *byte = b' ';
                    }
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    Ok(String::from_utf8(text).expect("whole characters were replaced"))
}

/// The first fault of the brackets, strings and declarations of `css`.
fn structure(css: &str) -> Result<(), (Range<usize>, Message)> {
    let mut open: Vec<(u8, usize)> = Vec::new();
    let (mut at, mut begin) = (0, 0);
    let bytes = css.as_bytes();
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            quote @ (b'"' | b'\'') => {
                let start = at;
                at += 1;
                while bytes.get(at).is_some_and(|&byte| byte != quote && byte != b'\n') {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                if bytes.get(at) != Some(&quote) {
                    return Err((
                        start..start + 1,
                        message!(
                            ja: "引用符が閉じられていません",
                            en: "the quotation mark is not closed",
                        ),
                    ));
                }
            }
            // The contents of brackets are part of one value, whatever they are.
            bracket @ (b'(' | b'[') => open.push((bracket, at)),
            b'{' if !open.iter().any(|(bracket, _)| *bracket != b'{') => {
                open.push((b'{', at));
                begin = at + 1;
            }
            close @ (b')' | b']' | b'}') => {
                let wanted = match close {
                    b')' => b'(',
                    b']' => b'[',
                    _ => b'{',
                };
                match open.pop() {
                    Some((bracket, _)) if bracket == wanted => {}
                    Some((bracket, place)) if bracket != b'{' => {
                        return Err(unclosed(bracket, place));
                    }
                    _ => {
                        let close = char::from(close);
                        return Err((
                            at..at + 1,
                            message!(
                                ja: "対応する括弧のない「{close}」があります",
                                en: "this `{close}` closes nothing",
                            ),
                        ));
                    }
                }
                if close == b'}' {
                    declaration(css, begin..at)?;
                    begin = at + 1;
                }
            }
            b';' if open.iter().all(|(bracket, _)| *bracket == b'{') => {
                declaration(css, begin..at)?;
                begin = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    match open.pop() {
        Some((bracket, place)) => Err(unclosed(bracket, place)),
        None => Ok(()),
    }
}

fn unclosed(bracket: u8, place: usize) -> (Range<usize>, Message) {
    let bracket = char::from(bracket);
    (
        place..place + 1,
        message!(
            ja: "「{bracket}」が閉じられていません",
            en: "this `{bracket}` is not closed",
        ),
    )
}

/// Checks a declaration at `range`; at-rules are accepted. Fails where there is no colon, or a
/// semicolon seems to be missing.
fn declaration(css: &str, range: Range<usize>) -> Result<(), (Range<usize>, Message)> {
    let text = &css[range.clone()];
    let start = range.start + (text.len() - text.trim_start().len());
    let text = text.trim();
    if text.is_empty() || text.starts_with('@') {
        return Ok(());
    }
    let line = text.lines().next().unwrap_or_default().trim_end();
    if !text.contains(':') {
        return Err((
            start..start + line.len(),
            message!(
                ja: "「{line}」は「名前: 値」の形になっていません",
                en: "`{line}` does not match `property: value`",
            ),
        ));
    }
    if !text.starts_with("--") && RUN_ON.is_match(text) {
        return Err((
            start..start + line.len(),
            message!(
                ja: "「{line}」の後に「;」がありません",
                en: "there is no `;` after `{line}`",
            ),
        ));
    }
    Ok(())
}

/// Resolves `relative` in `folder`.
fn resolve(folder: &str, relative: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::{compact, structure, without_comments};

    #[test]
    fn a_sheet_is_published_without_what_means_nothing() {
        for (css, expected) in [
            (
                "/* The\n   page. */\na {\n  color: red; /* or blue */\n\n  top: 0;\n}\n",
                "a{color:red;top:0}",
            ),
            (
                "a { content: \"/* no \\\n  comment; } */\"; }",
                "a{content:\"/* no \\\n  comment; } */\"}",
            ),
            ("a :hover,\na > b {\n margin: 0 1px }", "a :hover,a > b{margin:0 1px}"),
            (
                "@media print and (min-width: 1px) {\n  .\\31 a { top: calc(1px + 2px) }\n}\n",
                "@media print and (min-width:1px){.\\31 a{top:calc(1px + 2px)}}",
            ),
            ("a { font-family: '明 朝' , serif }", "a{font-family:'明 朝',serif}"),
        ] {
            assert_eq!(String::from_utf8(compact(css.as_bytes())).expect("UTF-8"), expected);
        }
        for whole in ["/*! MIT */\n  a { top: 0 }\n", "  a { top: 0 } /* open\n"] {
            assert_eq!(compact(whole.as_bytes()), whole.as_bytes());
        }
        assert_eq!(compact(b"  a { \xFF }"), b"  a { \xFF }");
    }

    #[test]
    fn sound_sheets_pass() {
        for css in [
            "a { color: red }\n@media (min-width: 1px) { a::before { content: \"};\"; } }",
            "@import url(a.css);\n@charset \"utf-8\";\na[href$=\"}\"] { --x: { a: b }; }",
            "/* } */ a { background: url(a;b.png); b { color: red; &:hover { top: 0; } } }",
            "@font-face {\n  font-family: \"A\";\n  src: url(\"a.woff2\") format(\"woff2\"),\n    url(\"a.woff\");\n}",
        ] {
            let plain = without_comments(css).expect("the comments are closed");
            assert!(structure(&plain).is_ok(), "{css}: {:?}", structure(&plain));
        }
    }

    #[test]
    fn faults_are_found_where_they_stand() {
        for (css, place) in [
            ("a { color: red;", "{"),
            ("a { color: red; }}", "}"),
            ("a { width: calc(1px; }", "("),
            ("a { content: \"x; }\n", "\""),
            ("a { color red; }", "color red"),
            ("a {\n  color: red\n  top: 0;\n}", "color: red"),
        ] {
            let (range, message) = structure(css).expect_err(css);
            assert_eq!(&css[range], place, "{css}: {}", message.en);
        }
        assert_eq!(without_comments("a /* b"), Err(2));
    }
}
