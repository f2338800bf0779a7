//! **Stored** files stay on the disk: large static files, which are copied piece by piece.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::artifact::{StoredFile, Streamed};

/// Static files of more bytes are not read into memory.
const LARGE: u64 = 1 << 20;

/// Number of bytes of a stored file that are read, which tell what kind of picture it is.
const HEAD: u64 = 1 << 16;

/// Endings of texts, which the checks read as a whole.
const TEXTS: [&str; 7] = ["html", "htm", "xhtml", "svg", "xml", "css", "js"];

/// Does a static file of so many bytes at `path` stay on the disk?
pub(super) fn is_stored(path: &str, bytes: u64) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    path.starts_with(super::STATIC) && bytes > LARGE && !TEXTS.contains(&ending.as_str())
}

/// The first bytes of the file at `path`, and the whole of it.
///
/// # Errors
///
/// Any I/O error.
pub(super) fn read(path: &Path, bytes: u64) -> io::Result<(Vec<u8>, Streamed)> {
    let file = FileOnDisk { path: path.to_owned(), bytes };
    let mut head = Vec::new();
    file.open()?.take(HEAD).read_to_end(&mut head)?;
    Ok((head, Streamed::of(Arc::new(file))))
}

/// A file on the disk.
#[derive(Debug)]
struct FileOnDisk {
    path: PathBuf,
    bytes: u64,
}

impl StoredFile for FileOnDisk {
    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        match std::fs::metadata(&self.path)?.is_file() {
            true => Ok(Box::new(File::open(&self.path)?)),
            false => Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file")),
        }
    }

    fn size(&self) -> u64 {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::{LARGE, is_stored};

    #[test]
    fn only_large_static_files_that_are_no_texts_stay_on_the_disk() {
        assert_eq!(LARGE, 1_048_576);
        assert!(!is_stored("content/static/film.mp4", LARGE));
        assert!(is_stored("content/static/film.mp4", LARGE + 1));
        assert!(is_stored("content/static/CNAME", LARGE * 9));
        assert!(!is_stored("content/static/MAP.SVG", LARGE * 9));
        assert!(!is_stored("content/measures/list.csv", LARGE * 9));
    }
}
