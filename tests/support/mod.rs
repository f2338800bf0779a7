//! What the tests share: the folders of the repository, copies of them, and runs of the binary.

#![allow(dead_code, reason = "every test takes what it needs of it")]
#![allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]

pub mod markdown;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// Files of a folder by their relative paths.
pub type Tree = BTreeMap<PathBuf, Vec<u8>>;

/// The repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// A small site without any mistake.
pub fn sound_site() -> PathBuf {
    root().join("tests/errors/site")
}

/// A folder that goes with its name.
pub fn temporary() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// The files of `folder`.
pub fn tree(folder: &Path) -> Tree {
    let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("an entry"));
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("it lies below").to_owned();
            (path, fs::read(entry.path()).expect("a file"))
        })
        .collect()
}

/// Writes a file, and the folders above it.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
    fs::write(path, bytes).expect("a new file");
}

/// Copies the files of the folder `from` over those of `to`.
pub fn copy(from: &Path, to: &Path) {
    copy_where(from, to, |_| true);
}

/// The same of those whose relative paths are `wanted`.
pub fn copy_where(from: &Path, to: &Path, wanted: impl Fn(&Path) -> bool) {
    for (path, bytes) in tree(from).into_iter().filter(|(path, _)| wanted(path)) {
        write(&to.join(path), bytes);
    }
}

/// Runs the binary: exit status, standard output, standard error.
pub fn run(arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_kawaraban"))
        .args(arguments)
        .output()
        .expect("the binary runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("messages are UTF-8");
    let status = output.status.code().expect("it ended by itself");
    (status, text(output.stdout), text(output.stderr))
}
