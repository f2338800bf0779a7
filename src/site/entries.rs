//! The **entries** of the site: the records of the domain with links to each other, as indices into
//! the lists of [`Site`](super::Site).

use crate::calendar::{Date, FiscalYear};
use crate::config::Rating;
use crate::dataset::Series;
use crate::diagnostic::{Place, Provenance};
use crate::document::Extra;
use crate::policy::{
    Better, Budget, Department, FieldValues, IndicatorAbout, IndicatorYear, MeasureResult,
    PlanNode, Status, Topic,
};
use crate::text::{Id, Localized};

/// The number of measures with a rating. Lists of these have every rating of the scale once, in its
/// order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RatingCount {
    /// Index of the rating.
    pub rating: usize,
    /// Number of measures.
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
    /// The department's policies, newest first.
    pub policies: Vec<usize>,
    /// The department's measures by rating, all years together.
    pub counts: Vec<RatingCount>,
}

/// A node of the city's plan.
#[derive(Clone, Debug)]
pub struct NodeEntry {
    /// The node.
    pub node: PlanNode,
    /// The node above it.
    pub parent: Option<usize>,
    /// The nodes directly below it.
    pub children: Vec<usize>,
    /// The node's measures and those of all nodes below it, newest year first.
    pub measures: Vec<usize>,
    /// These measures by rating.
    pub counts: Vec<RatingCount>,
    /// The node's own indicators, in the order of the tables.
    pub indicators: Vec<IndicatorEntry>,
}

/// A topic.
#[derive(Clone, Debug)]
pub struct TopicEntry {
    /// As written.
    pub topic: Topic,
    /// The topic's measures, newest first.
    pub measures: Vec<usize>,
    /// The topic's measures by rating.
    pub counts: Vec<RatingCount>,
}

/// A series of datasets.
#[derive(Clone, Debug)]
pub struct SeriesEntry {
    /// As written.
    pub series: Series,
    /// The series' datasets, the earliest period first.
    pub datasets: Vec<usize>,
    /// The table over all periods, if there is one.
    pub table: Option<usize>,
}

/// A rating.
#[derive(Clone, Debug)]
pub struct RatingEntry {
    /// As configured.
    pub rating: Rating,
    /// The rating's measures, newest first.
    pub measures: Vec<usize>,
}

/// A fiscal year.
#[derive(Clone, Debug)]
pub struct YearEntry {
    /// The year.
    pub fiscal_year: FiscalYear,
    /// The year's policies.
    pub policies: Vec<usize>,
    /// The year's measures.
    pub measures: Vec<usize>,
    /// The year's measures whose rating says that the goal was missed, in the order of the
    /// departments.
    pub missed: Vec<usize>,
    /// The year's measures by rating.
    pub counts: Vec<RatingCount>,
}

/// A policy.
#[derive(Clone, Debug)]
pub struct PolicyEntry {
    /// `<fiscal_year>-<department>`.
    pub id: String,
    /// Index of its department.
    pub department: usize,
    /// The policy's fiscal year.
    pub fiscal_year: FiscalYear,
    /// The sentence that is shown above it.
    pub headline: Option<Localized>,
    /// The statement, in Markdown.
    pub statement: Option<Localized>,
    /// The policy's values of the fields of policies.
    pub fields: FieldValues,
    /// The policy's values for the templates of a theme.
    pub extra: Extra,
    /// When it was first published.
    pub published: Option<Date>,
    /// When it, or any of its measures, was last changed.
    pub updated: Option<Date>,
    /// The policy's measures in order of priority.
    pub measures: Vec<usize>,
    /// The policy's measures by rating.
    pub counts: Vec<RatingCount>,
    /// Where it is first written in the content.
    pub place: Place,
    /// Where each of its facts was read.
    pub provenance: Provenance,
}

/// A measure.
#[derive(Clone, Debug)]
pub struct MeasureEntry {
    /// The measure's id.
    pub id: Id,
    /// Id that links it to the same measure in other years.
    pub series: Id,
    /// The measure's title.
    pub title: Localized,
    /// Reading of the title, in hiragana.
    pub kana: Option<String>,
    /// The measure's policy.
    pub policy: usize,
    /// The measure's department.
    pub department: usize,
    /// The measure's year.
    pub fiscal_year: FiscalYear,
    /// The measure's topics.
    pub topics: Vec<usize>,
    /// The node of the plan that it belongs to.
    pub node: Option<usize>,
    /// What is to be achieved, in Markdown.
    pub direction: Option<Localized>,
    /// The same in easy Japanese, in Markdown.
    pub easy: Option<Localized>,
    /// The measure's values of the fields of measures.
    pub fields: FieldValues,
    /// The measure's values for the templates of a theme.
    pub extra: Extra,
    /// The measure's result; `None` while it has none.
    pub result: Option<MeasureResult>,
    /// Index of its rating; that of "not yet" without a result.
    pub rating: usize,
    /// When it was last changed.
    pub updated: Option<Date>,
    /// The same measure in all years, itself included, newest first.
    pub in_other_years: Vec<usize>,
    /// The measure's indicators, in the order of the tables.
    pub indicators: Vec<IndicatorEntry>,
    /// The measure's budgets, by year, then in the order of the tables.
    pub budgets: Vec<Budget>,
    /// The money of its own year as its series gives it, where that differs from what the measure
    /// itself gives.
    pub corrected_money: Option<Vec<Budget>>,
    /// Where it is written.
    pub place: Place,
    /// Where each of its facts was read.
    pub provenance: Provenance,
}

impl MeasureEntry {
    /// When it, or its result, was last changed; `None` where neither has a date.
    pub fn last_change(&self) -> Option<Date> {
        self.updated.max(self.result.as_ref().and_then(|result| result.published))
    }

    /// The figures of `indicator`, one of this measure's, for the measure's own year: the corrected
    /// ones where there are any, otherwise those that are not superseded.
    pub fn own_year<'e>(&self, indicator: &'e IndicatorEntry) -> Option<&'e IndicatorYear> {
        let is_own = |year: &&IndicatorYear| {
            year.fiscal_year == self.fiscal_year && year.status != Some(Status::Superseded)
        };
        indicator.corrected.as_deref().or_else(|| indicator.years.iter().find(is_own))
    }

    /// The money of its own year: the corrected rows where there are any, otherwise those that are
    /// not superseded.
    pub fn own_budgets(&self) -> impl Iterator<Item = &Budget> {
        let is_own = |budget: &&Budget| {
            budget.fiscal_year == self.fiscal_year && budget.status != Some(Status::Superseded)
        };
        let corrected = self.corrected_money.as_ref();
        let own = self.budgets.iter().filter(is_own).filter(move |_| corrected.is_none());
        corrected.into_iter().flatten().chain(own)
    }
}

/// For each measure, by index, the related measures of other series, most similar first.
pub type RelatedMeasures = Vec<Vec<Relation>>;

/// A relation from a measure to another one, and the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The other measure.
    pub measure: usize,
    /// A topic that both have.
    pub topic: Option<usize>,
    /// A word that both titles have. Without topic and word, the measures are related by the
    /// similarity of their texts.
    pub word: Option<String>,
}

/// One indicator of a measure or of a node of the plan, with its figures of all years.
#[derive(Clone, Debug)]
pub struct IndicatorEntry {
    /// Id of the indicator.
    pub indicator: Id,
    /// The indicator's name, as the newest row gives it.
    pub name: Localized,
    /// The indicator's unit, as the newest row gives it; in English, as the newest row with that
    /// unit does that has it.
    pub unit: Option<Localized>,
    /// Index of its kind among those of the site.
    pub kind: Option<usize>,
    /// The desired direction, if one is given.
    pub better: Option<Better>,
    /// The indicator's definition, formula, source and disaggregation.
    pub about: IndicatorAbout,
    /// The indicator's figures, oldest year first.
    pub years: Vec<IndicatorYear>,
    /// The figures of the measure's own year as its series gives them, where these differ from what
    /// the measure itself gives.
    pub corrected: Option<Box<IndicatorYear>>,
}
