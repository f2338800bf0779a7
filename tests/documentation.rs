//! What can be checked of the **documentation**: links and paths lead somewhere, commands and flags
//! exist, lines are short enough to be read, Japanese is polite, and the list of messages is that
//! of the product. `KAWARABAN_BLESS=1 cargo test --release --all-features --test documentation`
//! writes this list anew from `diagnostic::ALL`, the cases of `tests/errors`, and the reasons in
//! `tests/errors/rules.toml`.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read and write what belongs to the repository"
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use kawaraban::diagnostic::{ALL, Code, Severity};
use support::markdown::{self, Document};
use support::root;

/// Lines of the README, so that it can be read in a minute.
const README_LINES: usize = 120;

/// Lists that a test writes or compares line by line; their lines are as long as what they list.
const LISTS: [&str; 2] = ["docs/en/diagnostics.md", "docs/ja/diagnostics.md"];

/// From here on, docs/en/theme.md is a list too (`tests/themes.rs`).
const LIST_MARKER: &str = "<!-- From here on";

#[test]
fn the_list_of_messages_is_that_of_the_product() {
    let bless = std::env::var_os("KAWARABAN_BLESS").is_some();
    assert!(!(bless && std::env::var_os("CI").is_some()), "nothing is blessed in CI");
    let reasons = fs::read_to_string(root().join("tests/errors/rules.toml")).expect("the reasons");
    let reasons: toml::Table = reasons.parse().expect("the reasons are TOML");
    let ids: BTreeSet<&str> = ALL.iter().map(|code| code.id).collect();
    assert_eq!(ids, reasons.keys().map(String::as_str).collect::<BTreeSet<_>>());
    for language in ["en", "ja"] {
        let path = root().join(format!("docs/{language}/diagnostics.md"));
        let list = list(language, &reasons);
        if bless {
            fs::write(&path, &list).expect("the documentation can be written");
        }
        let written = fs::read_to_string(&path).unwrap_or_default();
        assert!(written == list, "docs/{language}/diagnostics.md is not up to date");
    }
}

#[test]
fn every_link_leads_to_a_file_and_a_heading() {
    let documents = documents();
    let mut broken = Vec::new();
    let mut links = 0;
    for (path, document) in &documents {
        for target in document.links.iter().filter(|target| is_within_the_repository(target)) {
            links += 1;
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let folder = Path::new(path).parent().expect("a document lies in a folder");
            let file = if file.is_empty() { path.clone() } else { joined(folder, file) };
            let found = match documents.get(&file) {
                Some(document) => anchor.is_empty() || document.anchors.iter().any(|a| a == anchor),
                None => root().join(&file).exists(),
            };
            if !found {
                broken.push(format!("{path}: {target}"));
            }
        }
    }
    assert!(links > 30, "only {links} links were found");
    assert!(broken.is_empty(), "links lead nowhere:\n{}", broken.join("\n"));
}

#[test]
fn every_path_in_the_repository_exists() {
    const FOLDERS: [&str; 9] = [
        "src/",
        "deploy/",
        "tests/",
        "benches/",
        "docs/",
        "themes/default/",
        ".ci/",
        ".github/",
        "content/",
    ];
    let mut missing = Vec::new();
    let mut paths = 0;
    for (document, read) in documents() {
        // The guides speak of the content and themes of a site, not of this repository.
        if document.starts_with("docs/") {
            continue;
        }
        for code in &read.code {
            let is_path = FOLDERS.iter().any(|folder| code.starts_with(folder));
            if is_path && !code.contains([' ', '<', '*', '…']) {
                paths += 1;
                let path = code.split("::").next().unwrap_or_default();
                if !root().join(path).exists() {
                    missing.push(format!("{document}: `{code}`"));
                }
            }
        }
    }
    assert!(paths > 10, "only {paths} paths were found");
    assert!(missing.is_empty(), "paths that do not exist:\n{}", missing.join("\n"));
}

#[test]
fn every_command_and_flag_exists() {
    let flags = flags_of_commands();
    let every_flag: BTreeSet<&String> = flags.values().flatten().collect();
    // CONTRIBUTING.md speaks of cargo's flag.
    const OF_CARGO: [&str; 2] = ["--release", "--all-features"];
    let mut unknown = Vec::new();
    let mut commands = 0;
    for (path, document) in documents() {
        let shell = document.fenced.iter().filter(|(language, _)| language == "sh");
        let lines = shell.map(|(_, line)| line.split(" # ").next().unwrap_or_default());
        for line in lines.chain(document.code.iter().map(String::as_str)) {
            let mut words = line.split_whitespace();
            let known = match words.next() {
                Some("kawaraban") => {
                    commands += 1;
                    match words.next() {
                        None => true,
                        Some(name) if name.starts_with('-') => {
                            matches!(name, "--version" | "--help")
                        }
                        Some(name) => flags.get(name).is_some_and(|flags| {
                            words
                                .filter(|word| word.starts_with("--"))
                                .all(|flag| flags.contains(flag))
                        }),
                    }
                }
                Some(flag)
                    if flag.starts_with("--") && flag.len() > 2 && path != "ARCHITECTURE.md" =>
                {
                    OF_CARGO.contains(&flag) || every_flag.contains(&flag.to_owned())
                }
                _ => true,
            };
            if !known {
                unknown.push(format!("{path}: {line}"));
            }
        }
    }
    assert!(commands > 30, "only {commands} commands were found");
    assert!(unknown.is_empty(), "commands or flags that do not exist:\n{}", unknown.join("\n"));
}

#[test]
fn documents_are_not_too_long_or_wide() {
    let readme = fs::read_to_string(root().join("README.md")).expect("the README is there");
    let lines = readme.lines().count();
    assert!(lines <= README_LINES, "README.md has {lines} lines; at most {README_LINES}");
    let mut wide = Vec::new();
    for (path, document) in documents().into_iter().filter(|(p, _)| !LISTS.contains(&p.as_str())) {
        let text = fs::read_to_string(root().join(&path)).expect("a document can be read");
        let ends =
            text.lines().position(|line| line.starts_with(LIST_MARKER)).unwrap_or(usize::MAX);
        let lines = document.wide.iter().filter(|line| **line <= ends);
        wide.extend(lines.map(|line| format!("{path}:{line}")));
    }
    let widest = markdown::WIDEST;
    assert!(wide.is_empty(), "lines of more than {widest} columns:\n{}", wide.join("\n"));
}

#[test]
fn japanese_guides_are_polite() {
    const ENDINGS: [&str; 5] = ["です", "ます", "ません", "ました", "ください"];
    let mut plain = Vec::new();
    let mut sentences = 0;
    let documents = documents();
    let guides = documents.iter().filter(|(path, _)| path.starts_with("docs/ja/"));
    for (path, document) in guides.filter(|(path, _)| !LISTS.contains(&path.as_str())) {
        for sentence in document.prose.iter().flat_map(|paragraph| sentences_of(paragraph)) {
            let end = sentence.as_str();
            sentences += 1;
            // 「id 施策ID、title 施策名。」 is a list and no sentence.
            let lists_words = !end.contains(['は', 'を', 'が', 'に', 'で']);
            if !lists_words && !ENDINGS.iter().any(|ending| end.ends_with(ending)) {
                plain.push(format!("{path}: {sentence}。"));
            }
        }
    }
    assert!(sentences > 100, "only {sentences} sentences were found");
    assert!(plain.is_empty(), "sentences that are not です・ます:\n{}", plain.join("\n"));
}

/// The sentences of a paragraph without their 。 and without what they say in parentheses.
fn sentences_of(paragraph: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut depth = 0;
    for c in paragraph.chars().filter(|c| *c != '\n') {
        match c {
            '（' => depth += 1,
            '）' => depth -= 1,
            c if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    let (complete, _) = plain.rsplit_once('。').unwrap_or_default();
    complete.split('。').map(|sentence| sentence.trim().to_owned()).collect()
}

#[test]
fn english_documents_avoid_what_has_been_reworded() {
    // Each was once written here, and a reader stumbled over it.
    const REWORDED: [&str; 6] = [
        "mend",
        "that there is not",
        "slip of the pen",
        "has not the",
        "taken home",
        "the dearest",
    ];
    let mut found = Vec::new();
    for (path, document) in documents().into_iter().filter(|(path, _)| !path.contains("/ja/")) {
        for paragraph in document.prose.iter().filter(|_| !LISTS.contains(&path.as_str())) {
            let words = format!(" {} ", paragraph.replace('\n', " "));
            let phrases = REWORDED.iter().filter(|phrase| words.contains(&format!(" {phrase} ")));
            found.extend(phrases.map(|phrase| format!("{path}: “{phrase}” in “{paragraph}”")));
        }
    }
    assert!(found.is_empty(), "say it more plainly:\n{}", found.join("\n"));
}

/// The whole list, as Markdown.
fn list(language: &str, reasons: &toml::Table) -> String {
    let ja = language == "ja";
    let mut text = String::from(match ja {
        true => {
            "# メッセージの一覧\n\n内容に誤りがあると、`kawaraban` はすべての誤りを、場所と直し方を添えて表示します。このページでは、\n種類ごとに、意味、理由、実際の表示、誤りの例と正しい例を示します。「規則」は、\n「行政データにおける機械可読性に関するルール」の番号です。`kawaraban explain` でも、\n同じ説明を表示できます。\n"
        }
        false => {
            "# Messages\n\nIf there are errors in the content, `kawaraban` reports all of them, each with its place and how to correct\nit. This page lists every kind of message with its meaning, the reason for it, and a wrong and a right example;\n`kawaraban explain` prints the same in a terminal. Rules are those of the Japanese\ngovernment's rules for machine-readable administrative data (行政データにおける機械可読性に関するルール).\n"
        }
    });
    let mut module = "";
    for code in ALL {
        let (own, _) = code.id.split_once("::").expect("an id names its module");
        if own != module {
            module = own;
            text.push_str(&format!("\n## {own}\n"));
        }
        text.push_str(&entry(code, &reasons[code.id], ja));
    }
    text
}

fn entry(code: &Code, reasons: &toml::Value, ja: bool) -> String {
    let severity = match (code.severity, ja) {
        (Severity::Error, true) => "エラー",
        (Severity::Error, false) => "Error",
        (Severity::Warning, true) => "警告",
        (Severity::Warning, false) => "Warning",
        (Severity::Notice, true) => "お知らせ",
        (Severity::Notice, false) => "Note",
    };
    let (colon, stop, label) = if ja { ("：", "。", "規則") } else { (": ", ".", "Rule") };
    let meaning = if ja { code.ja } else { code.en };
    let rule = code.rule.map(|rule| match ja {
        true => format!("{label} {rule}。"),
        false => format!(" {label} {rule}."),
    });
    let [language, why, changes, right] = match ja {
        true => ["ja", "理由", "誤り（-）と正しい例（+）", "正しい例"],
        false => ["en", "Why", "Wrong (-) and right (+)", "Right"],
    };
    let mut text = format!(
        "\n### {}\n\n{severity}{colon}{meaning}{stop}{}\n\n{why}{colon}{}\n",
        code.id,
        rule.unwrap_or_default(),
        reasons[language].as_str().expect("a reason is a text"),
    );
    let case = root().join("tests/errors/cases").join(code.id.replace("::", "/"));
    if let Ok(said) = fs::read_to_string(case.join(format!("{language}.txt"))) {
        // One text is enough; the others of the case and the last line say nothing new.
        let first = said.split("\n\n").next().unwrap_or_default();
        text.push_str(&format!("\n```\n{}\n```\n", first.trim_end()));
    }
    match fs::read_to_string(case.join("right.diff")) {
        Ok(lines) => {
            let colon = colon.trim_end();
            text.push_str(&format!("\n{changes}{colon}\n\n```diff\n{}\n```\n", lines.trim_end()));
        }
        Err(_) => {
            let said = reasons[&format!("right_{language}")].as_str().expect("a right example");
            text.push_str(&format!("\n{right}{colon}{said}\n"));
        }
    }
    text
}

fn is_within_the_repository(target: &str) -> bool {
    !target.contains("://") && !target.starts_with("mailto:")
}

/// `path` below `folder`, with its `..` resolved.
fn joined(folder: &Path, path: &str) -> String {
    let mut parts: Vec<&str> = folder.to_str().expect("paths are ASCII").split('/').collect();
    parts.retain(|part| !part.is_empty());
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The commands of the binary, each with its long flags.
fn flags_of_commands() -> BTreeMap<String, BTreeSet<String>> {
    let help = |command: &[&str]| {
        let (_, help, _) = support::run(command.iter().chain(&["--help", "--lang", "en"]));
        help
    };
    let below = |help: &str| -> Vec<String> {
        let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
        let names = listed.map_while(|line| line.split_whitespace().next());
        names.filter(|name| *name != "help").map(str::to_owned).collect()
    };
    let flags = |name: &str| {
        let mut all = help(&[name]);
        for command in below(&all) {
            all.push_str(&help(&[name, &command]));
        }
        let words = all.split([' ', ',', '\n']).filter(|word| word.starts_with("--"));
        words.map(str::to_owned).collect()
    };
    below(&help(&[])).into_iter().map(|name| (name.clone(), flags(&name))).collect()
}

/// Every Markdown document by its path in the repository.
fn documents() -> BTreeMap<String, Document> {
    let in_docs = walkdir::WalkDir::new(root().join("docs")).into_iter();
    let in_docs = in_docs.map(|entry| entry.expect("the folder can be read").into_path());
    let paths = fs::read_dir(root()).expect("the repository can be read");
    let paths = paths.map(|entry| entry.expect("the repository can be read").path());
    let documents = paths.chain(in_docs).filter(|path| path.extension().is_some_and(|e| e == "md"));
    documents
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a document can be read");
            let path: PathBuf = path.strip_prefix(root()).expect("it lies below").into();
            let path = path.to_str().expect("names are ASCII").replace('\\', "/");
            (path, markdown::read(&text))
        })
        .collect()
}
