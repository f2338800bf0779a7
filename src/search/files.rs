//! The **files** of an index are named after their content and compressed individually, so that any
//! static host can serve them and any cache may keep them for ever.
//!
//! Each file is framed ([`artifact::framed`]), so that a client detects a damaged file or a file
//! other than the one that it requested.
//!
//! Not in here: what is in them (`export`, `shards`).

use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::artifact::{self, Artifact, Gzip};
use crate::site::file_paths;

use super::compact::compact;

/// Level of compression. Nearly all compressed bytes are texts and titles: level 1 would be faster,
/// but leave them four per cent larger.
const LEVEL: i32 = 7;

/// A file's name of six bytes: either the first six of the SHA-256 of its content, or three of the
/// hash of a text that is known beforehand (such as `block 7`) and three of the SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FileName([u8; 6]);

impl FileName {
    pub fn bytes(self) -> [u8; 6] {
        self.0
    }

    /// The last three bytes. In a partly known name, only these depend on the content.
    pub fn own(self) -> [u8; 3] {
        [self.0[3], self.0[4], self.0[5]]
    }

    /// The name in hexadecimal, as in the path and the manifest.
    pub fn hex(self) -> String {
        artifact::hex(&self.0)
    }
}

/// The files written so far. Several such sets may be filled in parallel and then combined.
#[derive(Default)]
pub(super) struct IndexFiles {
    published: Vec<(FileName, Vec<u8>)>,
    /// Created when first needed: its tables are larger than most files.
    gzip: Option<Gzip>,
}

impl IndexFiles {
    /// Adds a file with the content `bytes`, named after the content.
    pub fn add(&mut self, bytes: &[u8]) -> FileName {
        self.insert(named(bytes), bytes, false)
    }

    /// The same as [`Self::add`] without compression, for content that does not compress.
    pub fn add_dense(&mut self, bytes: &[u8]) -> FileName {
        self.insert(named(bytes), bytes, true)
    }

    /// Makes `bytes` a file of which `known` is known beforehand, and nothing else's. Whoever knows
    /// it needs only the last three bytes of the name, which halves what lists of names cost.
    pub fn add_keyed(&mut self, known: &str, bytes: &[u8]) -> FileName {
        self.insert(partly_known(known, digest(&[bytes])), bytes, false)
    }

    /// Makes each of `contents` a file, whose name begins with what is known beforehand and ends
    /// with three bytes that follow from all of them, which are returned: a list of names needs
    /// them once. Where one content changes, all get new names. `known` gives the known text of
    /// each by its place; `dense` is for contents that do not compress.
    pub fn add_together(
        &mut self,
        contents: &[impl AsRef<[u8]>],
        dense: bool,
        known: impl Fn(usize) -> String,
    ) -> [u8; 3] {
        let contents: Vec<&[u8]> = contents.iter().map(AsRef::as_ref).collect();
        let own = digest(&contents);
        for (at, bytes) in contents.into_iter().enumerate() {
            self.insert(partly_known(&known(at), own), bytes, dense);
        }
        own
    }

    /// Adds a file with `value` as [`json`].
    pub fn add_json(&mut self, value: &impl Serialize) -> FileName {
        self.add(&json(value))
    }

    /// Takes the file `name` out of the set again. Returns its published bytes, none if it was
    /// taken before.
    pub fn take(&mut self, name: FileName) -> Vec<u8> {
        let taken: Vec<_> = self.published.extract_if(.., |(own, _)| *own == name).collect();
        taken.into_iter().next().map(|(_, bytes)| bytes).unwrap_or_default()
    }

    /// Adds all files of `other`.
    pub fn append(&mut self, other: Self) {
        self.published.extend(other.published);
    }

    /// Runs `fill` for each of `tasks` in parallel, each with its own set of files, then adds all
    /// their files. Returns the results in the order of the tasks.
    pub fn side_by_side<T: Send, R: Send>(
        &mut self,
        tasks: impl IndexedParallelIterator<Item = T>,
        fill: impl Fn(T, &mut Self) -> R + Sync + Send,
    ) -> Vec<R> {
        let filled: Vec<(R, Self)> = tasks
            .map_init(
                || None,
                |gzip: &mut Option<Gzip>, task| {
                    let mut own = Self { published: Vec::new(), gzip: gzip.take() };
                    let given = fill(task, &mut own);
                    *gzip = own.gzip.take();
                    (given, own)
                },
            )
            .collect();
        let take = |(given, own)| {
            self.append(own);
            given
        };
        filled.into_iter().map(take).collect()
    }

    /// Adds a framed file, compressed unless it is `dense` or would not become smaller.
    fn insert(&mut self, name: FileName, bytes: &[u8], dense: bool) -> FileName {
        let framed = artifact::framed(&name.hex(), bytes);
        let published = match dense {
            true => framed,
            false => {
                let compressed =
                    self.gzip.get_or_insert_with(|| Gzip::new(LEVEL)).compress(&framed);
                if compressed.len() < framed.len() { compressed } else { framed }
            }
        };
        self.published.push((name, published));
        name
    }

    /// Every file in the order of the names; files with the same content become one.
    pub fn artifacts(mut self) -> Vec<Artifact> {
        self.published.par_sort_unstable();
        self.published.dedup();
        for pair in self.published.windows(2) {
            // A collision of two 48-bit names is very improbable; then it is better to have no
            // index than a wrong one.
            assert!(
                pair[0].0 != pair[1].0,
                "two files of the index have the name {}",
                pair[0].0.hex()
            );
        }
        let artifact = |(name, bytes): (FileName, Vec<u8>)| {
            Artifact::new(format!("{}{}.kwb", file_paths::SEARCH, name.hex()), bytes)
        };
        self.published.into_iter().map(artifact).collect()
    }
}

/// `value` as JSON in its [`compact`] form.
pub(super) fn json(value: &impl Serialize) -> Vec<u8> {
    compact(&serde_json::to_string(value).expect("titles, texts and labels are plain data"))
}

/// The name that follows from the content alone.
fn named(bytes: &[u8]) -> FileName {
    let digest = Sha256::digest(bytes);
    FileName(std::array::from_fn(|index| digest[index]))
}

/// The name whose first half follows from `known`, and its second is `own`.
fn partly_known(known: &str, own: [u8; 3]) -> FileName {
    let [_, a, b, c] = artifact::hash(known.as_bytes()).to_be_bytes();
    FileName([a, b, c, own[0], own[1], own[2]])
}

/// The first three bytes of the SHA-256 of `contents`, each after the first preceded by the length
/// of the one before.
fn digest(contents: &[&[u8]]) -> [u8; 3] {
    let mut digest = Sha256::new();
    for (at, bytes) in contents.iter().enumerate() {
        if let Some(before) = at.checked_sub(1) {
            digest.update((contents[before].len() as u32).to_le_bytes());
        }
        digest.update(bytes);
    }
    let digest = digest.finalize();
    [digest[0], digest[1], digest[2]]
}
