//! A **topic** (分野): what a measure is about, across departments.

use crate::diagnostic::{Place, Provenance};
use crate::text::{Id, Localized};

/// A topic.
#[derive(Clone, Debug)]
pub struct Topic {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: Localized,
    /// Reading of the name, in katakana.
    pub kana: Option<String>,
    /// Where it is written.
    pub place: Place,
    /// Where its facts stand.
    pub provenance: Provenance,
}
