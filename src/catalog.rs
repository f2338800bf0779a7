//! The **catalogue**: everything that machines read, one file a format.
//!
//! Every format is written from the same [`Dataset`] or entry, so that a fact is spelt once.
//!
//! Not in here: pages (`html`), the search index (`search`), and the manifest of what was published
//! (`publish`).

mod bundle;
mod csv;
mod csvw;
mod data_package;
mod dcat;
mod entries;
mod feed;
mod figures;
mod geojson;
mod json;
mod listing;
mod opendata_list;
mod parquet;
mod sitemap;
mod workbook;

use rayon::prelude::*;
use serde_json::Value;

use crate::artifact::{Artifact, Facts, FactsByPath};
use crate::dataset::{Dataset, Format};
use crate::site::{Site, file_paths};

/// All machine-readable files of `site`, in a fixed order, and what is known of the data files.
pub fn render(site: &Site) -> (Vec<Artifact>, FactsByPath) {
    let written: Vec<Vec<(Format, Artifact)>> =
        site.datasets.par_iter().map(|dataset| dataset_files(site, dataset)).collect();
    let files: Vec<Vec<File<'_>>> = (written.par_iter())
        .map(|files| {
            files
                .iter()
                .map(|(format, file)| File {
                    path: &file.path,
                    format: *format,
                    facts: Facts::of(&file.bytes),
                })
                .collect()
        })
        .collect();
    let metadata = metadata(site, &files);
    let facts =
        files.iter().flatten().map(|file| (file.path.to_owned(), file.facts.clone())).collect();
    let measures = site.measures.par_iter().map(|measure| {
        let path = file_paths::measure_json(measure.id.as_str());
        Artifact::new(path, entries::measure(site, measure))
    });
    let policies = site.policies.par_iter().map(|policy| {
        Artifact::new(file_paths::policy_json(&policy.id), entries::policy(site, policy))
    });
    let mut artifacts: Vec<Artifact> = measures.chain(policies).collect();
    artifacts.extend(metadata);
    artifacts.extend(figures::render(site));
    artifacts.extend(written.into_iter().flatten().map(|(_, file)| file));
    artifacts.push(Artifact::new(file_paths::SITEMAP, sitemap::render(site)));
    artifacts.push(Artifact::new(file_paths::ROBOTS, sitemap::robots(site)));
    artifacts.push(Artifact::new(file_paths::FEED, feed::render(site)));
    artifacts.extend(
        site.static_files.iter().map(|file| Artifact::new(file.path.clone(), file.bytes.to_vec())),
    );
    (artifacts, facts)
}

/// The files of one dataset, in every format that can hold it; the bundle, which is made of the others, last.
fn dataset_files(site: &Site, dataset: &Dataset) -> Vec<(Format, Artifact)> {
    let named = |format, bytes: Vec<u8>| {
        (format, Artifact::new(file_paths::dataset_file(dataset.id.as_str(), format), bytes))
    };
    let file = |format: Format| {
        let bytes = match format {
            Format::Csv => csv::render(dataset, csv::Dialect::Plain),
            Format::ExcelCsv => csv::render(dataset, csv::Dialect::Excel),
            Format::Json => json::render(site, dataset),
            Format::JsonLines => json::render_lines(dataset),
            Format::Parquet => parquet::render(dataset),
            Format::Workbook => workbook::render(dataset),
            Format::GeoJson => geojson::render(dataset),
            Format::Bundle => return None,
        };
        Some(named(format, bytes))
    };
    let formats: Vec<Format> = Format::of(dataset).collect();
    let mut files: Vec<(Format, Artifact)> = formats.into_par_iter().filter_map(file).collect();
    let bundle = bundle::render(site, dataset, &files);
    files.push(named(Format::Bundle, bundle));
    files
}

/// What is said of the files: the list of them, packages, and the catalogue for harvesters.
fn metadata(site: &Site, files: &[Vec<File<'_>>]) -> Vec<Artifact> {
    // Every dataset has a CSV for programs, and has it first.
    let csv: Vec<File<'_>> = files.iter().map(|files| files[0].clone()).collect();
    let mut artifacts = vec![
        Artifact::new(file_paths::CATALOG, listing::render(site, files)),
        Artifact::new(file_paths::OPENDATA_LIST, opendata_list::render(site, files)),
        Artifact::new(file_paths::DCAT, dcat::render(site, files)),
        Artifact::new(file_paths::DATA_PACKAGE, data_package::of_site(site, &csv)),
    ];
    for (dataset, csv) in site.datasets.iter().zip(&csv) {
        let id = dataset.id.as_str();
        let package = data_package::of_dataset(site, dataset, csv);
        artifacts.push(Artifact::new(file_paths::data_package(id), package));
        artifacts.push(Artifact::new(file_paths::csv_metadata(id), csvw::render(site, dataset)));
    }
    artifacts
}

/// What the catalogue says of a data file.
#[derive(Clone, Debug)]
struct File<'a> {
    path: &'a str,
    format: Format,
    facts: Facts,
}

fn pretty(value: &Value) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("texts and numbers are always JSON");
    bytes.push(b'\n');
    bytes
}
