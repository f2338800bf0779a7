//! A **free page**: Markdown that the city writes about itself, its ratings, its accessibility.

use crate::calendar::Date;
use crate::diagnostic::Place;
use crate::text::Language;

/// One page in one language.
#[derive(Clone, Debug)]
pub struct FreePage {
    /// Its name in the address: `about`.
    pub slug: String,
    /// Language that it is written in.
    pub language: Language,
    /// Its title.
    pub title: String,
    /// A sentence about it.
    pub description: Option<String>,
    /// Place in the navigation; `None` keeps it out.
    pub order: Option<i64>,
    /// When it was last changed.
    pub updated: Option<Date>,
    /// Its text, in Markdown.
    pub body: String,
    /// The file.
    pub place: Place,
}
