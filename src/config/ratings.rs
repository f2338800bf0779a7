//! The **rating scale** of a site: configured, best first, with the two values that every scale has.

use crate::text::{Id, Localized};

/// The scale.
#[derive(Clone, Debug)]
pub struct RatingScale {
    /// The grades, best first.
    pub grades: Vec<Rating>,
    /// Words for what has no grade.
    pub unrated: Unrated,
}

/// One grade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// Its id, part of URLs and data.
    pub id: Id,
    /// Its name.
    pub label: Localized,
    /// What it says.
    pub meaning: Localized,
    /// Which shape and colour it has.
    pub tone: Tone,
}

/// How a grade looks: shape and colour, never colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// The goal was reached.
    Good,
    /// It was nearly reached.
    Fair,
    /// It was missed.
    Poor,
    /// Neither; also that of results not yet known or not rated.
    None,
}

impl Tone {
    /// Every tone with its spelling.
    pub const CHOICES: [(&'static str, Self); 4] =
        [("good", Self::Good), ("fair", Self::Fair), ("poor", Self::Poor), ("none", Self::None)];

    /// Its spelling.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Fair => "fair",
            Self::Poor => "poor",
            Self::None => "none",
        }
    }
}

/// Words for the two values that are no grades.
#[derive(Clone, Debug)]
pub struct Unrated {
    /// The year still runs, or the result is not published yet.
    pub not_yet: Rating,
    /// The result was published without a grade.
    pub not_rated: Rating,
}

impl RatingScale {
    /// Id of "not yet": the rating of a measure without result.
    pub const NOT_YET: &'static str = "not-yet";
    /// Id of "not rated this year".
    pub const NOT_RATED: &'static str = "not-rated";

    /// The grades best first, then "not rated" and "not yet".
    pub fn all(&self) -> impl Iterator<Item = &Rating> {
        self.grades.iter().chain([&self.unrated.not_rated, &self.unrated.not_yet])
    }

    /// The rating with the id `id`, one of the two that are no grades included.
    pub fn get(&self, id: &str) -> Option<&Rating> {
        self.all().find(|rating| rating.id.as_str() == id)
    }

    /// The rating that a clerk wrote as `text`: an id or a label in the content's own language.
    pub fn find(&self, text: &str) -> Option<&Rating> {
        self.get(text).or_else(|| self.all().find(|rating| rating.label.own == text))
    }
}
