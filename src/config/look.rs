//! The **look** of a rating: the one shape, colour and fill that it has on every page, in every
//! chart and in every picture.
//!
//! It follows from the declared scale alone: the tone, and the place among the ratings of this
//! tone. Which other ratings happen to be shown beside it does not matter.
//!
//! Not in here: how a look is drawn (the theme's style sheet, `picture`).

use std::fmt::{self, Display, Formatter};

/// What a rating says of the goal, which decides its colour and its kind of shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// The goal was met.
    Good,
    /// The goal was nearly met.
    Fair,
    /// The goal was missed.
    Poor,
    /// No judgement; also the tone of “not rated” and “not yet”.
    None,
}

impl Tone {
    /// All tones with their spellings in `site.toml`.
    pub const CHOICES: [(&'static str, Self); 4] =
        [("good", Self::Good), ("fair", Self::Fair), ("poor", Self::Poor), ("none", Self::None)];

    /// Its spelling in `site.toml`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Fair => "fair",
            Self::Poor => "poor",
            Self::None => "none",
        }
    }
}

/// How a rating, or a choice of a field, looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RatingLook {
    /// Its tone.
    pub tone: Tone,
    /// What tells it from others of its tone.
    pub variant: LookVariant,
}

/// What tells a look from others of the same tone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookVariant {
    /// A step of the scale: its place among those of its tone, from 0.
    Step(usize),
    /// “Not rated”: the result is known, the rating is none.
    NotRated,
    /// “Not yet”: no result is known.
    NotYet,
}

impl RatingLook {
    /// Number of steps of one tone that look different. Further ones look like the last.
    pub const STEPS: usize = 8;

    /// The looks of a scale whose steps have `tones`, in the order of the scale.
    pub fn of_scale(tones: impl IntoIterator<Item = Tone>) -> Vec<Self> {
        let mut looks: Vec<Self> = Vec::new();
        for tone in tones {
            let before = looks.iter().filter(|look| look.tone == tone).count();
            looks.push(Self { tone, variant: LookVariant::Step(before.min(Self::STEPS - 1)) });
        }
        looks
    }
}

impl Display for RatingLook {
    /// Writes the classes of the look: the tone, then `step1` and so on for the second and later
    /// steps of the tone, or `not-rated` or `not-yet`.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let tone = self.tone.as_str();
        match self.variant {
            LookVariant::Step(0) => f.write_str(tone),
            LookVariant::Step(step) => write!(f, "{tone} step{step}"),
            LookVariant::NotRated => write!(f, "{tone} not-rated"),
            LookVariant::NotYet => write!(f, "{tone} not-yet"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{RatingLook, Tone};

    #[test]
    fn ratings_of_one_tone_differ_by_their_place_in_the_scale() {
        use Tone::{Fair, Good, Poor};
        let looks: Vec<String> = RatingLook::of_scale([Good, Good, Fair, Poor, Poor])
            .iter()
            .map(RatingLook::to_string)
            .collect();
        assert_eq!(looks, ["good", "good step1", "fair", "poor", "poor step1"]);
        let many = RatingLook::of_scale([Tone::None; 9]);
        assert_eq!(many[7], many[8]);
        assert_ne!(many[6], many[7]);
    }
}
