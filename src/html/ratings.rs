//! The pages of **ratings**: the scale with how often each rating was given in each year, and the
//! page of one rating with its measures.

use minijinja::value::Value;

use crate::site::PageKind;

use super::PageView;
use super::context::{PageContext, value};
use super::list::{LIST_LENGTH, ListView, groups, overview, single};
use super::scores::YearHead;
use super::years::year_items;

/// The page of the scale: what each rating means, and how often it was given in each year.
pub(super) fn ratings(context: &PageContext<'_>) -> PageView {
    let site = context.site;
    let years: Vec<YearHead> =
        site.years.iter().map(|year| context.year_head(year.fiscal_year)).collect();
    let rows: Vec<Value> = site
        .ratings
        .iter()
        .enumerate()
        .map(|(index, entry)| {
            let counts = site.years.iter().map(|year| year.counts[index].count);
            minijinja::context! {
                rating => context.ratings[index].clone(),
                counts => counts.collect::<Vec<usize>>(),
                total => entry.measures.len(),
            }
        })
        .collect();
    overview(
        context,
        "ratings",
        minijinja::context! {
            rows => rows,
            years => value(&years),
            totals => site.years.iter().map(|year| year.measures.len()).collect::<Vec<usize>>(),
            scores => value(&year_items(context)),
            total => site.measures.len(),
            has_missed => site.can_miss(),
            has_comparisons => site.years.len() > 1,
        },
    )
}

/// The page of the rating `index` with its measures by year.
pub(super) fn rating(context: &PageContext<'_>, index: usize) -> PageView {
    let entry = &context.site.ratings[index];
    let view = ListView {
        heading: context.text(&entry.rating.label),
        lead: Some(context.text(&entry.rating.meaning)),
        score: context.score_of(entry.measures.iter().copied()),
        years: Vec::new(),
        groups: groups(context, &entry.measures),
        cut: entry.measures.len() > LIST_LENGTH,
        filter: format!("rating={}", entry.rating.id),
        rating: Some(context.ratings[index].clone()),
        scale: context.ratings.to_vec(),
        policies: Vec::new(),
        money: Vec::new(),
        missed: None,
        comparison: None,
    };
    single(
        context,
        ("ratings", PageKind::Ratings),
        entry.rating.label.get(context.language).to_owned(),
        value(&view),
    )
}
