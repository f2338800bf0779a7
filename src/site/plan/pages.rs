//! Which **pages** there are in a language, at which paths, and whose they are.

use crate::dataset::Dataset;
use crate::site::{FreePage, Site, file_paths};
use crate::text::Language;

use super::{Claimant, MISSED_ON_A_PAGE, PageKind, at, claimant_of, datasets, row_pages};

/// The path of a page within its language's folder, what it shows, and whose it is.
type Claim = (String, PageKind, Claimant);

/// The pages in `language`.
pub(super) fn of_language(site: &Site, language: Language) -> Vec<Claim> {
    let fixed = FIXED_PAGES.map(|(key, kind)| (key.to_owned(), kind, None));
    let mut claims: Vec<Claim> = fixed.to_vec();
    claims.extend(of_policies(site));
    claims.extend(of_ratings(site));
    claims.extend(of_years(site));
    for (index, dataset) in datasets(site) {
        claims.extend(of_dataset(index, dataset));
    }
    claims.extend(free_pages(site, language).map(|(index, page)| {
        (format!("{}.html", page.slug), PageKind::Free(index), at(&page.place))
    }));
    claims.extend(of_accessibility(site));
    claims.extend(site.redirects.iter().enumerate().map(|(index, redirect)| {
        (format!("{}.html", redirect.from), PageKind::Redirect(index), at(&redirect.place))
    }));
    claims
}

/// Measures, policies, departments and topics.
fn of_policies(site: &Site) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (index, measure) in site.measures.iter().enumerate() {
        let key = format!("measures/{}.html", measure.id);
        claims.push((key, PageKind::Measure(index), at(&measure.place)));
    }
    for (index, policy) in site.policies.iter().enumerate() {
        let key = format!("policies/{}.html", policy.id);
        claims.push((key, PageKind::Policy(index), at(&policy.place)));
    }
    for (index, entry) in site.departments.iter().enumerate() {
        let key = format!("departments/{}.html", entry.department.id);
        claims.push((key, PageKind::Department(index), at(&entry.department.place)));
    }
    for (index, entry) in site.topics.iter().enumerate() {
        let key = format!("topics/{}.html", entry.topic.id);
        claims.push((key, PageKind::Topic(index), at(&entry.topic.place)));
    }
    claims
}

fn of_ratings(site: &Site) -> impl Iterator<Item = Claim> {
    site.ratings.iter().enumerate().map(|(index, entry)| {
        (format!("ratings/{}.html", entry.rating.id), PageKind::Rating(index), None)
    })
}

/// Years, what was missed in each, and each beside the one before.
fn of_years(site: &Site) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::new();
    for (index, year) in site.years.iter().enumerate() {
        claims.push((format!("years/{}.html", year.fiscal_year), PageKind::Year(index), None));
    }
    if site.can_miss() {
        claims.push(("missed/index.html".to_owned(), PageKind::Missed, None));
        for (index, year) in site.years.iter().enumerate() {
            for number in 1..=year.missed.len().div_ceil(MISSED_ON_A_PAGE).max(1) {
                let key = file_paths::missed(year.fiscal_year, number);
                claims.push((key, PageKind::MissedIn(index, number), None));
            }
        }
    }
    if site.years.len() > 1 {
        claims.push(("compare/index.html".to_owned(), PageKind::Comparisons, None));
    }
    for (index, pair) in site.years.windows(2).enumerate() {
        let key = file_paths::comparison(pair[0].fiscal_year, pair[1].fiscal_year);
        claims.push((key, PageKind::Comparison(index), None));
    }
    claims
}

/// The page of the dataset `index`, those of its rows, and those of its states.
fn of_dataset(index: usize, dataset: &Dataset) -> Vec<Claim> {
    let claimant = claimant_of(dataset);
    let key = file_paths::dataset_page(dataset.id.as_str());
    let mut claims = vec![(key, PageKind::Dataset(index), claimant.clone())];
    for number in 1..=row_pages(dataset) {
        let key = file_paths::rows(dataset.id.as_str(), number);
        claims.push((key, PageKind::Rows(index, number), claimant.clone()));
    }
    // Where nothing was released there is nothing to tell apart.
    let states = if dataset.versions.is_empty() { 0 } else { dataset.versions.len() + 1 };
    for number in 0..states {
        let state = dataset.state(number);
        let claimant = if state.version.is_some() { at(&state.place) } else { claimant.clone() };
        claims.push((file_paths::state_page(state), PageKind::State(index, number), claimant));
    }
    claims
}

fn of_accessibility(site: &Site) -> Vec<Claim> {
    let Some(known) = &site.accessibility else { return Vec::new() };
    let policy = file_paths::ACCESSIBILITY.to_owned();
    let mut claims = vec![(policy, PageKind::Accessibility, at(&known.place))];
    for (index, result) in known.results.iter().enumerate() {
        let key = file_paths::accessibility_result(result.fiscal_year);
        claims.push((key, PageKind::AccessibilityResult(index), at(&result.place)));
    }
    claims
}

/// The free pages to be shown in `language`: each slug once, in that language where it is written in
/// it, else in the content's own.
fn free_pages(site: &Site, language: Language) -> impl Iterator<Item = (usize, &FreePage)> {
    site.pages.iter().enumerate().filter(move |(_, page)| {
        page.language == language
            || (page.language == site.config.own_language()
                && !site.pages.iter().any(|p| p.slug == page.slug && p.language == language))
    })
}

/// The pages that every site has.
const FIXED_PAGES: [(&str, PageKind); 10] = [
    ("index.html", PageKind::Home),
    ("search.html", PageKind::Search),
    ("404.html", PageKind::NotFound),
    ("measures/index.html", PageKind::Measures),
    ("policies/index.html", PageKind::Policies),
    ("departments/index.html", PageKind::Departments),
    ("topics/index.html", PageKind::Topics),
    ("ratings/index.html", PageKind::Ratings),
    ("years/index.html", PageKind::Years),
    ("data/index.html", PageKind::Datasets),
];
