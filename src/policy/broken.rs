//! A **broken** file has an error, so part of its contents is not known. A reference that may lead
//! into it is not reported as dangling: one mistake, one message.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{self, Diagnostics, Place};
use crate::source::{SourceFile, Sources, decode_table};

/// The broken files among those that define one kind of thing.
pub(super) struct Broken {
    texts: Vec<String>,
    /// Whether a broken file is missing or has no readable text, so that it may define anything.
    anything: bool,
}

/// Most bytes to search for the unknown names of one file, which takes seconds. After that, broken
/// files are assumed to define anything.
const SEARCHED: usize = 1 << 30;

impl Broken {
    /// The broken files whose path begins with one of `prefixes`.
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

    /// If one of the workbooks `files` has an error, assumes that it may define anything: what a
    /// form reads is put together from several cells.
    pub(super) fn or_any_of(
        mut self,
        files: &BTreeSet<Arc<str>>,
        diagnostics: &Diagnostics,
    ) -> Self {
        let broken = diagnostics.paths_with_errors();
        self.anything |= broken.iter().any(|path| files.contains(*path));
        self
    }

    /// Whether `name`, written at `place`, may be defined in one of the broken files. After very
    /// many unknown names in one file, the answer is always yes.
    pub(super) fn may_hold(&self, name: &str, place: &Place, diagnostics: &Diagnostics) -> bool {
        let asked = diagnostics.so_far(&diagnostic::POLICY_UNKNOWN_ID, place);
        let all: usize = self.texts.iter().map(String::len).sum();
        self.anything
            || asked.saturating_mul(all) > SEARCHED
            || self.texts.iter().any(|text| text.contains(name))
    }
}

/// The text of a file; `None` for a workbook.
fn text(file: &SourceFile) -> Option<String> {
    let is_workbook = [&b"PK"[..], &[0xD0, 0xCF]].iter().any(|magic| file.bytes.starts_with(magic));
    (!is_workbook).then(|| decode_table(&file.bytes).0.into_owned())
}
