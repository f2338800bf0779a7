//! A **redirect** keeps the address of a page that was renamed or removed.

use crate::calendar::Date;
use crate::diagnostic::{Located, Place};

/// An address that once was a page.
#[derive(Clone, Debug)]
pub struct Redirect {
    /// Path of the old page without ending: `measures/old-id`.
    pub from: String,
    /// Path of the page that took its place; `None` where it was removed.
    pub to: Option<Located<String>>,
    /// When that happened.
    pub date: Option<Date>,
    /// Why.
    pub note: Option<String>,
    /// The row.
    pub place: Place,
}
