//! **Figures by year**: results against targets, as columns for a few years and as a line for more;
//! spending against budgets, always as columns; a single year as a bar.
//!
//! Not in here: how several years are drawn (`years`), and one (`lone`).

use super::scale::{AxisScale, Zero};
use super::svg::Drawing;
use crate::config::MinusSign;
use crate::text::Language;

/// A figure as it is drawn and as it is written.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::html) struct DrawnFigure {
    pub value: f64,
    pub text: String,
}

/// One year's figures.
#[derive(Clone, Debug, Default)]
pub(in crate::html) struct YearFigures {
    /// Short name of the year, for the axis.
    pub label: String,
    /// Is it the year that the page is about?
    pub current: bool,
    pub actual: Option<DrawnFigure>,
    /// The target, or the budget.
    pub plan: Option<DrawnFigure>,
    /// The figures of the year in words.
    pub reading: String,
}

/// How targets or budgets are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::html) enum PlanLooks {
    /// A target: a mark across the column or near the point.
    Target,
    /// A budget: an outline around the column.
    Budget,
}

/// What a chart shows.
#[derive(Clone, Debug)]
pub(in crate::html) struct Plot<'a> {
    pub title: &'a str,
    /// The title's language, where that is not the page's.
    pub title_lang: Option<&'static str>,
    pub unit: Option<&'a str>,
    pub plan: PlanLooks,
    pub baseline: Option<DrawnFigure>,
    /// Every year from the first to the last.
    pub years: Vec<YearFigures>,
    pub language: Language,
    /// The sign before negative numbers.
    pub minus: MinusSign,
}

/// Number of years from which a line shows the course better than columns.
pub(in crate::html) const LINE_FROM: usize = 5;

impl Plot<'_> {
    /// Does a drawing show more than the table? It takes an actual figure and at least one more
    /// figure to compare it with; all must be finite.
    pub fn is_worth_drawing(&self) -> bool {
        let figures = |year: &YearFigures| {
            usize::from(year.actual.is_some()) + usize::from(year.plan.is_some())
        };
        let known: usize = self.years.iter().map(figures).sum();
        self.years.iter().any(|year| year.actual.is_some())
            && known + usize::from(self.baseline.is_some()) > 1
            && self.values().all(f64::is_finite)
    }

    /// Does the scale leave out zero? Readers must be told.
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

    /// The drawing as SVG for a page, in which `id` must be unique.
    pub fn on_page(&self, id: &str) -> String {
        let (drawing, height) = self.draw();
        drawing.into_page(id, height, (self.title, self.title_lang), &self.description())
    }

    /// The drawing, and its height in pixels.
    fn draw(&self) -> (Drawing, f64) {
        let mut drawing = Drawing::new();
        let height = match self.years.len() {
            1 => self.draw_lone(&mut drawing),
            _ => self.draw_years(&mut drawing),
        };
        (drawing, height)
    }

    pub(super) fn values(&self) -> impl Iterator<Item = f64> + '_ {
        let years = self.years.iter().flat_map(|year| [&year.actual, &year.plan]);
        years.chain([&self.baseline]).flatten().map(|figure| figure.value)
    }

    pub(super) fn scale(&self) -> AxisScale {
        let values: Vec<f64> = self.values().collect();
        let by_length = self.years.len() < LINE_FROM || self.plan == PlanLooks::Budget;
        AxisScale::of(&values, if by_length { Zero::Needed } else { Zero::IfNear })
    }
}

#[cfg(test)]
mod tests {
    use super::{DrawnFigure, PlanLooks, Plot, YearFigures};
    use crate::config::MinusSign;
    use crate::text::Language;

    fn figure(value: f64) -> DrawnFigure {
        DrawnFigure { value, text: value.to_string() }
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
            plan: PlanLooks::Target,
            baseline: None,
            years: years.collect(),
            language: Language::En,
            minus: MinusSign::Minus,
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
