//! A **streamed** body is the content of a large file elsewhere. It is read piece by piece whenever
//! it is needed, so that memory does not grow with it.
//!
//! Not in here: opening the file (`source`).

use std::cmp::Ordering;
use std::fmt;
use std::io::{self, Read as _};
use std::sync::{Arc, OnceLock};

use sha2::{Digest as _, Sha256};

use super::{FileFacts, hex};

/// Bytes that are read at once.
const PIECE: usize = 1 << 18;

/// A file that can be read any number of times.
pub trait StoredFile: fmt::Debug + Send + Sync {
    /// Opens it at its beginning.
    ///
    /// # Errors
    ///
    /// Any I/O error.
    fn open(&self) -> io::Result<Box<dyn io::Read + Send>>;

    /// Its size in bytes when it was found.
    fn size(&self) -> u64;
}

/// The content of a stored file.
#[derive(Clone, Debug)]
pub struct Streamed {
    file: Arc<dyn StoredFile>,
    facts: Arc<OnceLock<FileFacts>>,
}

impl Streamed {
    /// The content of `file`.
    pub fn of(file: Arc<dyn StoredFile>) -> Self {
        Self { file, facts: Arc::default() }
    }

    /// Number of bytes.
    pub fn size(&self) -> usize {
        usize::try_from(self.file.size()).unwrap_or(usize::MAX)
    }

    /// Size and digest. The file is read for them once; the digest of one that cannot be read is
    /// empty, and writing it fails.
    pub fn facts(&self) -> FileFacts {
        let read = || {
            let mut sha256 = Sha256::new();
            let read = self.each_piece(|piece| {
                sha256.update(piece);
                Ok(())
            });
            let sha256 = read.map(|()| hex(&sha256.finalize())).unwrap_or_default();
            FileFacts { bytes: self.size(), sha256 }
        };
        self.facts.get_or_init(read).clone()
    }

    /// Writes the content to `to`.
    ///
    /// # Errors
    ///
    /// Where reading or writing fails, or the content is no longer that of the
    /// [`facts`](Self::facts).
    pub fn write_to(&self, to: &mut impl io::Write) -> io::Result<()> {
        let mut sha256 = Sha256::new();
        self.each_piece(|piece| {
            sha256.update(piece);
            to.write_all(piece)
        })?;
        match hex(&sha256.finalize()) == self.facts().sha256 {
            true => Ok(()),
            false => Err(io::Error::other("the file changed while it was read")),
        }
    }

    /// Does `there` have the same content?
    pub fn is_same_as(&self, mut there: impl io::Read) -> bool {
        let mut other = Vec::new();
        let same = self.each_piece(|piece| {
            other.resize(piece.len(), 0);
            there.read_exact(&mut other)?;
            match other == piece {
                true => Ok(()),
                false => Err(io::Error::other("it differs")),
            }
        });
        same.is_ok() && there.read(&mut [0]).is_ok_and(|more| more == 0)
    }

    /// Calls `each` with every piece of the content.
    ///
    /// # Errors
    ///
    /// The first error of reading or of `each`; also where the file is longer than it was.
    pub fn each_piece(&self, mut each: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
        let mut file = self.file.open()?.take(self.file.size());
        let mut piece = vec![0; PIECE];
        loop {
            let read = file.read(&mut piece)?;
            if read == 0 {
                return Ok(());
            }
            each(&piece[..read])?;
        }
    }

    fn key(&self) -> (usize, String) {
        (self.size(), self.facts().sha256)
    }
}

impl PartialEq for Streamed {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Streamed {}

impl PartialOrd for Streamed {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Streamed {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Cursor};
    use std::sync::{Arc, Mutex};

    use super::{PIECE, StoredFile, Streamed};
    use crate::artifact::{Body, FileFacts};

    /// A file that somebody may change between two readings.
    #[derive(Debug)]
    struct Changing(Mutex<Vec<u8>>, u64);

    impl StoredFile for Changing {
        fn open(&self) -> io::Result<Box<dyn io::Read + Send>> {
            let bytes = self.0.lock().expect("nobody panics").clone();
            match bytes.is_empty() {
                true => Err(io::Error::from(io::ErrorKind::NotFound)),
                false => Ok(Box::new(Cursor::new(bytes))),
            }
        }

        fn size(&self) -> u64 {
            self.1
        }
    }

    fn of(bytes: &[u8]) -> (Arc<Changing>, Streamed) {
        let file = Arc::new(Changing(Mutex::new(bytes.to_vec()), bytes.len() as u64));
        (file.clone(), Streamed::of(file))
    }

    #[test]
    fn a_file_is_written_as_it_is_or_not_at_all() {
        let bytes: Vec<u8> = (0..PIECE * 2 + 5).map(|at| (at * at / 999) as u8).collect();
        let (file, streamed) = of(&bytes);
        assert_eq!(Body::Streamed(streamed.clone()).facts(), FileFacts::of(&bytes));
        let mut written = Vec::new();
        streamed.write_to(&mut written).expect("memory takes every byte");
        assert!(written == bytes);
        assert!(streamed.is_same_as(&bytes[..]));
        assert!(!streamed.is_same_as(&bytes[..bytes.len() - 1]));
        assert!(!streamed.is_same_as(&[&bytes[..], b"x"].concat()[..]));
        let mut other = bytes.clone();
        other[PIECE + 1] ^= 1;
        assert!(!streamed.is_same_as(&other[..]));
        // Changed, grown, cut, gone: the content that the facts were told of is not there any more.
        for changed in [other, bytes[..PIECE].to_vec(), Vec::new()] {
            *file.0.lock().expect("nobody panics") = changed;
            streamed.write_to(&mut Vec::new()).expect_err("the content is another one");
        }
        let (_, gone) = of(b"");
        assert_eq!(gone.facts(), FileFacts { bytes: 0, sha256: String::new() });
        gone.write_to(&mut Vec::new()).expect_err("it cannot be read");
    }
}
