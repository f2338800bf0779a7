//! The documentation holds what it promises: every link leads to a file, and the list of messages is
//! that of the product. `KAWARABAN_BLESS=1 cargo test --test documentation` writes the list anew from
//! `diagnostic::ALL` and the cases of `tests/errors`.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read and write what belongs to the repository"
)]

use std::fs;
use std::path::{Path, PathBuf};

use kawaraban::diagnostic::{ALL, Code, Severity};

#[test]
fn the_list_of_messages_is_that_of_the_product() {
    let bless = std::env::var_os("KAWARABAN_BLESS").is_some();
    assert!(!(bless && std::env::var_os("CI").is_some()), "nothing is blessed in CI");
    for language in ["en", "ja"] {
        let path = root().join(format!("docs/{language}/diagnostics.md"));
        let list = list(language);
        if bless {
            fs::write(&path, &list).expect("the documentation can be written");
        }
        let written = fs::read_to_string(&path).unwrap_or_default();
        assert!(written == list, "docs/{language}/diagnostics.md is not up to date");
    }
}

#[test]
fn every_link_leads_to_a_file() {
    let mut broken = Vec::new();
    let mut links = 0;
    for document in documents() {
        let text = fs::read_to_string(&document).expect("a document can be read");
        for target in targets(&text) {
            links += 1;
            let folder = document.parent().expect("a file lies in a folder");
            if !folder.join(target.split('#').next().unwrap_or_default()).exists() {
                broken.push(format!("{}: {target}", document.display()));
            }
        }
    }
    assert!(links > 10, "only {links} links were found");
    assert!(broken.is_empty(), "links lead nowhere:\n{}", broken.join("\n"));
}

/// The whole list, as Markdown.
fn list(language: &str) -> String {
    let ja = language == "ja";
    let mut text = String::from(match ja {
        true => {
            "# メッセージの一覧\n\n内容に誤りがあると、`kawaraban` はすべての誤りを、場所と直し方を添えて表示します。このページでは、\n種類ごとに、意味と実際の表示の例を示します。「規則」は、「行政データにおける機械可読性に関するルール」の\n番号です。\n"
        }
        false => {
            "# Messages\n\nIf there are errors in the content, `kawaraban` reports all of them, each with its place and how to correct\nit. This page lists every kind of message with its meaning and an example. Rules are those of the Japanese\ngovernment's rules for machine-readable administrative data (行政データにおける機械可読性に関するルール).\n"
        }
    });
    let mut module = "";
    for code in ALL {
        let (own, _) = code.id.split_once("::").expect("an id names its module");
        if own != module {
            module = own;
            text.push_str(&format!("\n## {own}\n"));
        }
        text.push_str(&entry(code, ja));
    }
    text
}

fn entry(code: &Code, ja: bool) -> String {
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
    let mut text = format!(
        "\n### {}\n\n{severity}{colon}{meaning}{stop}{}\n",
        code.id,
        rule.unwrap_or_default()
    );
    let file = if ja { "ja.txt" } else { "en.txt" };
    let case = root().join("tests/errors/cases").join(code.id.replace("::", "/")).join(file);
    if let Ok(said) = fs::read_to_string(case) {
        // One text is enough; the others of the case and the last line say nothing new.
        let first = said.split("\n\n").next().unwrap_or_default();
        text.push_str(&format!("\n```\n{}\n```\n", first.trim_end()));
    }
    text
}

/// Targets of inline links within the repository.
fn targets(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).filter(|target| {
        !target.contains("://") && !target.starts_with('#') && !target.starts_with("mailto:")
    })
}

fn documents() -> Vec<PathBuf> {
    let names = ["README.md", "ARCHITECTURE.md", "CHANGELOG.md"];
    let mut documents: Vec<PathBuf> = names.iter().map(|name| root().join(name)).collect();
    for entry in walkdir::WalkDir::new(root().join("docs")).sort_by_file_name() {
        let path = entry.expect("the folder can be read").into_path();
        if path.extension().is_some_and(|end| end == "md") {
            documents.push(path);
        }
    }
    documents
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
