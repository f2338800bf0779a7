//! **Series** of figures along one axis: lines, bars side by side, or bars upon each other.
//!
//! A place without a figure stays empty, and a line is interrupted there.

use super::axis::{self, NARROWEST};
use super::looks::ShapeRole;
use super::scale::{AxisScale, Zero};
use super::svg::{Anchor, Drawing};
use crate::config::MinusSign;
use crate::text::Language;

/// How series are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::html) enum SeriesLooks {
    Line,
    Bars,
    Stacked,
}

/// The height of a value in the drawing.
type Heights<'h> = &'h dyn Fn(f64) -> f64;

/// Figures of one or several series at the same places.
#[derive(Clone, Debug)]
pub(in crate::html) struct SeriesPlot<'a> {
    pub title: &'a str,
    /// The title's language, where that is not the page's.
    pub title_lang: Option<&'static str>,
    pub unit: Option<&'a str>,
    pub looks: SeriesLooks,
    /// The short names of the places.
    pub places: &'a [String],
    /// Their language, where that is not the page's.
    pub places_lang: Option<&'static str>,
    /// The figures of each series at each place.
    pub series: Vec<Vec<Option<f64>>>,
    pub target: Option<f64>,
    /// The figures of the first series at each place as they are written.
    pub texts: &'a [String],
    /// The drawing in words.
    pub description: &'a str,
    /// The figures of each place in words.
    pub readings: &'a [String],
    /// The values that the scale must cover as well: those of other drawings beside this one.
    pub beside: &'a [f64],
    pub language: Language,
    /// The sign before negative numbers.
    pub minus: MinusSign,
    /// Is it one of several beside each other?
    pub is_small: bool,
}

const HEIGHT: f64 = 190.0;
/// Height, and least width in pixels, of a small chart.
const SMALL_HEIGHT: f64 = 110.0;
const SMALL_WIDTH: f64 = 220.0;
const ABOVE: f64 = 18.0;
const BELOW: f64 = 26.0;
const RIGHT: f64 = 0.985;
/// Least distance in pixels between two marks of a line.
const BETWEEN_MARKS: f64 = 26.0;
/// The marks on the lines of the first, second and other series, as paths around the origin.
const MARKS: [&str; 6] = [
    "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
    "M-4-4h8v8h-8z",
    "M0-5L5 4H-5z",
    "M0-5.5L5 0L0 5.5L-5 0z",
    "M0 5L5-4H-5z",
    "M-1.7-5h3.4v3.3h3.3v3.4h-3.3v3.3h-3.4v-3.3h-3.3v-3.4h3.3z",
];

/// The mark on the line of the series `number`.
pub(in crate::html) fn mark_of(number: usize) -> &'static str {
    MARKS[number % MARKS.len()]
}

impl SeriesPlot<'_> {
    /// Does the scale leave out zero?
    pub fn is_cut(&self) -> bool {
        let scale = self.scale();
        scale.first() > 0.0 || scale.last() < 0.0
    }

    /// The drawing as SVG for a page, in which `id` must be unique.
    pub fn on_page(&self, id: &str) -> String {
        let mut drawing = Drawing::new();
        self.draw(&mut drawing);
        let title = (self.title, self.title_lang);
        drawing.into_page(id, self.bottom() + BELOW, title, self.description)
    }

    /// Where the axis is, in pixels from above.
    fn bottom(&self) -> f64 {
        ABOVE + if self.is_small { SMALL_HEIGHT } else { HEIGHT }
    }

    /// The least width of the drawing in pixels.
    fn narrowest(&self) -> f64 {
        if self.is_small { SMALL_WIDTH } else { NARROWEST }
    }

    fn scale(&self) -> AxisScale {
        let mut values: Vec<f64> = match self.looks {
            SeriesLooks::Stacked => (0..self.places.len()).map(|place| self.stack(place)).collect(),
            _ => self.series.iter().flatten().flatten().copied().collect(),
        };
        values.extend(self.target);
        values.extend(self.beside);
        let zero = if self.looks == SeriesLooks::Line { Zero::IfNear } else { Zero::Needed };
        AxisScale::of(&values, zero)
    }

    /// The height of the bars upon each other at `place`.
    fn stack(&self, place: usize) -> f64 {
        self.series.iter().filter_map(|series| series[place]).sum()
    }

    fn draw(&self, drawing: &mut Drawing) {
        let (bottom, narrowest) = (self.bottom(), self.narrowest());
        let scale = self.scale();
        let labels =
            axis::labels(&scale.ticks, scale.decimals(), self.unit, (self.language, self.minus));
        let widest = labels.iter().map(|label| axis::width(label)).fold(0.0, f64::max);
        let left = ((widest + 10.0) / narrowest).min(0.34);
        let band = (RIGHT - left) / self.places.len() as f64;
        let y = |value: f64| ABOVE + (bottom - ABOVE) * (1.0 - scale.place(value));
        for (&tick, label) in scale.ticks.iter().zip(&labels) {
            let role = if tick == 0.0 { ShapeRole::Zero } else { ShapeRole::Grid };
            drawing.line(role, (left, y(tick)), (RIGHT, y(tick)));
            drawing.text(ShapeRole::Label, Anchor::End, (left, -6.0), y(tick) + 4.5, label);
        }
        let centre = |place: usize| left + band * (place as f64 + 0.5);
        if self.looks == SeriesLooks::Line {
            for (number, series) in self.series.iter().enumerate() {
                let look = ShapeRole::SeriesLine(number);
                for (place, pair) in series.windows(2).enumerate() {
                    if let [Some(from), Some(to)] = pair {
                        let ends = ((centre(place), y(*from)), (centre(place + 1), y(*to)));
                        drawing.line(look, ends.0, ends.1);
                    }
                }
            }
        }
        let names: Vec<&str> = self.places.iter().map(String::as_str).collect();
        let mut named = axis::written(&names, band * narrowest);
        // A name ends with the drawing, and what it then runs into is left out.
        let half = |place: usize| axis::width(names[place]) / 2.0 / narrowest;
        let middle = |place: usize| centre(place).min(1.0 - half(place));
        let last = named.len() - 1;
        for (place, is_named) in named.iter_mut().enumerate().take(last) {
            *is_named &= centre(place) + half(place) < middle(last) - half(last);
        }
        let ground = y(0.0_f64.clamp(scale.first(), scale.last()));
        for (place, reading) in self.readings.iter().enumerate() {
            drawing.begin_year(reading, false);
            let ends = (left + band * place as f64, left + band * (place + 1) as f64);
            drawing.rect(ShapeRole::Band, ends, 0.0, bottom + BELOW);
            match self.looks {
                SeriesLooks::Line => self.draw_marks(drawing, place, (centre(place), band), &y),
                SeriesLooks::Bars => {
                    self.draw_bars(drawing, place, (centre(place), band), ground, &y)
                }
                SeriesLooks::Stacked => self.draw_stack(drawing, place, (centre(place), band), &y),
            }
            if named[place] {
                let at = (middle(place), 0.0);
                if let Some(lang) = self.places_lang {
                    drawing.begin_language(lang);
                }
                drawing.text(ShapeRole::Label, Anchor::Middle, at, bottom + 19.0, names[place]);
                if self.places_lang.is_some() {
                    drawing.end_group();
                }
            }
            drawing.end_group();
        }
        if let Some(target) = self.target {
            drawing.line(ShapeRole::Target, (left, y(target)), (RIGHT, y(target)));
        }
    }

    /// Draws the marks by which lines are told apart: on the newest figure and from there at equal
    /// distances, and where no line shows the figure. A line alone has marks only if there is room
    /// for all.
    fn draw_marks(
        &self,
        drawing: &mut Drawing,
        place: usize,
        (centre, band): (f64, f64),
        y: Heights<'_>,
    ) {
        let every = (BETWEEN_MARKS / (band * self.narrowest())).ceil().max(1.0) as usize;
        for (number, series) in self.series.iter().enumerate() {
            let is_known = |place: Option<usize>| {
                place.is_some_and(|place| series.get(place).is_some_and(Option::is_some))
            };
            let alone = !is_known(place.checked_sub(1)) && !is_known(Some(place + 1));
            let from_last = self.places.len() - 1 - place;
            let told_apart = self.series.len() > 1 || every == 1;
            let marked = alone || from_last == 0 || told_apart && from_last.is_multiple_of(every);
            if let Some(value) = series[place].filter(|_| marked) {
                drawing.mark(ShapeRole::Series(number), (centre, y(value)), mark_of(number));
            }
        }
    }

    fn draw_bars(
        &self,
        drawing: &mut Drawing,
        place: usize,
        (centre, band): (f64, f64),
        ground: f64,
        y: Heights<'_>,
    ) {
        let width = band * 0.76 / self.series.len() as f64;
        for (number, series) in self.series.iter().enumerate() {
            let Some(value) = series[place] else { continue };
            let from = centre - band * 0.38 + width * number as f64;
            let (top, bottom) = (y(value).min(ground), y(value).max(ground));
            let height = if value == 0.0 { 0.0 } else { (bottom - top).max(1.5) };
            let look = ShapeRole::Series(number);
            drawing.rect(look, (from, from + width * 0.94), top, height);
            if let Some(text) = self.written(place, band) {
                let base = if value < 0.0 { bottom + 15.0 } else { top - 5.0 };
                drawing.text(ShapeRole::Value, Anchor::Middle, (centre, 0.0), base, text);
            }
        }
    }

    /// The figure at `place` as it is written at its bar: of a single series, where the figures of
    /// all places have room.
    fn written(&self, place: usize, band: f64) -> Option<&str> {
        let widest = self.texts.iter().map(|text| axis::width(text)).fold(0.0, f64::max);
        let fits = self.series.len() == 1 && widest + 4.0 <= band * self.narrowest();
        self.texts.get(place).filter(|_| fits && self.target.is_none()).map(String::as_str)
    }

    fn draw_stack(
        &self,
        drawing: &mut Drawing,
        place: usize,
        (centre, band): (f64, f64),
        y: Heights<'_>,
    ) {
        let mut below = 0.0;
        for (number, series) in self.series.iter().enumerate() {
            let Some(value) = series[place] else { continue };
            let (top, bottom) = (y(below + value), y(below));
            let look = ShapeRole::Series(number);
            let ends = (centre - band * 0.34, centre + band * 0.34);
            drawing.rect(look, ends, top, bottom - top);
            below += value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{SeriesLooks, SeriesPlot};
    use crate::config::MinusSign;
    use crate::text::Language;

    fn drawn(looks: SeriesLooks, series: Vec<Vec<Option<f64>>>) -> String {
        let names: Vec<String> = (0..series[0].len()).map(|place| place.to_string()).collect();
        let plot = SeriesPlot {
            title: "人口",
            title_lang: None,
            unit: Some("人"),
            looks,
            places: &names,
            places_lang: None,
            series,
            target: Some(4.0),
            texts: &[],
            description: "言葉",
            readings: &names,
            beside: &[],
            language: Language::Ja,
            minus: MinusSign::Minus,
            is_small: false,
        };
        plot.on_page("x")
    }

    #[test]
    fn a_line_is_interrupted_where_a_figure_is_missing() {
        let known = [Some(1.0), Some(2.0), None, Some(3.0)];
        let svg = drawn(SeriesLooks::Line, vec![known.to_vec()]);
        assert_eq!(svg.matches("series-line").count(), 1, "{svg}");
        assert_eq!(svg.matches("<path class=\"series s1\"").count(), 3);
        assert!(svg.contains("class=\"target\"") && svg.contains(">言葉</desc>"));
    }

    #[test]
    fn bars_stand_side_by_side_or_upon_each_other() {
        let two = || vec![vec![Some(1.0), Some(2.0)], vec![Some(3.0), None]];
        assert_eq!(drawn(SeriesLooks::Bars, two()).matches("class=\"series").count(), 3);
        assert_eq!(drawn(SeriesLooks::Stacked, two()).matches("class=\"series").count(), 3);
    }
}
