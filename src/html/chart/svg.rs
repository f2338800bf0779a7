//! **SVG**: the few shapes that charts are drawn with.
//!
//! Horizontal positions are percentages, because the width of the page is not known; looks are
//! classes (`assets/chart.css`).
//!
//! Not in here: which looks there are (`looks`).

use std::fmt::{self, Display, Formatter, Write as _};

use super::looks::{ShapeClass, ShapeRole};

/// Which point of a text is placed at its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A drawing to which shapes are added.
#[derive(Debug)]
pub(super) struct Drawing {
    body: String,
}

impl Drawing {
    pub fn new() -> Self {
        Self { body: String::with_capacity(ROOM) }
    }

    /// A rectangle from `left` to `right`, both fractions of the width.
    pub fn rect(&mut self, role: ShapeRole, (left, right): (f64, f64), top: f64, height: f64) {
        let (x, width) = (Across(left), Across(right - left));
        let (looks, y, height) = (Looks(role), Number(top), Number(height));
        let _ = write!(
            self.body,
            r#"<rect{looks} x="{x}" y="{y}" width="{width}" height="{height}"/>"#
        );
    }

    pub fn line(&mut self, role: ShapeRole, from: (f64, f64), to: (f64, f64)) {
        let looks = Looks(role);
        let (x1, x2) = (Across(from.0), Across(to.0));
        let (y1, y2) = (Number(from.1), Number(to.1));
        let _ = write!(self.body, r#"<line{looks} x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>"#);
    }

    /// A text whose base line is at `y` pixels. `x` is a fraction of the width, `shift` pixels to
    /// the right of it.
    pub fn text(
        &mut self,
        role: ShapeRole,
        anchor: Anchor,
        (x, shift): (f64, f64),
        y: f64,
        text: &str,
    ) {
        let (looks, x, y) = (Looks(role), Across(x), Number(y));
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

    pub fn circle(&mut self, role: ShapeRole, (x, y): (f64, f64), radius: f64) {
        let (looks, x) = (Looks(role), Across(x));
        let (y, radius) = (Number(y), Number(radius));
        let _ = write!(self.body, r#"<circle{looks} cx="{x}" cy="{y}" r="{radius}"/>"#);
    }

    /// A mark whose outline is the path `outline` around the point.
    pub fn mark(&mut self, role: ShapeRole, (x, y): (f64, f64), outline: &str) {
        let (looks, x, y) = (Looks(role), Across(x), Number(y));
        let _ = write!(
            self.body,
            r#"<svg x="{x}" y="{y}" overflow="visible"><path{looks} d="{outline}"/></svg>"#
        );
    }

    /// Begins the group of a year, which `reading` puts into words.
    pub fn begin_year(&mut self, reading: &str, current: bool) {
        let looks = if current { r#" class="year current""# } else { r#" class="year""# };
        let _ = write!(self.body, "<g{looks}><title>{}</title>", Escaped(reading));
    }

    /// Begins a group whose texts are in the language `lang`.
    pub fn begin_language(&mut self, lang: &str) {
        let _ = write!(self.body, r#"<g lang="{lang}">"#);
    }

    pub fn end_group(&mut self) {
        self.body.push_str("</g>");
    }

    /// The drawing as an SVG element for people who see it; others are told beside it.
    pub fn into_picture(self, height: f64) -> String {
        let (height, body) = (Number(height), self.body);
        format!(
            r#"<svg class="chart spark" aria-hidden="true" width="100%" height="{height}" focusable="false">{body}</svg>"#
        )
    }

    /// The drawing as an SVG element. `id` must be unique in the page, `title` names the drawing,
    /// and `description` says what it shows to people who do not see it.
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
}

/// Initial capacity in bytes, enough for most drawings.
const ROOM: usize = 4096;

/// A fraction of the width, as a percentage. Like the types below, it is formatted right into the
/// drawing, without a string of its own, since a large site has millions of them.
struct Across(f64);

impl Display for Across {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", Number(self.0 * 100.0))
    }
}

/// The attribute that gives a shape its looks.
struct Looks(ShapeRole);

impl Display for Looks {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, r#" class="{}""#, ShapeClass(self.0))
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

/// A text, escaped for SVG elements and attributes.
pub(in crate::html) struct Escaped<'t>(pub &'t str);

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
                // Control characters are not allowed in XML: a file with one could not be opened.
                _ => " ",
            })?;
            rest = characters.as_str();
        }
        f.write_str(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::{Anchor, Drawing, Escaped, Number, ShapeRole};

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
    fn a_shape_has_percentages_and_classes() {
        let mut drawing = Drawing::new();
        drawing.rect(ShapeRole::Zero, (0.25, 0.5), 10.0, 4.0);
        drawing.text(ShapeRole::Label, Anchor::End, (0.5, -4.0), 20.0, "1 < 2");
        assert_eq!(
            drawing.body,
            r#"<rect class="zero" x="25%" y="10" width="25%" height="4"/><text class="label" x="50%" y="20" dx="-4" text-anchor="end">1 &lt; 2</text>"#
        );
    }
}
