//! The **contract** with themes: a theme that changes every block, every token and every word finds
//! them on the pages, and a name that themes could rely on never vanishes without a successor.
//!
//! `tests/fixtures/theme-names.txt` lists every stable name that there has been. `KAWARABAN_BLESS=1`
//! adds new ones and never removes one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use kawaraban::diagnostic::Severity;
use kawaraban::{pipeline, theme};

use super::support::{copy, root, temporary};
use super::{BEGIN, EVERY, RENAMED, TOKENS, WORDS, blocks, rows, set_theme, tokens, words};

/// Marks around the key of a word, in front of its text.
const WORD: (char, char) = ('\u{4}', '\u{5}');

/// The value that the theme gives the token `name`: a colour where it has one for dark screens.
fn value(number: usize, kinds: &BTreeSet<String>, scheme: &str) -> String {
    match kinds.contains("light and dark") {
        true => format!("#{:06x}", number + if scheme == "dark" { 0xdd_0000 } else { 0x11_0000 }),
        false => format!("calc(1px * 1{number:03})"),
    }
}

#[test]
fn a_theme_changes_every_block_every_token_and_every_word() {
    let site = temporary();
    copy(&root().join("content"), &site.path().join("content"));
    let write = |path: &str, text: &str| {
        let path = site.path().join("themes/whole").join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
        fs::write(path, text).expect("a new file");
    };
    set_theme(site.path(), "whole");
    let mark = |template: &str, block: &str| format!("\u{2}{template} {block}\u{3}");
    for (template, blocks) in blocks().iter().filter(|(_, blocks)| !blocks.is_empty()) {
        let mut text = format!("{{% extends \"default/{template}\" %}}\n");
        for block in blocks {
            let mark = mark(template, block);
            let begin = format!("{{% block {block} %}}{mark}");
            writeln!(text, "{begin}{{{{ super() }}}}{{% endblock %}}").expect("a string takes all");
        }
        write(template, &text);
    }
    let tokens = tokens();
    let mut settings = String::new();
    for (table, scheme) in [("tokens", "light"), ("dark", "dark")] {
        writeln!(settings, "[{table}]").expect("a string takes all");
        for (number, (name, kinds)) in tokens.iter().enumerate() {
            if scheme == "light" || kinds.contains("light and dark") {
                let value = value(number, kinds, scheme);
                writeln!(settings, "{name} = \"{value}\"").expect("a string takes all");
            }
        }
    }
    write("theme.toml", &settings);
    let words = words();
    for (language, at) in [("ja", 0), ("en", 1)] {
        let line = |(key, texts): (&String, &BTreeSet<String>)| {
            let text = texts.iter().next().and_then(|both| both.split('\n').nth(at));
            // Escaped by TOML as by JSON.
            let marked = format!("{}{key}{}{}", WORD.0, WORD.1, text.expect("a text"));
            format!("{key} = {}\n", serde_json::json!(marked))
        };
        write(&format!("words/{language}.toml"), &words.iter().map(line).collect::<String>());
    }

    let built = pipeline::build(site.path(), &pipeline::BuildOptions::default(), &pipeline::Silent);
    let errors = built.diagnostics.iter().filter(|found| found.code.severity == Severity::Error);
    let said: Vec<_> = errors.map(|found| (&found.message.en, &found.place)).collect();
    assert!(said.is_empty(), "{said:#?}");
    let artifacts = built.artifacts.expect("the site is whole");
    let text =
        |body: &kawaraban::artifact::Body| String::from_utf8_lossy(&body.whole()).into_owned();
    let is_page = |path: &str| path.ends_with(".html");
    let pages: BTreeMap<&str, String> = (artifacts.iter())
        .filter(|artifact| is_page(&artifact.path))
        .map(|artifact| (artifact.path.as_str(), text(&artifact.body)))
        .collect();
    assert!(pages.len() > 300);

    // Tokens: each value once, in the style sheet that every page has.
    let is_sheet = |path: &str| path.starts_with("assets/") && path.ends_with("/site.css");
    let sheet = artifacts.iter().find(|artifact| is_sheet(&artifact.path)).expect("the sheet");
    let css = text(&sheet.body);
    for (number, (name, kinds)) in tokens.iter().enumerate() {
        for scheme in ["light", "dark"] {
            if scheme == "dark" && !kinds.contains("light and dark") {
                continue;
            }
            // As it is published: without needless spaces and without the last semicolon.
            let set = format!("--{name}:{}", value(number, kinds, scheme).replace(", ", ","));
            let ends = |end: &str| css.find(&format!("{set}{end}"));
            let at = ends(";")
                .or_else(|| ends("}"))
                .unwrap_or_else(|| panic!("{set} is not in the style sheet"));
            // What is declared later in the same block would win.
            let rest = css[at + set.len()..].split('}').next().unwrap_or_default();
            assert!(!rest.contains(&format!("--{name}:")), "{set} is declared again");
        }
    }
    for (path, page) in &pages {
        let link = format!("{}\">", sheet.path);
        assert!(page.contains(&link), "{path} has no link to {link}");
        // A chart in a frame of another site has the colours and fonts, but nothing around it.
        if path.contains("embed/") {
            continue;
        }
        // Blocks: what is added to the head, the footer and the places beside them is on each.
        for block in
            ["head", "brand", "navigation_entries", "footer", "body_end", "title", "header"]
        {
            assert!(page.contains(&mark("base.html", block)), "{block} is lost on {path}");
        }
    }

    // Words: those that the sample shows; the others must be named where they are used.
    let mut shown = BTreeSet::new();
    for artifact in &artifacts {
        let text = text(&artifact.body).replace("<wbr>", "");
        let text = text.replace("\\u0004", "\u{4}").replace("\\u0005", "\u{5}");
        let keys = text.split(WORD.0).skip(1).filter_map(|rest| rest.split(WORD.1).next());
        shown.extend(keys.filter(|key| words.contains_key(*key)).map(str::to_owned));
    }
    assert!(shown.len() > 400, "only {} words are shown", shown.len());
    let code = code();
    let unused: Vec<&String> =
        words.keys().filter(|key| !shown.contains(*key) && !is_named(&code, key)).collect();
    assert!(unused.is_empty(), "words that nothing uses: {unused:?}");
}

/// The texts that can use a word: templates, scripts and the program.
fn code() -> String {
    let mut code = String::new();
    for folder in ["themes/default", "src"] {
        for entry in walkdir::WalkDir::new(root().join(folder)) {
            let entry = entry.expect("the folder can be read");
            let end = entry.path().extension().and_then(|end| end.to_str()).unwrap_or_default();
            let is_table = entry.path().ends_with("src/theme/renamed.rs");
            if ["html", "js", "rs"].contains(&end) && !is_table {
                code.push_str(&fs::read_to_string(entry.path()).expect("a text"));
            }
        }
    }
    code
}

/// Is the word `key` named in `code`: as an attribute, as a text, or by its beginning, to which the
/// code adds the rest?
fn is_named(code: &str, key: &str) -> bool {
    let goes_on = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    let mut uses = code.match_indices("words.").map(|(at, found)| &code[at + found.len()..]);
    let is_attribute = uses.any(|rest| rest.strip_prefix(key).is_some_and(|rest| !goes_on(rest)));
    let begins = |at: usize| {
        let (before, _) = key.split_at(at + 1);
        [format!("\"{before}\" ~"), format!("\"{before}{{")].iter().any(|text| code.contains(text))
    };
    is_attribute
        || [format!("\"{key}\""), format!("'{key}'")].iter().any(|text| code.contains(text))
        || key.match_indices('_').any(|(at, _)| begins(at))
}

/// The names of the documentation that are stable, as `theme::renamed` is asked for them.
fn stable_names(document: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (section, name, _) in rows(document) {
        match section.as_str() {
            RENAMED => continue,
            WORDS => names.insert(format!("words.{name}")),
            TOKENS => names.insert(format!("tokens.{name}")),
            EVERY | "data" => names.insert(name),
            shape if shape.starts_with("shape: ") => {
                let field = name.split(['.', '[']).next().unwrap_or_default();
                names.insert(format!("shapes.{field}"))
            }
            template => names.insert(format!("{template} {name}")),
        };
    }
    let mut section = "";
    for line in document.lines() {
        section = line.strip_prefix("### ").unwrap_or(section);
        let Some(list) = line.strip_prefix("Blocks: ") else { continue };
        let template = if section == EVERY { "base.html" } else { section };
        let stable = list.split(". Internal").next().unwrap_or_default();
        let blocks = stable.split('`').skip(1).step_by(2);
        names.extend(blocks.map(|block| format!("blocks.{template}.{block}")));
    }
    names
}

#[test]
fn no_stable_name_vanishes_without_a_successor() {
    let bless = std::env::var_os("KAWARABAN_BLESS").is_some();
    let document = fs::read_to_string(root().join("docs/en/theme.md")).expect("a text");
    let (_, generated) = document.split_once(BEGIN).expect("the document has its mark");
    let now = stable_names(generated);
    let path = root().join("tests/fixtures/theme-names.txt");
    let known = fs::read_to_string(&path).unwrap_or_default();
    let mut known: BTreeSet<String> = known.lines().map(str::to_owned).collect();
    if bless {
        known.extend(now.iter().cloned());
        let text = known.iter().fold(String::new(), |text, name| text + name + "\n");
        fs::write(&path, text).expect("it can be written");
    }
    let unlisted: Vec<&String> = now.difference(&known).collect();
    assert!(unlisted.is_empty(), "KAWARABAN_BLESS=1 adds them: {unlisted:#?}");
    // What lies within something that was renamed went with it.
    let is_told = |name: &str| {
        let ends = name.char_indices().filter(|(_, c)| ['.', '['].contains(c)).map(|(at, _)| at);
        ends.chain([name.len()]).any(|end| theme::renamed(&name[..end]).is_some())
    };
    let lost: Vec<&String> = known.difference(&now).filter(|name| !is_told(name)).collect();
    assert!(lost.is_empty(), "src/theme/renamed.rs does not say what became of {lost:#?}");
    // An old name is no name, and its successor is one.
    for (old, new, since) in theme::RENAMED {
        assert!(!now.contains(*old), "{old} is there");
        assert_eq!(since.split('.').count(), 2, "{old}: {since}");
        let Some((template, _)) = old.split_once(' ') else { continue };
        let is_shape = |name: &str| {
            // Within a shape, which the list of the template only names.
            name.rsplit_once('.').is_some_and(|(_, field)| now.contains(&format!("shapes.{field}")))
        };
        let is_there = |new: &&str| {
            now.contains(*new) || now.contains(&format!("{template} {new}")) || is_shape(new)
        };
        assert!(new.as_ref().is_none_or(is_there), "{old}: {new:?} is not there");
    }
}
