//! A **chart**: figures as a drawing (SVG) that is part of the page and needs no script.
//!
//! A drawing is as wide as its column and has classes that the theme colours. Horizontal positions
//! are fractions of the width and vertical ones are pixels, so texts keep their size on any screen.
//! Every chart is beside a table of the same figures, and says in words what it shows.
//!
//! Not in here: which figures there are (`site`), and the table and the sentence around a chart
//! (the views).

mod axis;
mod figures;
mod lone;
mod looks;
mod ratings;
mod scale;
mod series;
mod spark;
mod svg;
mod years;

pub(super) use figures::{DrawnFigure, LINE_FROM, PlanLooks, Plot, YearFigures};
pub(super) use ratings::{RatingsByYear, ratings_by_year};
pub(super) use series::{SeriesLooks, SeriesPlot, mark_of};
pub(super) use spark::spark;
pub(super) use svg::Escaped;
