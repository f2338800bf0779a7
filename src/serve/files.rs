//! The **files** that a preview shows, found by the paths of requests.
//!
//! Not in here: how a file is made (`pipeline`).

use std::borrow::Cow;
use std::sync::Arc;

use crate::artifact::Body;

/// The files of one state of a site, each made when it is asked for.
pub trait SiteFiles: Send + Sync {
    /// The file at `path`; `None` if the site has no such file.
    ///
    /// # Errors
    ///
    /// Returns a report of the problems because of which the file cannot be made.
    fn file(&self, path: &str) -> Result<Option<Body>, String>;

    /// Makes in advance what takes long, as long as it `is_wanted`.
    fn prepare(&self, is_wanted: &(dyn Fn() -> bool + Sync));
}

/// What a path leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Resolved {
    /// A file, with its own path.
    File(String, Body),
    /// A folder, named without its final `/`.
    Folder,
    /// Nothing.
    Nothing,
}

/// What the decoded path `path`, without its leading `/`, leads to. A path with a final `/` leads
/// to the `index.html` of the folder.
///
/// # Errors
///
/// Returns a report if the file cannot be made.
pub(super) fn find(files: &Arc<dyn SiteFiles>, path: &str) -> Result<Resolved, String> {
    let wanted = match path.is_empty() || path.ends_with('/') {
        true => Cow::Owned(format!("{path}index.html")),
        false => Cow::Borrowed(path),
    };
    if let Some(body) = files.file(&wanted)? {
        return Ok(Resolved::File(wanted.into_owned(), body));
    }
    Ok(match files.file(&format!("{path}/index.html"))? {
        Some(_) => Resolved::Folder,
        None => Resolved::Nothing,
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Resolved, SiteFiles, find};
    use crate::artifact::Body;

    struct TwoPages;

    impl SiteFiles for TwoPages {
        fn file(&self, path: &str) -> Result<Option<Body>, String> {
            match path {
                "index.html" | "data/index.html" => Ok(Some(path.as_bytes().to_vec().into())),
                "broken.html" => Err("it cannot be made".to_owned()),
                _ => Ok(None),
            }
        }

        fn prepare(&self, _is_wanted: &(dyn Fn() -> bool + Sync)) {}
    }

    #[test]
    fn paths_lead_to_files_and_folders_to_their_index() {
        let files: Arc<dyn SiteFiles> = Arc::new(TwoPages);
        let page =
            |path: &str| Ok(Resolved::File(path.to_owned(), path.as_bytes().to_vec().into()));
        assert_eq!(find(&files, ""), page("index.html"));
        assert_eq!(find(&files, "data/"), page("data/index.html"));
        assert_eq!(find(&files, "data"), Ok(Resolved::Folder));
        assert_eq!(find(&files, "../etc/passwd"), Ok(Resolved::Nothing));
        assert_eq!(find(&files, "broken.html"), Err("it cannot be made".to_owned()));
    }
}
