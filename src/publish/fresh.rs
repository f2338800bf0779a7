//! The **fresh folder** beside the output, in which a site grows until it is whole.
//!
//! It is locked by the process that fills it, so that a later build can tell the leftovers of a killed
//! one and clear them away.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::artifact::{Artifact, Body};

use super::PublishError;

/// A folder `.<name>.kawaraban-…` beside the output: a lock file, and in `site` what grows.
pub(super) struct FreshFolder {
    folder: tempfile::TempDir,
    site: PathBuf,
    _lock: File,
}

const LOCK: &str = "lock";
const SITE: &str = "site";

impl FreshFolder {
    /// A new one beside `out`; leftovers of killed builds go.
    pub fn beside(out: &Path) -> Result<Self, PublishError> {
        let refused = |error: io::Error| PublishError::io(out, &error);
        let parent = out.parent().expect("the output folder has been checked");
        let name = out.file_name().unwrap_or_default().to_string_lossy();
        let prefix = format!(".{name}.kawaraban-");
        remove_leftovers(parent, &prefix);
        let (folder, lock) = locked_folder(parent, &prefix).map_err(refused)?;
        // A file system without locks leaves leftovers lie rather than risk a living build.
        let _unsupported = lock.try_lock();
        let site = folder.path().join(SITE);
        fs::create_dir(&site).map_err(refused)?;
        if let Ok(metadata) = fs::metadata(out) {
            fs::set_permissions(&site, metadata.permissions()).map_err(refused)?;
        }
        Ok(Self { folder, site, _lock: lock })
    }

    /// Where the site grows.
    pub fn site(&self) -> &Path {
        &self.site
    }

    /// Writes `artifacts`. A file that stands in `old` with the same bytes is linked, which costs a
    /// tenth of writing it and keeps its time. Returns how many were.
    pub fn write(&self, artifacts: &[Artifact], old: &Path) -> Result<usize, PublishError> {
        let folders: BTreeSet<&str> = artifacts
            .iter()
            .filter_map(|artifact| artifact.path.rsplit_once('/'))
            .map(|(f, _)| f)
            .collect();
        for folder in folders {
            let path = self.site.join(folder);
            fs::create_dir_all(&path).map_err(|error| PublishError::io(&path, &error))?;
        }
        let unchanged = AtomicUsize::new(0);
        artifacts.par_iter().try_for_each(|artifact| {
            let path = self.site.join(&artifact.path);
            let before = old.join(&artifact.path);
            if holds(&before, &artifact.body) && fs::hard_link(&before, &path).is_ok() {
                unchanged.fetch_add(1, Ordering::Relaxed);
                return Ok(());
            }
            write(&path, &artifact.body).map_err(|error| PublishError::io(&path, &error))
        })?;
        Ok(unchanged.into_inner())
    }

    /// Removes the folder with whatever it holds now: after the exchange, the last site.
    pub fn remove(self) {
        // What cannot be removed now is a leftover for the next build; by the lock, which goes last, it
        // knows it.
        let _leftover = fs::remove_dir_all(&self.site).and_then(|()| self.folder.close());
    }
}

/// A new folder with its lock file. Another build may take it for a leftover before the lock is in it;
/// then there is one more try.
fn locked_folder(parent: &Path, prefix: &str) -> io::Result<(tempfile::TempDir, File)> {
    let mut tries = 0;
    loop {
        let folder = tempfile::Builder::new().prefix(prefix).tempdir_in(parent)?;
        match File::create(folder.path().join(LOCK)) {
            Ok(lock) => return Ok((folder, lock)),
            Err(error) if error.kind() == io::ErrorKind::NotFound && tries < 3 => tries += 1,
            Err(error) => return Err(error),
        }
    }
}

fn write(path: &Path, body: &Body) -> io::Result<()> {
    match body {
        Body::Whole(bytes) => fs::write(path, bytes),
        Body::Packed(_) => body.write_to(&mut File::create(path)?),
    }
}

/// Is `path` a plain file of just the bytes of `body`?
fn holds(path: &Path, body: &Body) -> bool {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_file() && metadata.len() == body.len() as u64 => match body {
            Body::Whole(bytes) => fs::read(path).is_ok_and(|there| *there == **bytes),
            Body::Packed(_) => File::open(path).is_ok_and(|there| is_the_same(there, body)),
        },
        _ => false,
    }
}

fn is_the_same(mut there: File, body: &Body) -> bool {
    let mut read = Vec::new();
    body.pieces().all(|piece| {
        read.resize(piece.len(), 0);
        there.read_exact(&mut read).is_ok() && *read == *piece
    })
}

fn remove_leftovers(parent: &Path, prefix: &str) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten() {
        if !entry.file_name().to_string_lossy().starts_with(prefix) {
            continue;
        }
        let folder = entry.path();
        let _still_there = match File::open(folder.join(LOCK)) {
            // The lock goes last: if this build is killed too, the next one still knows the folder.
            Ok(lock) if lock.try_lock().is_ok() => {
                let _none = fs::remove_dir_all(folder.join(SITE));
                fs::remove_dir_all(&folder)
            }
            // Killed before it had a lock, or after the lock had gone: there is nothing in it.
            Err(error) if error.kind() == io::ErrorKind::NotFound => fs::remove_dir(&folder),
            _ => Ok(()),
        };
    }
}
