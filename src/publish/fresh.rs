//! The **fresh folder**, in which a site is written: beside the output, or inside it where the
//! output folder itself cannot be exchanged. Versions are written in one as well, in their store.
//!
//! It is locked by the process that writes it, so that a later process can recognise the leftovers
//! of a killed one and remove them.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::artifact::Body;

use super::{PublishError, attributes};

/// A folder `.<name>.kawaraban-…` beside the output, `.kawaraban-…` inside it, or `.release-…` in
/// the store of versions, with a lock file and the new files in `site`.
pub(super) struct FreshFolder {
    folder: PathBuf,
    site: PathBuf,
    /// Folders that have been created, by their paths relative to the site.
    made: Mutex<BTreeSet<PathBuf>>,
    /// Are unchanged files of the last site hard-linked into this one?
    links_unchanged: bool,
    _lock: File,
}

/// What was done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileOutcome {
    /// It was written.
    Anew,
    /// The last site has the same bytes at its path.
    Unchanged,
}

const LOCK: &str = "lock";
const SITE: &str = "site";
/// File with the paths of the new site, while files are replaced one by one.
const JOURNAL: &str = "journal";
/// Prefix of the name of a fresh folder inside the output.
const INSIDE: &str = ".kawaraban-";
/// Prefix of the name of a fresh folder in the store of versions. It is hidden, so that a
/// concurrent build skips it.
const IN_STORE: &str = ".release-";

impl FreshFolder {
    /// Creates a fresh folder beside `out`, after removing the leftovers of killed builds.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be created, or cannot get the owner or mode of `out`.
    pub fn beside(out: &Path) -> Result<Self, PublishError> {
        let parent = out.parent().expect("the output folder has been checked");
        let name = out.file_name().unwrap_or_default().to_string_lossy();
        let prefix = format!(".{name}.kawaraban-");
        leftovers(parent, &prefix).for_each(Leftover::remove);
        let fresh = Self::new(parent, &prefix, out, true)?;
        if let Ok(old) = fs::metadata(out) {
            keep_access(&old, &fresh.site)?;
        }
        Ok(fresh)
    }

    /// Creates a fresh folder inside `out`, which is created if necessary, and removes the
    /// leftovers of killed builds. Also returns the paths that such builds were about to write;
    /// these files belong to the product.
    ///
    /// # Errors
    ///
    /// Where a folder or the journal cannot be written.
    pub fn inside(out: &Path) -> Result<(Self, Vec<String>), PublishError> {
        fs::create_dir_all(out).map_err(|error| PublishError::io(out, &error))?;
        let leftovers: Vec<Leftover> = leftovers(out, INSIDE).collect();
        let begun: Vec<String> = leftovers.iter().flat_map(Leftover::journal).collect();
        let fresh = Self::new(out, INSIDE, out, false)?;
        // If this build is killed too, the next one still knows which files the first one may have
        // written.
        fresh.write_journal(begun.iter().map(String::as_str))?;
        leftovers.into_iter().for_each(Leftover::remove);
        Ok((fresh, begun))
    }

    /// Creates a fresh folder in the `store` of versions, after removing the leftovers of killed
    /// releases.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be created.
    pub fn in_store(store: &Path) -> Result<Self, PublishError> {
        Self::clear_store(store);
        Self::new(store, IN_STORE, store, false)
    }

    /// Removes the leftovers of killed releases from the `store` of versions.
    pub fn clear_store(store: &Path) {
        leftovers(store, IN_STORE).for_each(Leftover::remove);
    }

    fn new(
        parent: &Path,
        prefix: &str,
        out: &Path,
        links_unchanged: bool,
    ) -> Result<Self, PublishError> {
        let refused = |error: io::Error| PublishError::io(out, &error);
        let (folder, lock) = locked_folder(parent, prefix).map_err(refused)?;
        // On a file system without locks, leftovers are kept rather than risk removing the folder
        // of a running build.
        let _unsupported = lock.try_lock();
        let site = folder.path().join(SITE);
        let made = Mutex::default();
        let fresh = Self { folder: folder.keep(), site, made, links_unchanged, _lock: lock };
        fs::create_dir(&fresh.site).map_err(refused)?;
        Ok(fresh)
    }

    /// Is `path`, a folder directly in the output, a fresh folder?
    pub fn is_one(path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(INSIDE) && path.join(LOCK).exists()
    }

    /// The folder in which the site is written.
    pub fn site(&self) -> &Path {
        &self.site
    }

    /// Writes `body` to `path` in the site. A file with the same bytes in `old` is hard-linked,
    /// which takes a tenth of the time of writing and keeps its times; where files are replaced one
    /// by one, it is left in place.
    ///
    /// # Errors
    ///
    /// Where the file or its folder cannot be written.
    pub fn write(&self, path: &str, body: &Body, old: &Path) -> Result<FileOutcome, PublishError> {
        let before = old.join(path);
        let unchanged = holds(&before, body);
        if unchanged && !self.links_unchanged {
            return Ok(FileOutcome::Unchanged);
        }
        if let Some((folder, _)) = path.rsplit_once('/') {
            self.make_folder(Path::new(folder), old)?;
        }
        let path = self.site.join(path);
        if unchanged && fs::hard_link(&before, &path).is_ok() {
            return Ok(FileOutcome::Unchanged);
        }
        write(&path, body).map_err(|error| PublishError::io(&path, &error))?;
        Ok(FileOutcome::Anew)
    }

    /// Links or copies the file at `path` of the last site, `old`, into this one.
    ///
    /// # Errors
    ///
    /// Where the file or its folder cannot be written.
    pub fn bring(&self, path: &str, old: &Path) -> Result<(), PublishError> {
        if let Some((folder, _)) = path.rsplit_once('/') {
            self.make_folder(Path::new(folder), old)?;
        }
        double(&old.join(path), &self.site.join(path))
    }

    /// Links or copies the file at `from` of this site to `to`. Folders are made as those of `old`.
    ///
    /// # Errors
    ///
    /// Where the file or its folder cannot be written.
    pub fn link(&self, from: &str, to: &str, old: &Path) -> Result<(), PublishError> {
        if let Some((folder, _)) = to.rsplit_once('/') {
            self.make_folder(Path::new(folder), old)?;
        }
        double(&self.site.join(from), &self.site.join(to))
    }

    /// Creates the folder `path` in the site, and those above it. A folder that `old` has as well
    /// gets its mode, owner and group.
    ///
    /// # Errors
    ///
    /// Where a folder cannot be created, or cannot get the owner or mode of the old one.
    pub fn make_folder(&self, path: &Path, old: &Path) -> Result<(), PublishError> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if made.contains(path) {
            return Ok(());
        }
        let mut folders: Vec<&Path> =
            path.ancestors().filter(|folder| !folder.as_os_str().is_empty()).collect();
        folders.reverse();
        for folder in folders {
            if !made.insert(folder.to_owned()) {
                continue;
            }
            let fresh = self.site.join(folder);
            fs::create_dir(&fresh).map_err(|error| PublishError::io(&fresh, &error))?;
            // A link in the place of a folder is foreign; this is an error that is found at the
            // end.
            if let Ok(before) = fs::symlink_metadata(old.join(folder))
                && before.is_dir()
            {
                keep_access(&before, &fresh)?;
            }
        }
        Ok(())
    }

    /// Records the `paths` of the new site, so that after a killed build the next one knows which
    /// files belong to the product.
    ///
    /// # Errors
    ///
    /// Where the journal cannot be written.
    pub fn write_journal<'p>(
        &self,
        paths: impl Iterator<Item = &'p str>,
    ) -> Result<(), PublishError> {
        let journal = self.folder.join(JOURNAL);
        let text: String = paths.flat_map(|path| [path, "\n"]).collect();
        fs::write(&journal, text).map_err(|error| PublishError::io(&journal, &error))
    }
}

/// The folder goes with whatever it holds then: after the exchange the last site, unless it is kept
/// elsewhere.
impl Drop for FreshFolder {
    fn drop(&mut self) {
        remove(&self.folder);
    }
}

/// Removes a fresh folder. What cannot be removed now (the disk is gone, too many files are open)
/// is a leftover for the next build. It knows the folder by the lock file, which therefore goes
/// last.
fn remove(folder: &Path) {
    let is_empty = match fs::remove_dir_all(folder.join(SITE)) {
        Ok(()) => true,
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    };
    if is_empty {
        let _leftover = fs::remove_dir_all(folder);
    }
}

/// Gives the file `from` the second path `to`, or copies it where there are no hard links.
fn double(from: &Path, to: &Path) -> Result<(), PublishError> {
    fs::hard_link(from, to)
        .or_else(|_| fs::copy(from, to).map(|_| ()))
        .map_err(|error| PublishError::io(to, &error))
}

fn keep_access(old: &fs::Metadata, fresh: &Path) -> Result<(), PublishError> {
    attributes::keep_access(old, fresh).map_err(|error| match error.kind() {
        io::ErrorKind::PermissionDenied => PublishError::Owner { path: fresh.to_owned() },
        _ => PublishError::io(fresh, &error),
    })
}

/// Creates a folder with its lock file. Another build may take the folder for a leftover and remove
/// it before it has the lock file; then this is tried again, at most three times.
fn locked_folder(parent: &Path, prefix: &str) -> io::Result<(tempfile::TempDir, File)> {
    let mut tries = 0;
    loop {
        let folder = tempfile::Builder::new().prefix(prefix).tempdir_in(parent)?;
        match File::create(folder.path().join(LOCK)) {
            Ok(lock) => return Ok((folder, lock)),
            Err(error) if error.kind() == io::ErrorKind::NotFound && tries < 3 => tries += 1,
            Err(error) => return Err(error),
        }
    }
}

fn write(path: &Path, body: &Body) -> io::Result<()> {
    match body {
        Body::Whole(bytes) => fs::write(path, bytes),
        Body::Packed(_) | Body::Streamed(_) => body.write_to(&mut File::create(path)?),
    }
}

/// Is `path` a regular file with exactly the bytes of `body`?
fn holds(path: &Path, body: &Body) -> bool {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_file() && metadata.len() == body.len() as u64 => match body {
            Body::Whole(bytes) => fs::read(path).is_ok_and(|there| *there == **bytes),
            Body::Packed(_) => File::open(path).is_ok_and(|there| is_the_same(there, body)),
            Body::Streamed(streamed) => {
                File::open(path).is_ok_and(|there| streamed.is_same_as(there))
            }
        },
        _ => false,
    }
}

fn is_the_same(mut there: File, body: &Body) -> bool {
    let mut read = Vec::new();
    let same = body.each_piece(|piece| {
        read.resize(piece.len(), 0);
        there.read_exact(&mut read)?;
        if *read == *piece { Ok(()) } else { Err(io::Error::other("it differs")) }
    });
    same.is_ok()
}

/// The fresh folder of a killed build.
struct Leftover {
    folder: PathBuf,
    /// The folder's lock file, which is now locked; `None` where the build was killed before it
    /// created one.
    lock: Option<File>,
}

/// The leftovers in `parent` whose names begin with `prefix`.
fn leftovers(parent: &Path, prefix: &str) -> impl Iterator<Item = Leftover> {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    entries
        .filter(move |entry| entry.file_name().to_string_lossy().starts_with(prefix))
        .filter_map(|entry| Leftover::at(entry.path()))
}

impl Leftover {
    /// Takes over a folder; `None` where a running build holds the lock.
    fn at(folder: PathBuf) -> Option<Self> {
        match File::open(folder.join(LOCK)) {
            Ok(lock) => lock.try_lock().is_ok().then_some(Self { folder, lock: Some(lock) }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Some(Self { folder, lock: None })
            }
            Err(_) => None,
        }
    }

    /// The paths that the build was about to replace in place.
    fn journal(&self) -> Vec<String> {
        let text = fs::read_to_string(self.folder.join(JOURNAL)).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    fn remove(self) {
        match &self.lock {
            Some(_) => remove(&self.folder),
            // The build was killed before it created the lock file, or after it removed that: the
            // folder is empty.
            None => {
                let _it_is_not_ours = fs::remove_dir(&self.folder);
            }
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]
#[cfg(test)]
mod tests {
    use std::fs;

    use super::{FreshFolder, LOCK};

    #[test]
    fn leftovers_of_killed_builds_are_removed_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let out = folder.path().join("out");
        let running = FreshFolder::beside(&out).expect("it can be created");
        let at = |name: &str| folder.path().join(name);
        for name in [".out.kawaraban-1", ".out.kawaraban-2", ".out.kawaraban-3", ".other"] {
            fs::create_dir(at(name)).expect("a new folder");
        }
        // Killed before its lock was there, killed later, and a folder that is not ours.
        fs::write(at(".out.kawaraban-2").join(LOCK), "").expect("a new file");
        fs::write(at(".out.kawaraban-2").join("page.html"), "x").expect("a new file");
        fs::write(at(".out.kawaraban-3").join("note.txt"), "x").expect("a new file");
        let next = FreshFolder::beside(&out).expect("it can be created");
        assert!(running.site().exists() && next.site().exists());
        assert!(!at(".out.kawaraban-1").exists() && !at(".out.kawaraban-2").exists());
        assert!(at(".out.kawaraban-3/note.txt").exists() && at(".other").exists());
    }
}
