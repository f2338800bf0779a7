//! Policies and measures as **written**, in TOML or in tables: references are spelt as in the
//! source, and results may be incomplete.

use crate::calendar::{Date, FiscalYear};
use crate::config::PublicPeriod;
use crate::diagnostic::{Located, Place, Provenance};
use crate::document::Extra;
use crate::text::{Id, Localized};

use super::FieldValues;

/// A policy, or a part of one: its facts may be in one file and its measures in another.
#[derive(Clone)]
pub(super) struct WrittenPolicy {
    /// Id or name of a department.
    pub department: Located<String>,
    pub fiscal_year: FiscalYear,
    pub headline: Option<Localized>,
    pub statement: Option<Localized>,
    pub period: PublicPeriod,
    pub updated: Option<Date>,
    pub fields: FieldValues,
    pub extra: Extra,
    pub measures: Vec<WrittenMeasure>,
    pub place: Place,
    pub provenance: Provenance,
}

#[derive(Clone)]
pub(super) struct WrittenMeasure {
    /// `None` if it is missing, which has been reported; the rest of the measure is still checked.
    pub id: Option<Located<Id>>,
    pub series: Option<Id>,
    pub title: Localized,
    pub kana: Option<Located<String>>,
    /// Ids or names of topics.
    pub topics: Vec<Located<String>>,
    /// Id of a node of the plan, or the path to it from the top.
    pub plan: Option<Located<String>>,
    pub direction: Option<Localized>,
    pub easy: Option<Localized>,
    pub updated: Option<Date>,
    pub period: PublicPeriod,
    pub fields: FieldValues,
    pub extra: Extra,
    pub result: Option<WrittenResult>,
    pub place: Place,
    pub provenance: Provenance,
}

#[derive(Clone)]
pub(super) struct WrittenResult {
    /// Id or label of a rating. A result without one is reported later.
    pub rating: Option<Located<String>>,
    pub account: Option<Localized>,
    pub period: PublicPeriod,
    pub fields: FieldValues,
    pub place: Place,
    pub provenance: Provenance,
}
