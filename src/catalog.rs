//! The **catalogue**: everything that machines read, one file a format.
//!
//! Every format is written from the same [`Dataset`] or entry, so that a fact is spelt once.
//!
//! Not in here: pages (`html`), the search index (`search`), and the manifest of what was published
//! (`publish`).

mod csv;
mod entries;
mod feed;
mod json;
mod listing;
mod sitemap;

use rayon::prelude::*;

use crate::artifact::Artifact;
use crate::dataset::Dataset;
use crate::site::{Site, file_paths};

/// All machine-readable files of `site`, in a fixed order.
pub fn render(site: &Site) -> Vec<Artifact> {
    let data: Vec<Artifact> =
        site.datasets.par_iter().flat_map_iter(|dataset| dataset_files(site, dataset)).collect();
    let listing = listing::render(site, &data);
    let measures = site.measures.par_iter().map(|measure| {
        let path = file_paths::measure_json(measure.id.as_str());
        Artifact::new(path, entries::measure(site, measure))
    });
    let policies = site.policies.par_iter().map(|policy| {
        Artifact::new(file_paths::policy_json(&policy.id), entries::policy(site, policy))
    });
    let mut artifacts: Vec<Artifact> = measures.chain(policies).collect();
    artifacts.extend(data);
    artifacts.push(listing);
    artifacts.push(Artifact::new(file_paths::SITEMAP, sitemap::render(site)));
    artifacts.push(Artifact::new(file_paths::ROBOTS, sitemap::robots(site)));
    artifacts.push(Artifact::new(file_paths::FEED, feed::render(site)));
    artifacts.extend(
        site.static_files.iter().map(|file| Artifact::new(file.path.clone(), file.bytes.to_vec())),
    );
    artifacts
}

/// The files of one dataset: CSV for programs, CSV for Excel, JSON.
fn dataset_files(site: &Site, dataset: &Dataset) -> [Artifact; 3] {
    let path = |ending| file_paths::dataset_file(dataset.id.as_str(), ending);
    [
        Artifact::new(path("csv"), csv::render(dataset, csv::Dialect::Plain)),
        Artifact::new(path("excel.csv"), csv::render(dataset, csv::Dialect::Excel)),
        Artifact::new(path("json"), json::render(site, dataset)),
    ]
}
