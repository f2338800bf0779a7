//! Every path of the output is spelt in `src/site/file_paths.rs` and nowhere else.

use crate::sources::{source_files, without_tests};

/// Folders of the output, and of pages in it.
const FOLDERS: [&str; 16] = [
    "accessibility",
    "charts",
    "compare",
    "data",
    "departments",
    "measures",
    "missed",
    "policies",
    "ratings",
    "rows",
    "schemas",
    "search",
    "tables",
    "topics",
    "versions",
    "years",
];

/// Pages and files at the root of the output.
const FILES: [&str; 15] = [
    "index.html",
    "search.html",
    "404.html",
    "accessibility.html",
    "catalog.json",
    "catalog.jsonld",
    "feed.xml",
    "manifest.json",
    "openapi.json",
    "opendata-list.csv",
    "opensearch.xml",
    "robots.txt",
    "sitemap.xml",
    "datapackage.json",
    "csv-metadata.json",
];

/// Where such a literal is something else, by file and text, and what it is.
const SOMETHING_ELSE: [(&str, &str, &str); 14] = [
    ("src/catalog/csvw.rs", "csv-metadata.json", "a member of the ZIP"),
    ("src/catalog/site_bundle.rs", "datapackage.json", "a member of the ZIP"),
    ("src/config.rs", "index.html", "what hosts show for a folder, which addresses leave out"),
    ("src/html.rs", "404.html", "a template"),
    ("src/html.rs", "accessibility.html", "a template"),
    ("src/html.rs", "search.html", "a template"),
    ("src/publish/manifest.rs", "manifest.json", "re-exported by `site::file_paths`"),
    ("src/serve/files.rs", "{path}/index.html", "what hosts show for a folder"),
    ("src/serve/files.rs", "{path}index.html", "what hosts show for a folder"),
    ("src/theme/addresses.rs", "search.html", "a template"),
    ("src/theme/clients.rs", "search/embed.js", "below the folder of the assets"),
    ("src/theme/clients.rs", "search/kawaraban-search.js", "below the folder of the assets"),
    (
        "src/theme/clients.rs",
        "search/kawaraban-search-complete.js",
        "below the folder of the assets",
    ),
    ("src/theme/clients.rs", "search/kawaraban-search-more.js", "below the folder of the assets"),
];

#[test]
fn every_path_of_the_output_is_spelt_once() {
    let mut faults = Vec::new();
    for file in source_files() {
        if file.path == "src/site/file_paths.rs" {
            continue;
        }
        for (number, line) in without_tests(&file.lines).iter().enumerate() {
            let code = line.trim_start();
            if code.starts_with("//") {
                continue;
            }
            for literal in literals(code) {
                let known =
                    |&&(path, text, _): &&(&str, &str, &str)| file.path == path && literal == text;
                if is_output_path(literal) && !SOMETHING_ELSE.iter().any(|known_| known(&known_)) {
                    faults.push(format!("{}:{}: \"{literal}\"", file.path, number + 1));
                }
            }
        }
    }
    assert!(
        faults.is_empty(),
        "paths that `site::file_paths` or `PageKind::key` is to be asked for:\n{}",
        faults.join("\n")
    );
}

#[test]
fn paths_are_told_from_other_texts() {
    for path in
        ["measures/{}.html", "data/index.html", "search/manifest.json", "index.html", "{}.html"]
    {
        assert!(is_output_path(path), "{path}");
    }
    for text in ["policies/", "measure.html", "content/departments.csv", "data", "a {}.html b"] {
        assert!(!is_output_path(text), "{text}");
    }
    assert_eq!(literals(r#"f("a", 'x', "b \" c")"#), ["a", "b \\\" c"]);
}

/// The texts between quotes of a line of code.
fn literals(code: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = None;
    let mut escaped = false;
    for (place, c) in code.char_indices() {
        match (start, c) {
            _ if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(from), '"') => {
                found.push(&code[from..place]);
                start = None;
            }
            (None, '"') if !code[..place].ends_with('\'') => start = Some(place + 1),
            _ => {}
        }
    }
    found
}

/// Is `text` a path of the output, or the pattern of one?
fn is_output_path(text: &str) -> bool {
    if text.contains(char::is_whitespace) || FILES.contains(&text) {
        return FILES.contains(&text);
    }
    let is_file = text.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let folder = text.split('/').next().unwrap_or_default();
    let below = text.contains('/') && FOLDERS.contains(&folder) && is_file;
    below || (text.starts_with('{') && text.ends_with(".html"))
}
