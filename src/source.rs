//! The **source** is the user's folder, read once. This is the only module that reads the disk.
//!
//! Paths are relative to the site's root, with `/` and in Unicode NFC; files are sorted by path.
//! Hidden files, editors' backups and lock files are skipped.
//!
//! Not in here: what the files mean (`document`, `table`), and the output folder (`publish`).
#![allow(clippy::disallowed_methods, reason = "this is the one door by which files come in")]

mod decode;
mod limits;
mod readings;
mod stored;
mod walk;

use std::any::Any;
use std::borrow::Cow;
use std::io;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::artifact::Streamed;
use crate::diagnostic::{self, Diagnostic, Diagnostics, Place};
use crate::message;

pub use decode::{Encoding, decode_table};
pub use limits::{Ceiling, Limits};
pub use readings::KeptReadings;

/// All content and theme files of a site.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    /// Is nothing read, because it would be more than the limit for all files together?
    too_much: bool,
    /// What was read before, and the digest of the settings now.
    readings: Option<(KeptReadings, readings::SettingsDigest)>,
}

/// One file.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Path below the site's root, such as `content/site.toml`.
    pub path: Arc<str>,
    /// The file's bytes; of a large static file only the first ones.
    pub bytes: Arc<[u8]>,
    /// The whole of a large static file, which is not in memory.
    pub stored: Option<Streamed>,
    /// The limits of its size and contents.
    pub limits: Limits,
}

/// The folder whose files are published as they are.
const STATIC: &str = "content/static/";

/// The folders of a site that are read.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// Reads all files below `content/` and `themes/` of `root`. Files that cannot be read or are
/// larger than `limits` are reported in `diagnostics` and left out.
pub fn read(root: &Path, limits: Limits, diagnostics: &mut Diagnostics) -> Sources {
    if !root.join("content").is_dir() {
        let shown = root.display();
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::SOURCE_MISSING,
                Place::file("content"),
                message!(
                    ja: "「{shown}」に「content」フォルダーがありません",
                    en: "there is no `content` folder in `{shown}`",
                ),
            )
            .with_help(message!(
                ja: "「--root」でサイトのフォルダーを指定するか、「kawaraban new」で新しいサイトを作成してください",
                en: "name the site's folder with `--root`, or create a new site with `kawaraban new`",
            )),
        );
        return Sources::default();
    }
    let mut found = Vec::new();
    for folder in FOLDERS {
        if root.join(folder).is_dir() {
            found.extend(walk::files_below(root, folder, diagnostics));
        }
    }
    if let Some(problem) = walk::too_much(&found, limits) {
        diagnostics.push(problem);
        return Sources { too_much: true, ..Sources::default() };
    }
    let read: Vec<Result<SourceFile, Box<Diagnostic>>> =
        found.par_iter().map(|file| file.read(limits)).collect();
    let mut sources = Sources::default();
    for file in read {
        match file {
            Ok(file) => sources.files.push(file),
            Err(problem) => diagnostics.push(*problem),
        }
    }
    sources.files.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

/// The contents of a file that the settings name, by a path below `root` or an absolute path;
/// `Ok(None)` if there is no such file.
///
/// # Errors
///
/// Any I/O error, except that the file does not exist; [`io::ErrorKind::FileTooLarge`] where it is
/// larger than `ceiling`.
pub fn read_named(root: &Path, path: &str, ceiling: Ceiling) -> io::Result<Option<Arc<[u8]>>> {
    match read_regular(&root.join(path), Some(ceiling)) {
        Ok(bytes) => Ok(Some(bytes.into())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The text of `site.toml` below `root`, if there is one that can be read.
pub fn settings(root: &Path) -> Option<String> {
    let path = "content/site.toml";
    let bytes = read_named(root, path, Limits::default().of(path)).ok()??;
    decode::utf8(&bytes).ok().map(str::to_owned)
}

/// Reads one file that was named on the command line, by its `path` from the working directory. The
/// path of the returned file is relative to `root` if it is below `content` there; otherwise
/// `content/` and its name.
///
/// # Errors
///
/// Any I/O error.
pub fn read_file(root: &Path, path: &Path) -> io::Result<SourceFile> {
    let bytes = read_regular(path, None)?;
    let (whole, root) = (path.canonicalize()?, root.canonicalize()?);
    let name = || path.file_name().map(|name| name.to_string_lossy().into_owned());
    let below = match whole.strip_prefix(&root) {
        Ok(below) if below.starts_with("content") => {
            below.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
        }
        _ => format!("content/{}", name().unwrap_or_default()),
    };
    let below: String = unicode_normalization::UnicodeNormalization::nfc(below.chars()).collect();
    Ok(SourceFile::of(below, bytes))
}

/// Reads a regular file. A named pipe, a device or a socket is refused before it is opened: reading
/// it could wait forever or never end.
///
/// # Errors
///
/// Any I/O error; [`io::ErrorKind::InvalidInput`] where it is no regular file, and
/// [`io::ErrorKind::FileTooLarge`] where it is larger than `ceiling`.
fn read_regular(path: &Path, ceiling: Option<Ceiling>) -> io::Result<Vec<u8>> {
    let found = std::fs::metadata(path)?;
    if !found.is_file() && !found.is_dir() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    match ceiling {
        Some(ceiling) if found.is_file() && ceiling.is_below(found.len()) => {
            Err(io::ErrorKind::FileTooLarge.into())
        }
        _ => std::fs::read(path),
    }
}

impl Sources {
    /// Sources that consist of these files.
    pub fn of(mut files: Vec<SourceFile>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { files, ..Self::default() }
    }

    /// Sources that are not on the disk, for tests and for the starter site of `kawaraban new`.
    pub fn from_memory<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Self {
        Self::of(files.into_iter().map(|(path, bytes)| SourceFile::of(path, bytes)).collect())
    }

    /// Keeps in `readings` what is read from these files, and uses what was read before.
    pub fn keep(&mut self, readings: &KeptReadings) {
        readings.forget_others(self);
        self.readings = Some((readings.clone(), readings::settings_of(self)));
    }

    /// What `read` returns for `file`, or returned before ([`keep`](Self::keep)). It must depend on
    /// nothing but the bytes of the file and the TOML files of the content other than policies.
    pub fn reading<T: Any + Send + Sync>(
        &self,
        file: &SourceFile,
        read: impl FnOnce() -> T,
    ) -> Arc<T> {
        match &self.readings {
            Some((readings, settings)) => readings.of(file, *settings, read),
            None => Arc::new(read()),
        }
    }

    /// Sets the limits of all files.
    pub fn limit(&mut self, limits: Limits) {
        for file in &mut self.files {
            file.limits = limits;
        }
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

    /// Is there no content, rather than content that could not be read?
    pub fn is_nothing(&self) -> bool {
        self.files.is_empty() && !self.too_much
    }

    /// All files.
    pub fn iter(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter()
    }
}

impl SourceFile {
    /// A file with these bytes.
    pub fn of(path: impl Into<Arc<str>>, bytes: impl Into<Arc<[u8]>>) -> Self {
        let (path, bytes) = (path.into(), bytes.into());
        Self { path, bytes, stored: None, limits: Limits::default() }
    }

    /// The text of a TOML or Markdown file without its byte order mark. Returns `None`, and reports
    /// a problem, where it is not UTF-8.
    pub fn text(&self, diagnostics: &mut Diagnostics) -> Option<String> {
        match decode::utf8(&self.bytes) {
            Ok(text) => Some(text.to_owned()),
            Err(wrong) => {
                diagnostics.push(wrong.diagnostic(&self.path));
                None
            }
        }
    }

    /// The text with invalid bytes replaced, for showing a line of it.
    pub fn text_to_show(&self) -> Cow<'_, str> {
        match decode::utf8(&self.bytes) {
            Ok(text) => text.into(),
            Err(_) => decode_table(&self.bytes).0,
        }
    }
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
