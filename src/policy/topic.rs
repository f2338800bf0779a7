//! A **topic** (分野): what a measure is about, across departments.

use crate::diagnostic::{Place, Provenance};
use crate::text::{Id, Localized};

use super::DataTheme;

/// A topic.
#[derive(Clone, Debug)]
pub struct Topic {
    /// The id of the topic.
    pub id: Id,
    /// The name of the topic.
    pub name: Localized,
    /// Reading of the name, in katakana.
    pub kana: Option<String>,
    /// The theme of the European vocabulary to which it belongs.
    pub theme: Option<DataTheme>,
    /// Where it is written.
    pub place: Place,
    /// Where each of its facts is written.
    pub provenance: Provenance,
}
