//! The **chart** of a dataset as `dataset.toml` declares it in `[chart]`: the keys, and the kinds
//! of charts.
//!
//! Not in here: what the keys name, which is looked up when the site is assembled
//! (`site::blocks`), and drawing (`html`).

use crate::document::Keys;

/// How a chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// Points joined by lines.
    Line,
    /// Bars side by side.
    Bar,
    /// Bars upon each other.
    Stacked,
    /// A small chart for each series, on one scale.
    SmallMultiples,
}

impl ChartKind {
    /// Every kind, with its spelling.
    pub const CHOICES: [(&'static str, Self); 4] = [
        ("line", Self::Line),
        ("bar", Self::Bar),
        ("stacked", Self::Stacked),
        ("small-multiples", Self::SmallMultiples),
    ];
}

/// Requests the keys of `[chart]`, for the schema of `dataset.toml`.
pub(super) fn chart_keys(keys: &mut Keys<'_>) {
    keys.required_located_text("x");
    keys.text_or_texts("y");
    keys.located_text("by");
    keys.choice("kind", &ChartKind::CHOICES);
    keys.conditions("where");
    keys.bound("target");
    keys.count("last", 1);
    keys.localized("title");
    keys.localized("note");
}
