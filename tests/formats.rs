//! A site chooses the formats of its downloads. It names no file that it does not have.
#![allow(clippy::disallowed_methods, reason = "a test writes the content as a clerk does")]

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use kawaraban::pipeline::{BuildOptions, Silent, build};

use support::{built_texts, copy, run, sound_site, temporary};

const SITE: &str = "https://data.city.mihon.example/";

/// The paths below `data/` of the addresses of the site in `text`.
fn addresses(text: &str) -> impl Iterator<Item = &str> {
    let data = |rest: &&str| rest.starts_with("data/");
    text.split(SITE).skip(1).filter(data).map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"/._-".contains(c));
        rest[..end.unwrap_or(rest.len())].trim_end_matches('.')
    })
}

/// The small site, whose settings have this list of `formats`.
fn site_with(formats: Option<&str>) -> tempfile::TempDir {
    let site = temporary();
    copy(&sound_site(), site.path());
    let settings = site.path().join("content/site.toml");
    let text = std::fs::read_to_string(&settings).expect("the settings");
    if let Some(formats) = formats {
        let data = format!("[data]\nformats = {formats}\n\n[publisher]");
        support::write(&settings, text.replace("[publisher]", &data));
    }
    site
}

fn built_paths(site: &Path) -> BTreeSet<String> {
    let built = build(site, &BuildOptions::default(), &Silent);
    built.artifacts.expect("the site is whole").into_iter().map(|file| file.path).collect()
}

#[test]
fn a_site_has_the_formats_that_it_wants_and_names_no_others() {
    const UNWANTED: [&str; 5] = [".excel.csv", ".xlsx", ".jsonl", ".parquet", ".zip"];
    let data = |paths: BTreeSet<String>| paths.into_iter().filter(|path| path.starts_with("data/"));
    let all: BTreeSet<String> = data(built_paths(site_with(None).path())).collect();
    let site = site_with(Some(r#"["csv", "json"]"#));
    let few: BTreeSet<String> = data(built_paths(site.path())).collect();
    for ending in UNWANTED {
        assert!(all.iter().any(|path| path.ends_with(ending)), "{ending}");
    }
    let is_wanted = |path: &String| !UNWANTED.iter().any(|ending| path.ends_with(ending));
    assert_eq!(few, all.into_iter().filter(is_wanted).collect());

    let (texts, _) = built_texts(site.path());
    let mut named = 0;
    for (path, text) in &texts {
        let is_file = |address: &&str| address.rsplit('/').next().is_some_and(|n| n.contains('.'));
        for address in addresses(text).filter(is_file) {
            assert!(few.contains(address), "{path} names {address}");
            named += 1;
        }
        for ending in UNWANTED {
            assert!(!text.contains(&format!("halls{ending}\"")), "{path} links to {ending}");
        }
    }
    assert!(named > 20, "{named} addresses");
}

#[test]
fn diff_counts_the_changes_of_rows_of_a_site_without_json_lines() {
    let site = site_with(Some(r#"["csv", "json"]"#));
    let out = site.path().join("public");
    let root = site.path().display().to_string();
    let (status, _, said) = run(["build", "--root", &root, "--out", &out.display().to_string()]);
    assert_eq!(status, 0, "{said}");
    let table = site.path().join("content/datasets/halls/halls.csv");
    let text = std::fs::read_to_string(&table).expect("a table");
    support::write(&table, text.replace("中央公民館,120", "中央公民館,130"));
    let (status, said, _) = run(["diff", "--root", &root, "--lang", "en"]);
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("rows: 0 added, 0 removed, 1 changed"), "{said}");
}
