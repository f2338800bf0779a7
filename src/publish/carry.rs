//! **Carrying over** what is in the output folder and was not written by the last build: `.git`,
//! `CNAME`, and whatever a host or a clerk put there. Mode, owner, group, times and links are kept.

use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::artifact::FactsByPath;

use super::fresh::FreshFolder;
use super::{PublishError, attributes};

/// A file, link or folder that the last build did not write, by its path below the output.
pub(super) struct Foreign {
    path: PathBuf,
    kind: ForeignKind,
    metadata: Metadata,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum ForeignKind {
    /// A file, or anything else that is neither folder nor link.
    File,
    Link,
    EmptyFolder,
    /// A folder that has only foreign contents.
    Folder,
}

/// Everything in `out` that is not in `published`; every folder comes before its contents.
pub(super) fn foreign_files(
    out: &Path,
    published: &BTreeSet<String>,
) -> Result<Vec<Foreign>, PublishError> {
    let mut foreign = Vec::new();
    if !out.exists() {
        return Ok(foreign);
    }
    let folders_published: BTreeSet<&str> = published
        .iter()
        .flat_map(|path| path.match_indices('/').map(|(at, _)| &path[..at]))
        .collect();
    let walk = WalkDir::new(out).min_depth(1).follow_links(false).sort_by_file_name();
    let ours = |entry: &walkdir::DirEntry| entry.depth() != 1 || !FreshFolder::is_one(entry.path());
    for entry in walk.into_iter().filter_entry(ours) {
        let entry = entry.map_err(|error| walked(out, &error))?;
        let path = entry.path().strip_prefix(out).expect("walked from there").to_owned();
        let name = path.to_string_lossy().replace('\\', "/");
        let kind = if entry.file_type().is_dir() {
            if folders_published.contains(name.as_str()) {
                continue;
            }
            let empty = fs::read_dir(entry.path()).is_ok_and(|mut inside| inside.next().is_none());
            if empty { ForeignKind::EmptyFolder } else { ForeignKind::Folder }
        } else if published.contains(&name) {
            continue;
        } else if entry.file_type().is_symlink() {
            ForeignKind::Link
        } else {
            ForeignKind::File
        };
        let metadata = entry.metadata().map_err(|error| walked(out, &error))?;
        foreign.push(Foreign { path, kind, metadata });
    }
    Ok(foreign)
}

fn walked(out: &Path, error: &walkdir::Error) -> PublishError {
    PublishError::told(error.path().unwrap_or(out), error, error.io_error())
}

/// Fails if something foreign is in the place of a file or folder of the site.
pub(super) fn check_conflicts(
    out: &Path,
    foreign: &[Foreign],
    files: &FactsByPath,
) -> Result<(), PublishError> {
    let folders: BTreeSet<&str> =
        files.keys().flat_map(|path| path.match_indices('/').map(|(at, _)| &path[..at])).collect();
    for item in foreign {
        let name = item.path.to_string_lossy().replace('\\', "/");
        let mut above = name.match_indices('/').map(|(at, _)| &name[..at]);
        let under_a_file = above.any(|folder| files.contains_key(folder));
        let is_folder = matches!(item.kind, ForeignKind::EmptyFolder | ForeignKind::Folder);
        let over_a_folder = folders.contains(name.as_str()) && !is_folder;
        if files.contains_key(&name) || under_a_file || over_a_folder {
            return Err(PublishError::Foreign { path: out.join(&item.path) });
        }
    }
    Ok(())
}

/// Takes `foreign` out of `site`, which was the output and is kept: the new output has it.
pub(super) fn take_out(foreign: &[Foreign], site: &Path) {
    for item in foreign.iter().rev() {
        let path = site.join(&item.path);
        // What cannot be removed is kept with the site, where it is not in the way.
        let _kept_too = match item.kind {
            ForeignKind::EmptyFolder | ForeignKind::Folder => fs::remove_dir(path),
            ForeignKind::File | ForeignKind::Link => fs::remove_file(path),
        };
    }
}

/// Links or copies `foreign` from `out` into the fresh site. Returns the number of files, links and
/// empty folders.
pub(super) fn carry_over(
    foreign: &[Foreign],
    out: &Path,
    fresh: &FreshFolder,
) -> Result<usize, PublishError> {
    for item in foreign {
        let (from, to) = (out.join(&item.path), fresh.site().join(&item.path));
        let refused = |error: io::Error| PublishError::io(&to, &error);
        match item.kind {
            ForeignKind::EmptyFolder | ForeignKind::Folder => fresh.make_folder(&item.path, out)?,
            _ => {
                if let Some(folder) = item.path.parent() {
                    fresh.make_folder(folder, out)?;
                }
                // A hard link to the file, or to the symbolic link itself, keeps everything as it
                // is.
                if fs::hard_link(&from, &to).is_err() {
                    copy(item, &from, &to).map_err(refused)?;
                }
            }
        }
    }
    // The times of a folder change when something is put into it, so inner folders come first.
    for item in foreign.iter().rev() {
        if matches!(item.kind, ForeignKind::EmptyFolder | ForeignKind::Folder) {
            let to = fresh.site().join(&item.path);
            attributes::keep_times(&item.metadata, &to)
                .map_err(|error| PublishError::io(&to, &error))?;
        }
    }
    Ok(foreign.iter().filter(|item| item.kind != ForeignKind::Folder).count())
}

/// Copies a file or link with its attributes, on file systems that have no hard links.
fn copy(item: &Foreign, from: &Path, to: &Path) -> io::Result<()> {
    if item.kind == ForeignKind::Link {
        return copy_link(&fs::read_link(from)?, to);
    }
    if !item.metadata.is_file() {
        // A socket or named pipe cannot be copied, and reading one would block.
        return Err(io::Error::new(io::ErrorKind::Unsupported, "not a regular file"));
    }
    fs::copy(from, to)?;
    attributes::keep_access(&item.metadata, to)?;
    attributes::keep_times(&item.metadata, to)
}

#[cfg(unix)]
fn copy_link(target: &Path, to: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, to)
}

#[cfg(not(unix))]
fn copy_link(target: &Path, to: &Path) -> io::Result<()> {
    fs::copy(target, to).map(|_| ())
}

#[allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]
#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::time::{Duration, SystemTime};

    use super::{FreshFolder, carry_over, copy, foreign_files};

    #[test]
    fn where_there_are_no_hard_links_files_are_copied_with_their_times() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (out, to) = (folder.path().join("out"), folder.path().join("to"));
        fs::create_dir(&out).expect("a new folder");
        let from = out.join("theirs.txt");
        fs::write(&from, "x").expect("a new file");
        let past = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        let file = fs::File::options().write(true).open(&from).expect("it is there");
        file.set_modified(past).expect("the system has times");
        let foreign = foreign_files(&out, &BTreeSet::new()).expect("it can be read");
        copy(&foreign[0], &from, &to).expect("it can be copied");
        assert_eq!(fs::read(&to).expect("it is there"), b"x");
        let found = fs::metadata(&to).expect("it is there");
        assert_eq!(found.modified().expect("the system has times"), past);
    }

    #[test]
    fn what_the_product_did_not_write_is_carried_over_with_its_times() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let out = folder.path().join("out");
        for path in ["own/a.html", "own/b.txt", "theirs/c.txt", "own/.kawaraban-1/lock"] {
            let path = out.join(path);
            fs::create_dir_all(path.parent().expect("it has one")).expect("a new folder");
            fs::write(path, "x").expect("a new file");
        }
        fs::create_dir(out.join("empty")).expect("a new folder");
        let past = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        for path in ["theirs", "empty"] {
            let folder = fs::File::open(out.join(path)).expect("it is there");
            folder.set_modified(past).expect("the system has times");
        }
        let (inside, _) = FreshFolder::inside(&out).expect("a folder in the output");
        let published = BTreeSet::from(["own/a.html".to_owned()]);
        let foreign = foreign_files(&out, &published).expect("it can be read");
        let paths: Vec<_> = foreign.iter().map(|item| item.path.to_string_lossy()).collect();
        let own = ["own/.kawaraban-1", "own/.kawaraban-1/lock", "own/b.txt"];
        assert_eq!(paths, [&["empty"], &own[..], &["theirs", "theirs/c.txt"]].concat());
        drop(inside);

        let fresh = FreshFolder::beside(&out).expect("a folder beside the output");
        let carried = carry_over(&foreign, &out, &fresh).expect("it can be written");
        assert_eq!(carried, 4, "three files and an empty folder");
        assert_eq!(fs::read(fresh.site().join("theirs/c.txt")).expect("it is there"), b"x");
        assert!(!fresh.site().join("own/a.html").exists());
        for path in ["theirs", "empty"] {
            let found = fs::metadata(fresh.site().join(path)).expect("it is there");
            assert_eq!(found.modified().expect("the system has times"), past, "{path}");
        }
    }
}
