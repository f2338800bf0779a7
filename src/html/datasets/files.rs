//! The data **files** of a dataset, as a page offers them: format, size and digest.
//!
//! Not in here: the files themselves (`catalog`).

use serde::Serialize;

use crate::dataset::{Dataset, FileFormat};
use crate::html::context::PageContext;
use crate::site::file_paths;

#[derive(Serialize)]
pub(super) struct FileView {
    path: String,
    name: String,
    note: String,
    /// Size with its unit, such as `1.2 MB`.
    size: String,
    sha256: String,
}

/// The files of `dataset`, released or not, in the order in which they are offered.
pub(super) fn files(context: &PageContext<'_>, dataset: &Dataset) -> Vec<FileView> {
    let file = |format: FileFormat| {
        let name = format.file_name(dataset.id.as_str());
        let note = context.word(&format!("file_{}", format.ending().replace('.', "_")));
        file_view(context, file_paths::file_of(dataset, format), name, note)
    };
    FileFormat::ALL.into_iter().filter_map(file).collect()
}

/// The data file at `path`, where there is one.
pub(super) fn file_view(
    context: &PageContext<'_>,
    path: String,
    name: String,
    note: String,
) -> Option<FileView> {
    let facts = context.facts.facts(&path)?;
    Some(FileView { name, note, size: size(facts.bytes), sha256: facts.sha256, path })
}

/// Bytes as people read them, in powers of a thousand.
pub(super) fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} KB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}
