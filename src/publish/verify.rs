//! **Verifying** compares a published tree, or a copy of one from a host, with its manifest: every
//! file is read and hashed.
//!
//! Not in here: restoring files, which a build does.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::Path;

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::artifact::hex;

use super::PublishError;
use super::manifest::{self, MANIFEST, ManifestEntry};
use super::output::is_inside;

/// The result of verifying a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Number of files in the manifest.
    pub files: usize,
    /// The differences, by path.
    pub differences: BTreeMap<String, FileDifference>,
}

/// How a file differs from its entry in the manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileDifference {
    /// It does not exist.
    Missing,
    /// It has another number of bytes.
    Size {
        /// The number in the manifest.
        listed: u64,
        /// The number in the file.
        found: u64,
    },
    /// It has another SHA-256.
    Digest,
    /// It exists, but the manifest does not list it.
    Foreign,
}

/// Compares the folder `tree` with the manifest in it.
///
/// # Errors
///
/// Where there is no manifest, or it is damaged, or a file cannot be read.
pub fn verify(tree: &Path) -> Result<Verified, PublishError> {
    let path = tree.join(MANIFEST);
    let Some(entries) = manifest::entries_of(tree)? else {
        return Err(PublishError::NoManifest { path });
    };
    // A path that leads out of the tree cannot be a file of it and is not read.
    if entries.iter().any(|entry| !is_inside(&entry.path)) {
        return Err(PublishError::Manifest { path });
    }
    let checked: Result<Vec<Option<(String, FileDifference)>>, PublishError> =
        entries.par_iter().map(|entry| check(tree, entry)).collect();
    let mut differences: BTreeMap<String, FileDifference> =
        checked?.into_iter().flatten().collect();
    let listed: BTreeMap<&str, ()> = entries.iter().map(|e| (e.path.as_str(), ())).collect();
    for found in WalkDir::new(tree) {
        let found = found.map_err(|error| PublishError::io(tree, &error.into()))?;
        let below = found.path().strip_prefix(tree).unwrap_or(found.path());
        let name = below.to_string_lossy().replace('\\', "/");
        if !found.file_type().is_dir() && name != MANIFEST && !listed.contains_key(name.as_str()) {
            differences.insert(name, FileDifference::Foreign);
        }
    }
    Ok(Verified { files: entries.len(), differences })
}

/// Compares one file of `tree` with its entry; `None` where it does not differ.
///
/// # Errors
///
/// Where the file exists, but cannot be read.
fn check(
    tree: &Path,
    entry: &ManifestEntry,
) -> Result<Option<(String, FileDifference)>, PublishError> {
    let path = tree.join(&entry.path);
    let found = match digest(&path) {
        Ok(found) => found,
        Err(error) if missing(error.kind()) => {
            return Ok(Some((entry.path.clone(), FileDifference::Missing)));
        }
        Err(error) => return Err(PublishError::io(&path, &error)),
    };
    let difference = match found {
        (bytes, _) if bytes != entry.bytes => {
            Some(FileDifference::Size { listed: entry.bytes, found: bytes })
        }
        (_, sha256) if sha256 != entry.sha256 => Some(FileDifference::Digest),
        _ => None,
    };
    Ok(difference.map(|difference| (entry.path.clone(), difference)))
}

/// Does the error mean that there is no file? A folder in its place counts as none.
fn missing(kind: io::ErrorKind) -> bool {
    matches!(
        kind,
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::IsADirectory
    )
}

/// The size, and the SHA-256 in lower-case hexadecimal, of a file, which is read piece by piece.
fn digest(path: &Path) -> io::Result<(u64, String)> {
    let mut file = File::open(path)?;
    let mut sha256 = Sha256::new();
    let bytes = io::copy(&mut file, &mut HashWriter(&mut sha256))?;
    Ok((bytes, hex(&sha256.finalize())))
}

struct HashWriter<'a>(&'a mut Sha256);

impl io::Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
