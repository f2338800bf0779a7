//! **Attributes** of folders and files that are created in the place of others: mode, owner, group,
//! set-group-id bit and times are kept.

use std::fs::{self, FileTimes, Metadata};
use std::io;
use std::path::Path;

/// Gives the new folder or file `to` the owner, group and mode of the old one.
///
/// # Errors
///
/// Where the system refuses. It refuses to set another owner unless the process may change owners.
pub(super) fn keep_access(old: &Metadata, to: &Path) -> io::Result<()> {
    keep_owner(old, to)?;
    // Changing the owner clears set-id bits, so the mode comes last.
    let permissions = old.permissions();
    match fs::metadata(to)?.permissions() == permissions {
        true => Ok(()),
        false => fs::set_permissions(to, permissions),
    }
}

/// Gives the folder or file `to` the times of the old one. Nothing may be written into a folder
/// afterwards.
pub(super) fn keep_times(old: &Metadata, to: &Path) -> io::Result<()> {
    let mut times = FileTimes::new().set_modified(old.modified()?);
    if let Ok(accessed) = old.accessed() {
        times = times.set_accessed(accessed);
    }
    fs::File::open(to)?.set_times(times)
}

#[cfg(unix)]
fn keep_owner(old: &Metadata, to: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, chown};

    let new = fs::metadata(to)?;
    let owner = (old.uid() != new.uid()).then(|| old.uid());
    let group = (old.gid() != new.gid()).then(|| old.gid());
    match (owner, group) {
        (None, None) => Ok(()),
        _ => chown(to, owner, group),
    }
}

#[cfg(not(unix))]
fn keep_owner(_old: &Metadata, _to: &Path) -> io::Result<()> {
    Ok(())
}
