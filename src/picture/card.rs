//! A **card** is the layout of a picture: year and department at the top, the title, the rating as
//! shape and word, and below a line the name of the site.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use crate::config::RatingLook;
use crate::site::Site;
use crate::text::Language;
use crate::theme::{Colour, Theme};

use super::canvas::{Canvas, Ink, WIDTH, palette};
use super::fonts::{Stacks, TextRole};
use super::glyphs::{Glyph, GlyphKey, PLACES};
use super::lines::{Letters, is_opening};
use super::shapes;

/// Sizes in pixels: the smallest that are legible where a picture is shown 500 pixels wide.
const MARGIN: f32 = 72.0;
const ROOM: f32 = WIDTH as f32 - 2.0 * MARGIN;
const BAND: usize = 16;
const SMALL: u16 = 32;
const RATING: u16 = 48;
/// Sizes of titles, and how many lines of each there is room for.
const TITLES: [(u16, usize); 5] = [(80, 2), (72, 3), (60, 3), (52, 4), (44, 5)];
const TITLE_TOP: f32 = 136.0;
const TITLE_ROOM: f32 = 292.0;
/// Base lines of the texts, and the top of the line above the foot, in pixels.
const HEAD: i32 = 96;
const VERDICT: i32 = 508;
const RULE: usize = 550;
const FOOT: i32 = 600;
/// The part of an em above the base line.
const ASCENT: f32 = 0.88;
const LEADING: f32 = 1.3;
/// Blank space in ems that stays before an opening bracket at the head of a line: as much as before
/// other characters.
const INDENT: f32 = 0.05;
/// The sign that printers put in place of a missing letter.
const GETA: char = '〓';

/// A glyph in its place.
struct Mark {
    key: GlyphKey,
    ink: Ink,
    x: i32,
    y: i32,
}

/// A picture before it is painted.
pub(super) struct Card {
    marks: Vec<Mark>,
    look: RatingLook,
    /// Characters that no font has.
    pub missing: Vec<char>,
}

impl Card {
    /// The card of the measure `index` in `language`. A character that no font has is drawn as 〓
    /// and noted in `missing`, which is sorted and has each character once.
    pub fn of(
        site: &Site,
        theme: &Theme,
        stacks: &Stacks<'_>,
        index: usize,
        language: Language,
    ) -> Self {
        let measure = &site.measures[index];
        let rating = &site.ratings[measure.rating].rating;
        let look = site.config.ratings.looks()[measure.rating];
        let department = site.departments[measure.department].department.name.get(language);
        let year = measure.fiscal_year.long(language);
        let comma = theme.words.get(&language).and_then(|words| words.get("comma"));
        let head = format!("{year}{}{department}", comma.map_or(" ", String::as_str));
        let mut card = Self { marks: Vec::new(), look, missing: Vec::new() };
        let mut pen = Pen { stacks, card: &mut card };
        pen.line(&head, SMALL, Ink::Muted, MARGIN, HEAD, ROOM);
        pen.title(measure.title.get(language));
        let beside = MARGIN + f32::from(RATING) * 1.25;
        let word = rating.label.get(language);
        pen.line(word, RATING, Ink::Rating, beside, VERDICT, ROOM + MARGIN - beside);
        pen.foot(site, language);
        card.missing.sort_unstable();
        card.missing.dedup();
        card
    }

    /// Every glyph on the card, repeated as often as it is used.
    pub fn glyphs(&self) -> impl Iterator<Item = GlyphKey> {
        self.marks.iter().map(|mark| mark.key)
    }

    pub fn palette(&self, colours: &BTreeMap<String, Colour>) -> Vec<u8> {
        palette(colours, self.look)
    }

    pub fn paint(&self, glyphs: &BTreeMap<GlyphKey, Glyph>) -> Canvas {
        let mut canvas = Canvas::new();
        canvas.fill(Ink::Accent, 0, 0, WIDTH, BAND);
        canvas.fill(Ink::Rule, MARGIN as usize, RULE, ROOM as usize, 2);
        let size = f32::from(RATING) * 0.9;
        // Full-width characters extend from 0.12 em below the base line to 0.88 em above it.
        let middle = VERDICT as f32 - (ASCENT - 0.5) * f32::from(RATING);
        let (x, y) = (MARGIN as i32, (middle + size / 2.0).round() as i32);
        canvas.copy(&shapes::of(self.look, size), Ink::Shape, x, y);
        for mark in &self.marks {
            if let Some(glyph) = glyphs.get(&mark.key) {
                canvas.copy(glyph, mark.ink, mark.x, mark.y);
            }
        }
        canvas
    }
}

/// Adds text to a card.
struct Pen<'p, 'f> {
    stacks: &'p Stacks<'f>,
    card: &'p mut Card,
}

impl Pen<'_, '_> {
    fn title(&mut self, text: &str) {
        let text = tidy(text);
        let fitted = self.letters(&text, TextRole::Title).fit(&TITLES, ROOM);
        let size = f32::from(fitted.size);
        let leading = (size * LEADING).round();
        let height = leading * fitted.lines.len() as f32;
        let mut top = TITLE_TOP + ((TITLE_ROOM - height) / 2.0).max(0.0);
        for line in &fitted.lines {
            let base = top + (leading - size) / 2.0 + size * ASCENT;
            // An opening bracket fills the right half of its square only, so the line is moved
            // left: it begins where its ink begins.
            let opening = line.chars().next().filter(|&c| is_opening(c) && !c.is_ascii());
            let glyph = opening.and_then(|character| self.stacks.find(TextRole::Title, character));
            let blank = glyph.map_or(0.0, |(face, glyph)| self.stacks.bearing(face, glyph));
            let x = MARGIN - (blank - INDENT).max(0.0) * size;
            self.write(line, TextRole::Title, fitted.size, Ink::Letters, x, base.round() as i32);
            top += leading;
        }
    }

    /// Writes the title of the site, after its publisher if the title does not name it.
    fn foot(&mut self, site: &Site, language: Language) {
        let (title, publisher) =
            (site.config.title.get(language), site.config.publisher.name.get(language));
        let named = title.contains(publisher);
        let mut x = MARGIN;
        if !named {
            x = self.line(publisher, SMALL, Ink::Letters, x, FOOT, ROOM / 2.0) + f32::from(SMALL);
        }
        let ink = if named { Ink::Letters } else { Ink::Muted };
        self.line(title, SMALL, ink, x, FOOT, MARGIN + ROOM - x);
    }

    /// Writes one line, cut where it is longer than `room`. Returns where it ends.
    fn line(&mut self, text: &str, size: u16, ink: Ink, x: f32, y: i32, room: f32) -> f32 {
        let fitted = self.letters(&tidy(text), TextRole::Text).fit(&[(size, 1)], room);
        fitted.lines.iter().fold(x, |x, line| self.write(line, TextRole::Text, size, ink, x, y))
    }

    fn letters(&self, text: &str, role: TextRole) -> Letters {
        Letters::of(text, |character| self.width(role, character))
    }

    /// Width of `character` in ems. A space needs no glyph.
    fn width(&self, role: TextRole, character: char) -> f32 {
        match self.stacks.find(role, character) {
            None if character.is_whitespace() => 0.3,
            _ => self.glyph(role, character).map_or(0.0, |(_, _, width)| width),
        }
    }

    /// Face, glyph and width in ems of `character`, or of 〓 if no font has the character; `None`
    /// if none has 〓 either.
    fn glyph(&self, role: TextRole, character: char) -> Option<(u16, u16, f32)> {
        let found = self.stacks.find(role, character);
        let (face, glyph) = found.or_else(|| self.stacks.find(role, GETA))?;
        Some((face, glyph.0, self.stacks.advance(face, glyph)))
    }

    /// Writes `text` from `x` on along the base line `y`, without a limit. Returns where it ends.
    fn write(&mut self, text: &str, role: TextRole, size: u16, ink: Ink, x: f32, y: i32) -> f32 {
        let mut x = x;
        for character in text.chars() {
            if !character.is_whitespace() && self.stacks.find(role, character).is_none() {
                self.card.missing.push(character);
            }
            if character.is_whitespace() {
                x += self.width(role, character) * f32::from(size);
                continue;
            }
            let Some((face, glyph, width)) = self.glyph(role, character) else { continue };
            let parts = (x * f32::from(PLACES)).round() as i32;
            let place = parts.rem_euclid(i32::from(PLACES)) as u8;
            let key = GlyphKey { face, glyph, size, place };
            self.card.marks.push(Mark { key, ink, x: parts.div_euclid(i32::from(PLACES)), y });
            x += width * f32::from(size);
        }
        x
    }
}

/// `text` in Unicode's normal form C, on one line, without characters that have no shape.
fn tidy(text: &str) -> String {
    let shapeless = |c: &char| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}');
    let spaced = |c: char| if c.is_control() { ' ' } else { c };
    let kept: String = text.nfc().filter(|c| !shapeless(c)).map(spaced).collect();
    kept.trim().to_owned()
}
