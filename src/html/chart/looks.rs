//! **Looks**: what a shape stands for, and how that is seen, by class in a page and by attributes in a file.

use std::fmt::{self, Display, Formatter};

use crate::config::Tone;

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

/// The class that a shape has in a page.
pub(super) struct Class(pub Role);

impl Display for Class {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Role::Grid => "grid",
            Role::Zero => "zero",
            Role::Label => "label",
            Role::Value => "value",
            Role::Column => "column",
            Role::Budget => "budget",
            Role::Point => "point",
            Role::Course => "course",
            Role::Target => "target",
            Role::Baseline => "baseline",
            Role::Missing => "missing",
            Role::Band => "band",
            Role::Title => "title",
            Role::Paper => "paper",
            Role::Segment(tone, step) => {
                return write!(f, "segment {} {}", tone.as_str(), step_class(step));
            }
            Role::OnSegment(tone, step) => {
                return write!(f, "on {} {}", tone.as_str(), step_class(step));
            }
        })
    }
}

/// Segments of one tone take turns in being full, outlined, and outlined in dashes.
fn step_class(step: usize) -> &'static str {
    ["full", "outlined", "dashed"][step % 3]
}

/// The attributes that a shape has in a file.
pub(super) fn attributes(role: Role, f: &mut Formatter<'_>) -> fmt::Result {
    f.write_str(match role {
        Role::Grid => r##" stroke="#d0cdc6" stroke-width="1""##,
        Role::Zero => r##" stroke="#4a4741" stroke-width="1""##,
        Role::Label => r##" fill="#55524b" font-size="13""##,
        Role::Value => r##" fill="#1c1a17" font-size="13" font-weight="700""##,
        Role::Column => r##" fill="#17497d""##,
        Role::Budget => r##" fill="#fff" stroke="#55524b" stroke-width="1.5""##,
        Role::Point => r##" fill="#17497d" stroke="#fff" stroke-width="2""##,
        Role::Course => r##" stroke="#17497d" stroke-width="2.5""##,
        Role::Target => r##" stroke="#1c1a17" stroke-width="3""##,
        Role::Baseline => r##" stroke="#55524b" stroke-width="1.5" stroke-dasharray="2 4""##,
        Role::Missing => r##" fill="#55524b" font-size="16""##,
        Role::Band => r#" fill="none""#,
        Role::Title => r##" fill="#1c1a17" font-size="17" font-weight="700""##,
        Role::Paper => r##" fill="#fff""##,
        Role::Segment(tone, step) => {
            let colour = colour(tone);
            return match step % 3 {
                0 => write!(f, r#" fill="{colour}""#),
                1 => write!(f, r##" fill="#fff" stroke="{colour}" stroke-width="2""##),
                _ => write!(
                    f,
                    r##" fill="#fff" stroke="{colour}" stroke-width="2" stroke-dasharray="4 3""##
                ),
            };
        }
        Role::OnSegment(tone, step) => {
            let colour = if step % 3 == 0 { "#fff" } else { colour(tone) };
            return write!(f, r#" fill="{colour}" font-size="13" font-weight="700""#);
        }
    })
}

fn colour(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "#1b6b46",
        Tone::Fair => "#8a5a00",
        Tone::Poor => "#a12626",
        Tone::None => "#6a655c",
    }
}
