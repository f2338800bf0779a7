//! A **redirect** keeps the URL of a page that was renamed or removed; a **published address** is
//! one that must not vanish without one.

use crate::calendar::Date;
use crate::config::Withheld;
use crate::diagnostic::{Located, Place};

/// The path of a former page.
#[derive(Clone, Debug)]
pub struct Redirect {
    /// Path of the former page without its ending, such as `measures/old-id`.
    pub from: String,
    /// Path of the page that replaces it; `None` if it was removed.
    pub to: Option<Located<String>>,
    /// Date of the change.
    pub date: Option<Date>,
    /// Reason for the change.
    pub note: Option<String>,
    /// What has expired at the path; `None` for a row of the table.
    pub about: Option<Withheld>,
    /// The place of the row, or of what has expired.
    pub place: Place,
}

/// An address that was published, from the registry of the site.
#[derive(Clone, Debug)]
pub struct PublishedAddress {
    /// Path of the page without its ending, such as `measures/roads-2024`.
    pub address: Located<String>,
    /// The title of the page when it was recorded.
    pub title: Option<String>,
    /// The day on which it was recorded.
    pub date: Option<Date>,
}
