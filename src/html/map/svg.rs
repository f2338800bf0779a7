//! The parts of a map's **SVG**: areas, hatchings, marks, names and the bar of its scale.

use std::fmt::Write as _;

use crate::html::chart::Escaped;
use crate::map::{MapFrame, Outlines, SIDE, TENTHS};

/// Room below a map for the bar of its scale.
const BELOW: f64 = 30.0;

/// Length of the side of a hatching's tile, in tenths.
const TILE: u32 = 60;

/// The lines of each hatching, the first of which has none.
const HATCHINGS: [&str; 6] = [
    "",
    "M10 15h10M40 45h10",
    "M0 60L60 0",
    "M0 0L60 60M-30 30L30 90M30 -30L90 30",
    "M0 60L60 0M0 0L60 60",
    "M0 15h60M0 45h60",
];

/// The lines of the hatching for areas without a figure.
const NONE: &str = "M22 22l16 16m0-16l-16 16";

/// An unfinished drawing.
pub(super) struct MapDrawing {
    body: String,
}

impl MapDrawing {
    pub fn new() -> Self {
        Self { body: String::new() }
    }

    /// The hatchings of `classes` classes, whose ids begin with `id`.
    pub fn hatchings(&mut self, id: &str, classes: usize) {
        self.body.push_str("<defs>");
        for class in 0..classes {
            let share = match classes {
                1 => 0.4,
                _ => 0.1 + 0.75 * class as f64 / (classes - 1) as f64,
            };
            let lines_on = if share > 0.5 { "grid" } else { "zero" };
            let lines = HATCHINGS[class % HATCHINGS.len()];
            let _ = write!(
                self.body,
                r#"<pattern id="{id}-c{class}" width="{TILE}" height="{TILE}" patternUnits="userSpaceOnUse"><path class="paper" d="M0 0h{TILE}v{TILE}H0z"/><path class="column" fill-opacity="{share:.2}" d="M0 0h{TILE}v{TILE}H0z"/><path class="{lines_on}" fill="none" stroke-width="5" d="{lines}"/></pattern>"#
            );
        }
        let _ = write!(
            self.body,
            r#"<pattern id="{id}-none" width="{TILE}" height="{TILE}" patternUnits="userSpaceOnUse"><path class="paper" d="M0 0h{TILE}v{TILE}H0z"/><path class="zero" fill="none" stroke-width="5" d="{NONE}"/></pattern></defs>"#
        );
    }

    /// Begins a group of areas with the hatching `name`.
    pub fn begin_areas(&mut self, id: &str, name: &str) {
        let _ = write!(
            self.body,
            r#"<g class="zero" stroke-width="10" fill="url(#{id}-{name})" transform="scale(.1)">"#
        );
    }

    /// Begins a group of texts, which are in the language `lang` if that is not the page's.
    pub fn begin_texts(&mut self, lang: Option<&str>) {
        let lang = lang.map(|lang| format!(r#" lang="{lang}""#)).unwrap_or_default();
        let _ = write!(self.body, r#"<g text-anchor="middle"{lang}>"#);
    }

    pub fn end(&mut self) {
        self.body.push_str("</g>");
    }

    /// An area, which says `reading` under the pointer.
    pub fn area(&mut self, path: &str, reading: &str) {
        let _ = write!(self.body, r#"<path d="{path}"><title>{}</title></path>"#, Escaped(reading));
    }

    /// Areas as the ground of something else.
    pub fn ground(&mut self, path: &str) {
        let _ = write!(
            self.body,
            r#"<g class="budget" transform="scale(.1)"><path stroke-width="1" vector-effect="non-scaling-stroke" d="{path}"/></g>"#
        );
    }

    /// The name of an area; one of the ground is `muted`.
    pub fn name(&mut self, [x, y]: [f64; 2], name: &str, muted: bool) {
        let looks = if muted { "value label" } else { "value" };
        let name = Escaped(name);
        let _ = write!(
            self.body,
            r#"<text class="{looks}" x="{x:.0}" y="{y:.0}" dy=".35em">{name}</text>"#
        );
    }

    /// The mark `number` of a place, or of `many`, that leads to `url` and says `reading`.
    pub fn mark(&mut self, [x, y]: [f64; 2], number: usize, many: bool, url: &str, reading: &str) {
        let ring = if many { r#"<circle class="paper course" r="16"/>"# } else { "" };
        let _ = write!(
            self.body,
            r#"<a href="{}" tabindex="-1" transform="translate({x:.1} {y:.1})"><title>{}</title>{ring}<circle class="point" r="12"/><text class="on" dy=".35em">{number}</text></a>"#,
            Escaped(url),
            Escaped(reading)
        );
    }

    /// The bar of the scale of `frame`, below it.
    pub fn scale(&mut self, frame: &MapFrame) {
        let (metres, units) = frame.round_length();
        let text = match metres {
            metres if metres >= 1000.0 => format!("{} km", metres / 1000.0),
            metres => format!("{metres} m"),
        };
        let y = frame.height() + 8.0;
        let _ = write!(
            self.body,
            r#"<path class="zero" fill="none" d="M8 {y:.0}v6h{units:.1}v-6"/><text class="label" x="{:.0}" y="{:.0}">{text}</text>"#,
            units + 16.0,
            y + 8.0
        );
    }

    /// The drawing as an element for people who see it; others have what is beside it.
    pub fn into_picture(self, frame: &MapFrame) -> String {
        let (height, body) = (frame.height() + BELOW, self.body);
        format!(
            r#"<svg class="chart map" width="100%" viewBox="0 0 {SIDE} {height:.0}" aria-hidden="true" focusable="false">{body}</svg>"#
        )
    }

    /// The drawing as an element with a title and a description.
    pub fn into_page(
        self,
        frame: &MapFrame,
        id: &str,
        (title, lang): (&str, Option<&str>),
        description: &str,
    ) -> String {
        let (height, body) = (frame.height() + BELOW, self.body);
        let lang = lang.map(|lang| format!(r#" lang="{lang}""#)).unwrap_or_default();
        let (title, description) = (Escaped(title), Escaped(description));
        format!(
            r#"<svg class="chart map" width="100%" viewBox="0 0 {SIDE} {height:.0}" role="img" aria-labelledby="{id}-title {id}-desc" focusable="false"><title id="{id}-title"{lang}>{title}</title><desc id="{id}-desc">{description}</desc>{body}</svg>"#
        )
    }
}

/// A swatch of the hatching `name`.
pub(super) fn swatch(id: &str, name: &str) -> String {
    format!(
        r#"<svg class="chart swatch" width="28" height="18" aria-hidden="true" focusable="false"><g class="zero" stroke-width="10" fill="url(#{id}-{name})" transform="scale(.1)"><path d="M5 5h270v170H5z"/></g></svg>"#
    )
}

/// Most areas whose names are written on a map.
const NAMED: usize = 24;

/// Size of a name's characters in units of a map, where the screen is wide.
const CHARACTER: f64 = 14.0;

/// The names of areas that have room for them, with their places. A name keeps clear of the `marks`
/// where it can.
pub(super) fn names<'n>(
    outlines: &Outlines,
    areas: &[(&'n str, &[usize])],
    marks: &[[f64; 2]],
) -> Vec<([f64; 2], &'n str)> {
    if areas.len() > NAMED {
        return Vec::new();
    }
    let placed = |&(name, parts): &(&'n str, &[usize])| {
        let half = name.chars().count() as f64 * CHARACTER / 2.0;
        let mut places = outlines.labels(parts);
        places.retain(|(_, width)| 2.0 * half <= width.max(SIDE / 12.0));
        // How far the nearest mark is from the name; beyond CLEAR it does not matter.
        let clear = |[x, y]: [f64; 2]| {
            let far = |mark: &[f64; 2]| ((mark[0] - x).abs() - half).max((mark[1] - y).abs());
            marks.iter().map(far).fold(CLEAR, f64::min)
        };
        let clearest = places.iter().map(|(at, _)| clear(*at)).fold(f64::MIN, f64::max);
        places.iter().find(|(at, _)| clear(*at) >= clearest).map(|(at, _)| (*at, name))
    };
    areas.iter().filter_map(placed).collect()
}

/// Distance from which a mark does not disturb a name.
const CLEAR: f64 = 28.0;

const _: () = assert!(TENTHS == 10.0, "drawings of areas are scaled by .1");
