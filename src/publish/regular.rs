//! **Regular files** of a published folder or named on the command line: what is no regular file is
//! not opened, because reading a named pipe or a device could wait forever or never end.

use std::fs;
use std::io;
use std::path::Path;

/// The content of the regular file at `path`.
///
/// # Errors
///
/// Any I/O error; [`io::ErrorKind::InvalidInput`] where it is no regular file.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let kind = fs::metadata(path)?.file_type();
    // Of a folder, the system says that it is one.
    if kind.is_file() || kind.is_dir() {
        return fs::read(path);
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"))
}
