//! A **label** is a value by which results are filtered, with its name.

use serde::Serialize;

use crate::text::Localized;

/// A value by which results are filtered.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct FilterLabel {
    /// The label's id.
    pub id: String,
    /// The label's name in the languages of the site.
    pub name: Localized,
    /// The look of a rating, as classes (`config::RatingLook`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tone: Option<String>,
}
