//! The **home** page: search, the ratings of one year, the newest results, and links to the other
//! lists.
//!
//! Not in here: these lists.

use std::cmp::Reverse;

use minijinja::value::Value;

use crate::site::{Site, file_paths};

use super::PageView;
use super::context::{MeasureItem, PageContext, value};
use super::scores::YearHead;

/// Number of newest results that are shown.
const NEWEST: usize = 6;

/// Most departments and topics that are named; there are links to the lists of all.
const DEPARTMENTS: usize = 24;
const TOPICS: usize = 24;

/// The home page. The newest results are those of the measures that changed last.
pub(super) fn home(context: &PageContext<'_>) -> PageView {
    let site = context.site;
    let mut newest: Vec<usize> =
        (0..site.measures.len()).filter(|&index| site.measures[index].result.is_some()).collect();
    newest.sort_by_key(|&index| (Reverse(site.measures[index].last_change()), index));
    let newest: Vec<MeasureItem<'_>> =
        newest.into_iter().take(NEWEST).map(|index| context.measure_item(index)).collect();
    let datasets: Vec<Value> = site
        .datasets
        .iter()
        .map(|dataset| {
            minijinja::context! {
                url => file_paths::dataset_page(dataset.id.as_str()),
                name => value(&context.text(&dataset.title)),
            }
        })
        .collect();
    let years: Vec<YearHead> =
        site.years.iter().map(|year| context.year_head(year.fiscal_year)).collect();
    let (departments, more_departments) = departments(context);
    let (topics, more_topics) = topics(context);
    PageView {
        title: site.config.title.get(context.language).to_owned(),
        description: site.config.description.as_ref().map(|d| d.get(context.language).to_owned()),
        breadcrumbs: Vec::new(),
        value: minijinja::context! {
            shown => year_to_show(site).map(|index| picture(context, index)),
            years => value(&years),
            newest => value(&newest),
            departments => departments,
            more_departments => more_departments,
            topics => topics,
            more_topics => more_topics,
            datasets => datasets,
            measure_count => site.measures.len(),
            dataset_count => site.datasets.len(),
        },
    }
}

/// Index of the year whose ratings are shown: the newest with results for at least half of its
/// measures; else the newest with any result; else the newest. `None` if there is no rating or no
/// year.
fn year_to_show(site: &Site) -> Option<usize> {
    let not_yet = site.ratings.len().checked_sub(1)?;
    let known = |index: &usize| {
        let year = &site.years[*index];
        year.measures.len() - year.counts[not_yet].count
    };
    let half = (0..site.years.len()).find(|i| known(i) * 2 >= site.years[*i].measures.len());
    let any = || (0..site.years.len()).find(|index| known(index) > 0);
    half.or_else(any).or((!site.years.is_empty()).then_some(0))
}

fn picture(context: &PageContext<'_>, index: usize) -> Value {
    let site = context.site;
    let year = &site.years[index];
    let before = site.years.get(index + 1);
    minijinja::context! {
        head => context.year_value(year.fiscal_year),
        score => value(&context.score(&year.counts)),
        missed => site.can_miss().then(|| file_paths::missed(year.fiscal_year, 1)),
        missed_count => year.missed.len(),
        comparison => before.map(|b| file_paths::comparison(year.fiscal_year, b.fiscal_year)),
    }
}

/// Links to the departments that have not been dissolved, and whether any were left out. If there
/// are more than `DEPARTMENTS`, only those at the top are named, and at most so many.
pub(super) fn departments(context: &PageContext<'_>) -> (Vec<Value>, bool) {
    let all = context.site.departments.iter().zip(&context.departments);
    let present: Vec<_> = all.filter(|(entry, _)| entry.department.valid_to.is_none()).collect();
    let many = present.len() > DEPARTMENTS;
    let shown = present.iter().filter(|(entry, _)| !many || entry.parent.is_none());
    let links: Vec<Value> = shown.take(DEPARTMENTS).map(|(_, link)| (*link).clone()).collect();
    let left_out = links.len() < present.len();
    (links, left_out)
}

/// Links to the `TOPICS` topics with the most measures, in the order of the site, and whether any
/// were left out.
pub(super) fn topics(context: &PageContext<'_>) -> (Vec<Value>, bool) {
    let mut chosen: Vec<usize> = (0..context.topics.len()).collect();
    chosen.sort_by_key(|&topic| Reverse(context.site.topics[topic].measures.len()));
    chosen.truncate(TOPICS);
    chosen.sort_unstable();
    let left_out = chosen.len() < context.topics.len();
    (chosen.into_iter().map(|topic| context.topics[topic].clone()).collect(), left_out)
}
