//! An **artifact** is one file to be published: its path in the output folder and its body.
//!
//! Not in here: the owners of paths (`site`), and writing files to the disk (`publish`).

mod body;
mod frame;
mod gzip;
mod origin;
mod sink;
mod streamed;

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

pub use body::{Body, BodyWriter, Packed};
pub use frame::{checked, framed, hash};
pub use gzip::Gzip;
pub use origin::{FileOrigin, OriginWriter};
pub use sink::{MemorySink, Sink};
pub use streamed::{StoredFile, Streamed};

/// Size and digest of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileFacts {
    /// The file's size in bytes.
    pub bytes: usize,
    /// SHA-256 (FIPS 180-4) in lower-case hexadecimal.
    pub sha256: String,
}

impl FileFacts {
    /// The facts of a file with these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self { bytes: bytes.len(), sha256: hex(&Sha256::digest(bytes)) }
    }
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| char::from(DIGITS[usize::from(half)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The facts of files by path.
pub type FactsByPath = BTreeMap<String, FileFacts>;

/// Knows the facts of files that are made before the pages, or makes these files to know them.
pub trait KnownFacts: Sync {
    /// The facts of the file at `path`; `None` if there is no such file.
    fn facts(&self, path: &str) -> Option<FileFacts>;
}

impl KnownFacts for FactsByPath {
    fn facts(&self, path: &str) -> Option<FileFacts> {
        self.get(path).cloned()
    }
}

/// One file to be published.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Artifact {
    /// Path below the output folder, with `/`, never absolute, never with `.` or `..`.
    pub path: String,
    /// The file's content.
    pub body: Body,
}

impl Artifact {
    /// A file of `body` at `path`.
    pub fn new(path: impl Into<String>, body: impl Into<Body>) -> Self {
        Self { path: path.into(), body: body.into() }
    }
}
