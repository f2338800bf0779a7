//! The **files of released versions**: the CSV byte for byte as it was published, the other formats
//! made from it, their metadata, and the changes between states.

use rayon::prelude::*;

use crate::artifact::{Artifact, FactsByPath};
use crate::dataset::{Dataset, Format, Version};
use crate::site::{Site, file_paths};

use super::{changes, dataset_files, descriptions, files_of};

/// The files of all versions.
pub(super) struct Released {
    pub artifacts: Vec<Artifact>,
    /// The facts of the data files and of the changes.
    pub facts: FactsByPath,
}

pub(super) fn render(site: &Site) -> Released {
    let versions: Vec<&Version> =
        site.datasets.iter().flat_map(|dataset| &dataset.versions).collect();
    let changes = site.datasets.par_iter().flat_map_iter(changes_of);
    let data: Vec<Artifact> =
        versions.par_iter().flat_map_iter(|version| data(site, version)).chain(changes).collect();
    let facts: FactsByPath =
        data.par_iter().map(|file| (file.path.clone(), file.body.facts())).collect();
    let mut artifacts: Vec<Artifact> =
        versions.iter().flat_map(|version| described(site, version, &facts)).collect();
    artifacts.extend(data);
    Released { artifacts, facts }
}

fn data(site: &Site, version: &Version) -> Vec<Artifact> {
    let files = dataset_files(site, &version.table).into_iter();
    files
        .map(|(format, file)| match (format, &version.lines) {
            (Format::Csv, _) => Artifact::new(file.path, version.csv.to_vec()),
            (Format::JsonLines, Some(lines)) => Artifact::new(file.path, lines.to_vec()),
            _ => file,
        })
        .collect()
}

fn described(site: &Site, version: &Version, facts: &FactsByPath) -> Vec<Artifact> {
    descriptions(site, &version.table, &files_of(&version.table, facts))
}

/// The changes that lead to each state except the first.
fn changes_of(dataset: &Dataset) -> Vec<Artifact> {
    (0..=dataset.versions.len())
        .filter_map(|number| dataset.step(number))
        .map(|step| Artifact::new(file_paths::changes(step.after), changes::render(step)))
        .collect()
}
