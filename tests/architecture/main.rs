//! Holds `src/` to the table of layers in `ARCHITECTURE.md`: a module imports from lower layers
//! only, opens by defining its word, and stays short enough to be read at one sitting.

#![allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]

mod circles;
mod constants;
mod pages;
mod paths;
mod sources;

use std::collections::BTreeMap;
use std::fs;

use unicode_width::UnicodeWidthStr as _;

use sources::{SourceFile, source_files, without_tests};

/// At most this many lines, tests not counted.
const LONGEST: usize = 500;

/// At most this many columns, in comments of `src/`.
const WIDEST_COMMENT: usize = 100;

/// At most this many columns, in templates, scripts and style sheets.
const WIDEST_OF_THEMES: usize = 120;

/// Layer of each module, by the module's name.
type Layers = BTreeMap<String, u32>;

#[test]
fn every_module_has_its_layer_and_every_layer_its_modules() {
    let layers = layers();
    let mut named: Vec<&str> = layers.keys().map(String::as_str).collect();
    named.retain(|&name| name != "main");
    let library = fs::read_to_string("src/lib.rs").expect("src/lib.rs is there");
    let mut declared: Vec<&str> = library
        .lines()
        .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod "))
        .map(|rest| rest.trim_end_matches(';'))
        .collect();
    declared.sort_unstable();
    assert_eq!(declared, named, "the modules of src/lib.rs and of the table in ARCHITECTURE.md");
}

#[test]
fn the_captions_of_the_library_are_those_of_the_table() {
    let layers = layers();
    let library = fs::read_to_string("src/lib.rs").expect("src/lib.rs is there");
    let mut caption = None;
    let mut checked = 0;
    for line in library.lines() {
        if let Some(rest) = line.strip_prefix("// Layer ") {
            caption = rest.split(':').next().and_then(|number| number.parse::<u32>().ok());
        } else if let Some(rest) = line.strip_prefix("pub mod ") {
            let module = rest.trim_end_matches(';');
            assert_eq!(layers.get(module).copied(), caption, "the caption above `{module}`");
            checked += 1;
        }
    }
    assert_eq!(checked + 1, layers.len(), "every module but `main` stands below a caption");
}

#[test]
fn a_name_of_a_type_stands_for_one_thing() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in source_files() {
        for (number, line) in without_tests(&file.lines).iter().enumerate() {
            if let Some(name) = defined_type(line) {
                places.entry(name).or_default().push(format!("{}:{}", file.path, number + 1));
            }
        }
    }
    assert!(places.len() > 400, "only {} types were found", places.len());
    let twice: Vec<String> = places
        .iter()
        .filter(|(_, places)| places.len() > 1)
        .map(|(name, places)| format!("{name}: {}", places.join(", ")))
        .collect();
    assert!(twice.is_empty(), "names that stand for several types:\n{}", twice.join("\n"));
}

/// The type, trait or alias that a line at the left margin, or within a function, defines. An alias
/// within a trait or its implementation is named by the trait.
fn defined_type(line: &str) -> Option<String> {
    let mut rest = line.trim_start();
    if let Some(public) = rest.strip_prefix("pub") {
        let scope = public.strip_prefix('(').and_then(|scope| scope.split_once(')'));
        rest = scope.map_or(public, |(_, after)| after).trim_start();
    }
    let (word, rest) = rest.split_once(' ')?;
    let name = identifier(rest);
    let of_a_trait = word == "type" && matches!(name.as_str(), "Item" | "Error" | "Err" | "Output");
    (matches!(word, "struct" | "enum" | "trait" | "type") && !of_a_trait && !name.is_empty())
        .then_some(name)
}

#[test]
fn imports_go_to_a_lower_layer() {
    let layers = layers();
    let files = source_files();
    let macros = exported_macros(&files);
    let mut faults = Vec::new();
    for file in &files {
        let own = *layers.get(&file.module).expect("the test above has found its layer");
        for (number, target) in imports(file) {
            let home = macros.get(&target).unwrap_or(&target);
            if *home == file.module {
                continue;
            }
            let place = format!("{}:{number}", file.path);
            match layers.get(home) {
                Some(&layer) if layer < own => {}
                Some(&layer) => faults.push(format!(
                    "{place}: `{}` (layer {own}) imports `{home}` (layer {layer})",
                    file.module
                )),
                None => faults.push(format!("{place}: `{target}` is no module of the table")),
            }
        }
    }
    assert!(faults.is_empty(), "imports must go to a lower layer:\n{}", faults.join("\n"));
}

#[test]
fn every_file_opens_by_defining_its_word() {
    let without: Vec<String> = source_files()
        .into_iter()
        .filter(|file| !file.lines.first().is_some_and(|line| line.starts_with("//!")))
        .map(|file| file.path)
        .collect();
    assert!(without.is_empty(), "files that do not begin with `//!`: {}", without.join(", "));
}

#[test]
fn no_file_is_too_long() {
    let long: Vec<String> = source_files()
        .iter()
        .filter(|file| !file.path.ends_with("tests.rs"))
        .map(|file| (file, without_tests(&file.lines).len()))
        .filter(|(_, length)| *length > LONGEST)
        .map(|(file, length)| format!("{} ({length})", file.path))
        .collect();
    assert!(long.is_empty(), "files of more than {LONGEST} lines: {}", long.join(", "));
}

#[test]
fn comments_are_not_too_wide() {
    let mut wide = Vec::new();
    for file in source_files() {
        for (number, line) in file.lines.iter().enumerate() {
            if line.trim_start().starts_with("//") && line.width() > WIDEST_COMMENT {
                wide.push(format!("{}:{}", file.path, number + 1));
            }
        }
    }
    assert!(wide.is_empty(), "comments of more than {WIDEST_COMMENT} columns: {}", wide.join(", "));
}

#[test]
fn what_vendors_read_is_not_too_wide() {
    let mut wide = Vec::new();
    let mut files = 0;
    for entry in walkdir::WalkDir::new("themes").sort_by_file_name() {
        let entry = entry.expect("themes/ can be listed");
        let path = entry.path();
        let extension = path.extension().and_then(|extension| extension.to_str());
        if !matches!(extension, Some("html" | "js" | "css")) {
            continue;
        }
        files += 1;
        let text = fs::read_to_string(path).expect("a file of a theme is UTF-8");
        let lines = text.lines().enumerate().filter(|(_, line)| line.width() > WIDEST_OF_THEMES);
        wide.extend(lines.map(|(number, _)| format!("{}:{}", path.display(), number + 1)));
    }
    assert!(files > 60, "only {files} files were found");
    assert!(wide.is_empty(), "more than {WIDEST_OF_THEMES} columns: {}", wide.join(", "));
}

#[test]
fn imports_are_found_however_they_are_written() {
    let file = SourceFile {
        path: "src/table/csv.rs".to_owned(),
        module: "table".to_owned(),
        supers_to_root: 2,
        lines: [
            "//! [`crate::html`] in a comment does not count.",
            "use crate::diagnostic::Place;",
            "use crate::{source, text::{Id, nearest}};",
            "use super::super::config::Config;",
            "use super::Grid;",
            "let x = crate::report::render(); // crate::serve",
            "pub(crate) fn f() {}",
            "#[cfg(test)]",
            "mod tests {",
            "    use crate::pipeline;",
        ]
        .map(str::to_owned)
        .to_vec(),
    };
    let found: Vec<String> = imports(&file).into_iter().map(|(_, target)| target).collect();
    assert_eq!(found, ["diagnostic", "source", "text", "config", "report"]);
}

/// The table: rows `| 5 | `site`, `other` | … |`.
fn layers() -> Layers {
    let text = fs::read_to_string("ARCHITECTURE.md").expect("ARCHITECTURE.md is there");
    let mut layers = Layers::new();
    for line in text.lines() {
        let mut cells = line.split('|').map(str::trim).skip(1);
        let Some(layer) = cells.next().and_then(|cell| cell.parse().ok()) else { continue };
        for name in cells.next().unwrap_or_default().split('`').skip(1).step_by(2) {
            let twice = layers.insert(name.to_owned(), layer);
            assert!(twice.is_none(), "`{name}` stands in two layers");
        }
    }
    assert!(layers.len() > 10, "the table of layers could not be read");
    layers
}

/// Modules of the first level that a file names, each with the number of its line.
fn imports(file: &SourceFile) -> Vec<(usize, String)> {
    let code: Vec<&str> = without_tests(&file.lines)
        .iter()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect();
    let code = code.join("\n");
    let supers = "super::".repeat(file.supers_to_root);
    let mut found = Vec::new();
    for root in ["crate::", "kawaraban::", supers.as_str()] {
        for (at, _) in code.match_indices(root) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | ':')) {
                continue;
            }
            let line = code[..at].matches('\n').count() + 1;
            for target in first_segments(&code[at + root.len()..]) {
                found.push((line, target));
            }
        }
    }
    found.sort();
    found.sort_by_key(|(line, _)| *line);
    found
}

/// `a` for `a::b`; `a` and `b` for `{a::c, b::{d, e}}`.
fn first_segments(text: &str) -> Vec<String> {
    let Some(group) = text.strip_prefix('{') else { return vec![identifier(text)] };
    let mut segments = Vec::new();
    let (mut depth, mut item) = (1, String::new());
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 || (depth == 1 && c == ',') {
            segments.push(identifier(item.trim()));
            item.clear();
        } else {
            item.push(c);
        }
        if depth == 0 {
            break;
        }
    }
    segments.retain(|segment| !segment.is_empty());
    segments
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Macros that can be called by `crate::name!`, with the module in which each is written.
fn exported_macros(files: &[SourceFile]) -> BTreeMap<String, String> {
    let mut macros = BTreeMap::new();
    for file in files {
        for pair in file.lines.windows(2) {
            if let ("#[macro_export]", Some(rest)) =
                (pair[0].trim(), pair[1].trim().strip_prefix("macro_rules! "))
            {
                macros.insert(identifier(rest), file.module.clone());
            }
        }
    }
    macros
}
