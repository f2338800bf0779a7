//! The **walk** through a folder finds its files and reads them.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;
use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{self, Diagnostic, Diagnostics, Message, Place, help_with_open_files};
use crate::message;

use super::{Ceiling, Limits, STATIC, SourceFile, stored};

/// A file found on the disk.
pub(super) struct FoundFile {
    path: String,
    on_disk: PathBuf,
    bytes: u64,
}

/// Finds the files in and below `folder` of the site at `root`.
///
/// Symbolic links are followed within the root, since a file may be needed in two places. A link
/// that leads out of the root is an error: the content must not depend on other files of the
/// machine.
pub(super) fn files_below(
    root: &Path,
    folder: &str,
    diagnostics: &mut Diagnostics,
) -> Vec<FoundFile> {
    let start = root.join(folder);
    let mut found = Vec::new();
    let mut unpublished = Vec::new();
    let mut walk = WalkDir::new(&start).follow_links(true).into_iter();
    while let Some(step) = walk.next() {
        let entry = match step {
            Ok(entry) => entry,
            Err(error) => {
                diagnostics.push(walk_problem(root, &start, &error));
                continue;
            }
        };
        let is_folder = entry.file_type().is_dir();
        let skipped = if entry.depth() > 0 && is_passed_over(&entry) {
            let path = shown_path(root, entry.path());
            unpublished.extend(path.strip_prefix(STATIC).map(str::to_owned));
            true
        } else if entry.path_is_symlink() && leaves_root(root, entry.path()) {
            diagnostics.push(escaping_link(&shown_path(root, entry.path())));
            true
        } else {
            false
        };
        if skipped && is_folder {
            walk.skip_current_dir();
        }
        if skipped || is_folder {
            continue;
        }
        if !entry.file_type().is_file() {
            diagnostics.push(no_regular_file(&shown_path(root, entry.path())));
            continue;
        }
        // The size is that of the target of a link.
        let bytes = match entry.metadata() {
            Ok(metadata) => metadata.len(),
            Err(error) => {
                diagnostics.push(walk_problem(root, &start, &error));
                continue;
            }
        };
        match relative(root, entry.path()) {
            Some(path) => found.push(FoundFile { path, on_disk: entry.into_path(), bytes }),
            None => diagnostics.push(unspeakable_name(&shown_path(root, entry.path()))),
        }
    }
    if !unpublished.is_empty() {
        unpublished.sort();
        diagnostics.push(passed_over(&unpublished));
    }
    found
}

/// Number of files that the notice about skipped files names.
const NAMED: usize = 5;

/// The notice that the files and folders at `paths` below `content/static` are not published. One
/// notice stands for all: such files come with programs, and nobody has written them.
fn passed_over(paths: &[String]) -> Diagnostic {
    let named = Message::list(paths.iter().take(NAMED));
    let more = match paths.len().saturating_sub(NAMED) {
        0 => Message::new("", ""),
        more => message!(ja: "、ほか{more}件", en: " and {more} more"),
    };
    let (ja, en) = (format!("{}{}", named.ja, more.ja), format!("{}{}", named.en, more.en));
    let hosts = Message::list(OF_HOSTS);
    Diagnostic::new(
        &diagnostic::SOURCE_PASSED_OVER,
        Place::file(STATIC.trim_end_matches('/')),
        Message::new(
            format!("次のファイルとフォルダーは公開しません：{ja}"),
            format!("these files and folders are not published: {en}"),
        ),
    )
    .with_help(Message::new(
        format!(
            "名前がピリオドで始まるもののうち、公開するのは「{}」だけです。一時ファイルも公開しません",
            hosts.ja,
        ),
        format!(
            "of the names that begin with a full stop, only {} are published; temporary files are not",
            hosts.en,
        ),
    ))
}

impl FoundFile {
    /// Reads the whole file.
    ///
    /// # Errors
    ///
    /// Returns a diagnostic with the reason why the file cannot be read.
    pub(super) fn read(&self, limits: Limits) -> Result<SourceFile, Box<Diagnostic>> {
        let refused = |error: std::io::Error| Box::new(unreadable(&self.path, &error));
        if self.is_stored() {
            let (head, stored) = stored::read(&self.on_disk, self.bytes).map_err(refused)?;
            return Ok(SourceFile {
                stored: Some(stored),
                ..SourceFile::of(self.path.as_str(), head)
            });
        }
        let ceiling = limits.of(&self.path);
        match super::read_regular(&self.on_disk, Some(ceiling)) {
            Ok(bytes) => Ok(SourceFile::of(self.path.as_str(), bytes)),
            Err(error) if error.kind() == ErrorKind::FileTooLarge => {
                Err(Box::new(too_large(Place::file(self.path.as_str()), ceiling)))
            }
            Err(error) => Err(refused(error)),
        }
    }

    fn is_stored(&self) -> bool {
        stored::is_stored(&self.path, self.bytes)
    }
}

/// The problem that the files that are read into memory are too large together; `None` if they are
/// not.
pub(super) fn too_much(files: &[FoundFile], limits: Limits) -> Option<Diagnostic> {
    let in_memory = files.iter().filter(|file| !file.is_stored());
    let bytes = in_memory.map(|file| file.bytes).fold(0, u64::saturating_add);
    let ceiling = limits.content_met();
    ceiling.is_below(bytes).then(|| too_large(Place::file("content"), ceiling))
}

fn too_large(place: Place, ceiling: Ceiling) -> Diagnostic {
    let (message, help) = ceiling.told();
    Diagnostic::new(&diagnostic::SOURCE_TOO_LARGE, place, message).with_help(help)
}

/// Does the link lead out of the root, or nowhere?
fn leaves_root(root: &Path, link: &Path) -> bool {
    match (root.canonicalize(), link.canonicalize()) {
        (Ok(root), Ok(target)) => !target.starts_with(root),
        _ => true,
    }
}

/// The path below the root, with `/` and in NFC (macOS returns NFD); `None` if it is not Unicode.
fn relative(root: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> =
        below.components().map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/").nfc().collect())
}

/// The path for messages, in which characters that are not Unicode are replaced.
fn shown_path(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// Names with a leading full stop that have a meaning for hosts; they are published from `static`.
const OF_HOSTS: [&str; 4] = [".htaccess", ".user.ini", ".nojekyll", ".well-known"];

/// Is the file skipped? These are hidden files, Windows' own files, lock files of office programs
/// (`~$plan.xlsx`, `.~lock.plan.ods#`) and backups of editors.
fn is_passed_over(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let lower = name.to_lowercase();
    (name.starts_with('.') && !OF_HOSTS.contains(&lower.as_str()))
        || name.starts_with("~$")
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || matches!(lower.as_str(), "thumbs.db" | "desktop.ini" | "__macosx")
        || [".bak", ".swp", ".tmp"].iter().any(|ending| lower.ends_with(ending))
}

fn walk_problem(root: &Path, start: &Path, error: &walkdir::Error) -> Diagnostic {
    let path = shown_path(root, error.path().unwrap_or(start));
    if error.loop_ancestor().is_some() {
        return problem(
            &path,
            message!(
                ja: "リンク先が上位のフォルダーのため、際限なく繰り返されます",
                en: "the link points to a folder above itself and would be followed forever",
            ),
            message!(ja: "リンクを削除してください", en: "delete the link"),
        );
    }
    match error.io_error() {
        Some(error) => unreadable(&path, error),
        None => unreadable(&path, &std::io::Error::from(ErrorKind::Other)),
    }
}

/// The error that the file at `path` cannot be read, with advice for the kind of `error`.
fn unreadable(path: &str, error: &std::io::Error) -> Diagnostic {
    match error.kind() {
        ErrorKind::PermissionDenied => problem(
            path,
            message!(ja: "読み取る権限がありません", en: "permission to read it was denied"),
            message!(
                ja: "ファイルのプロパティで読み取りを許可してください",
                en: "allow reading in the file's properties",
            ),
        ),
        ErrorKind::NotFound => problem(
            path,
            message!(ja: "リンク先がありません", en: "the link's target does not exist"),
            message!(ja: "リンクを修正するか削除してください", en: "correct or delete the link"),
        ),
        _ => problem(
            path,
            message!(ja: "読み取れません（{error}）", en: "it cannot be read: {error}"),
            help_with_open_files(error).unwrap_or_else(|| {
                message!(
                    ja: "ほかのソフトで開いている場合は、閉じてください",
                    en: "if another program has it open, close it there",
                )
            }),
        ),
    }
}

fn escaping_link(path: &str) -> Diagnostic {
    problem(
        path,
        message!(
            ja: "リンク先がサイトのフォルダーの外にあります",
            en: "the link points outside the site's folder",
        ),
        message!(
            ja: "リンクの代わりに、ファイルそのものを置いてください",
            en: "replace the link with the file itself",
        ),
    )
}

/// A named pipe, device or socket: reading it could wait forever or never end.
fn no_regular_file(path: &str) -> Diagnostic {
    problem(
        path,
        message!(
            ja: "通常のファイルではありません（名前付きパイプ、デバイス、ソケットは読み取りません）",
            en: "it is not a regular file; named pipes, devices and sockets are not read",
        ),
        message!(
            ja: "削除するか、通常のファイルに置き換えてください",
            en: "delete it, or replace it with a regular file",
        ),
    )
}

fn unspeakable_name(path: &str) -> Diagnostic {
    Diagnostic::new(
        &diagnostic::SOURCE_NAME,
        Place::file(path),
        message!(ja: "ファイル名の文字コードがUnicodeではありません", en: "the file name is not Unicode"),
    )
    .with_help(message!(ja: "ファイルの名前を変更してください", en: "rename the file"))
}

fn problem(path: &str, message: Message, help: Message) -> Diagnostic {
    Diagnostic::new(&diagnostic::SOURCE_UNREADABLE, Place::file(path), message).with_help(help)
}
