//! A **policy** (運営方針), its **measures** (施策) and their **results** (実績).

use crate::calendar::{Date, FiscalYear};
use crate::diagnostic::{Located, Place, Provenance};
use crate::document::Extra;
use crate::text::{Id, Localized};

use super::FieldValues;

/// The plan of one department for one fiscal year.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Id of the department.
    pub department: Id,
    /// The fiscal year.
    pub fiscal_year: FiscalYear,
    /// Headline, one sentence.
    pub headline: Option<Localized>,
    /// Statement, in Markdown.
    pub statement: Option<Localized>,
    /// Date of its first publication.
    pub published: Option<Date>,
    /// Date of its last change.
    pub updated: Option<Date>,
    /// Values of the fields declared for policies.
    pub fields: FieldValues,
    /// Its values for the templates of a theme.
    pub extra: Extra,
    /// Its measures, in order of priority.
    pub measures: Vec<Measure>,
    /// The place at which it is first written.
    pub place: Place,
    /// Where each of its facts is written.
    pub provenance: Provenance,
}

impl Policy {
    /// Its id in URLs and data: `<fiscal_year>-<department>`.
    pub fn id(&self) -> String {
        format!("{}-{}", self.fiscal_year, self.department)
    }
}

/// A measure of a policy.
#[derive(Clone, Debug)]
pub struct Measure {
    /// The id of the measure, unique on the site.
    pub id: Id,
    /// Id that links it to the same measure in other fiscal years.
    pub series: Id,
    /// Its title.
    pub title: Localized,
    /// Reading of the title, in hiragana.
    pub kana: Option<String>,
    /// Ids of its topics.
    pub topics: Vec<Located<Id>>,
    /// Id of the node of the plan that it belongs to.
    pub plan: Option<Id>,
    /// Its direction: what is to be achieved, in Markdown.
    pub direction: Option<Localized>,
    /// The direction in easy Japanese, in Markdown.
    pub easy: Option<Localized>,
    /// Date of its last change.
    pub updated: Option<Date>,
    /// Values of the fields declared for measures.
    pub fields: FieldValues,
    /// Its values for the templates of a theme.
    pub extra: Extra,
    /// Its result; `None` until it is published.
    pub result: Option<MeasureResult>,
    /// The place at which it is written.
    pub place: Place,
    /// Where each of its facts is written.
    pub provenance: Provenance,
}

/// The result of a measure.
#[derive(Clone, Debug)]
pub struct MeasureResult {
    /// Id of the declared rating: a grade of the scale, or “not rated”.
    pub rating: Located<Id>,
    /// Description of what was done, in Markdown.
    pub account: Option<Localized>,
    /// Date of its publication.
    pub published: Option<Date>,
    /// Values of the fields declared for results.
    pub fields: FieldValues,
    /// Where each of its facts is written.
    pub provenance: Provenance,
}
