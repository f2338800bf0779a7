//! **Readings** are what was read from files, kept for the next time that the same site is read: in
//! the preview, an edit changes one table, and only that table is read again.
//!
//! Not in here: what is read from a file (the callers), and the files themselves (`Sources`).

use std::any::{Any, TypeId};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

use super::{SourceFile, Sources};

/// What was read from the files of a site. Copies share it. It has one reading of each file and
/// type, the newest.
#[derive(Clone, Default)]
pub struct KeptReadings {
    newest: Arc<Mutex<BTreeMap<ReadingKey, KeptReading>>>,
}

type ReadingKey = (Arc<str>, TypeId);

/// A value, and all that it was made from.
struct KeptReading {
    bytes: Arc<[u8]>,
    settings: SettingsDigest,
    value: Arc<dyn Any + Send + Sync>,
}

/// SHA-256 of all files that may decide how a table is read.
pub(super) type SettingsDigest = [u8; 32];

impl fmt::Debug for KeptReadings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeptReadings").finish_non_exhaustive()
    }
}

impl KeptReadings {
    /// Removes the readings of files that are no longer in `sources`.
    pub(super) fn forget_others(&self, sources: &Sources) {
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        newest.retain(|(path, _), _| sources.get(path).is_some());
    }

    /// What `read` returns for `file`, which has been read before if it has the same bytes and the
    /// `settings` are the same.
    pub(super) fn of<T: Any + Send + Sync>(
        &self,
        file: &SourceFile,
        settings: SettingsDigest,
        read: impl FnOnce() -> T,
    ) -> Arc<T> {
        let key = (file.path.clone(), TypeId::of::<T>());
        let known = {
            let newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
            let reading = newest.get(&key);
            let same = |reading: &&KeptReading| {
                reading.settings == settings && *reading.bytes == *file.bytes
            };
            reading.filter(same).and_then(|reading| reading.value.clone().downcast().ok())
        };
        if let Some(known) = known {
            return known;
        }
        let value = Arc::new(read());
        let reading = KeptReading { bytes: file.bytes.clone(), settings, value: value.clone() };
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        newest.insert(key, reading);
        value
    }
}

/// The digest of the settings, declarations and descriptions in `sources`: of every TOML file of
/// the content, except policies, which say nothing about tables.
pub(super) fn settings_of(sources: &Sources) -> SettingsDigest {
    let mut digest = Sha256::new();
    let toml = |file: &&SourceFile| {
        file.path.ends_with(".toml") && !file.path.starts_with("content/policies/")
    };
    for file in sources.files_below("content/").filter(toml) {
        for part in [file.path.as_bytes(), &file.bytes] {
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part);
        }
    }
    digest.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::{KeptReadings, settings_of};
    use crate::source::Sources;

    #[test]
    fn a_file_is_read_again_when_it_or_the_settings_have_changed() {
        let readings = KeptReadings::default();
        let mut times_read = 0;
        let mut read = |table: &str, settings: &str| {
            let mut sources = Sources::from_memory([
                ("content/budgets/a.csv", table.as_bytes()),
                ("content/site.toml", settings.as_bytes()),
            ]);
            sources.keep(&readings);
            let file = sources.get("content/budgets/a.csv").expect("it is there");
            let found = sources.reading(file, || {
                times_read += 1;
                table.len()
            });
            assert_eq!(*found, table.len());
            times_read
        };
        assert_eq!(read("1", "a"), 1);
        assert_eq!(read("1", "a"), 1);
        assert_eq!(read("12", "a"), 2);
        assert_eq!(read("12", "b"), 3);
        // Only the newest reading is kept.
        assert_eq!(read("1", "a"), 4);
        assert_eq!(read("1", "a"), 4);
    }

    #[test]
    fn settings_are_the_toml_files_of_the_content_but_policies() {
        let of = |files: &[(&str, &str)]| {
            let files = files.iter().map(|(path, text)| (*path, text.as_bytes()));
            settings_of(&Sources::from_memory(files))
        };
        let site = ("content/site.toml", "title = 1");
        let only = of(&[site]);
        assert_eq!(of(&[site, ("content/policies/2022/a.toml", "x")]), only);
        assert_eq!(of(&[site, ("content/datasets/d/d.csv", "x")]), only);
        assert_eq!(of(&[site, ("themes/own/theme.toml", "x")]), only);
        assert_ne!(of(&[site, ("content/datasets/d/dataset.toml", "x")]), only);
        assert_ne!(of(&[("content/site.toml", "title = 2")]), only);
        assert_ne!(of(&[("content/other.toml", "title = 1")]), only);
    }
}
