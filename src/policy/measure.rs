//! A **policy** (運営方針) and its **measures** (施策) with their **results** (実績), as meant.

use crate::calendar::{Date, FiscalYear};
use crate::diagnostic::{Located, Place};
use crate::text::{Id, Localized};

/// What one department sets out to do in one fiscal year.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Whose it is.
    pub department: Id,
    /// For which year.
    pub fiscal_year: FiscalYear,
    /// The sentence above it.
    pub headline: Option<Localized>,
    /// The statement, in Markdown.
    pub statement: Option<Localized>,
    /// When it was first published.
    pub published: Option<Date>,
    /// When it was last changed.
    pub updated: Option<Date>,
    /// Its measures in order of priority.
    pub measures: Vec<Measure>,
    /// Where it is first written.
    pub place: Place,
}

impl Policy {
    /// `<fiscal_year>-<department>`: its name in addresses and data.
    pub fn id(&self) -> String {
        format!("{}-{}", self.fiscal_year, self.department)
    }
}

/// One measure of one policy.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Its id, unique on the site.
    pub id: Id,
    /// What ties it to the same measure in other years.
    pub series: Id,
    /// Its title.
    pub title: Localized,
    /// Reading of the title, in hiragana.
    pub kana: Option<String>,
    /// What it is about.
    pub topics: Vec<Located<Id>>,
    /// What is to be achieved, in Markdown.
    pub direction: Option<Localized>,
    /// The same in easy Japanese, in Markdown.
    pub easy: Option<String>,
    /// When it was last changed.
    pub updated: Option<Date>,
    /// What came of it; `None` while the year runs.
    pub result: Option<MeasureResult>,
    /// Where it is written.
    pub place: Place,
}

/// What came of a measure.
#[derive(Clone, Debug)]
pub struct MeasureResult {
    /// Id of the declared rating: a grade of the scale, or "not rated".
    pub rating: Located<Id>,
    /// What was done, in Markdown.
    pub account: Option<Localized>,
    /// When it was published.
    pub published: Option<Date>,
}
