//! The **files of released versions**: the CSV and the JSON Lines byte for byte as they were
//! published, the other formats made from them, their metadata, and the changes between states.

use rayon::prelude::*;

use crate::artifact::{Artifact, FactsByPath, FileFacts, Sink};
use crate::dataset::{Dataset, Version};
use crate::site::{Site, file_paths};

use super::{DatasetFiles, changes, descriptions, files_of};

/// Writes the files of every version into `sink`. Returns the facts of the data files and the
/// changes.
pub(super) fn render(site: &Site, sink: &dyn Sink) -> FactsByPath {
    let versions: Vec<&Version> =
        site.datasets.iter().flat_map(|dataset| &dataset.versions).collect();
    let changes = site.datasets.par_iter().flat_map_iter(changes_of);
    let changes = changes.map(|file| (file.path.clone(), sink.take(file)));
    let data = versions.par_iter().flat_map_iter(|version| data(site, version, sink));
    let facts: FactsByPath = data.chain(changes).collect();
    for version in versions {
        let table = &version.table;
        sink.take_all(descriptions(site, table, &files_of(table, &facts)));
    }
    facts
}

/// Writes the files of `version`, those that the store has as they are there. Returns their facts.
fn data(
    site: &Site,
    version: &Version,
    sink: &dyn Sink,
) -> impl Iterator<Item = (String, FileFacts)> {
    let written = DatasetFiles::of(site, &version.table, Some(version)).write(sink);
    written.files.into_iter().map(|(_, path, facts)| (path, facts))
}

/// The files of changes that lead to each state of `dataset` except the first.
fn changes_of(dataset: &Dataset) -> Vec<Artifact> {
    (0..=dataset.versions.len())
        .filter_map(|number| dataset.step(number))
        .map(|step| Artifact::new(file_paths::changes(step.after), changes::render(step)))
        .collect()
}
