//! A published **folder** as a source of a lake: which city it is of, and which of its tables go
//! into the lake. A folder that has not changed since the lake read it is not read again; any other
//! is compared with its manifest, file by file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::artifact::FileFacts;
use crate::publish::{self, MANIFEST, PublishError, Trust, Verified};
use crate::site::file_paths::CATALOG;
use crate::source::{self, Limits};

use super::state::{LakeState, SiteState, SiteTableState};
use super::{LakeError, LakeProblem, cells};

/// A published folder and what the lake keeps of it.
pub(super) struct SiteFolder {
    pub folder: PathBuf,
    pub state: SiteState,
}

/// What the lake needs of `catalog.json`.
#[derive(Deserialize)]
struct SiteCatalog {
    url: String,
    publisher: CatalogPublisher,
    datasets: Vec<CatalogDataset>,
}

#[derive(Deserialize)]
struct CatalogPublisher {
    localgov_code: String,
    name: String,
}

#[derive(Deserialize)]
struct CatalogDataset {
    id: String,
    built_in: bool,
    conforms_to: Option<String>,
    files: Vec<CatalogFile>,
}

#[derive(Deserialize)]
struct CatalogFile {
    format: String,
    path: String,
    sha256: String,
}

/// The folders that `named` names: themselves, and those that text files list, one per line, by a
/// path from the folder of the list. Blank lines and lines that begin with `#` are passed over.
///
/// # Errors
///
/// All that do not exist, or that no folder is named.
pub fn folders(named: &[PathBuf]) -> Result<Vec<PathBuf>, LakeError> {
    let (mut folders, mut problems) = (Vec::new(), Vec::new());
    for path in named {
        if path.is_dir() {
            folders.push(path.clone());
            continue;
        }
        let ceiling = Limits::default().file_met();
        match source::read_named(Path::new(""), &path.to_string_lossy(), ceiling) {
            Ok(Some(bytes)) => {
                let (text, _) = source::decode_table(&bytes);
                let lines = text.lines().map(str::trim);
                let named = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
                let beside = path.parent().unwrap_or(Path::new(""));
                folders.extend(named.map(|line| beside.join(line)));
            }
            Ok(None) => problems.push(LakeProblem::NoSite { folder: path.clone() }),
            Err(error) => {
                let (path, reason) = (path.clone(), error.to_string());
                problems.push(LakeProblem::Unreadable { path, reason });
            }
        }
    }
    if folders.is_empty() && problems.is_empty() {
        problems.push(LakeProblem::NoSites);
    }
    match problems.is_empty() {
        true => Ok(folders),
        false => Err(LakeError::Problems(problems)),
    }
}

impl SiteFolder {
    /// Opens the published `folder`.
    ///
    /// # Errors
    ///
    /// Where it is no published site, differs from its manifest, or has a table that cannot be in a
    /// lake.
    pub fn open(folder: &Path, before: &LakeState) -> Result<Self, LakeProblem> {
        let (no_site, of) =
            (|| LakeProblem::NoSite { folder: folder.to_owned() }, folder.to_owned());
        let manifest = document(folder, MANIFEST)?.ok_or_else(no_site)?;
        let manifest_sha256 = FileFacts::of(&manifest).sha256;
        let known = before.sites.iter().find(|site| site.manifest_sha256 == manifest_sha256);
        if let Some(state) = known {
            return Ok(Self { folder: of, state: state.clone() });
        }
        verify(folder)?;
        let catalog = document(folder, CATALOG)?.ok_or_else(no_site)?;
        let catalog: SiteCatalog = serde_json::from_slice(&catalog).map_err(|_| no_site())?;
        let CatalogPublisher { localgov_code, name } = catalog.publisher;
        let mut state = SiteState {
            localgov_code,
            name,
            url: catalog.url,
            manifest_sha256,
            datasets: BTreeMap::new(),
        };
        for dataset in catalog.datasets {
            let table = match (dataset.built_in, &dataset.conforms_to) {
                (true, _) => dataset.id.clone(),
                (false, Some(standard)) => standard.clone(),
                (false, None) => continue,
            };
            let Some(file) = dataset.files.into_iter().find(|file| file.format == "Parquet") else {
                return Err(LakeProblem::NoParquet { folder: of, dataset: dataset.id });
            };
            let columns = columns(folder, &dataset.id, &file)?;
            let (built_in, CatalogFile { path, sha256, .. }) = (dataset.built_in, file);
            let read = SiteTableState { table, built_in, path, sha256, columns };
            state.datasets.insert(dataset.id, read);
        }
        Ok(Self { folder: of, state })
    }

    /// The Parquet file of `dataset`.
    ///
    /// # Errors
    ///
    /// Where it is missing or was changed since the folder was opened.
    pub fn parquet(&self, dataset: &SiteTableState) -> Result<Vec<u8>, LakeProblem> {
        read(&self.folder, &dataset.path, &dataset.sha256)
    }

    /// The name and the code of the city.
    pub fn label(&self) -> String {
        format!("{} ({})", self.state.name, self.state.localgov_code)
    }
}

/// The columns of a dataset, by its Parquet `file`.
fn columns(
    folder: &Path,
    dataset: &str,
    file: &CatalogFile,
) -> Result<Vec<(String, cells::ColumnKind)>, LakeProblem> {
    let bytes = read(folder, &file.path, &file.sha256)?;
    let read = cells::columns(&bytes).map_err(|error| LakeProblem::Unreadable {
        path: folder.join(&file.path),
        reason: error.to_string(),
    })?;
    read.map_err(|column| LakeProblem::UnknownType {
        folder: folder.to_owned(),
        dataset: dataset.to_owned(),
        column,
    })
}

/// The file at `path` of a site, which must have the digest that its list of files gives.
fn read(folder: &Path, path: &str, sha256: &str) -> Result<Vec<u8>, LakeProblem> {
    let bytes = document(folder, path)?.filter(|bytes| FileFacts::of(bytes).sha256 == sha256);
    bytes.ok_or_else(|| LakeProblem::HalfCopy {
        folder: folder.to_owned(),
        count: 1,
        first: path.to_owned(),
    })
}

fn document(folder: &Path, path: &str) -> Result<Option<Vec<u8>>, LakeProblem> {
    publish::document(folder, path).map_err(|error| unreadable(folder, &error))
}

fn unreadable(folder: &Path, error: &PublishError) -> LakeProblem {
    match error {
        PublishError::Io { path, reason, .. } => {
            LakeProblem::Unreadable { path: path.clone(), reason: reason.clone() }
        }
        _ => LakeProblem::NoSite { folder: folder.to_owned() },
    }
}

/// Fails where a file that the manifest of `folder` lists is missing or differs.
fn verify(folder: &Path) -> Result<(), LakeProblem> {
    let verified =
        publish::verify(folder, Trust::default()).map_err(|error| unreadable(folder, &error))?;
    let Verified { mut differences, .. } = verified;
    differences.retain(|_, difference| !difference.is_beside());
    let (folder, count) = (folder.to_owned(), differences.len());
    match differences.into_keys().next() {
        Some(first) => Err(LakeProblem::HalfCopy { folder, count, first }),
        None => Ok(()),
    }
}
