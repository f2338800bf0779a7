//! A **list** page: what the pages of one topic, one rating and one fiscal year have in common, and
//! the items of which they and the overviews are made.
//!
//! Not in here: the pages themselves (`topics`, `ratings`, `years`, `policies`).

use minijinja::value::Value;
use serde::Serialize;

use crate::site::{PageKind, file_paths};

use super::PageView;
use super::context::{MeasureItem, PageContext, Text};
use super::head::Crumb;
use super::money::MoneyOfYear;
use super::scores::{Score, YearHead, YearScore};

/// Most measures that one page lists. For more, the search page with its filters serves better than
/// a page that is too large for a phone.
pub(super) const LIST_LENGTH: usize = 300;

/// One topic, rating or year.
#[derive(Serialize)]
pub(super) struct ListView<'s> {
    pub heading: Text<'s>,
    pub lead: Option<Text<'s>>,
    pub score: Score,
    /// The score of each year, where there are several.
    pub years: Vec<YearScore>,
    pub groups: Vec<MeasureGroup<'s>>,
    /// Are there more measures than the groups show?
    pub cut: bool,
    /// Query of the search page that finds all of them.
    pub filter: String,
    pub rating: Option<Value>,
    /// The whole scale, on the page of a rating; else empty.
    pub scale: Vec<Value>,
    pub policies: Vec<PolicyItem<'s>>,
    /// The money of its measures by year.
    pub money: Vec<MoneyOfYear>,
    /// Path of the measures of a year that missed their goals.
    pub missed: Option<String>,
    /// Path of the comparison of a year with the year before.
    pub comparison: Option<String>,
}

/// Measures of one year.
#[derive(Serialize)]
pub(super) struct MeasureGroup<'s> {
    head: YearHead,
    count: usize,
    measures: Vec<MeasureItem<'s>>,
}

#[derive(Serialize)]
pub(super) struct PolicyItem<'s> {
    url: String,
    year: String,
    department: Value,
    headline: Option<Text<'s>>,
    score: Score,
}

#[derive(Serialize)]
pub(super) struct OverviewItem {
    pub link: Value,
    pub year: Option<String>,
    pub note: Option<String>,
    pub count: usize,
    pub score: Score,
}

fn measure_list<'s>(context: &PageContext<'s>, members: &[usize]) -> Vec<MeasureItem<'s>> {
    members.iter().take(LIST_LENGTH).map(|&index| context.measure_item(index)).collect()
}

/// The first `LIST_LENGTH` of `members`, grouped by year. `members` must be sorted by year, newest
/// first. The count of a group includes the measures that are not shown.
pub(super) fn groups<'s>(context: &PageContext<'s>, members: &[usize]) -> Vec<MeasureGroup<'s>> {
    let year = |member: usize| context.site.measures[member].fiscal_year;
    let group = |of_year: &[usize]| MeasureGroup {
        head: context.year_head(year(of_year[0])),
        count: members.iter().filter(|&&member| year(member) == year(of_year[0])).count(),
        measures: measure_list(context, of_year),
    };
    let shown = &members[..members.len().min(LIST_LENGTH)];
    shown.chunk_by(|&a, &b| year(a) == year(b)).map(group).collect()
}

pub(super) fn policy_item<'s>(context: &PageContext<'s>, index: usize) -> PolicyItem<'s> {
    let policy = &context.site.policies[index];
    PolicyItem {
        url: file_paths::policy_page(&policy.id),
        year: policy.fiscal_year.long(context.language),
        department: context.departments[policy.department].clone(),
        headline: policy.headline.as_ref().map(|text| context.text(text)),
        score: context.score(&policy.counts),
    }
}

/// The page of a list whose title is the text `word` of the user interface, and whose description
/// is the text `<word>_lead`.
pub(super) fn overview(context: &PageContext<'_>, word: &str, value: Value) -> PageView {
    PageView {
        title: context.word(word),
        description: Some(context.word(&format!("{word}_lead"))),
        breadcrumbs: Vec::new(),
        value,
    }
}

/// The page of one entry called `title`, below the page `list`, whose title is the text `word` of
/// the user interface.
pub(super) fn single(
    context: &PageContext<'_>,
    (word, list): (&str, PageKind),
    title: String,
    value: Value,
) -> PageView {
    PageView {
        description: Some(context.word(&format!("{word}_single")).replace("{title}", &title)),
        title,
        breadcrumbs: vec![Crumb::new(context.word(word), list.key(context.site))],
        value,
    }
}

/// The score of `members` in each of their years; empty if there is only one, since it would repeat
/// the score of all.
pub(super) fn years_to_compare(context: &PageContext<'_>, members: &[usize]) -> Vec<YearScore> {
    Some(context.by_year(members)).filter(|years| years.len() > 1).unwrap_or_default()
}
