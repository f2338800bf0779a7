//! To **publish** is to bring artifacts to the output folder in one exchange: the only module that
//! writes the disk.
//!
//! Everything is written into a fresh folder beside the output; then the two change places. Whoever
//! kills the build, or fills the disk, leaves the last good site whole. What the last build did not
//! write (`.git`, `CNAME`) is carried over.
//!
//! Not in here: what is published (`html`, `catalog`, `search`).
#![allow(clippy::disallowed_methods, reason = "this is the one door by which files go out")]

mod carry;
mod error;
mod exchange;
mod fresh;
mod keep;
mod manifest;
mod starter;
mod verify;

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use crate::artifact::Artifact;

pub use error::PublishError;
pub use keep::keep;
pub use manifest::{MANIFEST, manifest};
pub use starter::create_site;
pub use verify::{Difference, Verified, verify};

/// What came of publishing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Files of the site.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Files that were as they are already, and were not written again.
    pub unchanged: usize,
    /// Files and folders that the build did not write and carried over.
    pub carried: usize,
}

/// Publishes `artifacts` as the folder `out`. `protected` are folders that it must not be, nor
/// contain: the site's own.
pub fn publish(
    artifacts: &[Artifact],
    out: &Path,
    protected: &[PathBuf],
) -> Result<Summary, PublishError> {
    check_paths(artifacts)?;
    let out = resolve(out)?;
    check_output(&out, protected)?;
    let fresh = fresh::FreshFolder::beside(&out)?;
    let published_before = manifest::paths_of(&out)?;
    let foreign = carry::foreign_files(&out, &published_before)?;
    carry::check_conflicts(&out, &foreign, artifacts)?;
    let unchanged = fresh.write(artifacts, &out)?;
    let carried = carry::carry_over(&foreign, &out, fresh.site())?;
    exchange::exchange(fresh.site(), &out)?;
    fresh.remove();
    Ok(Summary {
        files: artifacts.len(),
        bytes: artifacts.iter().map(|artifact| artifact.body.len() as u64).sum(),
        unchanged,
        carried,
    })
}

/// Every path must be a plain one below the output folder, and no file may be another's folder.
fn check_paths(artifacts: &[Artifact]) -> Result<(), PublishError> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for artifact in artifacts {
        let path = artifact.path.as_str();
        if !is_inside(path) || !seen.insert(path) {
            return Err(PublishError::Path { path: path.to_owned() });
        }
    }
    for path in &seen {
        let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        if let Some(folder) = folders.into_iter().find(|folder| seen.contains(folder)) {
            return Err(PublishError::Path { path: folder.to_owned() });
        }
    }
    Ok(())
}

/// Is `path` one of a file below the folder that it is relative to?
fn is_inside(path: &str) -> bool {
    !path.contains('\\')
        && path.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}

/// The output folder as an absolute path; a symbolic link is followed, so that its target is
/// exchanged and the link stands.
fn resolve(out: &Path) -> Result<PathBuf, PublishError> {
    let absolute = std::path::absolute(out).map_err(|error| PublishError::io(out, &error))?;
    match absolute.canonicalize() {
        Ok(resolved) => Ok(resolved),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let parent = absolute.parent().unwrap_or(&absolute);
            std::fs::create_dir_all(parent).map_err(|error| PublishError::io(parent, &error))?;
            let parent = parent.canonicalize().map_err(|error| PublishError::io(parent, &error))?;
            match absolute.components().next_back() {
                Some(Component::Normal(name)) => Ok(parent.join(name)),
                _ => Err(PublishError::Output { path: absolute }),
            }
        }
        Err(error) => Err(PublishError::io(&absolute, &error)),
    }
}

/// The output must be a folder of its own: neither the root of the disk, nor the site's own folders
/// or one that holds them.
fn check_output(out: &Path, protected: &[PathBuf]) -> Result<(), PublishError> {
    let protected: Vec<PathBuf> =
        protected.iter().filter_map(|folder| folder.canonicalize().ok()).collect();
    let forbidden = out.parent().is_none()
        || protected.iter().any(|folder| {
            folder.starts_with(out) || (out.starts_with(folder) && is_content(folder, &protected))
        });
    if forbidden || (out.exists() && !out.is_dir()) {
        return Err(PublishError::Output { path: out.to_owned() });
    }
    Ok(())
}

/// Inside `content` and `themes` of a site nothing is ever written; inside its root `public` may be, also
/// where the root itself is called `themes`.
fn is_content(folder: &Path, protected: &[PathBuf]) -> bool {
    folder.file_name().is_some_and(|name| name == "content" || name == "themes")
        && folder.parent().is_some_and(|root| protected.iter().any(|other| other == root))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Artifact, check_output, check_paths};

    #[test]
    fn a_site_may_lie_in_a_folder_called_themes() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().canonicalize().expect("it is there").join("themes");
        for inner in ["content", "themes"] {
            std::fs::create_dir_all(root.join(inner)).expect("a new folder");
        }
        let protected = [root.clone(), root.join("content"), root.join("themes")];
        let allowed = |out: &Path| check_output(out, &protected).is_ok();
        assert!(allowed(&root.join("public")));
        assert!(!allowed(&root) && !allowed(&root.join("themes/public")));
    }

    #[test]
    fn only_plain_paths_are_published() {
        let check = |paths: &[&str]| {
            let artifacts: Vec<Artifact> =
                paths.iter().map(|path| Artifact::new(*path, Vec::new())).collect();
            check_paths(&artifacts).is_ok()
        };
        assert!(check(&["index.html", "a/b.html", "a/c/d.json"]));
        for bad in ["", "/etc/passwd", "../up", "a/../b", "a//b", "./a", "a\\b"] {
            assert!(!check(&[bad]), "{bad}");
        }
        assert!(!check(&["a", "a"]));
        assert!(!check(&["a", "a/b"]));
    }
}
