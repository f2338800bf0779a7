//! The **manifest**: every published file with its size and SHA-256 digest. By it the next build knows
//! its own files, and anybody can check a copy of the site.

use std::collections::BTreeSet;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::artifact::{Artifact, Facts, FactsByPath};

use super::PublishError;

/// Path of the manifest.
pub const MANIFEST: &str = "manifest.json";

/// Which form the manifest has.
const FORMAT: &str = "kawaraban-manifest/1";

#[derive(Serialize, Deserialize)]
struct Manifest {
    /// Address of its schema; the manifests of earlier versions have none.
    #[serde(rename = "$schema", default)]
    schema: String,
    format: String,
    generator: String,
    files: Vec<Entry>,
}

/// What the manifest says of a file.
#[derive(Serialize, Deserialize)]
pub(super) struct Entry {
    pub path: String,
    pub bytes: u64,
    pub sha256: String,
}

/// The manifest of the files with these facts, itself a file, whose JSON Schema is at the address
/// `schema`. It lists everything but itself, by path.
pub fn manifest(files: &FactsByPath, schema: String) -> Artifact {
    let files = files.iter().map(|(path, Facts { bytes, sha256 })| Entry {
        path: path.clone(),
        bytes: *bytes as u64,
        sha256: sha256.clone(),
    });
    let manifest = Manifest {
        schema,
        format: FORMAT.to_owned(),
        generator: format!("kawaraban {}", env!("CARGO_PKG_VERSION")),
        files: files.collect(),
    };
    let mut bytes =
        serde_json::to_vec_pretty(&manifest).expect("texts and numbers are always JSON");
    bytes.push(b'\n');
    Artifact::new(MANIFEST, bytes)
}

/// The paths that the last build wrote into `out`, its manifest among them; none where there is no
/// manifest.
pub(super) fn paths_of(out: &Path) -> Result<BTreeSet<String>, PublishError> {
    let Some(entries) = entries_of(out)? else { return Ok(BTreeSet::new()) };
    let paths = entries.into_iter().map(|entry| entry.path);
    Ok(paths.chain([MANIFEST.to_owned()]).collect())
}

/// What the manifest in `tree` lists; `None` where there is no manifest.
pub(super) fn entries_of(tree: &Path) -> Result<Option<Vec<Entry>>, PublishError> {
    let path = tree.join(MANIFEST);
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(PublishError::io(&path, &error)),
    };
    let manifest: Manifest = serde_json::from_slice(&bytes)
        .map_err(|_| PublishError::Manifest { path: path.clone() })?;
    match manifest.format == FORMAT {
        true => Ok(Some(manifest.files)),
        false => Err(PublishError::Manifest { path }),
    }
}
