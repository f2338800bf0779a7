//! The data **files** of a dataset, as a page offers them: format, size and digest.
//!
//! Not in here: the files themselves (`catalog`).

use serde::Serialize;

use crate::dataset::{Dataset, FileFormat};
use crate::html::context::PageContext;
use crate::site::file_paths;
use crate::text::Language;

/// The formats that are offered first.
const FIRST: [FileFormat; 3] = [FileFormat::Csv, FileFormat::ExcelCsv, FileFormat::Workbook];

#[derive(Serialize)]
pub(super) struct FileView {
    path: String,
    name: String,
    note: String,
    /// Size with its unit, such as `1.2 MB`.
    size: String,
    sha256: String,
    /// Is it offered first: CSV, or a workbook? The others are folded.
    first: bool,
}

/// The files of `dataset`, released or not, in the order in which they are offered.
pub(super) fn files(context: &PageContext<'_>, dataset: &Dataset) -> Vec<FileView> {
    let file = |format: FileFormat| {
        let name = format.file_name(dataset.id.as_str());
        let note = context.word(&format!("file_{}", format.ending().replace('.', "_")));
        let view = file_view(context, file_paths::file_of(dataset, format), name, note)?;
        Some(FileView { first: FIRST.contains(&format), ..view })
    };
    FileFormat::ALL.into_iter().filter_map(file).collect()
}

/// What is said of each format that the site wants and that cannot hold `dataset`.
pub(super) fn left_out(context: &PageContext<'_>, dataset: &Dataset) -> Vec<String> {
    let is_absent = |format: &FileFormat| {
        format.is_compiled()
            && format.is_among(&context.site.config.formats)
            && context.facts.facts(&file_paths::file_of(dataset, *format)).is_none()
    };
    let formats = FileFormat::ALL.into_iter().filter(is_absent);
    let said = formats.filter_map(|format| {
        let why = format.left_out(dataset)?.why;
        let why = match context.language {
            Language::Ja => why.ja,
            Language::En => why.en,
        };
        let said = context.word("format_left_out").replace("{format}", format.name());
        Some(said.replace("{why}", &why))
    });
    said.collect()
}

/// The data file at `path`, where there is one.
pub(super) fn file_view(
    context: &PageContext<'_>,
    path: String,
    name: String,
    note: String,
) -> Option<FileView> {
    let facts = context.facts.facts(&path)?;
    let (size, sha256) = (size(facts.bytes), facts.sha256);
    Some(FileView { name, note, size, sha256, path, first: false })
}

/// Bytes as people read them, in powers of a thousand.
pub(super) fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} KB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}
