//! The **room** that is left on the disk of the output folder, compared with the size of the last
//! site before anything is written.
//!
//! How much a build needs is not known before: unchanged files take no room, since they are linked.
//! So too little room for the whole site is told, and does not stop the build; if the disk is full
//! indeed, the last site stays in place.

use std::path::Path;

use super::manifest::ManifestEntry;

/// A disk that has less room than the last site takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TightRoom {
    /// Bytes that are free for this user.
    pub free: u64,
    /// Bytes of the last site.
    pub last: u64,
}

/// The room for the output folder `out`, if it is less than the site of the manifest entries
/// `listed` takes. `None` where the system does not tell the room, or nothing was published.
pub(super) fn tight(out: &Path, listed: &[ManifestEntry]) -> Option<TightRoom> {
    // The folder may not exist yet, and it may be a disk of its own.
    let folder = if out.is_dir() { out } else { out.parent()? };
    let free = fs4::available_space(folder).ok()?;
    compared(free, listed.iter().map(|entry| entry.bytes).sum())
}

fn compared(free: u64, last: u64) -> Option<TightRoom> {
    (free < last).then_some(TightRoom { free, last })
}

#[cfg(test)]
mod tests {
    use super::{TightRoom, compared, tight};

    #[test]
    fn room_is_tight_where_the_last_site_is_larger() {
        assert_eq!(compared(9, 10), Some(TightRoom { free: 9, last: 10 }));
        assert_eq!(compared(10, 10), None);
        assert_eq!(compared(0, 0), None);
        let folder = tempfile::tempdir().expect("a temporary folder");
        assert_eq!(tight(&folder.path().join("public"), &[]), None);
    }

    #[test]
    fn the_system_tells_the_room() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let listed = [super::ManifestEntry {
            path: "index.html".to_owned(),
            bytes: u64::MAX,
            sha256: String::new(),
            kept: 0,
        }];
        let found = tight(&folder.path().join("public"), &listed).expect("no disk has so much");
        assert!(found.free > 0 && found.last == u64::MAX, "{found:?}");
    }
}
