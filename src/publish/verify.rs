//! **Verifying** compares a published tree, or a copy of one from a host, with its manifest: every
//! file is read and hashed.
//!
//! Not in here: restoring files, which a build does.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io;
use std::path::Path;

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use walkdir::{DirEntry, WalkDir};

use crate::artifact::{FileFacts, hex};

use super::PublishError;
use super::manifest::{self, MANIFEST, ManifestEntry, SIGNATURE};
use super::output::is_inside;
use super::signature::{read_manifest, verify_signature};

/// What a tree is held against, besides its own manifest.
#[derive(Clone, Copy, Debug, Default)]
pub struct Trust<'a> {
    /// A manifest that came by a trusted way; instead of the one in the tree, which must be the
    /// same.
    pub manifest: Option<&'a Path>,
    /// The publisher's public key: a file, or the key itself. The manifest must have a signature
    /// made with it.
    pub key: Option<&'a Path>,
}

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
    /// It is a symbolic link: what it shows can change without it.
    Link,
    /// It is a named pipe, a device or a socket, which is not opened.
    Special,
    /// It is an empty folder, which the manifest cannot list.
    EmptyFolder,
    /// It is a file that the manifest does not list.
    Foreign,
    /// It is a symbolic link that the manifest does not list.
    ForeignLink,
    /// It is a named pipe, a device or a socket that the manifest does not list.
    ForeignSpecial,
}

impl FileDifference {
    /// Is it something beside the files of the site, all of which may be sound?
    pub fn is_beside(&self) -> bool {
        matches!(self, Self::EmptyFolder | Self::Foreign | Self::ForeignLink | Self::ForeignSpecial)
    }
}

/// Compares the folder `tree` with its manifest, which `trust` can back.
///
/// # Errors
///
/// Where there is no manifest, or it is damaged, or a file cannot be read; where the signature is
/// missing or is not that of the manifest.
pub fn verify(tree: &Path, trust: Trust<'_>) -> Result<Verified, PublishError> {
    let own = tree.join(MANIFEST);
    let path = trust.manifest.unwrap_or(&own);
    let bytes = read_manifest(path)?;
    if let Some(key) = trust.key {
        verify_signature(path, &bytes, key)?;
    }
    let mut entries = manifest::entries_in(&bytes, path)?;
    // A path that leads out of the tree cannot be a file of it and is not read.
    if entries.iter().any(|entry| !is_inside(&entry.path)) {
        return Err(PublishError::Manifest { path: path.to_owned() });
    }
    let files = entries.len();
    if trust.manifest.is_some() {
        let FileFacts { bytes, sha256 } = FileFacts::of(&bytes);
        let path = MANIFEST.to_owned();
        entries.push(ManifestEntry { path, bytes: bytes as u64, sha256, kept: 0 });
    }
    let checked: Result<Vec<Option<(String, FileDifference)>>, PublishError> =
        entries.par_iter().map(|entry| check(tree, entry)).collect();
    let mut differences: BTreeMap<String, FileDifference> =
        checked?.into_iter().flatten().collect();
    let listed: BTreeSet<&str> = entries.iter().map(|entry| entry.path.as_str()).collect();
    for found in WalkDir::new(tree).min_depth(1) {
        let found = found.map_err(|error| PublishError::io(tree, &error.into()))?;
        let below = found.path().strip_prefix(tree).unwrap_or(found.path());
        let name = below.to_string_lossy().replace('\\', "/");
        if let Some(difference) = beside(&found, &name, &listed) {
            differences.insert(name, difference);
        }
    }
    Ok(Verified { files, differences })
}

/// What `found`, at `name` in the tree, is that the manifest does not list; `None` for a listed
/// file, the manifest with its signature, and a folder with contents.
fn beside(found: &DirEntry, name: &str, listed: &BTreeSet<&str>) -> Option<FileDifference> {
    let kind = found.file_type();
    if listed.contains(name) {
        return None;
    }
    if kind.is_symlink() {
        // In the place of a folder of the site, the files behind it are those of another place.
        let inside = format!("{name}/");
        let mut from = listed.range(inside.as_str()..);
        let is_of_the_site = from.next().is_some_and(|path| path.starts_with(&inside));
        return Some(match is_of_the_site {
            true => FileDifference::Link,
            false => FileDifference::ForeignLink,
        });
    }
    if kind.is_dir() {
        let empty = std::fs::read_dir(found.path()).is_ok_and(|mut inside| inside.next().is_none());
        return empty.then_some(FileDifference::EmptyFolder);
    }
    if !kind.is_file() {
        return Some(FileDifference::ForeignSpecial);
    }
    (name != MANIFEST && name != SIGNATURE).then_some(FileDifference::Foreign)
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
    let differs = |difference| Ok(Some((entry.path.clone(), difference)));
    let found = match std::fs::symlink_metadata(&path) {
        Ok(found) => found.file_type(),
        Err(error) if missing(error.kind()) => return differs(FileDifference::Missing),
        Err(error) => return Err(PublishError::io(&path, &error)),
    };
    if found.is_dir() {
        return differs(FileDifference::Missing);
    }
    if !found.is_file() {
        let link = found.is_symlink();
        return differs(if link { FileDifference::Link } else { FileDifference::Special });
    }
    let (bytes, sha256) = digest(&path).map_err(|error| PublishError::io(&path, &error))?;
    if bytes != entry.bytes {
        return differs(FileDifference::Size { listed: entry.bytes, found: bytes });
    }
    if sha256 != entry.sha256 {
        return differs(FileDifference::Digest);
    }
    Ok(None)
}

/// Does the error mean that there is no file?
fn missing(kind: io::ErrorKind) -> bool {
    matches!(kind, io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// The size, and the SHA-256 in lower-case hexadecimal, of a file, which is read piece by piece.
///
/// # Errors
///
/// Where the file cannot be read.
pub(super) fn digest(path: &Path) -> io::Result<(u64, String)> {
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
