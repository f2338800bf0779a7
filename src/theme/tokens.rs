//! **Tokens** are the custom properties at the beginning of `assets/site.css`: the colours, sizes
//! and widths that determine the appearance. A theme's `theme.toml` sets single tokens: `[tokens]`,
//! and `[dark]` for the dark scheme.
//!
//! The values are appended to the blocks that declare the tokens, so that other rules about a
//! token, such as those for print, stay in effect.
//!
//! Not in here: the list of tokens (declared by the style sheet).

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{self, Diagnostics, Located, Message};
use crate::document::{self, Keys, Shape};
use crate::message;
use crate::text::nearest;

use super::colour::{self, Colour};
use super::contrast;
use super::renamed::renamed;

/// Values by token name.
pub(super) type Tokens = BTreeMap<String, Located<String>>;

/// The shape of a theme's `theme.toml`, for any style sheet.
pub fn shape() -> Shape {
    document::shape(|keys| {
        let _chain = (keys.located_text("extends"), keys.located_text("made_for"));
        let _tokens = (keys.named_texts("tokens"), keys.named_texts("dark"));
    })
}

/// Returns the style sheet `css` with the tokens set that `settings`, the contents of `file`,
/// gives. Reports unknown keys, invalid values, and colours with too little contrast.
pub(super) fn set(
    css: &str,
    file: &Arc<str>,
    settings: &str,
    diagnostics: &mut Diagnostics,
) -> String {
    let blocks = Blocks::of(css);
    let light = declared(css, blocks.light.clone());
    // A style sheet without a block for the dark scheme has the same tokens there.
    let dark = match &blocks.dark {
        Some(block) => declared(css, Some(block.clone())),
        None => light.clone(),
    };
    let read = document::read(file, settings, diagnostics, |keys| {
        // These keys are used by `chain`; here only their types are checked.
        let _known = (keys.located_text("extends"), keys.located_text("made_for"));
        let tokens = keys.table("tokens", |keys| read(keys, &light));
        let dark = keys.table("dark", |keys| read(keys, &dark));
        (tokens.unwrap_or_default(), dark.unwrap_or_default())
    });
    let Some((own, own_dark)) = read else { return css.to_owned() };
    contrast::check(&light, &own, contrast::Scheme::Light, diagnostics);
    contrast::check(&dark, &own_dark, contrast::Scheme::Dark, diagnostics);
    with(css, &blocks, &own, &own_dark)
}

/// The colours of the light scheme that the style sheet `css` declares, by token.
pub(super) fn colours(css: &str) -> BTreeMap<String, Colour> {
    let declared = declared(css, Blocks::of(css).light).into_iter();
    declared.filter_map(|(name, value)| Some((name, Colour::parse(&value)?))).collect()
}

/// The names of the tokens that the style sheet `css` declares.
#[cfg(test)]
pub(super) fn names(css: &str) -> std::collections::BTreeSet<String> {
    declared(css, Blocks::of(css).light).into_keys().collect()
}

/// Appends the tokens to the blocks, or adds the blocks where the style sheet has none.
fn with(css: &str, blocks: &Blocks, own: &Tokens, own_dark: &Tokens) -> String {
    let text = |tokens: &Tokens| -> String {
        tokens.iter().map(|(name, value)| format!("  --{name}: {};\n", value.value)).collect()
    };
    let (own, own_dark) = (text(own), text(own_dark));
    let mut css = css.to_owned();
    // From the end, so that earlier positions stay valid.
    match (&blocks.dark, own_dark.as_str()) {
        (_, "") => {}
        (Some(block), _) => css.insert_str(block.end, &own_dark),
        (None, _) => css.push_str(&format!(
            "@media screen and (prefers-color-scheme: dark) {{ :root {{\n{own_dark}}} }}\n"
        )),
    }
    match &blocks.light {
        Some(block) => css.insert_str(block.end, &own),
        None => css.push_str(&format!(":root {{\n{own}}}\n")),
    }
    css
}

/// Reads the tokens that the style sheet `declared`, with their default values. Reports values that
/// are not valid, and values that are no colours where the default is one.
fn read(keys: &mut Keys<'_>, declared: &BTreeMap<String, String>) -> Tokens {
    let mut tokens = Tokens::new();
    report_old(keys, declared);
    for (name, default) in declared {
        let Some(value) = keys.located_text(name) else { continue };
        if is_value(&value.value) {
            if colour::is_colour(default) && !colour::is_colour(&value.value) {
                let written = &value.value;
                keys.problem(
                    &diagnostic::THEME_COLOUR,
                    name,
                    message!(
                        ja: "「{written}」は色として使えません",
                        en: "`{written}` is not a colour",
                    ),
                    match nearest(written, colour::names()) {
                        Some(near) => Message::did_you_mean(near),
                        None => message!(
                            ja: "「#0b6e4f」のように、CSSの色を記入してください",
                            en: "write a CSS colour, such as `#0b6e4f`",
                        ),
                    },
                );
                continue;
            }
            tokens.insert(name.clone(), value);
            continue;
        }
        let written = &value.value;
        keys.problem(
            &diagnostic::DOCUMENT_VALUE,
            name,
            message!(ja: "「{written}」はCSSの値として使えません", en: "`{written}` is not a CSS value"),
            message!(
                ja: "「#0b6e4f」や「1.5rem」のように、CSSでコロンの後に書く値だけを記入してください",
                en: "write only what follows the colon in CSS, such as `#0b6e4f` or `1.5rem`",
            ),
        );
    }
    tokens
}

/// Reports tokens that an earlier version had under a name that is not among the `declared` ones.
fn report_old(keys: &mut Keys<'_>, declared: &BTreeMap<String, String>) {
    let strangers = keys.written().filter(|key| !declared.contains_key(*key));
    let old =
        strangers.filter_map(|key| Some((key.to_owned(), renamed(&format!("tokens.{key}"))?)));
    for (key, help) in old.collect::<Vec<_>>() {
        keys.ask(&key);
        let message =
            message!(ja: "「{key}」というトークンはありません", en: "there is no token `{key}`");
        keys.problem(&diagnostic::DOCUMENT_UNKNOWN_KEY, &key, message, help);
    }
}

/// Whether `text` is a value that ends neither its declaration nor its block.
fn is_value(text: &str) -> bool {
    let mut open = 0_i32;
    let mut quote = None;
    for c in text.chars() {
        match (quote, c) {
            (_, '\n' | '\\') | (None, ';' | '{' | '}' | '<') => return false,
            (Some(mark), c) if c == mark => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => open += 1,
            (None, ')') => open -= 1,
            (None, _) => {}
        }
        if open < 0 {
            return false;
        }
    }
    open == 0 && quote.is_none() && !text.contains("/*")
}

/// The ranges in which a style sheet declares its tokens: the bodies of `:root { … }`.
#[derive(Debug, Default, PartialEq)]
struct Blocks {
    light: Option<Range<usize>>,
    dark: Option<Range<usize>>,
}

impl Blocks {
    fn of(css: &str) -> Self {
        let mut blocks = Self::default();
        for (head, body) in rules(css, 0..css.len()) {
            let head = without_comments(&css[head]);
            if head == ":root" && blocks.light.is_none() {
                blocks.light = Some(body);
            } else if head.starts_with("@media")
                && head.contains("prefers-color-scheme: dark")
                && blocks.dark.is_none()
            {
                blocks.dark = rules(css, body)
                    .into_iter()
                    .find(|(head, _)| without_comments(&css[head.clone()]) == ":root")
                    .map(|(_, body)| body);
            }
        }
        blocks
    }
}

/// The head and body of each rule of `css` within `range`; nested rules are part of the body.
fn rules(css: &str, range: Range<usize>) -> Vec<(Range<usize>, Range<usize>)> {
    let (mut found, mut head, mut body, mut depth) = (Vec::new(), range.start, 0, 0_usize);
    let mut at = range.start;
    while at < range.end {
        if css[at..].starts_with("/*") {
            at += css[at..range.end].find("*/").map_or(range.end - at, |length| length + 2);
            continue;
        }
        match css.as_bytes()[at] {
            quote @ (b'"' | b'\'') => {
                let rest = &css.as_bytes()[at + 1..range.end];
                at += rest.iter().position(|&byte| byte == quote).map_or(0, |length| length + 1);
            }
            b'{' => {
                depth += 1;
                if depth == 1 {
                    body = at + 1;
                }
            }
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    found.push((head..body.saturating_sub(1).max(head), body..at));
                    head = at + 1;
                }
            }
            b';' if depth == 0 => head = at + 1,
            _ => {}
        }
        // All significant bytes are ASCII, but a slice must begin at a character boundary.
        at += 1;
        while at < range.end && !css.is_char_boundary(at) {
            at += 1;
        }
    }
    found
}

/// The custom properties declared in `block`; of several with the same name, the last one.
fn declared(css: &str, block: Option<Range<usize>>) -> BTreeMap<String, String> {
    let text = block.map(|block| without_comments(&css[block])).unwrap_or_default();
    (text.split(';'))
        .filter_map(|declaration| {
            let (name, value) = declaration.trim().strip_prefix("--")?.split_once(':')?;
            Some((name.trim().to_owned(), value.trim().to_owned()))
        })
        .collect()
}

fn without_comments(css: &str) -> String {
    let mut text = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        text.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Blocks, declared, is_value, set};
    use crate::diagnostic::Diagnostics;

    const SHEET: &str = "/* :root { --no: 1 } */\n@charset \"utf-8\";\n:root {\n  --ink: #000; /* --not: 2; */\n  --step--1: clamp(1rem, 2vw, 3rem);\n}\n\
        @media (prefers-color-scheme: dark) {\n  a { color: red; }\n  :root { --ink: #fff; }\n}\n@media print { :root { --ink: #000; } }\n";

    #[test]
    fn tokens_are_what_the_sheet_declares_first() {
        let blocks = Blocks::of(SHEET);
        let light = declared(SHEET, blocks.light);
        assert_eq!(light.keys().collect::<Vec<_>>(), ["ink", "step--1"]);
        assert_eq!(declared(SHEET, blocks.dark)["ink"], "#fff");
    }

    #[test]
    fn a_theme_sets_them_where_they_stand() {
        let mut diagnostics = Diagnostics::new();
        let settings = "[tokens]\nink = \"#222\"\n[dark]\nink = \"#ddd\"\n";
        let css = set(SHEET, &"theme.toml".into(), settings, &mut diagnostics);
        assert!(diagnostics.is_empty());
        let expected = SHEET
            .replace("3rem);\n}", "3rem);\n  --ink: #222;\n}")
            .replace("--ink: #fff; }", "--ink: #fff;   --ink: #ddd;\n}");
        assert_eq!(css, expected);
        let plain = set("a { }", &"theme.toml".into(), settings, &mut diagnostics);
        assert_eq!(
            diagnostics.iter().count(),
            2,
            "a sheet without tokens has none to set: {plain}"
        );
    }

    #[test]
    fn an_old_name_is_told_with_the_new_one() {
        let mut diagnostics = Diagnostics::new();
        let settings = "[tokens]\nformer-ink = \"#222\"\n";
        set(SHEET, &"theme.toml".into(), settings, &mut diagnostics);
        let said: Vec<&str> = diagnostics.iter().map(|found| found.message.en.as_str()).collect();
        assert_eq!(said, ["there is no token `former-ink`"]);
        let help = diagnostics.iter().next().and_then(|found| found.help.clone());
        let help = help.expect("it says the new name").en;
        assert_eq!(help, "since Kawaraban 0.1 its name is `ink`; write that instead");
    }

    #[test]
    fn a_value_stays_within_its_declaration() {
        for good in ["#0b6e4f", "clamp(1rem, 2vw, 3rem)", "\"Noto; Serif\", serif", "0"] {
            assert!(is_value(good), "{good}");
        }
        for bad in ["red; color: blue", "red}", "(1", "1)", "\"a", "/*", "a\nb", "\\3b"] {
            assert!(!is_value(bad), "{bad}");
        }
    }
}
