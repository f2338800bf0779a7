//! **Shapes** of the ratings, as the pages show them: discs for good, half discs for fair, a
//! triangle or a cross for poor, squares for the rest.

use ttf_parser::OutlineBuilder;

use crate::config::{LookVariant, RatingLook, Tone};

use super::glyphs::{Glyph, GlyphOutline};

/// How far the control points of a quarter of a circle lie from its ends, in radiuses.
const QUARTER: f32 = 0.552_284_8;

/// The shape of `look`, `size` pixels high, from its lower left corner.
pub(super) fn of(look: RatingLook, size: f32) -> Glyph {
    let mut outline = GlyphOutline::new();
    let centre = size / 2.0;
    let is_first = look.variant == LookVariant::Step(0);
    match look.tone {
        Tone::Good if is_first => {
            ring(&mut outline, centre, centre, size * 0.14);
            circle(&mut outline, centre, size * 0.25, false);
        }
        Tone::Good => circle(&mut outline, centre, centre, false),
        Tone::Fair => {
            ring(&mut outline, centre, centre, size * 0.15);
            half_disc(&mut outline, centre, centre, is_first);
        }
        Tone::Poor if is_first => {
            polygon(&mut outline, &[(centre, size * 0.95), (size, size * 0.05), (0.0, size * 0.05)])
        }
        Tone::Poor => polygon(&mut outline, &CROSS.map(|(x, y)| (x * size, y * size))),
        Tone::None => match look.variant {
            LookVariant::Step(_) => square(&mut outline, 0.05 * size, 0.95 * size),
            LookVariant::NotRated => sides(&mut outline, size, &[(0.05, 0.95)]),
            LookVariant::NotYet => {
                sides(&mut outline, size, &[(0.05, 0.29), (0.41, 0.59), (0.71, 0.95)])
            }
        },
    }
    outline.fill()
}

/// Corners of a cross in a square of 1 by 1.
const CROSS: [(f32, f32); 12] = [
    (0.18, 0.02),
    (0.5, 0.34),
    (0.82, 0.02),
    (0.98, 0.18),
    (0.66, 0.5),
    (0.98, 0.82),
    (0.82, 0.98),
    (0.5, 0.66),
    (0.18, 0.98),
    (0.02, 0.82),
    (0.34, 0.5),
    (0.02, 0.18),
];

/// The left half of a disc, or the lower one.
fn half_disc(outline: &mut GlyphOutline, c: f32, r: f32, is_left: bool) {
    let k = r * QUARTER;
    if is_left {
        outline.move_to(c, c + r);
        outline.curve_to(c - k, c + r, c - r, c + k, c - r, c);
        outline.curve_to(c - r, c - k, c - k, c - r, c, c - r);
    } else {
        outline.move_to(c - r, c);
        outline.curve_to(c - r, c - k, c - k, c - r, c, c - r);
        outline.curve_to(c + k, c - r, c + r, c - k, c + r, c);
    }
    outline.close();
}

/// The four sides of a square, each drawn in the `parts` of its length.
fn sides(outline: &mut GlyphOutline, size: f32, parts: &[(f32, f32)]) {
    for &(from, to) in parts {
        for (low, high) in [(0.05, 0.17), (0.83, 0.95)] {
            rectangle(outline, (from * size, to * size), (low * size, high * size));
            // The corners belong to the sides above and below.
            let (from, to) = (from.max(0.17), to.min(0.83));
            rectangle(outline, (low * size, high * size), (from * size, to * size));
        }
    }
}

fn square(outline: &mut GlyphOutline, low: f32, high: f32) {
    rectangle(outline, (low, high), (low, high));
}

fn rectangle(outline: &mut GlyphOutline, (left, right): (f32, f32), (low, high): (f32, f32)) {
    polygon(outline, &[(left, low), (right, low), (right, high), (left, high)]);
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
