//! Checks which folder can be the **output**, and which paths can be files in it.

use std::path::{Component, Path, PathBuf};

use crate::artifact::FactsByPath;

use super::PublishError;

/// Fails if a file has the path of a folder that another file needs.
pub(super) fn check_folders(files: &FactsByPath) -> Result<(), PublishError> {
    for path in files.keys() {
        let mut folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        if let Some(folder) = folders.find(|folder| files.contains_key(*folder)) {
            return Err(PublishError::Path { path: folder.to_owned() });
        }
    }
    Ok(())
}

/// Is `path` a plain relative path, without `.` and `..`?
pub(super) fn is_inside(path: &str) -> bool {
    !path.contains('\\')
        && path.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}

/// The output folder as an absolute path. A symbolic link is followed, so that its target is
/// exchanged and the link stays. The parent folder is created if necessary.
pub(super) fn resolve(out: &Path) -> Result<PathBuf, PublishError> {
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

/// Fails unless `out` can be the output: it must not be the root of the disk, one of the site's own
/// folders, or a folder that contains one.
pub(super) fn check(out: &Path, protected: &[PathBuf]) -> Result<(), PublishError> {
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

/// Is `folder` the `content` or `themes` folder of a site? Nothing is ever written inside of these;
/// but `public` may be inside the root of a site, even if the root itself is called `themes`.
fn is_content(folder: &Path, protected: &[PathBuf]) -> bool {
    folder.file_name().is_some_and(|name| name == "content" || name == "themes")
        && folder.parent().is_some_and(|root| protected.iter().any(|other| other == root))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{check, check_folders, is_inside};
    use crate::artifact::FileFacts;

    #[test]
    fn a_site_may_lie_in_a_folder_called_themes() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().canonicalize().expect("it is there").join("themes");
        for inner in ["content", "themes"] {
            std::fs::create_dir_all(root.join(inner)).expect("a new folder");
        }
        let protected = [root.clone(), root.join("content"), root.join("themes")];
        let allowed = |out: &Path| check(out, &protected).is_ok();
        assert!(allowed(&root.join("public")));
        assert!(!allowed(&root) && !allowed(&root.join("themes/public")));
    }

    #[test]
    fn only_plain_paths_are_published() {
        for good in ["index.html", "a/b.html", "a/c/d.json"] {
            assert!(is_inside(good), "{good}");
        }
        for bad in ["", "/etc/passwd", "../up", "a/../b", "a//b", "./a", "a\\b"] {
            assert!(!is_inside(bad), "{bad}");
        }
    }

    #[test]
    fn no_file_is_another_ones_folder() {
        let check = |paths: &[&str]| {
            let files = paths.iter().map(|path| ((*path).to_owned(), FileFacts::of(b""))).collect();
            check_folders(&files).is_ok()
        };
        assert!(check(&["a/b", "a/c/d", "ab"]));
        assert!(!check(&["a", "a/b"]));
        assert!(!check(&["a/b/c/d", "a/b"]));
    }
}
