//! The pages of **fiscal years**: the list of all, and the page of one with its policies.

use crate::site::{PageKind, YearEntry, file_paths};

use super::PageView;
use super::context::{PageContext, Text, value};
use super::list::{ListView, OverviewItem, overview, policy_item, single};
use super::money;

/// Every fiscal year with its score, newest first.
pub(super) fn year_items(context: &PageContext<'_>) -> Vec<OverviewItem> {
    let item = |entry: &YearEntry| OverviewItem {
        link: minijinja::context! { url => file_paths::year_page(entry.fiscal_year) },
        year: Some(entry.fiscal_year.long(context.language)),
        note: None,
        count: entry.measures.len(),
        score: context.score(&entry.counts),
    };
    context.site.years.iter().map(item).collect()
}

pub(super) fn years(context: &PageContext<'_>) -> PageView {
    let comparisons = context.site.years.len() > 1;
    overview(
        context,
        "years",
        minijinja::context! {
            items => value(&year_items(context)),
            comparisons => comparisons,
            missed => context.site.can_miss(),
        },
    )
}

/// The page of the fiscal year `index` with its policies, and links to its missed goals and to its
/// comparison with the year before.
pub(super) fn year(context: &PageContext<'_>, index: usize) -> PageView {
    let site = context.site;
    let entry = &site.years[index];
    let name = entry.fiscal_year.long(context.language);
    let before = site.years.get(index + 1);
    let view = ListView {
        heading: Text { text: &name, lang: None },
        lead: None,
        score: context.score(&entry.counts),
        years: Vec::new(),
        groups: Vec::new(),
        cut: false,
        filter: format!("year={}", entry.fiscal_year),
        rating: None,
        scale: Vec::new(),
        money: money::of_measures(context, &entry.measures),
        policies: entry.policies.iter().map(|&policy| policy_item(context, policy)).collect(),
        missed: site.can_miss().then(|| file_paths::missed(entry.fiscal_year, 1)),
        comparison: before.map(|b| file_paths::comparison(entry.fiscal_year, b.fiscal_year)),
    };
    let value = value(&view);
    single(context, ("years", PageKind::Years), name, value)
}
