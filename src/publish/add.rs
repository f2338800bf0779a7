//! **Adding** files to the content of a site: drafts and other files that the user asked for.
//! Existing files are never replaced.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::artifact::Artifact;

use super::{PublishError, regular};

/// Adds `files`, whose paths are relative to `root`. If any of them exists or cannot be written,
/// none is added.
///
/// # Errors
///
/// Where one of the files exists, or cannot be written.
pub fn add(root: &Path, files: &[Artifact]) -> Result<(), PublishError> {
    let there = files.iter().map(|file| root.join(&file.path)).find(|path| path.exists());
    if let Some(path) = there {
        return Err(PublishError::Foreign { path });
    }
    let mut written = Vec::new();
    for file in files {
        let path = root.join(&file.path);
        let folder = path.parent().unwrap_or(root);
        let made = fs::create_dir_all(folder).and_then(|()| {
            let mut new = OpenOptions::new().write(true).create_new(true).open(&path)?;
            written.push(path.clone());
            new.write_all(&file.body.whole())
        });
        if let Err(error) = made {
            for path in written {
                // The file was created by this call.
                let _gone = fs::remove_file(path);
            }
            return Err(PublishError::io(&path, &error));
        }
    }
    Ok(())
}

/// Adds `files` to `folder`, which is new or empty and not in one of the `protected` folders.
///
/// # Errors
///
/// Where the folder is in use or protected, or a file cannot be written.
pub fn add_to_new(
    folder: &Path,
    protected: &[PathBuf],
    files: &[Artifact],
) -> Result<(), PublishError> {
    let in_use = fs::read_dir(folder).map_or(folder.exists(), |mut there| there.next().is_some());
    // The folder may not exist yet; the one that it is made in does.
    let above = folder.ancestors().find_map(|above| {
        let above = if above.as_os_str().is_empty() { Path::new(".") } else { above };
        above.canonicalize().ok()
    });
    let is_protected = protected
        .iter()
        .filter_map(|folder| folder.canonicalize().ok())
        .any(|protected| above.as_ref().is_some_and(|above| above.starts_with(protected)));
    if in_use || is_protected {
        return Err(PublishError::NotFresh { path: folder.to_owned() });
    }
    add(folder, files)
}

/// Appends `text`, on a new line, to the file at `path` below `root`, which is created if it does
/// not exist.
///
/// # Errors
///
/// Where the file cannot be read or written. The file is then unchanged, since it is replaced as a
/// whole.
pub fn append(root: &Path, path: &str, text: &str) -> Result<(), PublishError> {
    let full = root.join(path);
    let refused = |error: std::io::Error| PublishError::io(&full, &error);
    let mut whole = match regular::read(&full) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(refused(error)),
    };
    if !whole.is_empty() && !whole.ends_with(b"\n") {
        whole.push(b'\n');
    }
    whole.extend_from_slice(text.as_bytes());
    let folder = full.parent().unwrap_or(root);
    fs::create_dir_all(folder).map_err(refused)?;
    put(&full, &whole)
}

/// Writes the file at `path`, whose folder must exist; one that is there is replaced as a whole.
///
/// # Errors
///
/// Where the file cannot be written. A file that is there is then unchanged.
pub fn put(path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
    let refused = |error: std::io::Error| PublishError::io(path, &error);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut fresh = fresh_in(folder.unwrap_or(Path::new("."))).map_err(refused)?;
    fresh.write_all(bytes).map_err(refused)?;
    fresh.persist(path).map_err(|error| refused(error.error))?;
    Ok(())
}

/// A temporary file in `folder` that others may read as they may read any new file; temporary
/// files are otherwise for their owner alone.
fn fresh_in(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{add, append};
    use crate::artifact::Artifact;

    #[test]
    fn nothing_that_is_there_is_replaced() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let file = |path: &str, text: &str| Artifact::new(path, text.as_bytes().to_vec());
        add(root.path(), &[file("content/forms/a.toml", "a")]).expect("it is new");
        let both = [file("content/forms/b.toml", "b"), file("content/forms/a.toml", "other")];
        add(root.path(), &both).expect_err("one of them is there");
        let there = |path: &str| fs::read_to_string(root.path().join(path)).ok();
        assert_eq!(there("content/forms/a.toml").as_deref(), Some("a"));
        assert_eq!(there("content/forms/b.toml"), None);
        append(root.path(), "content/fields.toml", "one\n").expect("a new file");
        append(root.path(), "content/fields.toml", "two\n").expect("one more line");
        assert_eq!(there("content/fields.toml").as_deref(), Some("one\ntwo\n"));
    }
}
