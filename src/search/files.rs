//! The **files** of an index: named after their content and compressed by themselves, so that any static
//! host can serve them and any cache may keep them for ever.
//!
//! Not in here: what is in them (`export`, `shards`).

use flate2::{Compress, Compression, Crc, FlushCompress, Status};
use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::artifact::{self, Artifact};
use crate::site::file_paths;

/// How a compressed file begins.
const GZIP: [u8; 2] = [0x1F, 0x8B];
/// How hard compression tries. Texts are short: trying harder saves two bytes in a thousand and takes a quarter longer.
const LEVEL: u32 = 3;

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

/// The files written so far. Several may be filled side by side and put together.
#[derive(Default)]
pub(super) struct Files {
    published: Vec<(Name, Vec<u8>)>,
    /// Made when it is first needed: its tables are larger than most files.
    compressor: Option<Compressor>,
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
        self.insert(partly_known(known, bytes), bytes, false)
    }

    /// The same for what is not worth compressing.
    pub fn add_known_dense(&mut self, known: &str, bytes: &[u8]) -> Name {
        self.insert(partly_known(known, bytes), bytes, true)
    }

    /// Makes a value a file of JSON.
    pub fn add_json(&mut self, value: &impl Serialize) -> Name {
        self.add(&serde_json::to_vec(value).expect("titles, texts and labels are plain data"))
    }

    /// Takes over the files of another.
    pub fn append(&mut self, other: Self) {
        self.published.extend(other.published);
    }

    /// Fills files side by side, one for each of `tasks`; gives what the tasks give, in their order.
    pub fn side_by_side<'t, T: Sync, R: Send>(
        &mut self,
        tasks: &'t [T],
        fill: impl Fn(&'t T, &mut Self) -> R + Sync,
    ) -> Vec<R> {
        let filled: Vec<(R, Self)> = tasks
            .par_iter()
            .map_init(
                || None,
                |compressor, task| {
                    let mut own = Self { published: Vec::new(), compressor: compressor.take() };
                    let given = fill(task, &mut own);
                    *compressor = own.compressor.take();
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

    /// A file is compressed where that makes it smaller. What looks as if it were compressed must be, for a reader
    /// tells the two apart by their first bytes.
    fn insert(&mut self, name: Name, bytes: &[u8], dense: bool) -> Name {
        let looks_compressed = bytes.starts_with(&GZIP);
        let plain = || bytes.to_vec();
        let published = match dense && !looks_compressed {
            true => plain(),
            false => {
                let compressed = self.compressor.get_or_insert_default().gzip(bytes);
                let smaller = compressed.len() < bytes.len();
                if smaller || looks_compressed { compressed } else { plain() }
            }
        };
        self.published.push((name, published));
        name
    }

    /// Every file in the order of the names; the same content is one file.
    pub fn artifacts(mut self) -> Vec<Artifact> {
        self.published.par_sort_unstable();
        self.published.dedup();
        for pair in self.published.windows(2) {
            // Two in 2^48; better no index than a wrong one.
            assert!(
                pair[0].0 != pair[1].0,
                "two files of the index have the name {}",
                pair[0].0.hex()
            );
        }
        let artifact = |(name, bytes): (Name, Vec<u8>)| {
            Artifact::new(format!("{}{}.kwb", file_paths::SEARCH, name.hex()), bytes)
        };
        self.published.into_iter().map(artifact).collect()
    }
}

fn named(bytes: &[u8]) -> Name {
    let digest = Sha256::digest(bytes);
    Name(std::array::from_fn(|index| digest[index]))
}

fn partly_known(known: &str, bytes: &[u8]) -> Name {
    let digest = Sha256::digest(bytes);
    let [_, a, b, c] = hash(known.as_bytes()).to_be_bytes();
    Name([a, b, c, digest[0], digest[1], digest[2]])
}

/// Compresses one file after the other; beginning anew costs more than most of the files.
struct Compressor(Compress);

impl Default for Compressor {
    fn default() -> Self {
        Self(Compress::new(Compression::new(LEVEL), false))
    }
}

impl Compressor {
    /// gzip (RFC 1952) without a date: the same bytes give the same file.
    fn gzip(&mut self, bytes: &[u8]) -> Vec<u8> {
        const DEFLATE: u8 = 8;
        const UNKNOWN_SYSTEM: u8 = 255;
        let mut file = Vec::with_capacity(bytes.len() / 2 + 64);
        file.extend_from_slice(&[GZIP[0], GZIP[1], DEFLATE, 0, 0, 0, 0, 0, 0, UNKNOWN_SYSTEM]);
        self.0.reset();
        loop {
            let read = self.0.total_in() as usize;
            let status = self.0.compress_vec(&bytes[read..], &mut file, FlushCompress::Finish);
            match status.expect("nothing is wrong with bytes to be compressed") {
                Status::StreamEnd => break,
                _ => file.reserve(bytes.len() / 2 + 64),
            }
        }
        let mut sum = Crc::new();
        sum.update(bytes);
        file.extend_from_slice(&sum.sum().to_le_bytes());
        file.extend_from_slice(&sum.amount().to_le_bytes());
        file
    }
}

/// FNV-1a, 32 bit.
pub(super) fn hash(term: &[u8]) -> u32 {
    term.iter().fold(0x811C_9DC5, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
