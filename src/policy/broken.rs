//! A **broken** file has an error. What else would have been read from it is not known, so a
//! reference that may well lead into it is not called dangling: one slip, one message.

use crate::diagnostic::Diagnostics;
use crate::source::{SourceFile, Sources, decode_table};

/// The files with errors among those that define a kind of thing.
pub(super) struct Broken {
    texts: Vec<String>,
    /// One of them is missing, or its text cannot be had: it may have held anything.
    anything: bool,
}

impl Broken {
    /// Those whose path begins with one of `prefixes`.
    pub(super) fn among(prefixes: &[&str], sources: &Sources, diagnostics: &Diagnostics) -> Self {
        let mut broken = Self { texts: Vec::new(), anything: false };
        let mut paths: Vec<&str> = diagnostics.paths_with_errors();
        paths.retain(|path| prefixes.iter().any(|prefix| path.starts_with(prefix)));
        for path in paths {
            match sources.get(path).and_then(text) {
                Some(text) => broken.texts.push(text),
                None => broken.anything = true,
            }
        }
        broken
    }

    /// May `name` be defined in one of them?
    pub(super) fn may_hold(&self, name: &str) -> bool {
        self.anything || self.texts.iter().any(|text| text.contains(name))
    }
}

/// The text of a file; `None` for a workbook.
fn text(file: &SourceFile) -> Option<String> {
    let is_workbook = [&b"PK"[..], &[0xD0, 0xCF]].iter().any(|magic| file.bytes.starts_with(magic));
    (!is_workbook).then(|| decode_table(&file.bytes).0)
}
