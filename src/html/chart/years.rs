//! **Years** side by side: columns for a few, points joined by a line for more.
//!
//! A year without a figure keeps its place and shows a dash; the line is interrupted there.

use super::axis::{self, NARROWEST};
use super::figures::{LINE_FROM, PlanLooks, Plot};
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

impl Plot<'_> {
    /// Draws the scale and the years. Returns the height of the drawing in pixels.
    pub(super) fn draw_years(&self, drawing: &mut Drawing) -> f64 {
        let scale = self.scale();
        let labels = axis::labels(&scale.ticks, scale.decimals(), self.unit, self.language);
        let widest = labels.iter().map(|label| axis::width(label)).fold(0.0, f64::max);
        let left = ((widest + 10.0) / NARROWEST).min(0.34);
        let band = (RIGHT - left) / self.years.len() as f64;
        let frame = Frame { left, band, scale };
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
                    let top = y(actual.value) - 10.0;
                    drawing.text(
                        ShapeRole::Value,
                        Anchor::Middle,
                        (centre, 0.0),
                        top,
                        &actual.text,
                    );
                }
            }
            None => draw_missing(drawing, centre, BOTTOM - 6.0),
        }
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
                // Above the column, or above the mark of the plan if that is just there.
                let mark = year.plan.as_ref().map(|plan| y(plan.value));
                let end = y(actual.value);
                let base = match (actual.value < 0.0, mark) {
                    (false, Some(mark)) if (end - 22.0..=end + 2.0).contains(&mark) => mark - 6.0,
                    (false, _) => end - 6.0,
                    (true, _) => end + 16.0,
                };
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
