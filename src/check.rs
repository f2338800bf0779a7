//! The **check** applies the rules that concern the whole site: references between files and from
//! `site.toml`, redirects to missing pages or in a circle, published addresses, series, standard
//! sets, files that nothing reads, personal data, ratings that contradict their indicators,
//! implausible years, links and pictures in texts, scripts in static files; which formats of
//! datasets are left out; and, when its files are made, what the host takes.
//!
//! Not in here: rules that concern a single file (reported where the file is read).

mod accessibility;
mod addresses;
mod figures;
mod foreign_keys;
mod formats;
mod front;
mod host;
mod orphans;
mod personal;
mod redirects;
mod references;
mod scripts;
mod series;
mod standards;
mod texts;
mod unexpected;
mod years;

pub use host::host_limits;

use crate::diagnostic::Diagnostics;
use crate::site::Site;
use crate::source::Sources;

/// Applies every rule to `site`, which was assembled from `sources`, and adds the problems to
/// `diagnostics`.
pub fn check(sources: &Sources, site: &Site, diagnostics: &mut Diagnostics) {
    unexpected::unexpected_files(sources, site, diagnostics);
    references::datasets(site, diagnostics);
    series::series(site, diagnostics);
    standards::standards(site, diagnostics);
    foreign_keys::foreign_keys(site, diagnostics);
    formats::formats(site, diagnostics);
    front::named(site, diagnostics);
    redirects::redirects(site, diagnostics);
    references::department_years(site, diagnostics);
    accessibility::tested_pages(site, diagnostics);
    personal::personal_columns(site, diagnostics);
    figures::ratings_against_indicators(site, diagnostics);
    years::far_years(site, diagnostics);
    texts::references_of_texts(sources, site, diagnostics);
    orphans::orphans(sources, site, diagnostics);
    scripts::scripts(site, diagnostics);
    addresses::addresses(site, diagnostics);
}
