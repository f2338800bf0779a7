//! **Shapes** of the ratings, as the pages show them: a disc in a ring, a ring, a triangle, a
//! stroke.

use ttf_parser::OutlineBuilder;

use crate::config::Tone;

use super::glyphs::{Glyph, GlyphOutline};

/// How far the control points of a quarter of a circle lie from its ends, in radiuses.
const QUARTER: f32 = 0.552_284_8;

/// The shape of `tone`, `size` pixels high, from its lower left corner.
pub(super) fn of(tone: Tone, size: f32) -> Glyph {
    let mut outline = GlyphOutline::new();
    let centre = size / 2.0;
    match tone {
        Tone::Good => {
            ring(&mut outline, centre, size / 2.0, size * 0.14);
            circle(&mut outline, centre, size * 0.25, false);
        }
        Tone::Fair => ring(&mut outline, centre, size / 2.0, size * 0.15),
        Tone::Poor => {
            polygon(&mut outline, &[(centre, size * 0.95), (size, size * 0.05), (0.0, size * 0.05)])
        }
        Tone::None => {
            let (low, high) = (size * 0.42, size * 0.58);
            polygon(&mut outline, &[(0.0, low), (size, low), (size, high), (0.0, high)]);
        }
    }
    outline.fill()
}

fn ring(outline: &mut GlyphOutline, centre: f32, radius: f32, line: f32) {
    circle(outline, centre, radius, false);
    // A circle in the opposite direction is a hole.
    circle(outline, centre, radius - line, true);
}

fn circle(outline: &mut GlyphOutline, c: f32, r: f32, backwards: bool) {
    let way = if backwards { -r } else { r };
    let (k, kw) = (r * QUARTER, way * QUARTER);
    outline.move_to(c + r, c);
    outline.curve_to(c + r, c + kw, c + k, c + way, c, c + way);
    outline.curve_to(c - k, c + way, c - r, c + kw, c - r, c);
    outline.curve_to(c - r, c - kw, c - k, c - way, c, c - way);
    outline.curve_to(c + k, c - way, c + r, c - kw, c + r, c);
    outline.close();
}

fn polygon(outline: &mut GlyphOutline, corners: &[(f32, f32)]) {
    for (number, &(x, y)) in corners.iter().enumerate() {
        if number == 0 { outline.move_to(x, y) } else { outline.line_to(x, y) }
    }
    outline.close();
}
