//! A **lone** year: a horizontal bar, with target, baseline and grid as lines across it.

use super::axis::{self, NARROWEST};
use super::figures::{PlanLooks, Plot};
use super::looks::ShapeRole;
use super::scale::{AxisScale, Zero};
use super::svg::{Anchor, Drawing};

/// Top and bottom of the bar.
const BAR: (f64, f64) = (14.0, 40.0);

impl Plot<'_> {
    /// Draws the only year as a horizontal bar. Returns the height of the drawing in pixels.
    pub(super) fn draw_lone(&self, drawing: &mut Drawing) -> f64 {
        let year = &self.years[0];
        let values: Vec<f64> = self.values().collect();
        let scale = AxisScale::of(&values, Zero::Needed);
        let labels =
            axis::labels(&scale.ticks, scale.decimals(), self.unit, (self.language, self.minus));
        let x = |value: f64| 0.02 + 0.94 * scale.place(value);
        let (top, bottom) = BAR;
        let names: Vec<&str> = labels.iter().map(String::as_str).collect();
        let band = 0.94 * NARROWEST / (names.len() - 1) as f64;
        let named = axis::written(&names, band);
        for ((&tick, label), named) in scale.ticks.iter().zip(&labels).zip(named) {
            let role = if tick == 0.0 { ShapeRole::Zero } else { ShapeRole::Grid };
            drawing.line(role, (x(tick), top - 8.0), (x(tick), bottom + 8.0));
            if named {
                let anchor = match x(tick) {
                    at if at < 0.1 => Anchor::Start,
                    at if at > 0.9 => Anchor::End,
                    _ => Anchor::Middle,
                };
                drawing.text(ShapeRole::Label, anchor, (x(tick), 0.0), bottom + 24.0, label);
            }
        }
        drawing.begin_year(&year.reading, false);
        let bar = |value: f64| (x(value.min(0.0)), x(value.max(0.0)));
        if let (PlanLooks::Budget, Some(budget)) = (self.plan, &year.plan) {
            drawing.rect(ShapeRole::Budget, bar(budget.value), top, bottom - top);
        }
        if let Some(actual) = &year.actual {
            let inset = if self.plan == PlanLooks::Budget { 6.0 } else { 3.0 };
            drawing.rect(
                ShapeRole::Column,
                bar(actual.value),
                top + inset,
                bottom - top - 2.0 * inset,
            );
        }
        if let (PlanLooks::Target, Some(target)) = (self.plan, &year.plan) {
            let at = x(target.value);
            drawing.line(ShapeRole::Target, (at, top - 5.0), (at, bottom + 5.0));
        }
        drawing.end_group();
        if let Some(baseline) = &self.baseline {
            let at = x(baseline.value);
            drawing.line(ShapeRole::Baseline, (at, top - 8.0), (at, bottom + 8.0));
        }
        bottom + 32.0
    }
}
