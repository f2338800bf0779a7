//! A **department** (部局) of the city. Reorganisations are common: a department has a first and
//! possibly a last day, and possibly successors.

use crate::calendar::{Date, FiscalYear};
use crate::diagnostic::{Located, Place, Provenance};
use crate::text::{Id, Localized};

use super::FieldValues;

/// A department.
#[derive(Clone, Debug)]
pub struct Department {
    /// The id of the department.
    pub id: Id,
    /// The name of the department.
    pub name: Localized,
    /// Reading of the name, in katakana.
    pub kana: Option<String>,
    /// Its parent department.
    pub parent: Option<Located<Id>>,
    /// Its first day, if known.
    pub valid_from: Option<Date>,
    /// Its last day, if it has been dissolved.
    pub valid_to: Option<Date>,
    /// The departments that took over its work.
    pub successors: Vec<Located<Id>>,
    /// Values of the fields declared for departments.
    pub fields: FieldValues,
    /// Where it is written.
    pub place: Place,
    /// Where each of its facts is written.
    pub provenance: Provenance,
}

impl Department {
    /// Whether it existed on at least one day of `year`.
    pub fn existed_in(&self, year: FiscalYear) -> bool {
        self.valid_from.is_none_or(|first| first <= year.end())
            && self.valid_to.is_none_or(|last| last >= year.start())
    }
}
