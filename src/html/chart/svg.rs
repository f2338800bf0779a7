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
        self.begin("<rect", role);
        self.across("x", left);
        self.number("y", top);
        self.across("width", right - left);
        self.number("height", height);
        self.body.push_str("/>");
    }

    pub fn line(&mut self, role: ShapeRole, from: (f64, f64), to: (f64, f64)) {
        self.begin("<line", role);
        self.across("x1", from.0);
        self.number("y1", from.1);
        self.across("x2", to.0);
        self.number("y2", to.1);
        self.body.push_str("/>");
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
        self.begin("<text", role);
        self.across("x", x);
        self.number("y", y);
        if shift != 0.0 {
            self.number("dx", shift);
        }
        self.body.push_str(match anchor {
            Anchor::Start => ">",
            Anchor::Middle => r#" text-anchor="middle">"#,
            Anchor::End => r#" text-anchor="end">"#,
        });
        let _ = write!(self.body, "{}</text>", Escaped(text));
    }

    pub fn circle(&mut self, role: ShapeRole, (x, y): (f64, f64), radius: f64) {
        self.begin("<circle", role);
        self.across("cx", x);
        self.number("cy", y);
        self.number("r", radius);
        self.body.push_str("/>");
    }

    /// A mark whose outline is the path `outline` around the point.
    pub fn mark(&mut self, role: ShapeRole, (x, y): (f64, f64), outline: &str) {
        self.body.push_str("<svg");
        self.across("x", x);
        self.number("y", y);
        self.body.push_str(r#" overflow="visible">"#);
        self.begin("<path", role);
        let _ = write!(self.body, r#" d="{outline}"/></svg>"#);
    }

    /// Begins the tag of a shape with the attribute that gives it its looks.
    fn begin(&mut self, tag: &str, role: ShapeRole) {
        self.body.push_str(tag);
        let _ = write!(self.body, r#" class="{}""#, ShapeClass(role));
    }

    /// An attribute whose value is a fraction of the width, as a percentage.
    fn across(&mut self, name: &str, fraction: f64) {
        self.attribute(name, fraction * 100.0, "%\"");
    }

    /// An attribute whose value is a number.
    fn number(&mut self, name: &str, value: f64) {
        self.attribute(name, value, "\"");
    }

    fn attribute(&mut self, name: &str, value: f64, end: &str) {
        self.body.push(' ');
        self.body.push_str(name);
        self.body.push_str("=\"");
        push_number(&mut self.body, value);
        self.body.push_str(end);
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
        let (height, body) = (number(height), self.body);
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
        let (height, title, description) = (number(height), Escaped(title), Escaped(description));
        let body = self.body;
        format!(
            r#"<svg class="chart" role="img" aria-labelledby="{id}-title {id}-desc" width="100%" height="{height}" focusable="false"><title id="{id}-title"{lang}>{title}</title><desc id="{id}-desc">{description}</desc>{body}</svg>"#
        )
    }
}

/// Initial capacity in bytes, enough for most drawings.
const ROOM: usize = 4096;

/// Adds a coordinate with at most two decimals. A large site has millions of them, and formatting
/// with a pattern takes several times as long.
fn push_number(out: &mut String, value: f64) {
    let hundredths = (value * 100.0).round() as i64;
    if hundredths < 0 {
        out.push('-');
    }
    let hundredths = hundredths.unsigned_abs();
    push_digits(out, hundredths / 100);
    let (tenths, rest) = (hundredths / 10 % 10, hundredths % 10);
    if tenths > 0 || rest > 0 {
        out.push('.');
        push_digits(out, tenths);
    }
    if rest > 0 {
        push_digits(out, rest);
    }
}

fn push_digits(out: &mut String, number: u64) {
    if number >= 10 {
        push_digits(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

fn number(value: f64) -> String {
    let mut text = String::new();
    push_number(&mut text, value);
    text
}

/// A text, escaped for SVG elements and attributes.
pub(in crate::html) struct Escaped<'t>(pub &'t str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        // The control characters beyond ASCII begin with 0xC2.
        let is_plain =
            |byte: u8| byte >= b' ' && !matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\x7f' | 0xC2);
        if rest.bytes().all(is_plain) {
            return f.write_str(rest);
        }
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
    use super::{Anchor, Drawing, Escaped, ShapeRole, number};

    #[test]
    fn a_coordinate_is_short() {
        assert_eq!(number(12.0), "12");
        assert_eq!(number(12.345_6), "12.35");
        assert_eq!(number(-0.5), "-0.5");
        assert_eq!(number(3.04), "3.04");
        assert_eq!(number(-0.001), "0");
    }

    #[test]
    fn texts_are_data_and_never_markup() {
        assert_eq!(Escaped("<b a=\"1\">&\u{b}").to_string(), "&lt;b a=&quot;1&quot;&gt;&amp; ");
        assert_eq!(Escaped("é\u{a0}\u{85}\u{7f}").to_string(), "é\u{a0}  ");
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
