//! **Years** side by side: columns for a few, points joined by a line for more.
//!
//! A year without a figure keeps its place and shows a dash; the line is interrupted there.

use super::axis::{self, NARROWEST};
use super::figures::{DrawnFigure, LINE_FROM, PlanLooks, Plot};
use super::looks::ShapeRole;
use super::scale::AxisScale;
use super::svg::{Anchor, Drawing};

/// Height between the outermost ticks, room above for a value, room below for the years.
const HEIGHT: f64 = 168.0;
const ABOVE: f64 = 22.0;
const BELOW: f64 = 26.0;
const BOTTOM: f64 = ABOVE + HEIGHT;
/// Right end of the plot.
const RIGHT: f64 = 0.985;
/// Fewest places for years between the ends of the plot.
const FEWEST_PLACES: usize = 4;
/// Height of a letter, and the room between a figure and what is near it.
const LETTER: f64 = 10.0;
const GAP: f64 = 6.0;

impl Plot<'_> {
    /// Draws the scale and the years. Returns the height of the drawing in pixels.
    pub(super) fn draw_years(&self, drawing: &mut Drawing) -> f64 {
        let scale = self.scale();
        let labels =
            axis::labels(&scale.ticks, scale.decimals(), self.unit, (self.language, self.minus));
        let widest = labels.iter().map(|label| axis::width(label)).fold(0.0, f64::max);
        let left = ((widest + 10.0) / NARROWEST).min(0.34);
        // Two or three years stand in the middle, not as columns as wide as half a page.
        let places = self.years.len().max(FEWEST_PLACES);
        let band = (RIGHT - left) / places as f64;
        let first = left + band * (places - self.years.len()) as f64 / 2.0;
        let frame = Frame { left: first, band, scale };
        for (&tick, label) in frame.scale.ticks.iter().zip(&labels) {
            let (role, y) =
                (if tick == 0.0 { ShapeRole::Zero } else { ShapeRole::Grid }, frame.y(tick));
            drawing.line(role, (left, y), (RIGHT, y));
            drawing.text(ShapeRole::Label, Anchor::End, (left, -6.0), y + 4.5, label);
        }
        let names: Vec<&str> = self.years.iter().map(|year| year.label.as_str()).collect();
        let named = axis::written(&names, band * NARROWEST);
        let lines = self.years.len() >= LINE_FROM && self.plan == PlanLooks::Target;
        let widest_value =
            self.years.iter().flat_map(|year| &year.actual).map(|f| axis::width(&f.text));
        let all_valued = widest_value.fold(0.0, f64::max) + 4.0 <= band * NARROWEST;
        let last_known = self.years.iter().rposition(|year| year.actual.is_some());
        let own = self.years.iter().position(|year| year.current && year.actual.is_some());
        if lines {
            self.draw_course(drawing, &frame);
        }
        for (place, year) in self.years.iter().enumerate() {
            let valued = all_valued || own.or(last_known) == Some(place);
            drawing.begin_year(&year.reading, year.current);
            let (from, to) = frame.band(place);
            drawing.rect(ShapeRole::Band, (from, to), 0.0, BOTTOM + BELOW);
            if lines {
                self.draw_point(drawing, &frame, place, valued);
            } else {
                self.draw_column(drawing, &frame, place, valued);
            }
            if named[place] {
                let role = if year.current { ShapeRole::Value } else { ShapeRole::Label };
                let at = (frame.centre(place), 0.0);
                drawing.text(role, Anchor::Middle, at, BOTTOM + 19.0, &year.label);
            }
            drawing.end_group();
        }
        if let Some(baseline) = &self.baseline {
            let y = frame.y(baseline.value);
            drawing.line(ShapeRole::Baseline, (left, y), (RIGHT, y));
        }
        BOTTOM + BELOW
    }

    /// Draws the line between each two consecutive years that both have an actual figure.
    fn draw_course(&self, drawing: &mut Drawing, frame: &Frame) {
        for (place, pair) in self.years.windows(2).enumerate() {
            if let (Some(from), Some(to)) = (&pair[0].actual, &pair[1].actual) {
                let ends = [(place, from), (place + 1, to)]
                    .map(|(place, figure)| (frame.centre(place), frame.y(figure.value)));
                drawing.line(ShapeRole::Course, ends[0], ends[1]);
            }
        }
    }

    /// Draws the year at `place` as a point, with the mark of its target, and with the figure above
    /// the point if `valued`. A dash stands for a missing figure.
    fn draw_point(&self, drawing: &mut Drawing, frame: &Frame, place: usize, valued: bool) {
        let (year, centre) = (&self.years[place], frame.centre(place));
        let y = |value| frame.y(value);
        if let Some(target) = &year.plan {
            draw_target(drawing, frame, place, y(target.value));
        }
        match &year.actual {
            Some(actual) => {
                drawing.circle(ShapeRole::Point, (centre, y(actual.value)), 4.5);
                if valued {
                    let base = self.base_of_value(frame, place, actual);
                    let at = (centre, 0.0);
                    drawing.text(ShapeRole::Value, Anchor::Middle, at, base, &actual.text);
                }
            }
            None => draw_missing(drawing, centre, BOTTOM - 6.0),
        }
    }

    /// The base line of the figure of the point at `place`: above the point, or else below it,
    /// where it meets neither the line nor the mark of a target nor the baseline.
    fn base_of_value(&self, frame: &Frame, place: usize, actual: &DrawnFigure) -> f64 {
        let own = frame.y(actual.value);
        let half = axis::width(&actual.text) / 2.0 / NARROWEST;
        // What lies between the left and the right end of the figure, as stretches of height.
        let mut met: Vec<(f64, f64)> = vec![(own - 4.5, own + 4.5)];
        for neighbour in [place.checked_sub(1), Some(place + 1)].into_iter().flatten() {
            let Some(year) = self.years.get(neighbour) else { continue };
            if let Some(other) = &year.actual {
                let reached = (half / frame.band).min(1.0);
                let there = own + (frame.y(other.value) - own) * reached;
                met.push((own.min(there), own.max(there)));
            }
        }
        // The mark of a target reaches over four fifths of the place of its year.
        let near = frame.band * 0.6;
        let marks =
            self.years.iter().enumerate().filter(|(other, _)| {
                *other == place || (other.abs_diff(place) == 1 && half > near)
            });
        met.extend(
            marks
                .filter_map(|(_, year)| year.plan.as_ref())
                .map(|plan| frame.y(plan.value))
                .map(|y| (y - 1.5, y + 1.5)),
        );
        met.extend(self.baseline.iter().map(|baseline| frame.y(baseline.value)).map(|y| (y, y)));
        let is_free = |base: f64| {
            base - LETTER > 0.0
                && base < BOTTOM
                && met.iter().all(|&(top, bottom)| bottom + 2.0 < base - LETTER || top - 2.0 > base)
        };
        let above = met.iter().map(|&(top, _)| top - GAP).chain([own - 4.5 - GAP]);
        let below = met.iter().map(|&(_, bottom)| bottom + GAP + LETTER);
        // The nearest free place; above the point if two are as near.
        let mut places: Vec<f64> = above.chain(below).filter(|&base| is_free(base)).collect();
        places.sort_by(|one, other| {
            (one - own + LETTER / 2.0).abs().total_cmp(&(other - own + LETTER / 2.0).abs())
        });
        places.first().copied().unwrap_or(own - 4.5 - GAP)
    }

    /// Draws the year at `place` as a column, with its budget behind it or the mark of its target
    /// across it, and with the figure at the end of the column if `valued`. A dash stands for a
    /// missing figure.
    fn draw_column(&self, drawing: &mut Drawing, frame: &Frame, place: usize, valued: bool) {
        let (year, centre) = (&self.years[place], frame.centre(place));
        let y = |value| frame.y(value);
        let ground = frame.ground();
        let column = |value: f64| {
            let (top, bottom) = (y(value).min(ground), y(value).max(ground));
            // A figure other than zero is always visible.
            (top, if value == 0.0 { 0.0 } else { (bottom - top).max(1.5) })
        };
        if let (PlanLooks::Budget, Some(budget)) = (self.plan, &year.plan) {
            let (top, height) = column(budget.value);
            drawing.rect(ShapeRole::Budget, frame.inner(place, 0.72), top, height);
        }
        if let Some(actual) = &year.actual {
            let (top, height) = column(actual.value);
            let share = if self.plan == PlanLooks::Budget { 0.44 } else { 0.52 };
            drawing.rect(ShapeRole::Column, frame.inner(place, share), top, height);
            if valued {
                let plan = year.plan.as_ref().map(|plan| y(plan.value));
                let baseline = self.baseline.as_ref().map(|baseline| y(baseline.value));
                let lines: Vec<f64> = plan.into_iter().chain(baseline).collect();
                let base = base_beyond(y(actual.value), actual.value < 0.0, &lines);
                drawing.text(ShapeRole::Value, Anchor::Middle, (centre, 0.0), base, &actual.text);
            }
        } else {
            draw_missing(drawing, centre, ground - 6.0);
        }
        if let (PlanLooks::Target, Some(target)) = (self.plan, &year.plan) {
            draw_target(drawing, frame, place, y(target.value));
        }
    }
}

/// The base line of a figure at the `end` of a column: above it, or below it for a column that
/// hangs down, and beyond every line that would cross it.
fn base_beyond(end: f64, hangs: bool, lines: &[f64]) -> f64 {
    let mut base = if hangs { end + GAP + LETTER } else { end - GAP };
    // Each line moves the figure once at most, always in the same direction.
    for _ in lines {
        let crossed = lines.iter().find(|&&y| base - LETTER - 2.0 < y && y < base + 3.0);
        match crossed {
            Some(y) if hangs => base = y + GAP + LETTER,
            Some(y) => base = y - GAP,
            None => break,
        }
    }
    base
}

/// The mark of a target: across most of the year's place, at the height `y`.
fn draw_target(drawing: &mut Drawing, frame: &Frame, place: usize, y: f64) {
    let (from, to) = frame.inner(place, 0.8);
    drawing.line(ShapeRole::Target, (from, y), (to, y));
}

fn draw_missing(drawing: &mut Drawing, centre: f64, base: f64) {
    drawing.text(ShapeRole::Missing, Anchor::Middle, (centre, 0.0), base, "—");
}

/// The positions of years and values in the drawing.
struct Frame {
    left: f64,
    band: f64,
    scale: AxisScale,
}

impl Frame {
    fn y(&self, value: f64) -> f64 {
        ABOVE + HEIGHT * (1.0 - self.scale.place(value))
    }

    /// Vertical position of the line from which columns begin: zero, or the end of the scale that
    /// is nearest to it.
    fn ground(&self) -> f64 {
        self.y(0.0_f64.clamp(self.scale.first(), self.scale.last()))
    }

    fn centre(&self, place: usize) -> f64 {
        self.left + self.band * (place as f64 + 0.5)
    }

    fn band(&self, place: usize) -> (f64, f64) {
        self.inner(place, 1.0)
    }

    /// Left and right end of the middle part of a year's band, `share` of its width.
    fn inner(&self, place: usize, share: f64) -> (f64, f64) {
        let half = self.band * share / 2.0;
        (self.centre(place) - half, self.centre(place) + half)
    }
}

#[cfg(test)]
mod tests {
    use super::base_beyond;

    #[test]
    fn a_figure_stands_beyond_the_lines_that_would_cross_it() {
        assert_eq!(base_beyond(100.0, false, &[]), 94.0);
        assert_eq!(base_beyond(100.0, false, &[95.0]), 89.0);
        assert_eq!(base_beyond(100.0, false, &[88.0, 95.0]), 82.0);
        assert_eq!(base_beyond(100.0, false, &[120.0]), 94.0);
        assert_eq!(base_beyond(100.0, true, &[110.0]), 126.0);
    }
}
