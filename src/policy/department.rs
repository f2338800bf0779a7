//! A **department** (部局) of the city. Reorganisations are ordinary: it has a first and perhaps a
//! last day, and one or several successors.

use crate::calendar::{Date, FiscalYear};
use crate::diagnostic::{Located, Place};
use crate::text::{Id, Localized};

/// A department.
#[derive(Clone, Debug)]
pub struct Department {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: Localized,
    /// Reading of the name, in katakana.
    pub kana: Option<String>,
    /// The department that it is part of.
    pub parent: Option<Located<Id>>,
    /// Its first day, where known.
    pub valid_from: Option<Date>,
    /// Its last day, where it has been dissolved.
    pub valid_to: Option<Date>,
    /// The departments that took over its work.
    pub successors: Vec<Located<Id>>,
    /// Where it is written.
    pub place: Place,
}

impl Department {
    /// Did it exist on at least one day of `year`?
    pub fn existed_in(&self, year: FiscalYear) -> bool {
        self.valid_from.is_none_or(|first| first <= year.end())
            && self.valid_to.is_none_or(|last| last >= year.start())
    }
}
