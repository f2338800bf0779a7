//! The **pages** of a site in one language, with their owners.

use crate::dataset::Dataset;
use crate::site::{FreePage, MISSED_ON_A_PAGE, Site, row_pages};
use crate::text::Language;

use super::{Claimant, PageKind, at, claimant_of, datasets};

/// A kind of page and its owner.
type PageClaim = (PageKind, Claimant);

/// The pages in `language`.
pub(super) fn of_language(site: &Site, language: Language) -> Vec<PageClaim> {
    let mut claims: Vec<PageClaim> = overviews(site).into_iter().map(|kind| (kind, None)).collect();
    claims.extend(of_policies(site));
    if !site.measures.is_empty() {
        claims.extend((0..site.ratings.len()).map(|index| (PageKind::Rating(index), None)));
    }
    claims.extend(of_money(site));
    claims.extend(of_years(site));
    for (index, dataset) in datasets(site) {
        claims.extend(of_dataset(index, dataset));
    }
    let free = free_pages(site, language);
    claims.extend(free.map(|(index, page)| (PageKind::Free(index), at(&page.place))));
    let blocks = site.blocks.iter().enumerate();
    let shown = blocks.filter(|(_, block)| block.languages.contains(&language));
    claims.extend(shown.map(|(index, block)| (PageKind::Embed(index), at(&block.place))));
    claims.extend(of_accessibility(site));
    let redirects = site.redirects.iter().enumerate();
    claims.extend(redirects.map(|(index, old)| (PageKind::Redirect(index), at(&old.place))));
    claims
}

/// The pages of measures, policies, departments, the plan and topics.
fn of_policies(site: &Site) -> Vec<PageClaim> {
    let mut claims = Vec::new();
    for (index, measure) in site.measures.iter().enumerate() {
        claims.push((PageKind::Measure(index), at(&measure.place)));
    }
    for (index, policy) in site.policies.iter().enumerate() {
        claims.push((PageKind::Policy(index), at(&policy.place)));
    }
    for (index, entry) in site.departments.iter().enumerate() {
        claims.push((PageKind::Department(index), at(&entry.department.place)));
    }
    if !site.nodes.is_empty() {
        claims.push((PageKind::Plan, None));
    }
    for (index, entry) in site.nodes.iter().enumerate() {
        claims.push((PageKind::Node(index), at(&entry.node.place)));
    }
    for (index, entry) in site.topics.iter().enumerate() {
        claims.push((PageKind::Topic(index), at(&entry.topic.place)));
    }
    claims
}

/// The pages of years, of their missed goals, and of the comparisons with the year before.
fn of_years(site: &Site) -> Vec<PageClaim> {
    let years = 0..site.years.len();
    let mut kinds: Vec<PageKind> = years.clone().map(PageKind::Year).collect();
    if site.can_miss() {
        kinds.push(PageKind::Missed);
        for (year, entry) in site.years.iter().enumerate() {
            let pages = entry.missed.len().div_ceil(MISSED_ON_A_PAGE).max(1);
            kinds.extend((1..=pages).map(|number| PageKind::MissedIn { year, number }));
        }
    }
    if years.len() > 1 {
        kinds.push(PageKind::Comparisons);
    }
    kinds.extend(years.skip(1).map(|older| PageKind::Comparison(older - 1)));
    kinds.into_iter().map(|kind| (kind, None)).collect()
}

/// The page of the dataset `index`, the pages of its rows, and those of its versions.
fn of_dataset(index: usize, dataset: &Dataset) -> Vec<PageClaim> {
    let claimant = claimant_of(dataset);
    let mut claims = vec![(PageKind::Dataset(index), claimant.clone())];
    for number in 1..=row_pages(dataset) {
        claims.push((PageKind::Rows { dataset: index, number }, claimant.clone()));
    }
    // Without a released version, the current state has no page of its own.
    let states = if dataset.versions.is_empty() { 0 } else { dataset.versions.len() + 1 };
    for number in 0..states {
        let state = dataset.state(number);
        let claimant = if state.version.is_some() { at(&state.place) } else { claimant.clone() };
        claims.push((PageKind::Version { dataset: index, number }, claimant));
    }
    claims
}

fn of_accessibility(site: &Site) -> Vec<PageClaim> {
    let Some(known) = &site.accessibility else { return Vec::new() };
    let mut claims = vec![(PageKind::Accessibility, at(&known.place))];
    for (index, result) in known.results.iter().enumerate() {
        claims.push((PageKind::AccessibilityResult(index), at(&result.place)));
    }
    claims
}

/// The free pages that are shown in `language`: each slug once, in that language if it exists,
/// otherwise in the content's own.
fn free_pages(site: &Site, language: Language) -> impl Iterator<Item = (usize, &FreePage)> {
    site.pages.iter().enumerate().filter(move |(_, page)| {
        page.language == language
            || (page.language == site.config.own_language()
                && !site.pages.iter().any(|p| p.slug == page.slug && p.language == language))
    })
}

/// The pages of lists, and the pages that every site has. A list of nothing has no page.
fn overviews(site: &Site) -> Vec<PageKind> {
    let lists = [
        (PageKind::Measures, !site.measures.is_empty()),
        (PageKind::Policies, !site.policies.is_empty()),
        (PageKind::Departments, !site.departments.is_empty()),
        (PageKind::Topics, !site.topics.is_empty()),
        (PageKind::Ratings, !site.measures.is_empty()),
        (PageKind::Years, !site.years.is_empty()),
        (PageKind::Datasets, !site.datasets.is_empty()),
    ];
    let filled = lists.into_iter().filter(|(_, is_filled)| *is_filled).map(|(kind, _)| kind);
    [PageKind::Home, PageKind::Search, PageKind::NotFound].into_iter().chain(filled).collect()
}

/// The page of all money, and that of each year with known amounts.
fn of_money(site: &Site) -> Vec<PageClaim> {
    if !site.has_money() {
        return Vec::new();
    }
    let has_money =
        |index: &usize| site.spending(site.years[*index].measures.iter().copied()).is_known();
    let years = (0..site.years.len()).filter(has_money).map(PageKind::MoneyOf);
    [PageKind::Money].into_iter().chain(years).map(|kind| (kind, None)).collect()
}
