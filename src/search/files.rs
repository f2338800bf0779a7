//! The **files** of an index: named after their content and compressed by themselves, so that any static
//! host can serve them and any cache may keep them for ever.
//!
//! Not in here: what is in them (`export`, `shards`).

use std::collections::BTreeMap;
use std::io::Write as _;

use flate2::{Compression, GzBuilder};
use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::artifact::{self, Artifact};
use crate::site::file_paths;

/// A file's name: six bytes of the SHA-256 of its content; or three bytes of the hash of what is known of
/// the file beforehand, and three of its content's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name([u8; 6]);

impl Name {
    pub fn bytes(self) -> [u8; 6] {
        self.0
    }

    /// The part that only the content gives.
    pub fn own(self) -> [u8; 3] {
        [self.0[3], self.0[4], self.0[5]]
    }

    /// As the file's name and the manifest have it.
    pub fn hex(self) -> String {
        artifact::hex(&self.0)
    }
}

/// The files written so far, by name.
#[derive(Default)]
pub(super) struct Files(BTreeMap<Name, File>);

#[derive(PartialEq, Eq)]
struct File {
    bytes: Vec<u8>,
    /// Is there nothing in them that compression could find?
    dense: bool,
}

impl Files {
    /// Makes `bytes` a file.
    pub fn add(&mut self, bytes: &[u8]) -> Name {
        self.insert(named(bytes), bytes, false)
    }

    /// Makes `bytes` a file that is not worth compressing.
    pub fn add_dense(&mut self, bytes: &[u8]) -> Name {
        self.insert(named(bytes), bytes, true)
    }

    /// Makes `bytes` a file of which `known` is known beforehand, and nothing else's. Whoever knows it
    /// needs only the last three bytes of the name, which halves what lists of names cost.
    pub fn add_known(&mut self, known: &str, bytes: &[u8]) -> Name {
        let digest = Sha256::digest(bytes);
        let [_, a, b, c] = hash(known.as_bytes()).to_be_bytes();
        self.insert(Name([a, b, c, digest[0], digest[1], digest[2]]), bytes, false)
    }

    /// Makes a value a file of JSON.
    pub fn add_json(&mut self, value: &impl Serialize) -> Name {
        self.add(&serde_json::to_vec(value).expect("titles, texts and labels are plain data"))
    }

    fn insert(&mut self, name: Name, bytes: &[u8], dense: bool) -> Name {
        let known = self.0.entry(name).or_insert_with(|| File { bytes: bytes.to_vec(), dense });
        // Two in 2^48; better no index than a wrong one.
        assert!(known.bytes == bytes, "two files of the index have the name {}", name.hex());
        name
    }

    /// Every file, compressed, in the order of the names.
    pub fn artifacts(self) -> Vec<Artifact> {
        let files: Vec<(Name, File)> = self.0.into_iter().collect();
        let artifact = |(name, file): (Name, File)| {
            Artifact::new(format!("{}{}.kwb", file_paths::SEARCH, name.hex()), published(file))
        };
        files.into_par_iter().map(artifact).collect()
    }
}

fn named(bytes: &[u8]) -> Name {
    let digest = Sha256::digest(bytes);
    Name(std::array::from_fn(|index| digest[index]))
}

/// The file as it is published: compressed where that makes it smaller. What looks as if it were
/// compressed must be, for a reader tells the two apart by their first bytes.
fn published(file: File) -> Vec<u8> {
    const GZIP: [u8; 2] = [0x1F, 0x8B];
    if file.dense && !file.bytes.starts_with(&GZIP) {
        return file.bytes;
    }
    let compressed = compress(&file.bytes);
    let smaller = compressed.len() < file.bytes.len();
    if smaller || file.bytes.starts_with(&GZIP) { compressed } else { file.bytes }
}

/// FNV-1a, 32 bit.
pub(super) fn hash(term: &[u8]) -> u32 {
    term.iter().fold(0x811C_9DC5, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// gzip without a date: the same bytes give the same file.
fn compress(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzBuilder::new().mtime(0).write(Vec::new(), Compression::new(6));
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.expect("memory takes every byte")
}
