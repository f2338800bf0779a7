//! **Writing** a lake: its tables, the tree of folders by city and year, the list of files and the
//! state, into a fresh folder that then replaces the lake in one step.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::artifact::{Artifact, Sink as _};
use crate::publish::{ManifestHead, Publication};

use super::columns::TableColumns;
use super::file_list::{self, FILES};
use super::metadata::ICEBERG;
use super::state::{LakeRunState, LakeState, STATE};
use super::table::{self, TableAfter};
use super::{LakeError, LakeRun, LakeSummary, generator};

/// Writes the lake, whose tables have these `columns`, to `publication`.
///
/// # Errors
///
/// Where a site or the lake before cannot be read, or the lake cannot be written.
pub(super) fn write(
    run: &LakeRun<'_>,
    columns: TableColumns,
    publication: Publication,
    summary: LakeSummary,
) -> Result<LakeSummary, LakeError> {
    let known = run.before.tables.iter().map(|table| table.id.as_str());
    let ids: BTreeSet<&str> = known.chain(columns.keys().map(String::as_str)).collect();
    let tables: Result<Vec<TableAfter>, LakeError> = ids
        .into_par_iter()
        .map(|id| table::write(run, id, columns.get(id).map(Vec::as_slice), &publication))
        .collect();
    let tables = tables?;
    // What earlier snapshots consist of stays.
    publication.retain(|path| path.starts_with(ICEBERG));
    for TableAfter { files, by_year, .. } in &tables {
        for file in files {
            publication.link(&file.data, &file.path(*by_year));
        }
    }
    let by_year = tables.iter().filter(|table| table.by_year);
    let by_year: Vec<&str> = by_year.map(|table| table.state.id.as_str()).collect();
    let files: Vec<_> = tables.iter().flat_map(|table| table.files.iter().cloned()).collect();
    let list = file_list::render(&files, &by_year, run.base_url);
    publication.take(Artifact::new(FILES, list));
    let state = state(run, &tables, &summary);
    publication.take(Artifact::new(STATE, state.render()));
    publication.finish(ManifestHead { schema: String::new(), preview: false })?;
    Ok(LakeSummary {
        tables: tables.len(),
        rows: tables.iter().map(|table| table.state.rows).sum(),
        written: tables.iter().map(|table| table.written).sum(),
        ..summary
    })
}

/// The state of the lake after the run.
fn state(run: &LakeRun<'_>, tables: &[TableAfter], summary: &LakeSummary) -> LakeState {
    let mut runs = run.before.runs.clone();
    runs.push(LakeRunState {
        number: runs.len() + 1,
        time_ms: run.now,
        added: summary.added.clone(),
        changed: summary.changed.clone(),
        removed: summary.removed.clone(),
        snapshots: tables
            .iter()
            .map(|table| (table.state.id.clone(), table.state.snapshot_id))
            .collect(),
    });
    LakeState {
        format: run.before.format.clone(),
        generator: generator(),
        base_url: run.base_url.to_owned(),
        sites: run.sites.iter().map(|site| site.state.clone()).collect(),
        tables: tables.iter().map(|table| table.state.clone()).collect(),
        runs,
        files: Vec::new(),
    }
}
