//! A **redirect** keeps the URL of a page that was renamed or removed.

use crate::calendar::Date;
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
    /// The place of the row.
    pub place: Place,
}
