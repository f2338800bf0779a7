//! The page of **all policies**, by fiscal year.
//!
//! Not in here: the page of one of them (`policy`).

use serde::Serialize;

use crate::site::YearEntry;

use super::PageView;
use super::context::{PageContext, value};
use super::list::{PolicyItem, overview, policy_item};
use super::scores::YearHead;

/// Most policies that the page shows with their ratings. If the site has more, only those of the
/// newest year are shown.
const POLICIES: usize = 60;

/// The policies of a year; none if only the year's own page shows them.
#[derive(Serialize)]
struct YearOfPolicies<'s> {
    head: YearHead,
    count: usize,
    policies: Vec<PolicyItem<'s>>,
}

pub(super) fn policies(context: &PageContext<'_>) -> PageView {
    let year = |(year, named): (&YearEntry, &[usize])| YearOfPolicies {
        head: context.year_head(year.fiscal_year),
        count: year.policies.len(),
        policies: named.iter().map(|&policy| policy_item(context, policy)).collect(),
    };
    let years: Vec<YearOfPolicies<'_>> = context.policies_by_year(POLICIES).map(year).collect();
    overview(context, "policies", minijinja::context! { years => value(&years) })
}
