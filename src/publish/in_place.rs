//! Replacing the files of a site **in place**, one by one, where the output folder must stay the
//! same folder: a mount point, or a folder that a container or a web server has mounted.
//!
//! This is not atomic: meanwhile visitors may see pages of both sites. New and changed files come
//! first, then the manifest, then obsolete files are removed. If the process is killed, the next
//! build completes the work, because a journal tells it which files belong to the product.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use crate::artifact::FactsByPath;

use super::fresh::FreshFolder;
use super::{MANIFEST, PublishError};

/// Moves `files` from the fresh folder into `out`, and removes those of `before` that the new site
/// does not have.
pub(super) fn exchange(
    fresh: &FreshFolder,
    out: &Path,
    files: &FactsByPath,
    before: &BTreeSet<String>,
) -> Result<(), PublishError> {
    fresh.write_journal(files.keys().chain(before).map(String::as_str))?;
    let folders: BTreeSet<&str> =
        files.keys().flat_map(|path| path.match_indices('/').map(|(at, _)| &path[..at])).collect();
    let gone = || before.iter().filter(|path| !files.contains_key(*path));
    // A file of the last site may be where the new one has a folder, or the other way round; it is
    // removed first.
    let in_the_way = |path: &&String| {
        folders.contains(path.as_str())
            || path.match_indices('/').any(|(at, _)| files.contains_key(&path[..at]))
    };
    gone().filter(in_the_way).try_for_each(|path| remove(out, path))?;
    for path in files.keys().filter(|path| *path != MANIFEST) {
        bring(fresh, out, path)?;
    }
    bring(fresh, out, MANIFEST)?;
    gone().try_for_each(|path| remove(out, path))
}

/// Moves a file of the fresh site into its place; an unchanged file is there already.
fn bring(fresh: &FreshFolder, out: &Path, path: &str) -> Result<(), PublishError> {
    let (from, to) = (fresh.site().join(path), out.join(path));
    if !from.exists() {
        return Ok(());
    }
    let parent = to.parent().unwrap_or(out);
    fs::create_dir_all(parent)
        .and_then(|()| fs::rename(&from, &to))
        .map_err(|error| PublishError::io(&to, &error))
}

/// Removes a file of the last site, and the folders that are empty afterwards.
fn remove(out: &Path, path: &str) -> Result<(), PublishError> {
    let file = out.join(path);
    match fs::remove_file(&file) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {}
        Err(error) => return Err(PublishError::io(&file, &error)),
    }
    let mut folder = file.parent();
    while let Some(path) = folder.filter(|path| *path != out) {
        if fs::remove_dir(path).is_err() {
            break;
        }
        folder = path.parent();
    }
    Ok(())
}

#[allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]
#[cfg(test)]
mod tests {
    use std::fs;

    use super::remove;

    #[test]
    fn a_file_is_removed_with_the_folders_that_it_leaves_empty() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let out = folder.path();
        fs::create_dir_all(out.join("a/b/c")).expect("new folders");
        for path in ["a/b/c/1.html", "a/2.html", "file"] {
            fs::write(out.join(path), "x").expect("a new file");
        }
        remove(out, "a/b/c/1.html").expect("it is removed");
        assert!(!out.join("a/b").exists() && out.join("a/2.html").exists());
        remove(out, "a/b/c/1.html").expect("it is gone already");
        remove(out, "file/below").expect("a file is in the place of its folder");
        assert!(out.join("file").exists());
        assert!(remove(out, "a").is_err(), "a folder is no file of the site");
        remove(out, "a/2.html").expect("it is removed");
        assert!(!out.join("a").exists() && out.exists());
    }
}
