//! The **entries** of the site: the domain's things with their neighbours, as indices into the
//! lists of [`Site`](super::Site).

use crate::calendar::{Date, FiscalYear};
use crate::config::Rating;
use crate::dataset::Series;
use crate::diagnostic::{Place, Provenance};
use crate::policy::{
    Better, Budget, Department, FieldValues, IndicatorAbout, IndicatorYear, MeasureResult,
    PlanNode, Status, Topic,
};
use crate::text::{Id, Localized};

/// How many measures have which rating; every rating of the scale once, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RatingCount {
    /// Index of the rating.
    pub rating: usize,
    /// How many measures.
    pub count: usize,
}

/// A department.
#[derive(Clone, Debug)]
pub struct DepartmentEntry {
    /// As written.
    pub department: Department,
    /// The department above it.
    pub parent: Option<usize>,
    /// The departments below it.
    pub children: Vec<usize>,
    /// The departments that took over its work.
    pub successors: Vec<usize>,
    /// The departments whose work it took over.
    pub predecessors: Vec<usize>,
    /// Its policies, newest first.
    pub policies: Vec<usize>,
    /// Its measures by rating, all years together.
    pub counts: Vec<RatingCount>,
}

/// A node of the city's plan.
#[derive(Clone, Debug)]
pub struct NodeEntry {
    /// The node.
    pub node: PlanNode,
    /// The node above it.
    pub parent: Option<usize>,
    /// The nodes right below it.
    pub children: Vec<usize>,
    /// Its measures and those of all nodes below it, newest year first.
    pub measures: Vec<usize>,
    /// How many of these have which rating.
    pub counts: Vec<RatingCount>,
    /// Its own indicators, in the order of the tables.
    pub indicators: Vec<IndicatorEntry>,
}

/// A topic.
#[derive(Clone, Debug)]
pub struct TopicEntry {
    /// As written.
    pub topic: Topic,
    /// Its measures, newest first.
    pub measures: Vec<usize>,
    /// Its measures by rating.
    pub counts: Vec<RatingCount>,
}

/// A series of datasets.
#[derive(Clone, Debug)]
pub struct SeriesEntry {
    /// As written.
    pub series: Series,
    /// Its datasets, the earliest period first.
    pub datasets: Vec<usize>,
}

/// A rating.
#[derive(Clone, Debug)]
pub struct RatingEntry {
    /// As configured.
    pub rating: Rating,
    /// Its measures, newest first.
    pub measures: Vec<usize>,
}

/// A fiscal year.
#[derive(Clone, Debug)]
pub struct YearEntry {
    /// Which.
    pub fiscal_year: FiscalYear,
    /// Its policies.
    pub policies: Vec<usize>,
    /// Its measures.
    pub measures: Vec<usize>,
    /// Its measures whose rating says that the goal was missed, in the order of the departments.
    pub missed: Vec<usize>,
    /// Its measures by rating.
    pub counts: Vec<RatingCount>,
}

/// A policy.
#[derive(Clone, Debug)]
pub struct PolicyEntry {
    /// `<fiscal_year>-<department>`.
    pub id: String,
    /// Whose it is.
    pub department: usize,
    /// For which year.
    pub fiscal_year: FiscalYear,
    /// The sentence above it.
    pub headline: Option<Localized>,
    /// The statement, in Markdown.
    pub statement: Option<Localized>,
    /// What it says of the fields of policies.
    pub fields: FieldValues,
    /// When it was first published.
    pub published: Option<Date>,
    /// When it, or anything of it, was last changed.
    pub updated: Option<Date>,
    /// Its measures in order of priority.
    pub measures: Vec<usize>,
    /// Its measures by rating.
    pub counts: Vec<RatingCount>,
    /// Where it is first written.
    pub place: Place,
    /// Where its facts stand.
    pub provenance: Provenance,
}

/// A measure.
#[derive(Clone, Debug)]
pub struct MeasureEntry {
    /// Its id.
    pub id: Id,
    /// What ties it to the same measure in other years.
    pub series: Id,
    /// Its title.
    pub title: Localized,
    /// Reading of the title, in hiragana.
    pub kana: Option<String>,
    /// Its policy.
    pub policy: usize,
    /// Its department.
    pub department: usize,
    /// Its year.
    pub fiscal_year: FiscalYear,
    /// Its topics.
    pub topics: Vec<usize>,
    /// The node of the plan that it belongs to.
    pub node: Option<usize>,
    /// What is to be achieved, in Markdown.
    pub direction: Option<Localized>,
    /// The same in easy Japanese, in Markdown.
    pub easy: Option<Localized>,
    /// What it says of the fields of measures.
    pub fields: FieldValues,
    /// What came of it; `None` while the year runs.
    pub result: Option<MeasureResult>,
    /// Its rating; "not yet" without a result.
    pub rating: usize,
    /// When it was last changed.
    pub updated: Option<Date>,
    /// The same measure in all years, itself included, newest first.
    pub in_other_years: Vec<usize>,
    /// Its indicators, in the order of the tables.
    pub indicators: Vec<IndicatorEntry>,
    /// Its budgets, by year, then in the order of the tables.
    pub budgets: Vec<Budget>,
    /// The money of its own year where other measures of its series say more or something else of
    /// it.
    pub corrected_money: Option<Vec<Budget>>,
    /// Where it is written.
    pub place: Place,
    /// Where its facts stand.
    pub provenance: Provenance,
}

impl MeasureEntry {
    /// When it was last changed, its result included.
    pub fn last_change(&self) -> Option<Date> {
        self.updated.max(self.result.as_ref().and_then(|result| result.published))
    }

    /// The figures that an indicator of it has for its own year.
    pub fn own_year<'e>(&self, indicator: &'e IndicatorEntry) -> Option<&'e IndicatorYear> {
        let is_own = |year: &&IndicatorYear| {
            year.fiscal_year == self.fiscal_year && year.status != Some(Status::Superseded)
        };
        indicator.corrected.as_deref().or_else(|| indicator.years.iter().find(is_own))
    }

    /// The money of its own year as its series gives it.
    pub fn own_budgets(&self) -> impl Iterator<Item = &Budget> {
        let is_own = |budget: &&Budget| {
            budget.fiscal_year == self.fiscal_year && budget.status != Some(Status::Superseded)
        };
        let corrected = self.corrected_money.as_ref();
        let own = self.budgets.iter().filter(is_own).filter(move |_| corrected.is_none());
        corrected.into_iter().flatten().chain(own)
    }
}

/// For each measure, the measures of other series that are related to it, the nearest first.
pub type RelatedMeasures = Vec<Vec<Relation>>;

/// That a measure is related to another, and by what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The other measure.
    pub measure: usize,
    /// A topic that both have.
    pub topic: Option<usize>,
    /// A word that both titles have. Without topic and word it is their texts that are alike.
    pub word: Option<String>,
}

/// One indicator of a measure, or of a node of the plan, over the years.
#[derive(Clone, Debug)]
pub struct IndicatorEntry {
    /// Which.
    pub indicator: Id,
    /// What is counted, as named last.
    pub name: Localized,
    /// In which unit.
    pub unit: Option<String>,
    /// Which of the kinds of the site it is, by index.
    pub kind: Option<usize>,
    /// Which way it should go, where that is said.
    pub better: Option<Better>,
    /// What describes it.
    pub about: IndicatorAbout,
    /// Its figures, oldest year first.
    pub years: Vec<IndicatorYear>,
    /// The figures of the measure's own year where other measures of its series say more or
    /// something else.
    pub corrected: Option<Box<IndicatorYear>>,
}
