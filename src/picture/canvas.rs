//! The **canvas** of a picture: for each pixel an index into the palette. The palette has the paper
//! and, for each ink, the steps from paper to ink; with so few colours the file is small.

use std::collections::BTreeMap;

use crate::config::{LookVariant, RatingLook, Tone};
use crate::site::file_paths::PICTURE_SIZE;
use crate::theme::Colour;

use super::glyphs::{Glyph, STEPS};

pub(super) const WIDTH: usize = PICTURE_SIZE.0 as usize;
pub(super) const HEIGHT: usize = PICTURE_SIZE.1 as usize;

/// The colours that are drawn on paper. The theme is responsible for their contrast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    Letters,
    Muted,
    Accent,
    Rule,
    /// The word of the rating.
    Rating,
    /// The shape of the rating.
    Shape,
}

impl Ink {
    const ALL: [Self; 6] =
        [Self::Letters, Self::Muted, Self::Accent, Self::Rule, Self::Rating, Self::Shape];

    fn token(self, look: RatingLook) -> &'static str {
        match self {
            Self::Letters => "ink",
            Self::Muted => "muted",
            Self::Accent => "accent",
            Self::Rule => "line-strong",
            Self::Rating => look.tone.as_str(),
            Self::Shape => match (look.tone, look.variant) {
                (Tone::Good, LookVariant::Step(0)) => "good",
                (Tone::Good, _) => "good-fill",
                (Tone::Fair, LookVariant::Step(0)) => "fair-fill",
                (Tone::Fair, _) => "fair",
                (Tone::Poor, _) => "poor",
                (Tone::None, LookVariant::Step(0)) => "none",
                (Tone::None, _) => "none-fill",
            },
        }
    }
}

/// Indices into the palette, row by row.
pub(super) struct Canvas {
    pub pixels: Vec<u8>,
}

impl Canvas {
    pub fn new() -> Self {
        Self { pixels: vec![0; WIDTH * HEIGHT] }
    }

    /// Fills a rectangle of whole pixels; what is outside of the canvas is left out.
    pub fn fill(&mut self, ink: Ink, left: usize, top: usize, width: usize, height: usize) {
        let right = (left + width).min(WIDTH);
        for y in top..(top + height).min(HEIGHT) {
            self.pixels[y * WIDTH + left.min(right)..y * WIDTH + right].fill(entry(ink, STEPS));
        }
    }

    /// Copies `glyph` with the pen at `x` on the base line `y`. Where two glyphs overlap, the
    /// greater coverage stays.
    pub fn copy(&mut self, glyph: &Glyph, ink: Ink, x: i32, y: i32) {
        if glyph.width == 0 {
            return;
        }
        for (row, cover) in (y + glyph.top..).zip(glyph.cover.chunks(glyph.width)) {
            let Some(row) = usize::try_from(row).ok().filter(|&row| row < HEIGHT) else { continue };
            for (column, &step) in (x + glyph.left..).zip(cover) {
                let column = usize::try_from(column).ok().filter(|&column| column < WIDTH);
                let (Some(column), 1..) = (column, step) else { continue };
                let pixel = &mut self.pixels[row * WIDTH + column];
                if step_of(*pixel) < step {
                    *pixel = entry(ink, step);
                }
            }
        }
    }
}

/// The index in the palette of `step`, from 1, of `ink`; the index 0 is the paper.
fn entry(ink: Ink, step: u8) -> u8 {
    ink as u8 * STEPS + step
}

fn step_of(entry: u8) -> u8 {
    if entry == 0 { 0 } else { (entry - 1) % STEPS + 1 }
}

/// The palette as three bytes per colour, red, green and blue. Word and shape of the rating have
/// the colours of `look`.
pub(super) fn palette(colours: &BTreeMap<String, Colour>, look: RatingLook) -> Vec<u8> {
    let colour = |token: &str, stand_in| colours.get(token).copied().unwrap_or(stand_in);
    let paper = colour("paper", Colour([255; 3]));
    let mut palette = paper.0.to_vec();
    for ink in Ink::ALL {
        let ink = colour(ink.token(look), Colour([0; 3]));
        for step in 1..=STEPS {
            palette.extend(paper.0.iter().zip(ink.0).map(|(&from, to)| between(from, to, step)));
        }
    }
    palette
}

fn between(from: u8, to: u8, step: u8) -> u8 {
    let (from, to, step, steps) =
        (u32::from(from), u32::from(to), u32::from(step), u32::from(STEPS));
    // Rounded to the nearest; the sum is at most 255 · 7 + 3.
    ((from * (steps - step) + to * step + steps / 2) / steps) as u8
}

#[cfg(test)]
mod tests {
    use super::{Canvas, HEIGHT, Ink, RatingLook, STEPS, Tone, WIDTH, entry, palette, step_of};
    use crate::picture::glyphs::Glyph;

    #[test]
    fn each_ink_ends_in_its_own_colour() {
        let colours = [("paper", "#ffffff"), ("ink", "#102030"), ("poor", "#a00")];
        let colours = colours.map(|(name, value)| {
            (name.to_owned(), crate::theme::Colour::parse(value).expect("a colour"))
        });
        let palette = palette(&colours.into(), RatingLook::of_scale([Tone::Poor])[0]);
        let colour = |entry: u8| &palette[usize::from(entry) * 3..][..3];
        assert_eq!(colour(0), [255, 255, 255]);
        assert_eq!(colour(entry(Ink::Letters, STEPS)), [0x10, 0x20, 0x30]);
        assert_eq!(colour(entry(Ink::Rating, STEPS)), [0xaa, 0, 0]);
        assert!(palette.len() <= 3 * 256);
        assert_eq!(
            (step_of(entry(Ink::Rating, 3)), step_of(entry(Ink::Letters, STEPS))),
            (3, STEPS)
        );
    }

    #[test]
    fn what_lies_outside_is_left_out() {
        let mut canvas = Canvas::new();
        let glyph = Glyph { left: -1, top: -1, width: 2, cover: vec![5; 4] };
        canvas.copy(&glyph, Ink::Letters, 0, 0);
        canvas.copy(&glyph, Ink::Letters, WIDTH as i32, HEIGHT as i32);
        canvas.fill(Ink::Rule, WIDTH - 1, HEIGHT - 2, 9, 1);
        assert_eq!(canvas.pixels.iter().filter(|&&entry| entry > 0).count(), 3);
    }
}
