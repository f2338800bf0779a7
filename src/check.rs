//! The **check** looks at the whole site for what no single file shows: references from datasets,
//! redirects that lead nowhere, ratings that contradict their figures.
//!
//! Not in here: what a file shows by itself (whoever reads it reports it).

mod accessibility;
mod figures;
mod foreign_keys;
mod references;
mod series;
mod unexpected;
mod years;

use crate::diagnostic::Diagnostics;
use crate::site::Site;
use crate::source::Sources;

/// Applies every rule to the whole of `site`, which was assembled from `sources`.
pub fn check(sources: &Sources, site: &Site, diagnostics: &mut Diagnostics) {
    unexpected::unexpected_files(sources, diagnostics);
    references::datasets(site, diagnostics);
    series::series(site, diagnostics);
    foreign_keys::foreign_keys(site, diagnostics);
    references::redirects(site, diagnostics);
    references::department_years(site, diagnostics);
    accessibility::tested_pages(site, diagnostics);
    figures::ratings_against_indicators(site, diagnostics);
    years::far_years(site, diagnostics);
}
