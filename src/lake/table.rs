//! A **table** of a lake and its next version: data files of the sites that changed, and a snapshot
//! if anything did.

use std::collections::{BTreeMap, BTreeSet};

use crate::artifact::{Artifact, Sink as _};
use crate::publish::{self, Publication};

use super::cells::ColumnKind;
use super::columns::is_by_year;
use super::data_files;
use super::file_list::LakeFile;
use super::folder::SiteFolder;
use super::manifests::NewSnapshot;
use super::metadata::{TableMetadata, TableSnapshot, snapshot_id, table_folder};
use super::state::{SiteTableState, TableState};
use super::{LakeError, LakeProblem, LakeRun};

/// A table after a run.
pub(super) struct TableAfter {
    pub state: TableState,
    pub files: Vec<LakeFile>,
    pub by_year: bool,
    /// Number of data files that this run has written.
    pub written: usize,
}

/// Writes what is new of the table `id`, which now has these `columns`; none, if no site has it any
/// more.
///
/// # Errors
///
/// Where a site's file, or the metadata of the lake, cannot be read.
pub(super) fn write(
    run: &LakeRun<'_>,
    id: &str,
    columns: Option<&[(String, ColumnKind)]>,
    publication: &Publication,
) -> Result<TableAfter, LakeError> {
    let known = run.before.tables.iter().find(|table| table.id == id);
    let before = known.map(|table| metadata_of(run, table, publication)).transpose()?;
    let folder = table_folder(id);
    let location = format!("{}/{folder}", run.base_url);
    let mut metadata = before.clone().unwrap_or_else(|| TableMetadata::new(&location));
    let schema_before = metadata.current_schema_id;
    let spec_before = metadata.default_spec_id;
    // A table that no site has any more keeps its columns, so that it can be read as empty.
    if let Some(columns) = columns {
        metadata.set_columns(columns);
    }
    let by_year = metadata.spec().is_some_and(|spec| spec.fields.len() > 1);
    let earlier: Vec<&LakeFile> = run.before.files.iter().filter(|file| file.table == id).collect();
    let mut files = Vec::new();
    for site in run.sites {
        for (dataset, state) in site.state.datasets.iter().filter(|(_, state)| state.table == id) {
            let own = earlier
                .iter()
                .filter(|file| file.site == site.state.localgov_code && file.dataset == *dataset);
            let own: Vec<&LakeFile> = own.copied().collect();
            if is_as_before(run, site, dataset, state) {
                files.extend(own.into_iter().cloned());
            } else {
                files.extend(read(site, dataset, state, &metadata, &own, publication)?);
            }
        }
    }
    files.sort();
    let paths: BTreeSet<&str> = files.iter().map(|file| file.data.as_str()).collect();
    let removed = earlier.iter().filter(|file| !paths.contains(file.data.as_str()));
    let removed: Vec<LakeFile> = removed.map(|file| (*file).clone()).collect();
    let written = files.iter().filter(|file| file.sequence_number == 0).count();
    let rows = files.iter().map(|file| u64::try_from(file.rows).unwrap_or_default()).sum();
    let same = written == 0 && removed.is_empty() && metadata.current_schema_id == schema_before;
    if let Some(known) = known.filter(|_| same && metadata.default_spec_id == spec_before) {
        return Ok(TableAfter { state: known.clone(), files, by_year, written });
    }
    let sequence_number = metadata.last_sequence_number + 1;
    let names: Vec<&str> = files.iter().map(|file| file.data.as_str()).collect();
    let snapshot_id = snapshot_id(&[&location, &sequence_number.to_string(), &names.join("\n")]);
    for file in files.iter_mut().filter(|file| file.sequence_number == 0) {
        (file.snapshot_id, file.sequence_number) = (snapshot_id, sequence_number);
    }
    let snapshot = NewSnapshot {
        base_url: run.base_url,
        table: id,
        metadata: &metadata,
        snapshot_id,
        sequence_number,
        files: &files,
        removed: &removed,
    };
    let list = match metadata.snapshot().filter(|_| metadata.default_spec_id == spec_before) {
        Some(current) => Some(document(run, &current.manifest_list, publication)?),
        None => None,
    };
    let made = snapshot.write(list.as_deref()).map_err(|_| damaged(id, publication))?;
    let manifest_list = format!("{}/{}", run.base_url, snapshot.list_path());
    for (path, bytes) in made {
        publication.take(Artifact::new(path, bytes));
    }
    let snapshot = TableSnapshot {
        snapshot_id,
        parent_snapshot_id: metadata.snapshot().map(|snapshot| snapshot.snapshot_id),
        sequence_number,
        // Time goes on for readers even where the computer's clock was set back.
        timestamp_ms: run.now.max(metadata.last_updated_ms + 1),
        manifest_list,
        summary: summary(&files, &removed, snapshot_id),
        schema_id: metadata.current_schema_id,
    };
    metadata.add_snapshot(snapshot, known.map(|table| table.metadata.clone()));
    let path = format!("{folder}/metadata/v{}.metadata.json", metadata.version());
    let mut bytes = serde_json::to_vec(&metadata).expect("texts and numbers are always JSON");
    bytes.push(b'\n');
    publication.take(Artifact::new(path.clone(), bytes));
    let hint = metadata.version().to_string().into_bytes();
    publication.take(Artifact::new(format!("{folder}/metadata/version-hint.text"), hint));
    let metadata = format!("{}/{path}", run.base_url);
    let state = TableState { id: id.to_owned(), metadata, snapshot_id, rows };
    Ok(TableAfter { state, files, by_year, written })
}

/// Has the lake read the same file of `dataset` before?
fn is_as_before(run: &LakeRun<'_>, site: &SiteFolder, dataset: &str, now: &SiteTableState) -> bool {
    let before = run.before.site(&site.state.localgov_code);
    before
        .and_then(|site| site.datasets.get(dataset))
        .is_some_and(|before| before.sha256 == now.sha256 && before.table == now.table)
}

/// Reads a dataset of a site and passes its data files on. Files that the lake has already (`own`)
/// stay as they are; new ones have the sequence number 0 until their snapshot is known.
fn read(
    site: &SiteFolder,
    dataset: &str,
    state: &SiteTableState,
    metadata: &TableMetadata,
    own: &[&LakeFile],
    publication: &Publication,
) -> Result<Vec<LakeFile>, LakeError> {
    let fields = metadata.schema().map(|schema| schema.fields.as_slice()).unwrap_or_default();
    let numbers: BTreeMap<&str, i32> =
        fields.iter().map(|field| (field.name.as_str(), field.id)).collect();
    let bytes = site.parquet(state)?;
    let code = &site.state.localgov_code;
    let parts = data_files::divide(&bytes, &state.columns, &numbers, code).map_err(|error| {
        LakeProblem::Unreadable { path: site.folder.join(&state.path), reason: error.to_string() }
    })?;
    let by_year = is_by_year(&state.columns);
    let place = |part: data_files::DataPart| {
        let facts = part.body.facts();
        let folder = table_folder(&state.table);
        let data = format!("{folder}/data/{code}/{dataset}-{}.parquet", &facts.sha256[..16]);
        if let Some(known) = own.iter().find(|file| file.data == data) {
            return (*known).clone();
        }
        publication.take(Artifact::new(data.clone(), part.body));
        LakeFile {
            table: state.table.clone(),
            dataset: dataset.to_owned(),
            site: code.clone(),
            localgov_code: part.localgov_code,
            fiscal_year: part.fiscal_year.filter(|_| by_year),
            data,
            rows: i64::try_from(part.rows).unwrap_or(i64::MAX),
            bytes: i64::try_from(facts.bytes).unwrap_or(i64::MAX),
            sha256: facts.sha256,
            snapshot_id: 0,
            sequence_number: 0,
        }
    };
    Ok(parts.into_iter().map(place).collect())
}

/// What a snapshot changes, in the words of the specification.
fn summary(files: &[LakeFile], removed: &[LakeFile], snapshot_id: i64) -> BTreeMap<String, String> {
    let added: Vec<&LakeFile> =
        files.iter().filter(|file| file.snapshot_id == snapshot_id).collect();
    let operation = match (added.is_empty(), removed.is_empty()) {
        (_, true) => "append",
        (true, false) => "delete",
        (false, false) => "overwrite",
    };
    let rows = |files: &mut dyn Iterator<Item = i64>| files.sum::<i64>().to_string();
    BTreeMap::from([
        ("operation".to_owned(), operation.to_owned()),
        ("added-data-files".to_owned(), added.len().to_string()),
        ("added-records".to_owned(), rows(&mut added.iter().map(|file| file.rows))),
        ("deleted-data-files".to_owned(), removed.len().to_string()),
        ("deleted-records".to_owned(), rows(&mut removed.iter().map(|file| file.rows))),
        ("total-data-files".to_owned(), files.len().to_string()),
        ("total-records".to_owned(), rows(&mut files.iter().map(|file| file.rows))),
    ])
}

/// The current metadata of `table`.
fn metadata_of(
    run: &LakeRun<'_>,
    table: &TableState,
    publication: &Publication,
) -> Result<TableMetadata, LakeError> {
    let bytes = document(run, &table.metadata, publication)?;
    serde_json::from_slice(&bytes).map_err(|_| damaged(&table.id, publication))
}

/// The file of the lake at `address`.
fn document(
    run: &LakeRun<'_>,
    address: &str,
    publication: &Publication,
) -> Result<Vec<u8>, LakeError> {
    let path = address.strip_prefix(run.base_url).unwrap_or(address).trim_start_matches('/');
    publish::document(publication.out(), path)?.ok_or_else(|| damaged(path, publication))
}

fn damaged(path: &str, publication: &Publication) -> LakeError {
    LakeProblem::Damaged { path: publication.out().join(path) }.into()
}
