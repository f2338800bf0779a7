//! **Keeping** a released version adds its folder to the store in the site's own content. The
//! product writes there only when it is told to release.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::artifact::Artifact;

use super::PublishError;
use super::fresh::FreshFolder;

/// A `.gitattributes` file that prevents git from changing the line ends of published files.
const ATTRIBUTES: &str = "# Released versions are kept byte for byte.\n*.csv -text\n";

/// Adds `files`, whose paths are relative to `root`, to the folder `store` below it, after removing
/// what a killed process has left there. All their folders must be new; either all of them are
/// added or none.
///
/// # Errors
///
/// Where one of the folders exists, or something cannot be written.
pub fn keep(root: &Path, store: &str, files: &[Artifact]) -> Result<(), PublishError> {
    let refused = |path: &Path| {
        let path = path.to_owned();
        move |error: std::io::Error| PublishError::io(&path, &error)
    };
    let store = root.join(store);
    if files.is_empty() {
        FreshFolder::clear_store(&store);
        return Ok(());
    }
    let folders: BTreeSet<PathBuf> =
        files.iter().filter_map(|file| Some(Path::new(&file.path).parent()?.to_owned())).collect();
    if let Some(there) = folders.iter().map(|folder| root.join(folder)).find(|path| path.exists()) {
        return Err(PublishError::Foreign { path: there });
    }
    fs::create_dir_all(&store).map_err(refused(&store))?;
    let fresh = FreshFolder::in_store(&store)?;
    for file in files {
        let path = fresh.site().join(&file.path);
        let folder = path.parent().unwrap_or(fresh.site());
        fs::create_dir_all(folder).map_err(refused(folder))?;
        fs::write(&path, file.body.whole()).map_err(refused(&path))?;
    }
    let attributes = store.join(".gitattributes");
    if !attributes.exists() {
        let written = fresh.site().join("attributes");
        fs::write(&written, ATTRIBUTES)
            .and_then(|()| fs::rename(&written, &attributes))
            .map_err(refused(&attributes))?;
    }
    let mut moved: Vec<PathBuf> = Vec::new();
    for folder in &folders {
        let target = root.join(folder);
        let parent = target.parent().unwrap_or(&store);
        let done = fs::create_dir_all(parent)
            .and_then(|()| fs::rename(fresh.site().join(folder), &target));
        if let Err(error) = done {
            for folder in moved {
                // The folder was moved there by this call.
                let _gone = fs::remove_dir_all(folder);
            }
            return Err(PublishError::io(&target, &error));
        }
        moved.push(target);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::keep;
    use crate::artifact::Artifact;

    #[test]
    fn all_folders_come_to_be_or_none() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let file = |path: &str| Artifact::new(path, b"x".to_vec());
        let store = "content/versions";
        let first = [file("content/versions/a/1/a.csv"), file("content/versions/b/1/b.csv")];
        keep(root.path(), store, &first).expect("an empty store takes both");
        let there = |path: &str| root.path().join(path).exists();
        assert!(there("content/versions/a/1/a.csv") && there("content/versions/b/1/b.csv"));
        assert!(there("content/versions/.gitattributes"));
        let second = [file("content/versions/a/2/a.csv"), file("content/versions/b/1/b.csv")];
        keep(root.path(), store, &second).expect_err("one of them is there");
        assert!(!there("content/versions/a/2"));
        // A file in a folder's place stops it half-way.
        fs::write(root.path().join("content/versions/c"), "").expect("a new file");
        let third = [file("content/versions/a/3/a.csv"), file("content/versions/c/1/c.csv")];
        keep(root.path(), store, &third).expect_err("a file is no folder");
        assert!(!there("content/versions/a/3"));
        let left = fs::read_dir(root.path().join(store)).expect("the store").count();
        assert_eq!(left, 4, "a, b, c and .gitattributes");
    }
}
