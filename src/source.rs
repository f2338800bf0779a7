//! The **source** is the user's folder, read once: the only module that reads the disk.
//!
//! Paths are relative to the site's root, with `/`, in Unicode NFC; files come in the order of their
//! paths. Hidden files, editors' backups and lock files are nobody's content and are passed over.
//!
//! Not in here: what the files mean (`document`, `table`), and the output folder (`publish`).
#![allow(clippy::disallowed_methods, reason = "this is the one door by which files come in")]

mod decode;

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;
use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{self, Diagnostic, Diagnostics, Place};
use crate::message;

pub use decode::{Encoding, decode_table};

/// Every file of the site's folder that counts as content or theme.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

/// One file.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Path below the site's root, such as `content/site.toml`.
    pub path: Arc<str>,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// The folders of a site that hold something to be read.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// Reads everything below `content/` and `themes/` of `root`. What cannot be read is among
/// `diagnostics`.
pub fn read(root: &Path, diagnostics: &mut Diagnostics) -> Sources {
    if !root.join("content").is_dir() {
        let shown = root.display();
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::SOURCE_MISSING,
                Place::file("content"),
                message!(
                    ja: "`{shown}` に `content` フォルダーがない",
                    en: "there is no folder `content` in `{shown}`",
                ),
            )
            .with_help(message!(
                ja: "サイトのフォルダーを `--root` で指すか、`kawaraban new` で新しく作る",
                en: "point to the site's folder by `--root`, or make a new one by `kawaraban new`",
            )),
        );
        return Sources::default();
    }
    let mut found = Vec::new();
    for folder in FOLDERS {
        let folder = root.join(folder);
        if folder.is_dir() {
            walk(root, &folder, &mut found, diagnostics);
        }
    }
    let read: Vec<Result<SourceFile, Diagnostic>> =
        found.into_par_iter().map(|(path, entry)| read_file(path, entry.path())).collect();
    let mut sources = Sources::default();
    for file in read {
        match file {
            Ok(file) => sources.files.push(file),
            Err(problem) => diagnostics.push(problem),
        }
    }
    sources.files.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

impl Sources {
    /// Sources that are not on a disk, for tests and for the starter of `kawaraban new`.
    pub fn from_memory<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Self {
        let mut files: Vec<SourceFile> = files
            .into_iter()
            .map(|(path, bytes)| SourceFile { path: path.into(), bytes: bytes.into() })
            .collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { files }
    }

    /// The file at `path`.
    pub fn get(&self, path: &str) -> Option<&SourceFile> {
        let index = self.files.binary_search_by(|file| (*file.path).cmp(path)).ok()?;
        self.files.get(index)
    }

    /// The files whose path begins with `folder`, which ends in `/`.
    pub fn files_below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a SourceFile> {
        let start = self.files.partition_point(|file| *file.path < *folder);
        self.files[start..].iter().take_while(move |file| file.path.starts_with(folder))
    }

    /// All files.
    pub fn iter(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter()
    }
}

impl SourceFile {
    /// The text of a TOML or Markdown file, which must be UTF-8; a byte order mark is passed over.
    pub fn text(&self, diagnostics: &mut Diagnostics) -> Option<String> {
        match decode::utf8(&self.bytes) {
            Ok(text) => Some(text.to_owned()),
            Err(wrong) => {
                diagnostics.push(wrong.diagnostic(&self.path));
                None
            }
        }
    }

    /// The text as well as it can be had, for showing a line of it.
    pub fn text_to_show(&self) -> String {
        match decode::utf8(&self.bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => decode_table(&self.bytes).0,
        }
    }
}

fn walk(
    root: &Path,
    folder: &Path,
    found: &mut Vec<(String, DirEntry)>,
    diagnostics: &mut Diagnostics,
) {
    let walk = WalkDir::new(folder).follow_links(true).into_iter();
    for entry in walk.filter_entry(|entry| entry.depth() == 0 || !is_passed_over(entry)) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().map_or_else(|| folder.to_owned(), Path::to_owned);
                let reason = error.to_string();
                diagnostics.push(unreadable(&relative(root, &path).unwrap_or_default(), &reason));
                continue;
            }
        };
        if !entry.file_type().is_file() {
            continue;
        }
        if leaves_root(root, &entry) {
            let path = relative(root, entry.path()).unwrap_or_default();
            diagnostics
                .push(unreadable(&path, "a symbolic link that leads out of the site's folder"));
            continue;
        }
        match relative(root, entry.path()) {
            Some(path) => found.push((path, entry)),
            None => diagnostics.push(
                Diagnostic::new(
                    &diagnostic::SOURCE_NAME,
                    Place::file(entry.path().to_string_lossy().into_owned()),
                    message!(ja: "ファイル名がUnicodeでない", en: "the file's name is not Unicode"),
                )
                .with_help(message!(ja: "名前を付け直す", en: "give it another name")),
            ),
        }
    }
}

/// Content must not depend on what lies elsewhere on the machine.
fn leaves_root(root: &Path, entry: &DirEntry) -> bool {
    if !entry.path_is_symlink() {
        return false;
    }
    match (root.canonicalize(), entry.path().canonicalize()) {
        (Ok(root), Ok(target)) => !target.starts_with(root),
        _ => true,
    }
}

/// Path below the root with `/`, in NFC (macOS hands out NFD); `None` where it is not Unicode.
fn relative(root: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> =
        below.components().map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/").nfc().collect())
}

fn is_passed_over(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let lower = name.to_lowercase();
    // `.nojekyll` and `.well-known` are asked for by hosts and mean something in `static`.
    let wanted = matches!(lower.as_str(), ".nojekyll" | ".well-known");
    (name.starts_with('.') && !wanted)
        || name.starts_with("~$")
        || name.ends_with('~')
        || matches!(lower.as_str(), "thumbs.db" | "desktop.ini")
        || [".bak", ".swp", ".tmp"].iter().any(|ending| lower.ends_with(ending))
}

fn read_file(path: String, on_disk: &Path) -> Result<SourceFile, Diagnostic> {
    match std::fs::read(on_disk) {
        Ok(bytes) => Ok(SourceFile { path: path.into(), bytes: bytes.into() }),
        Err(error) => Err(unreadable(&path, &error.to_string())),
    }
}

fn unreadable(path: &str, reason: &str) -> Diagnostic {
    Diagnostic::new(
        &diagnostic::SOURCE_UNREADABLE,
        Place::file(path),
        message!(ja: "読み取れない（{reason}）", en: "it cannot be read: {reason}"),
    )
    .with_help(message!(
        ja: "ファイルがあるか、読み取りの権限があるか、ほかのプログラムが開いていないかを確かめる",
        en: "check that it exists, that you may read it, and that no other program has it open",
    ))
}

#[cfg(test)]
mod tests {
    use super::Sources;

    #[test]
    fn files_are_found_by_folder() {
        let sources = Sources::from_memory([
            ("content/pages/b.md", &b""[..]),
            ("content/pages/a.md", b""),
            ("content/pages-old/c.md", b""),
            ("content/site.toml", b"x"),
        ]);
        let below: Vec<&str> = sources.files_below("content/pages/").map(|f| &*f.path).collect();
        assert_eq!(below, ["content/pages/a.md", "content/pages/b.md"]);
        assert_eq!(sources.get("content/site.toml").map(|f| f.bytes.len()), Some(1));
        assert!(sources.get("content/none").is_none());
    }
}
