//! The **manifest**: every published file with its size and SHA-256 digest. By it the next build knows
//! its own files, and anybody can check a copy of the site.

use std::collections::BTreeSet;
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::artifact::Artifact;

use super::PublishError;

/// Path of the manifest.
pub const MANIFEST: &str = "manifest.json";

/// Which form the manifest has.
const FORMAT: &str = "kawaraban-manifest/1";

#[derive(Serialize, Deserialize)]
struct Manifest {
    format: String,
    generator: String,
    files: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    path: String,
    bytes: u64,
    sha256: String,
}

/// The manifest of `artifacts`, itself an artifact. It lists everything but itself, by path.
pub fn manifest(artifacts: &[Artifact]) -> Artifact {
    let mut files: Vec<Entry> = artifacts
        .par_iter()
        .map(|artifact| Entry {
            path: artifact.path.clone(),
            bytes: artifact.bytes.len() as u64,
            sha256: Sha256::digest(&artifact.bytes).iter().map(|b| format!("{b:02x}")).collect(),
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        generator: format!("kawaraban {}", env!("CARGO_PKG_VERSION")),
        files,
    };
    let mut bytes =
        serde_json::to_vec_pretty(&manifest).expect("texts and numbers are always JSON");
    bytes.push(b'\n');
    Artifact::new(MANIFEST, bytes)
}

/// The paths that the last build wrote into `out`, its manifest among them; none where there is no
/// manifest.
pub(super) fn paths_of(out: &Path) -> Result<BTreeSet<String>, PublishError> {
    let path = out.join(MANIFEST);
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) => return Err(PublishError::io(&path, &error)),
    };
    let manifest: Manifest = serde_json::from_slice(&bytes)
        .map_err(|_| PublishError::Manifest { path: path.clone() })?;
    if manifest.format != FORMAT {
        return Err(PublishError::Manifest { path });
    }
    let mut paths: BTreeSet<String> = manifest.files.into_iter().map(|entry| entry.path).collect();
    paths.insert(MANIFEST.to_owned());
    Ok(paths)
}
