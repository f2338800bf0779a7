//! A chart as a **file** by itself: the drawing with its title, what its marks mean, and where it comes from, since a
//! picture travels without its page.

use super::figures::Plot;
use super::looks::Role;
use super::svg::{Anchor, Canvas, Drawing};

/// Pixels across.
const WIDTH: f64 = 640.0;
/// Room around.
const MARGIN: f64 = 20.0;
/// Where the drawing begins below the title and the key.
const TOP: f64 = 84.0;

/// What is written around a drawing.
#[derive(Clone, Debug)]
pub(in crate::html) struct Source {
    /// Language of it.
    pub lang: &'static str,
    /// Below the title: unit, and which way is better.
    pub subtitle: String,
    /// The marks and their words: what was reached, what was planned, where things stood.
    pub key: String,
    /// Who publishes it, under which licence, where.
    pub source: String,
}

/// The file of `plot`.
pub(in crate::html) fn file(plot: &Plot<'_>, around: &Source) -> String {
    let inner = WIDTH - 2.0 * MARGIN;
    let (drawing, height) = plot.draw(Canvas::File(inner));
    let all = TOP + height + 44.0;
    let mut whole = Drawing::new(Canvas::File(WIDTH));
    let left = (0.0, MARGIN);
    whole.rect(Role::Paper, (0.0, 1.0), 0.0, all);
    whole.text(Role::Title, Anchor::Start, left, 32.0, plot.title);
    whole.text(Role::Label, Anchor::Start, left, 54.0, &around.subtitle);
    whole.text(Role::Label, Anchor::Start, left, 74.0, &around.key);
    whole.text(Role::Label, Anchor::Start, left, all - 14.0, &around.source);
    whole.begin_moved(MARGIN, TOP);
    whole.append(drawing);
    whole.end_group();
    whole.into_file(around.lang, all, plot.title, &plot.description())
}
