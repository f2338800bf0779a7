//! The **rating scale** of a site: the grades, best first, and two values that every scale has,
//! “not rated” and “not yet”.

use crate::text::{Id, Localized};

use super::look::{LookVariant, RatingLook, Tone};

/// The rating scale.
#[derive(Clone, Debug)]
pub struct RatingScale {
    /// What the city calls the scale, where that is not the word of the theme.
    pub name: Option<Localized>,
    /// The grades, best first.
    pub grades: Vec<Rating>,
    /// The two values that are not grades.
    pub unrated: Unrated,
}

/// A grade, or one of the two values that are not grades.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// Its id, which is part of URLs and data.
    pub id: Id,
    /// Its name.
    pub label: Localized,
    /// What it means.
    pub meaning: Localized,
    /// Its tone.
    pub tone: Tone,
}

/// The two values that are not grades.
#[derive(Clone, Debug)]
pub struct Unrated {
    /// The year has not ended, or the result has not been published.
    pub not_yet: Rating,
    /// The result was published without a grade.
    pub not_rated: Rating,
}

impl RatingScale {
    /// Id of “not yet”, the rating of a measure without a result.
    pub const NOT_YET: &'static str = "not-yet";
    /// Id of “not rated”.
    pub const NOT_RATED: &'static str = "not-rated";

    /// The grades, best first, followed by “not rated” and “not yet”.
    pub fn all(&self) -> impl Iterator<Item = &Rating> {
        self.grades.iter().chain([&self.unrated.not_rated, &self.unrated.not_yet])
    }

    /// The look of each rating, in the order of [`Self::all`].
    pub fn looks(&self) -> Vec<RatingLook> {
        let mut looks = RatingLook::of_scale(self.grades.iter().map(|grade| grade.tone));
        for variant in [LookVariant::NotRated, LookVariant::NotYet] {
            looks.push(RatingLook { tone: Tone::None, variant });
        }
        looks
    }

    /// The rating with the id `id`, which may be one of the two values that are not grades.
    pub fn get(&self, id: &str) -> Option<&Rating> {
        self.all().find(|rating| rating.id.as_str() == id)
    }

    /// The rating with the id or the label `text`; labels are those in the language of the content.
    pub fn find(&self, text: &str) -> Option<&Rating> {
        self.get(text).or_else(|| self.all().find(|rating| rating.label.own == text))
    }
}
