//! The **files of released versions**: the CSV and the JSON Lines byte for byte as they were
//! published, the other formats made from them, their metadata, and the changes between states.

use rayon::prelude::*;

use crate::artifact::{Artifact, FactsByPath, Sink};
use crate::dataset::{Dataset, FileFormat, Version};
use crate::site::{Site, file_paths};

use super::{changes, dataset_files, descriptions, files_of};

/// Writes the files of every version into `sink`. Returns the facts of the data files and the
/// changes.
pub(super) fn render(site: &Site, sink: &dyn Sink) -> FactsByPath {
    let versions: Vec<&Version> =
        site.datasets.iter().flat_map(|dataset| &dataset.versions).collect();
    let changes = site.datasets.par_iter().flat_map_iter(changes_of);
    let data = versions.par_iter().flat_map_iter(|version| data(site, version)).chain(changes);
    let taken = data.map(|file| (file.path.clone(), sink.take(file)));
    let facts: FactsByPath = taken.collect();
    for version in versions {
        let table = &version.table;
        sink.take_all(descriptions(site, table, &files_of(table, &facts)));
    }
    facts
}

fn data(site: &Site, version: &Version) -> Vec<Artifact> {
    let files = dataset_files(site, &version.table).into_iter();
    files
        .map(|(format, file)| match (format, &version.lines) {
            (FileFormat::Csv, _) => Artifact::new(file.path, version.csv.to_vec()),
            (FileFormat::JsonLines, Some(lines)) => Artifact::new(file.path, lines.to_vec()),
            _ => file,
        })
        .collect()
}

/// The files of changes that lead to each state of `dataset` except the first.
fn changes_of(dataset: &Dataset) -> Vec<Artifact> {
    (0..=dataset.versions.len())
        .filter_map(|number| dataset.step(number))
        .map(|step| Artifact::new(file_paths::changes(step.after), changes::render(step)))
        .collect()
}
