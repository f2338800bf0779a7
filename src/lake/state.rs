//! The **state** of a lake, `lake.json`: its sites as they were read, its tables, and its runs with
//! the snapshots of every table, by which a reader finds tables of the same moment.
//!
//! Not in here: the data files (`file_list`).

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::publish::{self, MANIFEST};

use super::cells::ColumnKind;
use super::file_list::{self, FILES, LakeFile};
use super::{LakeError, LakeProblem};

/// Path of the state in the lake.
pub(super) const STATE: &str = "lake.json";

const FORMAT: &str = "kawaraban-lake/1";

/// What a lake says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LakeState {
    pub format: String,
    pub generator: String,
    /// The address of the lake, without a slash at the end.
    pub base_url: String,
    pub sites: Vec<SiteState>,
    pub tables: Vec<TableState>,
    /// The runs that changed something, the first one first.
    pub runs: Vec<LakeRunState>,
    /// The current data files, which have a file of their own.
    #[serde(skip)]
    pub files: Vec<LakeFile>,
}

/// A site as the lake has read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SiteState {
    pub localgov_code: String,
    pub name: String,
    pub url: String,
    pub manifest_sha256: String,
    /// The datasets of the site that are in the lake, by id.
    pub datasets: BTreeMap<String, SiteTableState>,
}

/// A dataset of a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SiteTableState {
    /// The table of the lake that its rows are in.
    pub table: String,
    /// Is it a table that Kawaraban makes of a site, not a dataset of a common standard?
    pub built_in: bool,
    /// Path of its Parquet file in the site.
    pub path: String,
    /// SHA-256 of that file.
    pub sha256: String,
    /// Its columns in the order of the file.
    pub columns: Vec<(String, ColumnKind)>,
}

/// A table of the lake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct TableState {
    pub id: String,
    /// Address of the current Iceberg metadata.
    pub metadata: String,
    pub snapshot_id: i64,
    pub rows: u64,
}

/// A run that changed the lake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LakeRunState {
    pub number: usize,
    /// Milliseconds since 1970.
    pub time_ms: i64,
    pub added: Vec<String>,
    pub changed: Vec<String>,
    pub removed: Vec<String>,
    /// The snapshot of each table after this run.
    pub snapshots: BTreeMap<String, i64>,
}

impl LakeState {
    /// The state of the lake in `out`; an empty one where there is no lake yet.
    ///
    /// # Errors
    ///
    /// Where `out` holds something else that Kawaraban has published, the state is damaged, or the
    /// lake has another address than `base_url`.
    pub fn read(out: &Path, base_url: &str) -> Result<Self, LakeError> {
        let Some(bytes) = publish::document(out, STATE)? else {
            return match publish::document(out, MANIFEST)? {
                Some(_) => Err(LakeProblem::NoLake { out: out.to_owned() }.into()),
                None => Ok(Self::new(base_url)),
            };
        };
        let damaged = || LakeError::from(LakeProblem::Damaged { path: out.join(STATE) });
        let state: Self = serde_json::from_slice(&bytes).map_err(|_| damaged())?;
        if state.format != FORMAT {
            return Err(damaged());
        }
        if state.base_url != base_url {
            let (before, now) = (state.base_url, base_url.to_owned());
            return Err(LakeProblem::OtherAddress { out: out.to_owned(), before, now }.into());
        }
        let damaged = || LakeError::from(LakeProblem::Damaged { path: out.join(FILES) });
        let files = publish::document(out, FILES)?.ok_or_else(damaged)?;
        let files = file_list::read(files).ok_or_else(damaged)?;
        Ok(Self { files, ..state })
    }

    fn new(base_url: &str) -> Self {
        Self { format: FORMAT.to_owned(), base_url: base_url.to_owned(), ..Self::default() }
    }

    /// Has the lake been written before?
    pub fn exists(&self) -> bool {
        !self.runs.is_empty()
    }

    /// The site with the code `code`.
    pub fn site(&self, code: &str) -> Option<&SiteState> {
        self.sites.iter().find(|site| site.localgov_code == code)
    }

    /// The state as a file.
    pub fn render(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("texts and numbers are always JSON");
        bytes.push(b'\n');
        bytes
    }
}
