//! **Progress** in the terminal: the present stage of a run.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::pipeline::{Progress, Stage};
use crate::text::Language;

/// A line on standard error that names the present stage; hidden if standard error is not a
/// terminal.
pub(super) struct ProgressLine {
    bar: ProgressBar,
    language: Language,
}

impl ProgressLine {
    pub fn new(language: Language) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{spinner} {msg} {elapsed}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        bar.enable_steady_tick(Duration::from_millis(100));
        Self { bar, language }
    }

    /// Removes the line, so that a report can follow.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for ProgressLine {
    fn begin(&self, stage: Stage) {
        let words = match (stage, self.language) {
            (Stage::Reading, Language::Ja) => "読み込んでいます",
            (Stage::Reading, Language::En) => "reading",
            (Stage::Rendering, Language::Ja) => "ページ、データ、索引を作成しています",
            (Stage::Rendering, Language::En) => "building pages, data and index",
            (Stage::Publishing, Language::Ja) => "書き出しています",
            (Stage::Publishing, Language::En) => "writing",
        };
        self.bar.set_message(words);
    }
}
