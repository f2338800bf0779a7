//! Reads **documents** of a published tree: one file, or the files of a folder with a given
//! extension.

use std::io;
use std::path::Path;

use walkdir::WalkDir;

use super::{PublishError, regular};

/// The file at `path` of the published `tree`; `None` if it does not exist.
///
/// # Errors
///
/// Where it cannot be read.
pub fn document(tree: &Path, path: &str) -> Result<Option<Vec<u8>>, PublishError> {
    let path = tree.join(path);
    match regular::read(&path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(PublishError::io(&path, &error)),
    }
}

/// The files directly in `folder` of the published `tree` whose names end with `ending`, ordered by
/// their paths relative to the tree. Empty if the folder does not exist.
///
/// # Errors
///
/// Where a folder or a file cannot be read.
pub fn documents(
    tree: &Path,
    folder: &str,
    ending: &str,
) -> Result<Vec<(String, Vec<u8>)>, PublishError> {
    let whole = tree.join(folder);
    if !whole.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in WalkDir::new(&whole).min_depth(1).max_depth(1).sort_by_file_name() {
        let entry = entry.map_err(|error| PublishError::io(&whole, &error.into()))?;
        let name = entry.file_name().to_string_lossy();
        if entry.file_type().is_file() && name.ends_with(ending) {
            let bytes = regular::read(entry.path())
                .map_err(|error| PublishError::io(entry.path(), &error))?;
            found.push((format!("{folder}/{name}"), bytes));
        }
    }
    Ok(found)
}
