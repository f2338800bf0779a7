//! A **chart**: figures as a drawing (SVG) that is part of the page and needs no script.
//!
//! A drawing is made twice from the same instructions: for a page, as wide as its column, with classes that the
//! theme colours; and as a file by itself, with a fixed width and colours of its own. Positions across
//! are therefore fractions of the width, and those down are pixels, so that texts keep their size on any
//! screen. Every chart stands beside a table of the same figures, and says in words what it shows.
//!
//! Not in here: which figures there are (`site`), and the table and the sentence around a chart (the views).

mod axis;
mod figures;
mod file;
mod lone;
mod looks;
mod ratings;
mod scale;
mod svg;
mod years;

pub(super) use figures::{Figure, LINE_FROM, Plan, Plot, YearFigures};
pub(super) use file::{Source, file};
pub(super) use ratings::{RatingsByYear, ratings_by_year};
