//! A **spark**: the course of a figure as a small line beside its last value, without axes. What it
//! shows is said in words beside it, so it is hidden from screen readers.

use super::looks::ShapeRole;
use super::svg::Drawing;

const HEIGHT: f64 = 44.0;
/// Room for the point at the end.
const MARGIN: f64 = 6.0;

/// The course of `figures`, pairs of a year and its value in the order of years. A year without a
/// figure interrupts the line. `None` for fewer than two figures, and if one is not finite.
pub(in crate::html) fn spark(figures: &[(i32, f64)]) -> Option<String> {
    let [(first, _), .., (last, _)] = figures else { return None };
    let values = || figures.iter().map(|(_, value)| *value);
    if !values().all(f64::is_finite) {
        return None;
    }
    let (low, high) = (values().fold(f64::MAX, f64::min), values().fold(f64::MIN, f64::max));
    let years = f64::from(last - first);
    let x = |year: i32| 0.03 + 0.92 * f64::from(year - first) / years;
    let y = |value: f64| match high > low {
        true => MARGIN + (HEIGHT - 2.0 * MARGIN) * (1.0 - (value - low) / (high - low)),
        false => HEIGHT / 2.0,
    };
    let mut drawing = Drawing::new();
    for pair in figures.windows(2) {
        let [(from, before), (to, after)] = pair else { continue };
        if to - from == 1 {
            drawing.line(ShapeRole::Course, (x(*from), y(*before)), (x(*to), y(*after)));
        }
    }
    for (year, value) in figures {
        let radius = if year == last { 4.5 } else { 2.0 };
        drawing.circle(ShapeRole::Point, (x(*year), y(*value)), radius);
    }
    Some(drawing.into_picture(HEIGHT))
}

#[cfg(test)]
mod tests {
    use super::spark;

    #[test]
    fn a_missing_year_interrupts_the_line() {
        let drawn = spark(&[(2019, 1.0), (2020, 2.0), (2022, 3.0)]).expect("a course");
        assert_eq!(drawn.matches("class=\"course\"").count(), 1);
        assert_eq!(drawn.matches("class=\"point\"").count(), 3);
    }

    #[test]
    fn one_figure_has_no_course() {
        assert_eq!(spark(&[(2020, 1.0)]), None);
        assert_eq!(spark(&[(2020, 1.0), (2021, f64::NAN)]), None);
    }
}
