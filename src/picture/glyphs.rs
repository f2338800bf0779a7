//! A **glyph** of one size, drawn once for all pictures: how much of each pixel it covers, in
//! steps.

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// Number of steps from an empty to a fully covered pixel; each ink has as many colours in the
/// palette. Twice as many look the same and make the file a quarter larger.
pub(super) const STEPS: u8 = 7;

/// Number of positions within a pixel at which a glyph may begin, since Latin glyphs are not whole
/// pixels wide.
pub(super) const PLACES: u8 = 4;

/// Which glyph, how large, and where between two pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct GlyphKey {
    pub face: u16,
    pub glyph: u16,
    /// Pixels per em.
    pub size: u16,
    /// Position within a pixel, in parts of 1/`PLACES`.
    pub place: u8,
}

/// The pixels that a glyph covers; `left` and `top` count from the pen on the base line.
#[derive(Clone, Debug, Default)]
pub(super) struct Glyph {
    pub left: i32,
    pub top: i32,
    pub width: usize,
    /// Coverage of each pixel in steps, row by row.
    pub cover: Vec<u8>,
}

/// A line or curve in pixels, with y downwards.
#[derive(Clone, Copy)]
enum Stroke {
    Line(Point, Point),
    Quad(Point, Point, Point),
    Cubic(Point, Point, Point, Point),
}

impl Stroke {
    fn points(&self) -> Vec<Point> {
        match *self {
            Self::Line(a, b) => vec![a, b],
            Self::Quad(a, b, c) => vec![a, b, c],
            Self::Cubic(a, b, c, d) => vec![a, b, c, d],
        }
    }
}

/// A closed outline, scaled and moved as it is built.
#[derive(Default)]
pub(super) struct GlyphOutline {
    strokes: Vec<Stroke>,
    scale: f32,
    offset: f32,
    start: Point,
    pen: Point,
}

impl GlyphOutline {
    /// An empty outline whose coordinates are pixels.
    pub fn new() -> Self {
        Self { scale: 1.0, ..Self::default() }
    }

    /// The pixels that the outline covers.
    pub fn fill(&self) -> Glyph {
        let points = || self.strokes.iter().flat_map(Stroke::points);
        let ends = |of: fn(&Point) -> f32| {
            let least = points().map(|p| of(&p)).fold(f32::INFINITY, f32::min).floor();
            let greatest = points().map(|p| of(&p)).fold(f32::NEG_INFINITY, f32::max).ceil();
            (least, greatest)
        };
        if self.strokes.is_empty() {
            return Glyph::default();
        }
        let ((left, right), (top, bottom)) = (ends(|p| p.x), ends(|p| p.y));
        let (width, height) = ((right - left) as usize, (bottom - top) as usize);
        let moved = |p: Point| point(p.x - left, p.y - top);
        let mut raster = Rasterizer::new(width, height);
        for stroke in &self.strokes {
            match *stroke {
                Stroke::Line(a, b) => raster.draw_line(moved(a), moved(b)),
                Stroke::Quad(a, b, c) => raster.draw_quad(moved(a), moved(b), moved(c)),
                Stroke::Cubic(a, b, c, d) => {
                    raster.draw_cubic(moved(a), moved(b), moved(c), moved(d));
                }
            }
        }
        let mut cover = vec![0; width * height];
        raster.for_each_pixel(|at, share| {
            cover[at] = (share.clamp(0.0, 1.0) * f32::from(STEPS)).round() as u8;
        });
        Glyph { left: left as i32, top: top as i32, width, cover }
    }

    fn at(&self, x: f32, y: f32) -> Point {
        point(x * self.scale + self.offset, -y * self.scale)
    }
}

impl OutlineBuilder for GlyphOutline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.start = self.at(x, y);
        self.pen = self.start;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.at(x, y);
        self.strokes.push(Stroke::Line(self.pen, to));
        self.pen = to;
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (control, to) = (self.at(x1, y1), self.at(x, y));
        self.strokes.push(Stroke::Quad(self.pen, control, to));
        self.pen = to;
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (first, second, to) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.strokes.push(Stroke::Cubic(self.pen, first, second, to));
        self.pen = to;
    }

    fn close(&mut self) {
        self.strokes.push(Stroke::Line(self.pen, self.start));
        self.pen = self.start;
    }
}

impl Glyph {
    pub(super) fn draw(face: &Face<'_>, key: GlyphKey) -> Self {
        let mut outline = GlyphOutline {
            scale: f32::from(key.size) / f32::from(face.units_per_em()),
            offset: f32::from(key.place) / f32::from(PLACES),
            ..GlyphOutline::default()
        };
        // A space has no outline.
        let _ = face.outline_glyph(GlyphId(key.glyph), &mut outline);
        outline.fill()
    }
}
