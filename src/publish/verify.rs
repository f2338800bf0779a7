//! To **verify** is to hold a published tree, or a copy of one from a host, against its manifest:
//! every file is read and hashed anew.
//!
//! Not in here: mending it; a build does that.

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

/// What a tree was found to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// How many files the manifest lists.
    pub files: usize,
    /// What differs, by path.
    pub differences: BTreeMap<String, FileDifference>,
}

/// How a file differs from what the manifest says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileDifference {
    /// It is not there.
    Missing,
    /// It has another number of bytes.
    Size {
        /// That of the manifest.
        listed: u64,
        /// That of the file.
        found: u64,
    },
    /// It has another SHA-256.
    Digest,
    /// It is there and the manifest does not list it.
    Foreign,
}

/// Holds the folder `tree` against the manifest in it.
///
/// # Errors
///
/// Where there is no manifest, or it is damaged, or a file cannot be read.
pub fn verify(tree: &Path) -> Result<Verified, PublishError> {
    let path = tree.join(MANIFEST);
    let Some(entries) = manifest::entries_of(tree)? else {
        return Err(PublishError::NoManifest { path });
    };
    // What leads out of the tree is no file of it; nothing is read there.
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

/// A folder in a file's place is as good as nothing.
fn missing(kind: io::ErrorKind) -> bool {
    matches!(
        kind,
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::IsADirectory
    )
}

/// Bytes, and SHA-256 in lower-case hexadecimal; read piece by piece.
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
