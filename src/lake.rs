//! A **lake** is one table over the sites of many cities: the rows of their built-in tables and of
//! datasets that conform to the same standard, as Parquet files that DuckDB, Spark and other
//! engines read as they are.
//!
//! Every table is kept twice, by hard links to the same files: as a tree of folders by city and
//! fiscal year, which holds what is current, and as an Apache Iceberg table, whose earlier
//! snapshots stay readable. A site that was added, changed or left out makes a new snapshot of the
//! tables that it changes; no file that was written before is written again.
//!
//! Not in here: building the sites (`pipeline`), and running queries, which the engines do.

mod avro;
mod cells;
mod columns;
mod data_files;
mod file_list;
mod folder;
mod manifests;
mod metadata;
mod problem;
mod state;
mod table;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use rayon::prelude::*;

use crate::publish::{Publication, PublishError, Turn};

use folder::SiteFolder;
use metadata::ICEBERG;
use state::{LakeState, SiteState};

pub use folder::folders;
pub use problem::LakeProblem;

/// What a lake is made from.
#[derive(Clone, Debug)]
pub struct LakeRequest {
    /// Published folders (see [`folders`]).
    pub sites: Vec<PathBuf>,
    /// The address at which the lake will be read, such as `https://example.jp/lake`.
    pub base_url: String,
    /// The time of this run in milliseconds since 1970.
    pub now: i64,
}

/// A run that changes a lake.
struct LakeRun<'a> {
    before: &'a LakeState,
    sites: &'a [SiteFolder],
    base_url: &'a str,
    now: i64,
}

/// What a run did with a lake.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LakeSummary {
    /// Number of sites in the lake.
    pub sites: usize,
    /// Codes of the sites that were not in the lake before.
    pub added: Vec<String>,
    /// Codes of the sites that changed since they were read.
    pub changed: Vec<String>,
    /// Codes of the sites that are no longer in the lake.
    pub removed: Vec<String>,
    /// Number of tables.
    pub tables: usize,
    /// Number of rows in all tables.
    pub rows: u64,
    /// Number of data files that were written in this run.
    pub written: usize,
}

/// Why a lake was not written.
#[derive(Debug)]
pub enum LakeError {
    /// Problems of the sites or of the request, all that were found.
    Problems(Vec<LakeProblem>),
    /// The lake cannot be read or written.
    Publish(PublishError),
}

impl From<PublishError> for LakeError {
    fn from(error: PublishError) -> Self {
        Self::Publish(error)
    }
}

impl From<LakeProblem> for LakeError {
    fn from(problem: LakeProblem) -> Self {
        Self::Problems(vec![problem])
    }
}

/// Makes the lake in the output folder of `turn` that of the sites of `request`. The lake is
/// replaced as a whole, in one step, and only if every site is sound; where nothing changed,
/// nothing is written.
///
/// # Errors
///
/// Where a site or the request has a problem, or the lake cannot be read or written. Then the lake
/// stays as it was.
pub fn update(turn: Turn, request: &LakeRequest) -> Result<LakeSummary, LakeError> {
    let base_url = problem::address(&request.base_url)?;
    let before = LakeState::read(turn.out(), &base_url)?;
    let sites = read_sites(request, &before)?;
    let columns = columns::united(&sites)?;
    let summary = compare(&before, &sites);
    if before.exists() && summary.is_unchanged() {
        let rows = before.tables.iter().map(|table| table.rows).sum();
        return Ok(LakeSummary { tables: before.tables.len(), rows, ..summary });
    }
    let publication = Publication::begin(turn, 0)?;
    let run = LakeRun { before: &before, sites: &sites, base_url: &base_url, now: request.now };
    write::write(&run, columns, publication, summary)
}

/// Opens every folder of the request. Folders that the lake has read before, and that have not
/// changed, are not read again.
fn read_sites(request: &LakeRequest, before: &LakeState) -> Result<Vec<SiteFolder>, LakeError> {
    let opened: Vec<Result<SiteFolder, LakeProblem>> =
        request.sites.par_iter().map(|folder| SiteFolder::open(folder, before)).collect();
    let mut problems = Vec::new();
    let mut sites: BTreeMap<String, SiteFolder> = BTreeMap::new();
    for site in opened {
        match site {
            Ok(site) => match sites.get(&site.state.localgov_code) {
                // The same site twice, or a copy of it, is no contradiction.
                Some(first) if first.state == site.state => {}
                Some(first) => problems.push(LakeProblem::SameCode {
                    code: site.state.localgov_code,
                    folders: [first.folder.clone(), site.folder],
                }),
                None => {
                    sites.insert(site.state.localgov_code.clone(), site);
                }
            },
            Err(problem) => problems.push(problem),
        }
    }
    problems.extend(taken_standards(&sites));
    match problems.is_empty() {
        true => Ok(sites.into_values().collect()),
        false => Err(LakeError::Problems(problems)),
    }
}

/// The datasets whose standard has the name of a built-in table, of whichever site, or of the
/// folder of the Iceberg tables.
fn taken_standards(sites: &BTreeMap<String, SiteFolder>) -> Vec<LakeProblem> {
    let datasets = || {
        sites
            .values()
            .flat_map(|site| site.state.datasets.iter().map(move |(id, of)| (site, id, of)))
    };
    let built_in = datasets().filter(|(_, _, state)| state.built_in);
    let mut taken: BTreeSet<&str> = built_in.map(|(_, _, state)| state.table.as_str()).collect();
    taken.insert(ICEBERG.trim_end_matches('/'));
    let own = datasets().filter(|(_, _, state)| !state.built_in);
    own.filter(|(_, _, state)| taken.contains(state.table.as_str()))
        .map(|(site, dataset, state)| LakeProblem::TakenStandard {
            folder: site.folder.clone(),
            dataset: dataset.clone(),
            standard: state.table.clone(),
        })
        .collect()
}

/// Which sites were added, changed and removed since the lake was `before`.
fn compare(before: &LakeState, sites: &[SiteFolder]) -> LakeSummary {
    let now: BTreeSet<&str> = sites.iter().map(|site| site.state.localgov_code.as_str()).collect();
    let mut summary = LakeSummary { sites: sites.len(), ..LakeSummary::default() };
    for SiteFolder { state, .. } in sites {
        match before.site(&state.localgov_code) {
            None => summary.added.push(state.localgov_code.clone()),
            Some(known) if known != state => summary.changed.push(state.localgov_code.clone()),
            Some(_) => {}
        }
    }
    let gone = |site: &&SiteState| !now.contains(site.localgov_code.as_str());
    let codes = before.sites.iter().filter(gone).map(|site| site.localgov_code.clone());
    summary.removed = codes.collect();
    summary
}

/// The name of this program and its version.
fn generator() -> String {
    format!("kawaraban {}", env!("CARGO_PKG_VERSION"))
}

impl LakeSummary {
    /// Are the sites of the lake the same as before?
    pub fn is_unchanged(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}
