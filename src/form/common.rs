//! What worksheets of one layout have in **common**: texts that are on most of them are labels and
//! titles.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::view::FormView;

/// The number of worksheets that have each text.
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

    /// The number of worksheets.
    pub fn pages(&self) -> usize {
        self.pages
    }

    /// The number of worksheets that have `text`.
    pub fn on(&self, text: &str) -> usize {
        self.counts.get(text).copied().unwrap_or(0)
    }

    /// Do most worksheets have `text`? Always false for a single worksheet, whose labels cannot be
    /// told from values.
    pub fn is_common(&self, text: &str) -> bool {
        self.pages > 1 && self.on(text) * 2 > self.pages
    }

    /// Is there only one worksheet?
    pub fn is_alone(&self) -> bool {
        self.pages < 2
    }
}
