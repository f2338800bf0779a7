//! What the **targets** share: inputs that consist of several files, and reports of what was found
//! in them.
//!
//! Not in here: what is held of each reader (`targets/`).

use std::sync::Arc;

use kawaraban::diagnostic::{Diagnostics, Place};
use kawaraban::report::{self, ColourChoice, ReportFormat, ReportStyle};
use kawaraban::source::{Limits, SourceFile, Sources};
use kawaraban::text::Language;

/// Begins the line with the name of a part of an input.
const PART: &[u8] = b"@@";

/// Limits below those of the product, so that an input that needs much memory is refused soon.
pub const LIMITS: Limits = Limits {
    file: 1 << 22,
    toml: 1 << 22,
    markdown: 1 << 22,
    font: 1 << 22,
    content: 1 << 24,
    unpacked: 1 << 22,
    cells: 200_000,
    columns: 16_384,
    cell: 1 << 16,
    repeated: 1 << 24,
};

/// The parts of an input, each with its name: what follows a line `@@name` up to the next one. What
/// is before the first such line has no name.
pub fn parts(data: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut parts = vec![(String::new(), Vec::new())];
    for line in data.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_prefix(PART) {
            Some(name) => {
                let name = String::from_utf8_lossy(name).trim().to_owned();
                parts.push((name, Vec::new()));
            }
            None => parts.last_mut().expect("there is one").1.extend_from_slice(line),
        }
    }
    parts
}

/// The files of the content that an input consists of: each part whose name has an ending, the
/// first of one path. In the order of their paths.
pub fn files(data: &[u8]) -> Vec<SourceFile> {
    let named = parts(data).into_iter().skip(1).filter(|(name, _)| name.contains('.'));
    let mut files: Vec<SourceFile> =
        named.map(|(name, bytes)| file(&format!("content/{name}"), &bytes)).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup_by(|a, b| a.path == b.path);
    files
}

/// A file of the content.
pub fn file(path: &str, bytes: &[u8]) -> SourceFile {
    SourceFile { path: path.into(), bytes: Arc::from(bytes), stored: None, limits: LIMITS }
}

/// Holds that every place lies in its file, and writes the report in every format and language.
pub fn report(diagnostics: Diagnostics, sources: &Sources) {
    for found in diagnostics.iter() {
        let related = found.related.iter().map(|related| &related.place);
        for place in std::iter::once(&found.place).chain(related) {
            assert_place(place, sources);
        }
        for text in [&found.message, &found.help.clone().unwrap_or_else(|| found.message.clone())] {
            assert!(!text.ja.is_empty() && !text.en.is_empty(), "{found:?}");
        }
    }
    let formats =
        [ReportFormat::Human, ReportFormat::Short, ReportFormat::Json, ReportFormat::Github];
    for format in formats {
        for language in [Language::Ja, Language::En] {
            let style = ReportStyle { format, language, colour: ColourChoice::Plain };
            report::render(diagnostics.clone(), sources, style);
        }
    }
}

/// A range of a text begins and ends between two characters of it.
fn assert_place(place: &Place, sources: &Sources) {
    if let Place::Text { file, start, end } = place
        && let Some(text) = sources.get(file).map(SourceFile::text_to_show)
    {
        assert!(text.get(*start..*end).is_some(), "{place:?}");
    }
}
