//! The **files** of a site in memory, found by the paths of requests.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::artifact::{Artifact, Body};

/// Files by path. Copies share the files.
#[derive(Clone, Debug, Default)]
pub struct ServedFiles {
    by_path: Arc<BTreeMap<String, Body>>,
}

/// What a path leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Resolved<'f> {
    /// A file, by its own path.
    File(&'f str, &'f Body),
    /// A folder, named without its final `/`.
    Folder,
    /// Nothing.
    Nothing,
}

impl ServedFiles {
    /// The files of `artifacts`.
    pub fn new(artifacts: Vec<Artifact>) -> Self {
        let by_path =
            artifacts.into_iter().map(|artifact| (artifact.path, artifact.body)).collect();
        Self { by_path: Arc::new(by_path) }
    }

    /// Are there no files?
    pub fn is_empty(&self) -> bool {
        self.by_path.is_empty()
    }

    /// What the decoded path `path`, without its leading `/`, leads to. A path with a final `/`
    /// leads to the `index.html` of the folder.
    pub(super) fn find(&self, path: &str) -> Resolved<'_> {
        let wanted = match path.is_empty() || path.ends_with('/') {
            true => Cow::Owned(format!("{path}index.html")),
            false => Cow::Borrowed(path),
        };
        if let Some((path, body)) = self.by_path.get_key_value(wanted.as_ref()) {
            return Resolved::File(path, body);
        }
        match self.by_path.contains_key(&format!("{path}/index.html")) {
            true => Resolved::Folder,
            false => Resolved::Nothing,
        }
    }
}

/// Media type of the file at `path`, by its ending.
pub(super) fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "csv" => "text/csv; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{Resolved, ServedFiles};
    use crate::artifact::Artifact;

    #[test]
    fn paths_lead_to_files_and_folders_to_their_index() {
        let files = ServedFiles::new(vec![
            Artifact::new("index.html", b"home".to_vec()),
            Artifact::new("data/index.html", b"data".to_vec()),
        ]);
        let (home, data) = (b"home".to_vec().into(), b"data".to_vec().into());
        assert_eq!(files.find(""), Resolved::File("index.html", &home));
        assert_eq!(files.find("data/"), Resolved::File("data/index.html", &data));
        assert_eq!(files.find("data"), Resolved::Folder);
        assert_eq!(files.find("../etc/passwd"), Resolved::Nothing);
    }
}
