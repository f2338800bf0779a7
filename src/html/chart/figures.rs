//! **Figures by year**: what was reached against what was aimed at, as columns for a few years and as a line for
//! more; what was spent against what was planned in the same manner; one year alone as a bar.
//!
//! A year without a figure keeps its place, with a dash where the figure would be: no line is drawn across it.

use super::axis::{self, NARROWEST};
use super::scale::{Scale, Zero};
use super::svg::{Anchor, Canvas, Drawing, Role};
use crate::text::Language;

/// A figure as it is drawn and as it is written.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::html) struct Figure {
    pub value: f64,
    pub text: String,
}

/// One year's figures.
#[derive(Clone, Debug, Default)]
pub(in crate::html) struct YearFigures {
    /// Short, for the axis.
    pub label: String,
    /// Is it the year that the page is about?
    pub current: bool,
    pub actual: Option<Figure>,
    /// Target, or budget.
    pub plan: Option<Figure>,
    /// The year in words.
    pub reading: String,
}

/// How what was planned is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::html) enum Plan {
    /// A mark to be reached.
    Target,
    /// An outline to be filled.
    Budget,
}

/// What a chart shows.
#[derive(Clone, Debug)]
pub(in crate::html) struct Plot<'a> {
    pub title: &'a str,
    /// The title's language, where that is not the page's.
    pub title_lang: Option<&'static str>,
    pub unit: Option<&'a str>,
    pub plan: Plan,
    pub baseline: Option<Figure>,
    /// Every year from the first to the last.
    pub years: Vec<YearFigures>,
    pub language: Language,
}

/// From so many years on a line shows the course better than columns.
pub(in crate::html) const LINE_FROM: usize = 5;
/// Height between the outermost ticks, room above for a value, room below for the years.
const HEIGHT: f64 = 168.0;
const ABOVE: f64 = 22.0;
const BELOW: f64 = 26.0;
/// Size of the lone bar's picture.
const LONE: (f64, f64) = (14.0, 40.0);
/// Right end of the plot.
const RIGHT: f64 = 0.985;

impl Plot<'_> {
    /// Is there anything that a drawing shows better than a table does? One figure alone compares with nothing.
    pub fn is_worth_drawing(&self) -> bool {
        let figures = |year: &YearFigures| {
            usize::from(year.actual.is_some()) + usize::from(year.plan.is_some())
        };
        let known: usize = self.years.iter().map(figures).sum();
        self.years.iter().any(|year| year.actual.is_some())
            && known + usize::from(self.baseline.is_some()) > 1
            && self.values().all(f64::is_finite)
    }

    /// Does the scale begin elsewhere than at zero? Readers must be told.
    pub fn is_cut(&self) -> bool {
        self.years.len() >= LINE_FROM && {
            let scale = self.scale();
            scale.first() > 0.0 || scale.last() < 0.0
        }
    }

    /// What the chart shows, in words.
    pub fn description(&self) -> String {
        let readings: Vec<&str> = self.years.iter().map(|year| year.reading.as_str()).collect();
        readings.join(if self.language == Language::Ja { "" } else { " " })
    }

    /// The drawing as it stands in a page, where `id` is unique.
    pub fn on_page(&self, id: &str) -> String {
        let (drawing, height) = self.draw(Canvas::Page);
        drawing.into_page(id, height, (self.title, self.title_lang), &self.description())
    }

    /// The drawing, and its height.
    pub(super) fn draw(&self, canvas: Canvas) -> (Drawing, f64) {
        let mut drawing = Drawing::new(canvas);
        let height = match self.years.len() {
            1 => self.draw_lone(&mut drawing),
            _ => self.draw_years(&mut drawing),
        };
        (drawing, height)
    }

    fn values(&self) -> impl Iterator<Item = f64> + '_ {
        let years = self.years.iter().flat_map(|year| [&year.actual, &year.plan]);
        years.chain([&self.baseline]).flatten().map(|figure| figure.value)
    }

    fn scale(&self) -> Scale {
        let values: Vec<f64> = self.values().collect();
        let by_length = self.years.len() < LINE_FROM || self.plan == Plan::Budget;
        Scale::of(&values, if by_length { Zero::Needed } else { Zero::IfNear })
    }

    fn draw_years(&self, drawing: &mut Drawing) -> f64 {
        let scale = self.scale();
        let labels = axis::labels(&scale.ticks, scale.decimals(), self.unit, self.language);
        let widest = labels.iter().map(|label| axis::width(label)).fold(0.0, f64::max);
        let left = ((widest + 10.0) / NARROWEST).min(0.34);
        let y = |value: f64| ABOVE + HEIGHT * (1.0 - scale.place(value));
        for (&tick, label) in scale.ticks.iter().zip(&labels) {
            let role = if tick == 0.0 { Role::Zero } else { Role::Grid };
            drawing.line(role, (left, y(tick)), (RIGHT, y(tick)));
            drawing.text(Role::Label, Anchor::End, (left, -6.0), y(tick) + 4.5, label);
        }
        let band = (RIGHT - left) / self.years.len() as f64;
        let ground = y(0.0_f64.clamp(scale.first(), scale.last()));
        let frame = Frame { left, band, ground, bottom: ABOVE + HEIGHT };
        let names: Vec<&str> = self.years.iter().map(|year| year.label.as_str()).collect();
        let named = axis::written(&names, band * NARROWEST);
        let lines = self.years.len() >= LINE_FROM && self.plan == Plan::Target;
        let widest_value =
            self.years.iter().flat_map(|year| &year.actual).map(|f| axis::width(&f.text));
        let all_valued = widest_value.fold(0.0, f64::max) + 4.0 <= band * NARROWEST;
        let last_known = self.years.iter().rposition(|year| year.actual.is_some());
        let own = self.years.iter().position(|year| year.current && year.actual.is_some());
        if lines {
            self.draw_course(drawing, &frame, &y);
        }
        for (place, year) in self.years.iter().enumerate() {
            let valued = all_valued || own.or(last_known) == Some(place);
            drawing.begin_year(&year.reading, year.current);
            let (from, to) = frame.band(place);
            drawing.rect(Role::Band, (from, to), 0.0, frame.bottom + BELOW);
            if lines {
                self.draw_point(drawing, &frame, place, &y, valued);
            } else {
                self.draw_column(drawing, &frame, place, &y, valued);
            }
            if named[place] {
                let role = if year.current { Role::Value } else { Role::Label };
                let at = (frame.centre(place), 0.0);
                drawing.text(role, Anchor::Middle, at, frame.bottom + 19.0, &year.label);
            }
            drawing.end_group();
        }
        if let Some(baseline) = &self.baseline {
            let y = y(baseline.value);
            drawing.line(Role::Baseline, (left, y), (RIGHT, y));
        }
        frame.bottom + BELOW
    }

    /// The parts of the line between years that follow each other.
    fn draw_course(&self, drawing: &mut Drawing, frame: &Frame, y: &impl Fn(f64) -> f64) {
        for (place, pair) in self.years.windows(2).enumerate() {
            if let (Some(from), Some(to)) = (&pair[0].actual, &pair[1].actual) {
                let ends = [(place, from), (place + 1, to)]
                    .map(|(place, figure)| (frame.centre(place), y(figure.value)));
                drawing.line(Role::Course, ends[0], ends[1]);
            }
        }
    }

    fn draw_point(
        &self,
        drawing: &mut Drawing,
        frame: &Frame,
        place: usize,
        y: &impl Fn(f64) -> f64,
        valued: bool,
    ) {
        let (year, centre) = (&self.years[place], frame.centre(place));
        if let Some(target) = &year.plan {
            draw_target(drawing, frame, place, y(target.value));
        }
        match &year.actual {
            Some(actual) => {
                drawing.circle(Role::Point, (centre, y(actual.value)), 4.5);
                if valued {
                    let top = y(actual.value) - 10.0;
                    drawing.text(Role::Value, Anchor::Middle, (centre, 0.0), top, &actual.text);
                }
            }
            None => draw_missing(drawing, centre, frame.bottom - 6.0),
        }
    }

    fn draw_column(
        &self,
        drawing: &mut Drawing,
        frame: &Frame,
        place: usize,
        y: &impl Fn(f64) -> f64,
        valued: bool,
    ) {
        let (year, centre) = (&self.years[place], frame.centre(place));
        let column = |value: f64| {
            let (top, bottom) = (y(value).min(frame.ground), y(value).max(frame.ground));
            // A figure that is not zero is never invisible.
            (top, if value == 0.0 { 0.0 } else { (bottom - top).max(1.5) })
        };
        if let (Plan::Budget, Some(budget)) = (self.plan, &year.plan) {
            let (top, height) = column(budget.value);
            drawing.rect(Role::Budget, frame.inner(place, 0.72), top, height);
        }
        if let Some(actual) = &year.actual {
            let (top, height) = column(actual.value);
            let share = if self.plan == Plan::Budget { 0.44 } else { 0.52 };
            drawing.rect(Role::Column, frame.inner(place, share), top, height);
            if valued {
                // Above the column, and above a mark that stands just there.
                let mark = year.plan.as_ref().map(|plan| y(plan.value));
                let end = y(actual.value);
                let base = match (actual.value < 0.0, mark) {
                    (false, Some(mark)) if (end - 22.0..=end + 2.0).contains(&mark) => mark - 6.0,
                    (false, _) => end - 6.0,
                    (true, _) => end + 16.0,
                };
                drawing.text(Role::Value, Anchor::Middle, (centre, 0.0), base, &actual.text);
            }
        } else {
            draw_missing(drawing, centre, frame.ground - 6.0);
        }
        if let (Plan::Target, Some(target)) = (self.plan, &year.plan) {
            draw_target(drawing, frame, place, y(target.value));
        }
    }

    /// One year: a bar along the scale, with its marks across.
    fn draw_lone(&self, drawing: &mut Drawing) -> f64 {
        let year = &self.years[0];
        let values: Vec<f64> = self.values().collect();
        let scale = Scale::of(&values, Zero::Needed);
        let labels = axis::labels(&scale.ticks, scale.decimals(), self.unit, self.language);
        let x = |value: f64| 0.02 + 0.94 * scale.place(value);
        let (top, bottom) = LONE;
        let names: Vec<&str> = labels.iter().map(String::as_str).collect();
        let band = 0.94 * NARROWEST / (names.len() - 1) as f64;
        let named = axis::written(&names, band);
        for ((&tick, label), named) in scale.ticks.iter().zip(&labels).zip(named) {
            let role = if tick == 0.0 { Role::Zero } else { Role::Grid };
            drawing.line(role, (x(tick), top - 8.0), (x(tick), bottom + 8.0));
            if named {
                let anchor = match x(tick) {
                    at if at < 0.1 => Anchor::Start,
                    at if at > 0.9 => Anchor::End,
                    _ => Anchor::Middle,
                };
                drawing.text(Role::Label, anchor, (x(tick), 0.0), bottom + 24.0, label);
            }
        }
        drawing.begin_year(&year.reading, false);
        let bar = |value: f64| (x(value.min(0.0)), x(value.max(0.0)));
        if let (Plan::Budget, Some(budget)) = (self.plan, &year.plan) {
            drawing.rect(Role::Budget, bar(budget.value), top, bottom - top);
        }
        if let Some(actual) = &year.actual {
            let inset = if self.plan == Plan::Budget { 6.0 } else { 3.0 };
            drawing.rect(Role::Column, bar(actual.value), top + inset, bottom - top - 2.0 * inset);
        }
        if let (Plan::Target, Some(target)) = (self.plan, &year.plan) {
            let at = x(target.value);
            drawing.line(Role::Target, (at, top - 5.0), (at, bottom + 5.0));
        }
        drawing.end_group();
        if let Some(baseline) = &self.baseline {
            let at = x(baseline.value);
            drawing.line(Role::Baseline, (at, top - 8.0), (at, bottom + 8.0));
        }
        bottom + 32.0
    }
}

/// The mark of a target: across most of the year's place, at the height `y`.
fn draw_target(drawing: &mut Drawing, frame: &Frame, place: usize, y: f64) {
    let (from, to) = frame.inner(place, 0.8);
    drawing.line(Role::Target, (from, y), (to, y));
}

fn draw_missing(drawing: &mut Drawing, centre: f64, base: f64) {
    drawing.text(Role::Missing, Anchor::Middle, (centre, 0.0), base, "—");
}

/// Where the years stand.
struct Frame {
    left: f64,
    band: f64,
    /// The line that columns stand on.
    ground: f64,
    bottom: f64,
}

impl Frame {
    fn centre(&self, place: usize) -> f64 {
        self.left + self.band * (place as f64 + 0.5)
    }

    fn band(&self, place: usize) -> (f64, f64) {
        self.inner(place, 1.0)
    }

    /// The middle of a band: `share` of it.
    fn inner(&self, place: usize, share: f64) -> (f64, f64) {
        let half = self.band * share / 2.0;
        (self.centre(place) - half, self.centre(place) + half)
    }
}

#[cfg(test)]
mod tests {
    use super::{Figure, Plan, Plot, YearFigures};
    use crate::text::Language;

    fn figure(value: f64) -> Figure {
        Figure { value, text: value.to_string() }
    }

    fn plot(figures: &[(Option<f64>, Option<f64>)]) -> Plot<'static> {
        let years = figures.iter().enumerate().map(|(place, (actual, plan))| YearFigures {
            label: format!("{}", 2020 + place),
            current: place == 0,
            actual: actual.map(figure),
            plan: plan.map(figure),
            reading: String::new(),
        });
        Plot {
            title: "x",
            title_lang: None,
            unit: None,
            plan: Plan::Target,
            baseline: None,
            years: years.collect(),
            language: Language::En,
        }
    }

    fn drawn(plot: &Plot<'_>) -> String {
        plot.on_page("x")
    }

    #[test]
    fn a_missing_year_is_a_gap_with_a_dash_and_never_bridged() {
        let known = |value| (Some(value), None);
        let course = drawn(&plot(&[known(1.0), known(2.0), (None, None), known(3.0), known(4.0)]));
        assert_eq!(course.matches("class=\"course\"").count(), 2, "{course}");
        assert_eq!(course.matches("class=\"point\"").count(), 4);
        assert_eq!(course.matches(">—</text>").count(), 1);
    }

    #[test]
    fn few_years_are_columns_and_one_is_a_bar() {
        let known = |value| (Some(value), Some(2.0));
        let columns = drawn(&plot(&[known(1.0), known(2.0), known(3.0)]));
        assert_eq!(columns.matches("class=\"column\"").count(), 3);
        assert_eq!(columns.matches("class=\"target\"").count(), 3);
        let lone = drawn(&plot(&[known(1.0)]));
        assert_eq!(lone.matches("class=\"column\"").count(), 1);
    }

    #[test]
    fn zero_is_drawn_as_nothing_and_a_small_figure_as_something() {
        let columns = drawn(&plot(&[(Some(0.0), None), (Some(1e-6), None), (Some(9e9), None)]));
        assert!(
            columns.contains(r#"height="0""#) && columns.contains(r#"height="1.5""#),
            "{columns}"
        );
    }

    #[test]
    fn one_figure_alone_is_no_chart() {
        assert!(!plot(&[(Some(5.0), None)]).is_worth_drawing());
        assert!(!plot(&[(None, Some(5.0)), (None, Some(6.0))]).is_worth_drawing());
        assert!(plot(&[(Some(5.0), Some(0.0))]).is_worth_drawing());
        assert!(!plot(&[(Some(f64::INFINITY), Some(0.0))]).is_worth_drawing());
    }

    #[test]
    fn a_scale_that_is_cut_is_told() {
        let known = |value| (Some(value), None);
        let near = [98.0, 98.2, 98.1, 98.4, 98.3].map(known);
        assert!(plot(&near).is_cut());
        assert!(!plot(&near[..3]).is_cut());
    }
}
