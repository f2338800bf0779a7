//! **SVG**: the few shapes that charts are drawn with, for a page or for a file.
//!
//! For a page a position across is a percentage, and looks are classes (`assets/chart.css`). For a file it is
//! in pixels, and looks are presentation attributes, since a file travels without style sheets.

use std::fmt::Write as _;

use crate::config::Tone;

/// What a drawing is made for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Canvas {
    /// The page that it stands in, whose width nobody knows yet.
    Page,
    /// A file of that many pixels.
    File(f64),
}

/// What a shape stands for; this decides its looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Lines to read values by.
    Grid,
    /// The line of zero.
    Zero,
    /// A label on an axis.
    Label,
    /// A value written at its mark.
    Value,
    /// What was reached, as a column.
    Column,
    /// What was planned to be spent.
    Budget,
    /// What was reached, as a point of a line.
    Point,
    /// The line between points.
    Course,
    /// What was aimed at.
    Target,
    /// Where things stood before.
    Baseline,
    /// That a figure is missing.
    Missing,
    /// The whole place of a year: what a pointer hits.
    Band,
    /// The title of a file.
    Title,
    /// The ground of a file.
    Paper,
    /// A grade's segment: its tone, and how many segments of the same tone stand before it.
    Segment(Tone, usize),
    /// A text within such a segment.
    OnSegment(Tone, usize),
}

/// Which end of a text its position is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A drawing in the making.
#[derive(Debug)]
pub(super) struct Drawing {
    canvas: Canvas,
    body: String,
}

impl Drawing {
    pub fn new(canvas: Canvas) -> Self {
        Self { canvas, body: String::new() }
    }

    /// A rectangle from `left` to `right`, both fractions of the width.
    pub fn rect(&mut self, role: Role, (left, right): (f64, f64), top: f64, height: f64) {
        let (x, width) = (self.across(left), self.across(right - left));
        let looks = self.looks(role);
        let (y, height) = (number(top), number(height));
        let _ = write!(
            self.body,
            r#"<rect{looks} x="{x}" y="{y}" width="{width}" height="{height}"/>"#
        );
    }

    pub fn line(&mut self, role: Role, from: (f64, f64), to: (f64, f64)) {
        let looks = self.looks(role);
        let (x1, x2) = (self.across(from.0), self.across(to.0));
        let (y1, y2) = (number(from.1), number(to.1));
        let _ = write!(self.body, r#"<line{looks} x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>"#);
    }

    /// A text whose base line is at `y`, moved by `shift` pixels from `x`.
    pub fn text(&mut self, role: Role, anchor: Anchor, (x, shift): (f64, f64), y: f64, text: &str) {
        let looks = self.looks(role);
        let (x, y, text) = (self.across(x), number(y), escaped(text));
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let dx = if shift == 0.0 { String::new() } else { format!(r#" dx="{}""#, number(shift)) };
        let _ = write!(self.body, r#"<text{looks} x="{x}" y="{y}"{dx}{anchor}>{text}</text>"#);
    }

    pub fn circle(&mut self, role: Role, (x, y): (f64, f64), radius: f64) {
        let looks = self.looks(role);
        let (x, y, radius) = (self.across(x), number(y), number(radius));
        let _ = write!(self.body, r#"<circle{looks} cx="{x}" cy="{y}" r="{radius}"/>"#);
    }

    /// Begins the group of a year, which `reading` puts into words.
    pub fn begin_year(&mut self, reading: &str, current: bool) {
        let looks = match (self.canvas, current) {
            (Canvas::Page, true) => r#" class="year current""#,
            (Canvas::Page, false) => r#" class="year""#,
            (Canvas::File(_), _) => "",
        };
        let _ = write!(self.body, "<g{looks}><title>{}</title>", escaped(reading));
    }

    /// Begins a group that lies `right` and `down` pixels away.
    pub fn begin_moved(&mut self, right: f64, down: f64) {
        let (right, down) = (number(right), number(down));
        let _ = write!(self.body, r#"<g transform="translate({right} {down})">"#);
    }

    pub fn end_group(&mut self) {
        self.body.push_str("</g>");
    }

    /// Puts the shapes of `other` behind one's own.
    pub fn append(&mut self, other: Self) {
        self.body.push_str(&other.body);
    }

    /// The drawing as a file by itself.
    pub fn into_file(self, lang: &str, height: f64, title: &str, description: &str) -> String {
        let width = match self.canvas {
            Canvas::File(width) => number(width),
            Canvas::Page => "100%".to_owned(),
        };
        let (height, title, description) = (number(height), escaped(title), escaped(description));
        let body = self.body;
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" xml:lang="{lang}" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" font-family="sans-serif"><title>{title}</title><desc>{description}</desc>{body}</svg>
"#
        )
    }

    /// The drawing as it stands in a page: `id` is unique there, `title` names it, `description` says what
    /// it shows to those who do not see it.
    pub fn into_page(self, id: &str, height: f64, title: &str, description: &str) -> String {
        let (height, title, description) = (number(height), escaped(title), escaped(description));
        let body = self.body;
        format!(
            r#"<svg class="chart" role="img" aria-labelledby="{id}-title {id}-desc" width="100%" height="{height}" focusable="false"><title id="{id}-title">{title}</title><desc id="{id}-desc">{description}</desc>{body}</svg>"#
        )
    }

    fn across(&self, fraction: f64) -> String {
        match self.canvas {
            Canvas::Page => format!("{}%", number(fraction * 100.0)),
            Canvas::File(width) => number(fraction * width),
        }
    }

    fn looks(&self, role: Role) -> String {
        match self.canvas {
            Canvas::Page => format!(r#" class="{}""#, class(role)),
            Canvas::File(_) => attributes(role),
        }
    }
}

pub(super) fn class(role: Role) -> String {
    match role {
        Role::Grid => "grid".to_owned(),
        Role::Zero => "zero".to_owned(),
        Role::Label => "label".to_owned(),
        Role::Value => "value".to_owned(),
        Role::Column => "column".to_owned(),
        Role::Budget => "budget".to_owned(),
        Role::Point => "point".to_owned(),
        Role::Course => "course".to_owned(),
        Role::Target => "target".to_owned(),
        Role::Baseline => "baseline".to_owned(),
        Role::Missing => "missing".to_owned(),
        Role::Band => "band".to_owned(),
        Role::Title => "title".to_owned(),
        Role::Paper => "paper".to_owned(),
        Role::Segment(tone, step) => format!("segment {} {}", tone.as_str(), step_class(step)),
        Role::OnSegment(tone, step) => format!("on {} {}", tone.as_str(), step_class(step)),
    }
}

/// Segments of one tone take turns in being full, outlined, and outlined in dashes.
fn step_class(step: usize) -> &'static str {
    ["full", "outlined", "dashed"][step % 3]
}

fn attributes(role: Role) -> String {
    match role {
        Role::Grid => r##" stroke="#d0cdc6" stroke-width="1""##.to_owned(),
        Role::Zero => r##" stroke="#4a4741" stroke-width="1""##.to_owned(),
        Role::Label => r##" fill="#55524b" font-size="13""##.to_owned(),
        Role::Value => r##" fill="#1c1a17" font-size="13" font-weight="700""##.to_owned(),
        Role::Column => r##" fill="#17497d""##.to_owned(),
        Role::Budget => r##" fill="#fff" stroke="#55524b" stroke-width="1.5""##.to_owned(),
        Role::Point => r##" fill="#17497d" stroke="#fff" stroke-width="2""##.to_owned(),
        Role::Course => r##" stroke="#17497d" stroke-width="2.5""##.to_owned(),
        Role::Target => r##" stroke="#1c1a17" stroke-width="3""##.to_owned(),
        Role::Baseline => {
            r##" stroke="#55524b" stroke-width="1.5" stroke-dasharray="2 4""##.to_owned()
        }
        Role::Missing => r##" fill="#55524b" font-size="16""##.to_owned(),
        Role::Band => r#" fill="none""#.to_owned(),
        Role::Title => r##" fill="#1c1a17" font-size="17" font-weight="700""##.to_owned(),
        Role::Paper => r##" fill="#fff""##.to_owned(),
        Role::Segment(tone, step) => {
            let colour = colour(tone);
            match step % 3 {
                0 => format!(r#" fill="{colour}""#),
                1 => format!(r##" fill="#fff" stroke="{colour}" stroke-width="2""##),
                _ => format!(
                    r##" fill="#fff" stroke="{colour}" stroke-width="2" stroke-dasharray="4 3""##
                ),
            }
        }
        Role::OnSegment(tone, step) => {
            let colour = if step % 3 == 0 { "#fff" } else { colour(tone) };
            format!(r#" fill="{colour}" font-size="13" font-weight="700""#)
        }
    }
}

fn colour(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "#1b6b46",
        Tone::Fair => "#8a5a00",
        Tone::Poor => "#a12626",
        Tone::None => "#6a655c",
    }
}

/// A coordinate with at most two decimals.
pub(super) fn number(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    // Never `-0`.
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}

/// A text within SVG or its attributes.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Control characters are no part of XML; a file with one would not open at all.
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Anchor, Canvas, Drawing, Role, escaped, number};

    #[test]
    fn a_coordinate_is_short() {
        assert_eq!(number(12.0), "12");
        assert_eq!(number(12.345_6), "12.35");
        assert_eq!(number(-0.001), "0");
    }

    #[test]
    fn texts_are_data_and_never_markup() {
        assert_eq!(escaped("<b a=\"1\">&\u{b}"), "&lt;b a=&quot;1&quot;&gt;&amp; ");
    }

    #[test]
    fn a_page_has_percents_and_classes_and_a_file_pixels_and_attributes() {
        let drawn = |canvas| {
            let mut drawing = Drawing::new(canvas);
            drawing.rect(Role::Zero, (0.25, 0.5), 10.0, 4.0);
            drawing.text(Role::Label, Anchor::End, (0.5, -4.0), 20.0, "1 < 2");
            drawing.body
        };
        assert_eq!(
            drawn(Canvas::Page),
            r#"<rect class="zero" x="25%" y="10" width="25%" height="4"/><text class="label" x="50%" y="20" dx="-4" text-anchor="end">1 &lt; 2</text>"#
        );
        let file = drawn(Canvas::File(640.0));
        assert!(
            file.contains(r#"x="160""#) && file.contains("font-size") && !file.contains("class"),
            "{file}"
        );
    }
}
