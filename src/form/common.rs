//! What worksheets of one layout have in **common**: texts that stand on most of them are labels
//! and titles.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::view::FormView;

/// On how many worksheets each text stands.
pub(super) struct CommonTexts {
    pages: usize,
    counts: BTreeMap<Arc<str>, usize>,
}

impl CommonTexts {
    pub fn of<'v>(views: impl IntoIterator<Item = &'v FormView>) -> Self {
        let mut common = Self { pages: 0, counts: BTreeMap::new() };
        for view in views {
            common.pages += 1;
            for text in view.texts() {
                *common.counts.entry(text.clone()).or_default() += 1;
            }
        }
        common
    }

    /// How many worksheets there are.
    pub fn pages(&self) -> usize {
        self.pages
    }

    /// On how many of them `text` stands.
    pub fn on(&self, text: &str) -> usize {
        self.counts.get(text).copied().unwrap_or(0)
    }

    /// Does `text` stand on most of them? Of a single worksheet nobody can tell.
    pub fn is_common(&self, text: &str) -> bool {
        self.pages > 1 && self.on(text) * 2 > self.pages
    }

    /// Is there only one worksheet?
    pub fn is_alone(&self) -> bool {
        self.pages < 2
    }
}
