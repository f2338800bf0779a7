//! The files of `src/`, as the tests of this folder read them.

use std::fs;
use std::path::{Path, PathBuf};

/// A file of `src/`.
pub struct SourceFile {
    /// Relative to the crate: `src/table/csv.rs`.
    pub path: String,
    /// The module of the first level that it belongs to: `table`.
    pub module: String,
    /// How many `super`s lead out of that module: 1 for `src/table.rs`, 2 for `src/table/csv.rs`.
    pub supers_to_root: usize,
    pub lines: Vec<String>,
}

/// Every file of `src/` but `lib.rs`, in the order of their paths.
pub fn source_files() -> Vec<SourceFile> {
    let mut paths = Vec::new();
    collect(Path::new("src"), &mut paths);
    paths.sort();
    paths.iter().filter(|path| !path.ends_with("lib.rs")).map(|path| read(path)).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("src/ can be listed") {
        let path = entry.expect("src/ can be listed").path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

fn read(path: &Path) -> SourceFile {
    let text = fs::read_to_string(path).expect("a source file is UTF-8");
    let below: Vec<String> = path
        .with_extension("")
        .iter()
        .skip(1)
        .map(|part| part.to_str().expect("names in src/ are ASCII").to_owned())
        .collect();
    SourceFile {
        path: path.to_str().expect("names in src/ are ASCII").to_owned(),
        module: below[0].clone(),
        supers_to_root: below.len(),
        lines: text.lines().map(str::to_owned).collect(),
    }
}

/// Lines before the unit tests, which stand at the end of a file.
pub fn without_tests(lines: &[String]) -> &[String] {
    let opens_tests = |pair: &[String]| pair[0] == "#[cfg(test)]" && pair[1].starts_with("mod ");
    match lines.windows(2).position(opens_tests) {
        Some(at) => &lines[..at],
        None => lines,
    }
}
