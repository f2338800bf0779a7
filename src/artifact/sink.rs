//! A **sink** takes each file as soon as it is made, so that no stage keeps its finished files.
//!
//! Not in here: the sink that writes to the disk (`publish::Publication`).

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::{Artifact, Body, FactsByPath, FileFacts, FileOrigin};

/// Takes files in any order, from several threads at once.
///
/// Code that needs the size or digest of a file gets it from here.
pub trait Sink: Sync {
    /// Takes a file and returns its facts. A sink that cannot take it (a full disk) records the
    /// first error and reports it at the end, so that stages need not handle it.
    fn take(&self, artifact: Artifact) -> FileFacts;

    /// Takes several files in parallel.
    fn take_all(&self, artifacts: Vec<Artifact>) {
        artifacts.into_par_iter().for_each(|artifact| {
            self.take(artifact);
        });
    }

    /// Takes a file like [`take`](Self::take). `origin` is what it was made from, together with
    /// all other files of this origin.
    fn take_made(&self, artifact: Artifact, origin: &FileOrigin) -> FileFacts {
        let _not_remembered = origin;
        self.take(artifact)
    }

    /// The facts of every file taken so far, by path.
    fn facts(&self) -> FactsByPath;

    /// Takes all files of `origin` from the last site, if it has them unchanged. Returns their
    /// paths and facts; `None` means that they must be made.
    fn again(&self, origin: &FileOrigin) -> Option<Vec<(String, FileFacts)>> {
        let _nothing_to_take_from = origin;
        None
    }

    /// The body of the file at `path`, one of those that [`again`](Self::again) would take over for
    /// `origin`; `None` where it cannot be read as it was written.
    fn body_again(&self, origin: &FileOrigin, path: &str) -> Option<Body> {
        let _nothing_to_read = (origin, path);
        None
    }
}

/// Keeps every file in memory: for tests, and for what the preview makes together.
#[derive(Debug, Default)]
pub struct MemorySink {
    files: Mutex<BTreeMap<String, (Body, FileFacts)>>,
}

impl MemorySink {
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

    fn facts(&self) -> FactsByPath {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.iter().map(|(path, (_, facts))| (path.clone(), facts.clone())).collect()
    }
}
