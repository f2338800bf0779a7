//! **Looks**: what a shape stands for, and the class by which the theme draws it.

use std::fmt::{self, Display, Formatter};

use crate::config::RatingLook;

/// What a shape stands for; this decides its looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ShapeRole {
    /// Lines to read values by.
    Grid,
    /// The grid line at zero.
    Zero,
    /// A label on an axis.
    Label,
    /// A value written at its mark.
    Value,
    /// An actual figure, as a column.
    Column,
    /// A budget.
    Budget,
    /// An actual figure, as a point of a line.
    Point,
    /// The line between points.
    Course,
    /// A target.
    Target,
    /// The figure before the measure began.
    Baseline,
    /// The sign in place of a missing figure.
    Missing,
    /// The whole area of a year, which reacts to a pointer.
    Band,
    /// A figure of the series with this number, as a bar or a point.
    Series(usize),
    /// The line between two points of the series with this number.
    SeriesLine(usize),
    /// The segment of a rating.
    Segment(RatingLook),
    /// A text within such a segment.
    OnSegment(RatingLook),
}

/// The class that a shape has in a page.
pub(super) struct ShapeClass(pub ShapeRole);

impl Display for ShapeClass {
    /// Writes the value of the `class` attribute: a name, and for segments also the look of the
    /// rating, as in `segment good step1`.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            ShapeRole::Grid => "grid",
            ShapeRole::Zero => "zero",
            ShapeRole::Label => "label",
            ShapeRole::Value => "value",
            ShapeRole::Column => "column",
            ShapeRole::Budget => "budget",
            ShapeRole::Point => "point",
            ShapeRole::Course => "course",
            ShapeRole::Target => "target",
            ShapeRole::Baseline => "baseline",
            ShapeRole::Missing => "missing",
            ShapeRole::Band => "band",
            ShapeRole::Series(number) => return write!(f, "series s{}", number + 1),
            ShapeRole::SeriesLine(number) => return write!(f, "series-line s{}", number + 1),
            ShapeRole::Segment(look) => return write!(f, "segment {look}"),
            ShapeRole::OnSegment(look) => return write!(f, "on {look}"),
        })
    }
}
