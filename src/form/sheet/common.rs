//! What the worksheets of a form have in **common**: texts that stand on most of them are labels and titles.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Page;

/// On how many worksheets each text stands.
pub(super) struct Common {
    pages: usize,
    counts: BTreeMap<Arc<str>, usize>,
}

impl Common {
    pub fn of(pages: &[Page]) -> Self {
        let mut counts: BTreeMap<Arc<str>, usize> = BTreeMap::new();
        for page in pages {
            for text in page.view.texts() {
                *counts.entry(text.clone()).or_default() += 1;
            }
        }
        Self { pages: pages.len(), counts }
    }

    /// On how many of the worksheets `text` stands, where these are most of them; of a single worksheet nobody can tell.
    pub fn count(&self, text: &str) -> Option<usize> {
        let count = *self.counts.get(text)?;
        (self.pages > 1 && count * 2 > self.pages).then_some(count)
    }

    /// Is there only one worksheet?
    pub fn is_alone(&self) -> bool {
        self.pages < 2
    }
}
