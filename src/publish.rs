//! **Publishing** brings files to the output folder. This is the only module that writes to the
//! disk.
//!
//! A [`Publication`] is the sink of a build. Each file is written into a new folder as soon as it
//! is made; that folder then replaces the output in one exchange. Until then the last good site
//! stays in place, whatever happens: an error, a killed process, a full disk. Files that the last
//! build did not write (`.git`, `CNAME`) are carried over unchanged.
//!
//! A [`signature`](sign) of the manifest proves whose files these are.
//!
//! Files of the last site that need not be made again are taken over; [`record`] says which.
//!
//! Where the output folder cannot be replaced (a mount point), `--in-place` replaces its files one
//! by one instead ([`Manner::InPlace`]).
//!
//! Not in here: what is published (`html`, `catalog`, `search`).
#![allow(clippy::disallowed_methods, reason = "this is the one door by which files go out")]

mod add;
mod attributes;
mod carry;
mod documents;
mod error;
mod exchange;
mod fresh;
mod generations;
mod in_place;
mod in_use;
mod keep;
mod key_fault;
mod manifest;
mod mounts;
mod output;
mod previous;
mod record;
mod regular;
mod room;
mod signature;
mod turn;
mod verify;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use crate::artifact::{Artifact, Body, FactsByPath, FileFacts, FileOrigin, Sink};

use fresh::{FileOutcome, FreshFolder};
use record::Record;

pub use add::{add, add_to_new, append, put};
pub use documents::{document, documents};
pub use error::PublishError;
pub use in_use::is_in_use;
pub use keep::keep;
pub use key_fault::KeyFault;
pub use manifest::{MANIFEST, ManifestHead, SIGNATURE, is_preview, listed, manifest};
pub use previous::{Previous, RolledBack, previous, roll_back};
pub use room::TightRoom;
pub use signature::{is_locked, new_keys, sign};
pub use turn::{Turn, now};
pub use verify::{FileDifference, Trust, Verified, verify};

/// The result of publishing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Number of files of the site.
    pub files: usize,
    /// Total size of these files in bytes.
    pub bytes: u64,
    /// Number of files that were identical in the last site and were not written again.
    pub unchanged: usize,
    /// Number of files, links and empty folders that the build did not write and carried over.
    pub carried: usize,
}

/// How the new site replaces the last one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Manner {
    /// The output folder is exchanged as a whole: visitors see either the last site or the new one.
    #[default]
    Exchange,
    /// The output folder stays and its files are replaced one by one: new and changed files, then
    /// the manifest; then obsolete files are removed. For folders that cannot be replaced.
    InPlace,
}

/// A site that is being published.
pub struct Publication {
    turn: Turn,
    /// How many previous sites are kept.
    keep: usize,
    fresh: FreshFolder,
    published_before: BTreeSet<String>,
    /// The entries of the last site's manifest.
    listed_before: Vec<manifest::ManifestEntry>,
    /// The program, if files of the last site are taken over and those of this one are recorded.
    product: Option<FileOrigin>,
    record_before: Record,
    taken: Mutex<PublishedFacts>,
    unchanged: AtomicUsize,
}

/// What a publication remembers of its files.
#[derive(Default)]
struct PublishedFacts {
    facts: FactsByPath,
    record: Record,
    /// The first error; no file is written after it.
    error: Option<PublishError>,
}

impl Publication {
    /// Makes a fresh folder for the output folder of `turn`. The site in it now and those before
    /// are kept, `keep` in all, for [`roll_back`]; with [`Manner::InPlace`], none is.
    ///
    /// # Errors
    ///
    /// Where the output folder has a damaged manifest, or cannot be written.
    pub fn begin(turn: Turn, keep: usize) -> Result<Self, PublishError> {
        let out = turn.out();
        let listed_before = manifest::entries_of(out)?;
        let mut published_before = manifest::paths_of(listed_before.as_deref());
        let listed_before = listed_before.unwrap_or_default();
        let fresh = match turn.manner() {
            Manner::Exchange => FreshFolder::beside(out)?,
            Manner::InPlace => {
                let (fresh, begun_before) = FreshFolder::inside(out)?;
                published_before.extend(begun_before);
                fresh
            }
        };
        let (product, record_before, taken, unchanged) = Default::default();
        Ok(Self {
            turn,
            keep,
            fresh,
            published_before,
            listed_before,
            product,
            record_before,
            taken,
            unchanged,
        })
    }

    /// Records from what the files of this site are made. Unless all are to be made `anew`, files
    /// of the last site that are made from the same are taken over.
    #[must_use]
    pub fn recorded(mut self, anew: bool) -> Self {
        self.product = record::product();
        if let (Some(product), Some(state), false) = (&self.product, self.turn.state(), anew) {
            self.record_before = Record::read(state, product);
        }
        self
    }

    /// The room on the disk, if it is less than the last site takes.
    pub fn tight_room(&self) -> Option<TightRoom> {
        room::tight(self.turn.out(), &self.listed_before)
    }

    /// Writes the manifest, which begins with `head`, and makes the fresh site the output.
    ///
    /// # Errors
    ///
    /// Returns the first error of any file, and fails where a file that the product did not write
    /// is in the place of one of the site's, or on an I/O error. Then the last site stays in place;
    /// with [`Manner::InPlace`], some files may be replaced, and the next build replaces the rest.
    pub fn finish(self, head: ManifestHead) -> Result<Summary, PublishError> {
        let mut kept = generations::kept(&self.listed_before, &self.taken().facts);
        let (out, manner) = (self.turn.out(), self.turn.manner());
        // What somebody has removed meanwhile is not kept.
        kept.retain(|path, _| output::is_inside(path) && out.join(path).is_file());
        let listed = manifest::manifest_with(&self.taken().facts, &kept, head);
        self.take(listed);
        let PublishedFacts { mut facts, mut record, error } = std::mem::take(&mut *self.taken());
        if let Some(error) = error {
            return Err(error);
        }
        let (files, bytes) = (facts.len(), facts.values().map(|facts| facts.bytes as u64).sum());
        if manner == Manner::Exchange {
            kept.keys().try_for_each(|path| self.fresh.bring(path, out))?;
        }
        facts.extend(kept.into_iter().map(|(path, (_, facts))| (path, facts)));
        output::check_folders(&facts)?;
        let foreign = carry::foreign_files(out, &self.published_before)?;
        carry::check_conflicts(out, &foreign, &facts)?;
        let carried = match manner {
            Manner::Exchange => {
                let carried = carry::carry_over(&foreign, out, &self.fresh)?;
                if let Some(replaced) = exchange::exchange(self.fresh.site(), out)? {
                    carry::take_out(&foreign, &replaced);
                    previous::keep(&self.turn, &replaced, self.keep);
                }
                carried
            }
            Manner::InPlace => {
                in_place::exchange(&self.fresh, out, &facts, &self.published_before)?;
                foreign.len()
            }
        };
        drop(self.fresh);
        if let (Some(product), Some(state)) = (&self.product, self.turn.state()) {
            // The site stands already. Without a record, the next build makes every file.
            let _made_anew = record.write(state, product);
        }
        Ok(Summary { files, bytes, unchanged: self.unchanged.into_inner(), carried })
    }

    /// The output folder, in which the last site is until [`finish`](Self::finish).
    pub fn out(&self) -> &Path {
        self.turn.out()
    }

    /// Keeps the files of the last site whose paths `keeps` accepts, without reading them, unless
    /// they have been written anew.
    pub fn retain(&self, keeps: impl Fn(&str) -> bool) {
        for entry in self.listed_before.iter().filter(|entry| keeps(&entry.path)) {
            let bytes = usize::try_from(entry.bytes).unwrap_or(usize::MAX);
            let facts = FileFacts { bytes, sha256: entry.sha256.clone() };
            if self.taken().facts.contains_key(&entry.path) {
                continue;
            }
            let brought = match output::is_inside(&entry.path) {
                true => self.fresh.bring(&entry.path, self.turn.out()),
                false => Err(PublishError::Path { path: entry.path.clone() }),
            };
            let mut taken = self.taken();
            match brought {
                Ok(()) => {
                    taken.facts.insert(entry.path.clone(), facts);
                }
                Err(error) => {
                    taken.error.get_or_insert(error);
                }
            }
        }
    }

    /// Gives the file that has been written or kept at `from` a second path, `to`, by a hard link
    /// where the file system has them.
    pub fn link(&self, from: &str, to: &str) {
        let mut taken = self.taken();
        let facts = taken.facts.get(from).cloned();
        let free = output::is_inside(to) && !taken.facts.contains_key(to);
        let linked = match facts.filter(|_| free) {
            Some(facts) => self.fresh.link(from, to, self.turn.out()).map(|()| facts),
            None => Err(PublishError::Path { path: to.to_owned() }),
        };
        match linked {
            Ok(facts) => {
                taken.facts.insert(to.to_owned(), facts);
            }
            Err(error) => {
                taken.error.get_or_insert(error);
            }
        }
    }

    fn taken(&self) -> MutexGuard<'_, PublishedFacts> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes the file, unless an error occurred earlier. Its path must be a plain path below the
    /// output folder that no other file has.
    fn write(&self, artifact: &Artifact, facts: FileFacts) -> Result<(), PublishError> {
        let path = &artifact.path;
        let refused = || PublishError::Path { path: path.clone() };
        {
            let mut taken = self.taken();
            if taken.error.is_some() {
                return Ok(());
            }
            if !output::is_inside(path) || taken.facts.insert(path.clone(), facts).is_some() {
                return Err(refused());
            }
        }
        if self.fresh.write(path, &artifact.body, self.turn.out())? == FileOutcome::Unchanged {
            self.unchanged.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    }

    /// Takes over a file of the last site, unless an error occurred earlier.
    fn take_over(
        &self,
        path: &str,
        facts: &FileFacts,
        origin: &FileOrigin,
    ) -> Result<(), PublishError> {
        {
            let mut taken = self.taken();
            if taken.error.is_some() {
                return Ok(());
            }
            if taken.facts.insert(path.to_owned(), facts.clone()).is_some() {
                return Err(PublishError::Path { path: path.to_owned() });
            }
            taken.record.add(origin, path, facts.clone());
        }
        self.unchanged.fetch_add(1, Ordering::Relaxed);
        match self.turn.manner() {
            Manner::Exchange => self.fresh.bring(path, self.turn.out()),
            Manner::InPlace => Ok(()),
        }
    }
}

impl Sink for Publication {
    fn take(&self, artifact: Artifact) -> FileFacts {
        let facts = artifact.body.facts();
        if let Err(error) = self.write(&artifact, facts.clone()) {
            self.taken().error.get_or_insert(error);
        }
        facts
    }

    fn take_made(&self, artifact: Artifact, origin: &FileOrigin) -> FileFacts {
        let path = artifact.path.clone();
        let facts = self.take(artifact);
        if self.product.is_some() {
            self.taken().record.add(origin, &path, facts.clone());
        }
        facts
    }

    fn facts(&self) -> FactsByPath {
        self.taken().facts.clone()
    }

    fn again(&self, origin: &FileOrigin) -> Option<Vec<(String, FileFacts)>> {
        let files = self.record_before.files(origin)?;
        let out = self.turn.out();
        let is_unchanged =
            |(path, facts): &(String, FileFacts)| record::is_unchanged(&out.join(path), facts);
        if !files.par_iter().all(is_unchanged) {
            return None;
        }
        files.par_iter().for_each(|(path, facts)| {
            if let Err(error) = self.take_over(path, facts, origin) {
                self.taken().error.get_or_insert(error);
            }
        });
        Some(files.to_vec())
    }

    fn body_again(&self, origin: &FileOrigin, path: &str) -> Option<Body> {
        let (_, facts) =
            self.record_before.files(origin)?.iter().find(|(known, _)| known == path)?;
        let body = Body::from(std::fs::read(self.turn.out().join(path)).ok()?);
        (body.facts() == *facts).then_some(body)
    }
}

#[allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]
#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{ManifestHead, Manner, Publication, Summary, Turn};
    use crate::artifact::{Artifact, FileFacts, FileOrigin, Sink as _};

    fn begun(out: &Path) -> Publication {
        let turn = Turn::take(out, &[], Manner::Exchange, |_| ()).expect("nobody else has it");
        Publication::begin(turn, 0).expect("the folder can be written").recorded(false)
    }

    fn head() -> ManifestHead {
        ManifestHead { schema: "schema.json".to_owned(), preview: false }
    }

    #[test]
    fn files_made_from_the_same_are_taken_over_as_long_as_they_are_unchanged() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let out = folder.path().join("out");
        let (page, index) = (FileOrigin::of("page", "a"), FileOrigin::of("index", "b"));
        let file = |path: &str| (path.to_owned(), FileFacts::of(path.as_bytes()));
        let first = begun(&out);
        assert_eq!(first.again(&page), None, "there is no site yet");
        for (origin, path) in [(&page, "a.html"), (&page, "a.md"), (&index, "index")] {
            first.take_made(
                Artifact { path: path.to_owned(), body: path.as_bytes().to_vec().into() },
                origin,
            );
        }
        first.finish(head()).expect("it is published");

        let second = begun(&out);
        assert_eq!(second.again(&page), Some(vec![file("a.html"), file("a.md")]));
        assert_eq!(second.again(&index), Some(vec![file("index")]));
        assert_eq!(second.again(&FileOrigin::of("page", "c")), None);
        let Summary { files, unchanged, .. } = second.finish(head()).expect("it is published");
        assert_eq!((files, unchanged), (4, 4), "the manifest is the same as well");
        assert_eq!(fs::read_to_string(out.join("a.md")).expect("it is there"), "a.md");

        fs::write(out.join("a.md"), "A.md").expect("the file can be written");
        let third = begun(&out);
        assert_eq!(third.again(&page), None, "one of its files was changed");
        assert_eq!(third.again(&index), Some(vec![file("index")]));
    }
}
