//! The **body** of a file: all its bytes; where they are many, pieces that are compressed
//! separately; or the content of a file elsewhere.
//!
//! A table of a million rows has about a gigabyte in all its formats. The bytes are produced piece
//! by piece, and each piece is compressed and hashed as soon as it is complete, so that a build can
//! be a pure function and yet fit into memory.
//!
//! Not in here: the contents (`catalog`), and writing files to the disk (`publish`).

use std::borrow::Cow;
use std::io;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::{FileFacts, Streamed, hex};

/// Size of an uncompressed piece in bytes; a smaller body is kept whole.
const PIECE: usize = 1 << 20;

/// The bytes of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Body {
    /// Uncompressed.
    Whole(Cow<'static, [u8]>),
    /// Compressed, in pieces.
    Packed(Packed),
    /// Not in memory.
    Streamed(Streamed),
}

/// Pieces of [`PIECE`] bytes, each compressed by Snappy, with the facts of the whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Packed {
    pieces: Arc<[Box<[u8]>]>,
    facts: FileFacts,
}

impl Body {
    /// Number of bytes.
    pub fn len(&self) -> usize {
        match self {
            Self::Whole(bytes) => bytes.len(),
            Self::Packed(packed) => packed.facts.bytes,
            Self::Streamed(streamed) => streamed.size(),
        }
    }

    /// Is the body empty?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All bytes at once; of a file elsewhere as many as can be read.
    pub fn whole(&self) -> Cow<'_, [u8]> {
        if let Self::Whole(bytes) = self {
            return Cow::Borrowed(bytes);
        }
        let mut whole = Vec::with_capacity(self.len());
        let _as_far_as_it_goes = self.each_piece(|piece| {
            whole.extend_from_slice(piece);
            Ok(())
        });
        Cow::Owned(whole)
    }

    /// Calls `each` with every piece of the bytes.
    ///
    /// # Errors
    ///
    /// The first error of `each`, or of reading a file elsewhere.
    pub fn each_piece(&self, mut each: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
        match self {
            Self::Whole(bytes) => each(bytes),
            Self::Packed(packed) => packed.pieces.iter().try_for_each(|piece| each(&unpack(piece))),
            Self::Streamed(streamed) => streamed.each_piece(each),
        }
    }

    /// Writes the uncompressed bytes to `to`.
    ///
    /// # Errors
    ///
    /// Where writing fails, or a file elsewhere cannot be read or has changed.
    pub fn write_to(&self, to: &mut impl io::Write) -> io::Result<()> {
        match self {
            Self::Streamed(streamed) => streamed.write_to(to),
            _ => self.each_piece(|piece| to.write_all(piece)),
        }
    }

    /// The body's size and digest.
    pub fn facts(&self) -> FileFacts {
        match self {
            Self::Whole(bytes) => FileFacts::of(bytes),
            Self::Packed(packed) => packed.facts.clone(),
            Self::Streamed(streamed) => streamed.facts(),
        }
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Whole(bytes.into())
    }
}

impl From<&'static [u8]> for Body {
    fn from(bytes: &'static [u8]) -> Self {
        Self::Whole(bytes.into())
    }
}

impl From<Cow<'static, [u8]>> for Body {
    fn from(bytes: Cow<'static, [u8]>) -> Self {
        Self::Whole(bytes)
    }
}

/// Collects bytes into a [`Body`].
#[derive(Default)]
pub struct BodyWriter {
    open: Vec<u8>,
    pieces: Vec<Box<[u8]>>,
    bytes: usize,
    sha256: Sha256,
}

impl BodyWriter {
    /// The body of everything written.
    pub fn finish(mut self) -> Body {
        if self.pieces.is_empty() {
            return self.open.into();
        }
        self.close_piece();
        let facts = FileFacts { bytes: self.bytes, sha256: hex(&self.sha256.finalize()) };
        Body::Packed(Packed { pieces: self.pieces.into(), facts })
    }

    /// Compresses and hashes the pending bytes as a piece.
    fn close_piece(&mut self) {
        if self.open.is_empty() {
            return;
        }
        let mut packer = snap::raw::Encoder::new();
        let packed = packer.compress_vec(&self.open).expect("a piece is far below 4 GiB");
        self.sha256.update(&self.open);
        self.bytes += self.open.len();
        self.pieces.push(packed.into());
        self.open.clear();
    }
}

impl io::Write for BodyWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = PIECE - self.open.len();
        let taken = bytes.len().min(room);
        self.open.extend_from_slice(&bytes[..taken]);
        if self.open.len() == PIECE {
            self.close_piece();
        }
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn unpack(piece: &[u8]) -> Vec<u8> {
    snap::raw::Decoder::new().decompress_vec(piece).expect("we have packed it ourselves")
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::{Body, BodyWriter, PIECE};
    use crate::artifact::FileFacts;

    #[test]
    fn a_body_is_what_was_written_however_long() {
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7] {
            let bytes: Vec<u8> = (0..length).map(|at| (at * at / 1000) as u8).collect();
            let mut writer = BodyWriter::default();
            for part in bytes.chunks(100_003) {
                writer.write_all(part).expect("memory takes every byte");
            }
            let body = writer.finish();
            assert_eq!(matches!(body, Body::Packed(_)), length >= PIECE);
            assert_eq!(body.len(), length);
            assert!(*body.whole() == *bytes);
            let mut written = Vec::new();
            body.write_to(&mut written).expect("memory takes every byte");
            assert!(written == bytes);
            assert_eq!(body.facts(), FileFacts::of(&bytes));
        }
    }
}
