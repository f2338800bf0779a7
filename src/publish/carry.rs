//! **Carrying over** what stands in the output folder and was not written by the last build: `.git`,
//! `CNAME`, whatever a host or a clerk put there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::artifact::Artifact;

use super::PublishError;

/// A file, link or empty folder that the last build did not write, by its path below the output.
pub(super) struct Foreign {
    path: PathBuf,
    kind: Kind,
}

enum Kind {
    File,
    Link,
    EmptyFolder,
}

/// What is in `out` and not in `published`.
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
    for entry in WalkDir::new(out).min_depth(1).follow_links(false).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            let path = error.path().map_or_else(|| out.to_owned(), Path::to_owned);
            let reason = error.to_string();
            let kind = error.io_error().map_or(std::io::ErrorKind::Other, std::io::Error::kind);
            PublishError::Io { path, reason, kind }
        })?;
        let path = entry.path().strip_prefix(out).expect("walked from there").to_owned();
        let name = path.to_string_lossy().replace('\\', "/");
        let kind = if entry.file_type().is_dir() {
            let empty = fs::read_dir(entry.path()).is_ok_and(|mut inside| inside.next().is_none());
            if !empty || folders_published.contains(name.as_str()) {
                continue;
            }
            Kind::EmptyFolder
        } else if published.contains(&name) {
            continue;
        } else if entry.file_type().is_symlink() {
            Kind::Link
        } else {
            Kind::File
        };
        foreign.push(Foreign { path, kind });
    }
    Ok(foreign)
}

/// A foreign file must not stand where an artifact goes, unless it is the same already.
pub(super) fn check_conflicts(
    out: &Path,
    foreign: &[Foreign],
    artifacts: &[Artifact],
) -> Result<(), PublishError> {
    let mut files: BTreeSet<&str> = BTreeSet::new();
    let mut folders: BTreeSet<&str> = BTreeSet::new();
    for artifact in artifacts {
        files.insert(&artifact.path);
        folders.extend(artifact.path.match_indices('/').map(|(at, _)| &artifact.path[..at]));
    }
    for item in foreign {
        let name = item.path.to_string_lossy().replace('\\', "/");
        let above = name.match_indices('/').map(|(at, _)| &name[..at]);
        let under_a_file = above.into_iter().any(|folder| files.contains(folder));
        let over_a_folder =
            folders.contains(name.as_str()) && !matches!(item.kind, Kind::EmptyFolder);
        if files.contains(name.as_str()) || under_a_file || over_a_folder {
            return Err(PublishError::Foreign { path: out.join(&item.path) });
        }
    }
    Ok(())
}

/// Brings `foreign` from `out` into the fresh `site`. Returns how many things that were.
pub(super) fn carry_over(
    foreign: &[Foreign],
    out: &Path,
    site: &Path,
) -> Result<usize, PublishError> {
    for item in foreign {
        let (from, to) = (out.join(&item.path), site.join(&item.path));
        let refused = |error: std::io::Error| PublishError::io(&to, &error);
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(refused)?;
        }
        match item.kind {
            Kind::EmptyFolder => fs::create_dir_all(&to).map_err(refused)?,
            Kind::File if fs::hard_link(&from, &to).is_ok() => {}
            Kind::File => {
                fs::copy(&from, &to).map_err(refused)?;
            }
            Kind::Link => {
                let target = fs::read_link(&from).map_err(refused)?;
                copy_link(&target, &to).map_err(refused)?;
            }
        }
    }
    Ok(foreign.len())
}

#[cfg(unix)]
fn copy_link(target: &Path, to: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(target, to)
}

#[cfg(not(unix))]
fn copy_link(target: &Path, to: &Path) -> std::io::Result<()> {
    fs::copy(target, to).map(|_| ())
}
