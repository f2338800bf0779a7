//! **SVG**: the few shapes that charts are drawn with, for a page or for a file.
//!
//! For a page a position across is a percentage, and looks are classes (`assets/chart.css`). For a file it is
//! in pixels, and looks are presentation attributes, since a file travels without style sheets.
//!
//! Not in here: which looks there are (`looks`).

use std::fmt::{self, Display, Formatter, Write as _};

use super::looks::{Class, Role, attributes};

/// What a drawing is made for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Canvas {
    /// The page that it stands in, whose width nobody knows yet.
    Page,
    /// A file of that many pixels.
    File(f64),
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
        Self { canvas, body: String::with_capacity(ROOM) }
    }

    /// A rectangle from `left` to `right`, both fractions of the width.
    pub fn rect(&mut self, role: Role, (left, right): (f64, f64), top: f64, height: f64) {
        let (x, width) = (self.across(left), self.across(right - left));
        let (looks, y, height) = (self.looks(role), Number(top), Number(height));
        let _ = write!(
            self.body,
            r#"<rect{looks} x="{x}" y="{y}" width="{width}" height="{height}"/>"#
        );
    }

    pub fn line(&mut self, role: Role, from: (f64, f64), to: (f64, f64)) {
        let looks = self.looks(role);
        let (x1, x2) = (self.across(from.0), self.across(to.0));
        let (y1, y2) = (Number(from.1), Number(to.1));
        let _ = write!(self.body, r#"<line{looks} x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>"#);
    }

    /// A text whose base line is at `y`, moved by `shift` pixels from `x`.
    pub fn text(&mut self, role: Role, anchor: Anchor, (x, shift): (f64, f64), y: f64, text: &str) {
        let (looks, x, y) = (self.looks(role), self.across(x), Number(y));
        let _ = write!(self.body, r#"<text{looks} x="{x}" y="{y}""#);
        if shift != 0.0 {
            let _ = write!(self.body, r#" dx="{}""#, Number(shift));
        }
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let _ = write!(self.body, "{anchor}>{}</text>", Escaped(text));
    }

    pub fn circle(&mut self, role: Role, (x, y): (f64, f64), radius: f64) {
        let (looks, x) = (self.looks(role), self.across(x));
        let (y, radius) = (Number(y), Number(radius));
        let _ = write!(self.body, r#"<circle{looks} cx="{x}" cy="{y}" r="{radius}"/>"#);
    }

    /// Begins the group of a year, which `reading` puts into words.
    pub fn begin_year(&mut self, reading: &str, current: bool) {
        let looks = match (self.canvas, current) {
            (Canvas::Page, true) => r#" class="year current""#,
            (Canvas::Page, false) => r#" class="year""#,
            (Canvas::File(_), _) => "",
        };
        let _ = write!(self.body, "<g{looks}><title>{}</title>", Escaped(reading));
    }

    /// Begins a group that lies `right` and `down` pixels away.
    pub fn begin_moved(&mut self, right: f64, down: f64) {
        let (right, down) = (Number(right), Number(down));
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
            Canvas::File(width) => Across(Number(width), ""),
            Canvas::Page => Across(Number(100.0), "%"),
        };
        let (height, title, description) = (Number(height), Escaped(title), Escaped(description));
        let body = self.body;
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" xml:lang="{lang}" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" font-family="sans-serif"><title>{title}</title><desc>{description}</desc>{body}</svg>
"#
        )
    }

    /// The drawing as it stands in a page: `id` is unique there, `title` names it, `description` says what
    /// it shows to those who do not see it.
    pub fn into_page(
        self,
        id: &str,
        height: f64,
        (title, lang): (&str, Option<&str>),
        description: &str,
    ) -> String {
        let lang = lang.map(|lang| format!(r#" lang="{lang}""#)).unwrap_or_default();
        let (height, title, description) = (Number(height), Escaped(title), Escaped(description));
        let body = self.body;
        format!(
            r#"<svg class="chart" role="img" aria-labelledby="{id}-title {id}-desc" width="100%" height="{height}" focusable="false"><title id="{id}-title"{lang}>{title}</title><desc id="{id}-desc">{description}</desc>{body}</svg>"#
        )
    }

    fn across(&self, fraction: f64) -> Across {
        match self.canvas {
            Canvas::Page => Across(Number(fraction * 100.0), "%"),
            Canvas::File(width) => Across(Number(fraction * width), ""),
        }
    }

    fn looks(&self, role: Role) -> Looks {
        Looks(self.canvas, role)
    }
}

/// Bytes that most drawings have room in.
const ROOM: usize = 4096;

/// A position across, with its unit. This and what follows are written where they stand: a large site has millions of them.
struct Across(Number, &'static str);

impl Display for Across {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)?;
        f.write_str(self.1)
    }
}

/// The attributes that give a shape its looks.
struct Looks(Canvas, Role);

impl Display for Looks {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Canvas::Page => {
                f.write_str(r#" class=""#)?;
                Class(self.1).fmt(f)?;
                f.write_str("\"")
            }
            Canvas::File(_) => attributes(self.1, f),
        }
    }
}

/// A coordinate with at most two decimals.
struct Number(f64);

impl Display for Number {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let hundredths = (self.0 * 100.0).round() as i64;
        let sign = if hundredths < 0 { "-" } else { "" };
        let (whole, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
        match rest {
            0 => write!(f, "{sign}{whole}"),
            tenths if tenths % 10 == 0 => write!(f, "{sign}{whole}.{}", tenths / 10),
            _ => write!(f, "{sign}{whole}.{rest:02}"),
        }
    }
}

/// A text within SVG or its attributes.
struct Escaped<'t>(&'t str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some(at) =
            rest.find(|c: char| matches!(c, '&' | '<' | '>' | '"') || c.is_control())
        {
            let (plain, after) = rest.split_at(at);
            f.write_str(plain)?;
            let mut characters = after.chars();
            f.write_str(match characters.next() {
                Some('&') => "&amp;",
                Some('<') => "&lt;",
                Some('>') => "&gt;",
                Some('"') => "&quot;",
                // Control characters are no part of XML; a file with one would not open at all.
                _ => " ",
            })?;
            rest = characters.as_str();
        }
        f.write_str(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::{Anchor, Canvas, Drawing, Escaped, Number, Role};

    #[test]
    fn a_coordinate_is_short() {
        let number = |value| Number(value).to_string();
        assert_eq!(number(12.0), "12");
        assert_eq!(number(12.345_6), "12.35");
        assert_eq!(number(-0.5), "-0.5");
        assert_eq!(number(3.04), "3.04");
        assert_eq!(number(-0.001), "0");
    }

    #[test]
    fn texts_are_data_and_never_markup() {
        assert_eq!(Escaped("<b a=\"1\">&\u{b}").to_string(), "&lt;b a=&quot;1&quot;&gt;&amp; ");
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
