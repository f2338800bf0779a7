//! The **exchange**: the fresh site and the last one change places in one step, where the system
//! supports that.
//!
//! Linux and macOS can exchange two folders atomically. On other systems and some file systems, the
//! last site is first moved aside, and then the new one is moved into its place. Between the two
//! moves there is no output folder for a moment, and a process that is killed then leaves the last
//! site beside it, in the fresh folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::PublishError;

/// Makes `site` the folder `out`. Returns where the last one lies now, if there was one.
pub(super) fn exchange(site: &Path, out: &Path) -> Result<Option<PathBuf>, PublishError> {
    let refused = |error: io::Error| PublishError::io(out, &error);
    if !out.exists() {
        return fs::rename(site, out).map(|()| None).map_err(refused);
    }
    match swap(site, out) {
        Ok(()) => Ok(Some(site.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::Unsupported => {
            in_two_moves(site, out).map(Some).map_err(refused)
        }
        Err(error) => Err(refused(error)),
    }
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn swap(site: &Path, out: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;

    match renameat_with(CWD, site, CWD, out, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Err(io::ErrorKind::Unsupported.into()),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn swap(_site: &Path, _out: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

fn in_two_moves(site: &Path, out: &Path) -> io::Result<PathBuf> {
    let aside = site.with_file_name("last");
    fs::rename(out, &aside)?;
    fs::rename(site, out).inspect_err(|_| {
        // The last site is moved back; if that fails as well, it is still at `aside`.
        let _back = fs::rename(&aside, out);
    })?;
    Ok(aside)
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "the folders are those of the test")]
mod tests {
    use super::in_two_moves;
    use std::fs;

    #[test]
    fn two_moves_leave_the_last_site_beside_the_new_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        for name in ["fresh/site", "out"] {
            fs::create_dir_all(at(name)).expect("a folder");
            fs::write(at(name).join("page"), name).expect("a file");
        }
        let read = |name: &str| fs::read_to_string(at(name).join("page")).ok();
        let aside = in_two_moves(&at("fresh/site"), &at("out")).expect("both can be moved");
        assert_eq!(aside, at("fresh/last"));
        assert_eq!(read("out").as_deref(), Some("fresh/site"));
        assert_eq!(read("fresh/last").as_deref(), Some("out"));

        // A new site that cannot be moved leaves the last one where it was.
        assert!(in_two_moves(&at("fresh/gone"), &at("out")).is_err());
        assert_eq!(read("out").as_deref(), Some("fresh/site"));
    }
}
