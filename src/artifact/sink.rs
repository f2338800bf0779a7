//! A **sink** takes each file as soon as it is made, so that no stage keeps what it has finished.
//!
//! Not in here: the sink that writes to the disk (`publish::Publication`).

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::{Artifact, Body, FileFacts};

/// Takes files in any order, from several threads at once.
///
/// Whatever needs the size or digest of a file gets it here, after the file is made.
pub trait Sink: Sync {
    /// Takes a file and gives its facts. A sink that cannot take it (a full disk) remembers the
    /// first error and tells it at its end, so stages need not handle it.
    fn take(&self, artifact: Artifact) -> FileFacts;

    /// Takes several files, side by side.
    fn take_all(&self, artifacts: Vec<Artifact>) {
        artifacts.into_par_iter().for_each(|artifact| {
            self.take(artifact);
        });
    }
}

/// Keeps every file in memory, for tests and the preview.
#[derive(Debug, Default)]
pub struct MemorySink {
    files: Mutex<BTreeMap<String, (Body, FileFacts)>>,
}

impl MemorySink {
    /// The facts of every file taken so far, by path.
    pub fn facts(&self) -> BTreeMap<String, FileFacts> {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.iter().map(|(path, (_, facts))| (path.clone(), facts.clone())).collect()
    }

    /// The files, in the order of their paths.
    pub fn into_artifacts(self) -> Vec<Artifact> {
        let files = self.files.into_inner().unwrap_or_else(PoisonError::into_inner);
        files.into_iter().map(|(path, (body, _))| Artifact { path, body }).collect()
    }
}

impl Sink for MemorySink {
    fn take(&self, artifact: Artifact) -> FileFacts {
        let Artifact { path, body } = artifact;
        let facts = body.facts();
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(path, (body, facts.clone()));
        facts
    }
}
