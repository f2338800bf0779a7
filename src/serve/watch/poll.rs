//! **Polling**: looking through folders in an interval, where the system does not tell changes.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::Duration;

use walkdir::WalkDir;

use super::{FileChange, is_passing};

/// How long a change may go unnoticed. Looking through a folder of a thousand files on a share
/// takes about as long.
const INTERVAL: Duration = Duration::from_secs(1);

/// Looks through `folders` in a thread of its own, until nobody receives what it tells.
pub(super) fn start(folders: Vec<PathBuf>, sender: Sender<FileChange>) {
    // What was there before the first build is no change.
    let mut before = state(&folders);
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(INTERVAL);
            let now = state(&folders);
            if now != before && sender.send(FileChange::Saved).is_err() {
                return;
            }
            before = now;
        }
    });
}

/// A digest of the names, sizes and times of all files below `folders`. Times count as they are,
/// not only newer ones: a file that is copied from elsewhere brings an older one.
fn state(folders: &[PathBuf]) -> u64 {
    let mut digest = DefaultHasher::new();
    for folder in folders {
        let entries = WalkDir::new(folder).follow_links(true).sort_by_file_name();
        for entry in entries.into_iter().flatten().filter(|entry| !is_passing(entry.path())) {
            entry.path().hash(&mut digest);
            if let Ok(metadata) = entry.metadata() {
                (metadata.len(), metadata.modified().ok()).hash(&mut digest);
            }
        }
    }
    digest.finish()
}

/// Does `folder`, or the nearest folder above it that exists, lie on a network share or on a file
/// system of another machine or container? Known on Linux only.
pub(super) fn is_on_network(folder: &Path) -> bool {
    #[cfg(target_os = "linux")]
    {
        let existing = folder.ancestors().find(|folder| folder.is_dir());
        let existing = existing.filter(|folder| !folder.as_os_str().is_empty());
        rustix::fs::statfs(existing.unwrap_or(Path::new(".")))
            // The type is a 32-bit number, which some machines extend with its sign.
            .is_ok_and(|system| NETWORK.contains(&(system.f_type as u32)))
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _nothing_is_known_of = folder;
        false
    }
}

/// Types of file systems whose changes may come from another machine, which inotify does not tell
/// (statfs(2), `linux/magic.h`): NFS, SMB, CIFS, SMB2, 9P (Windows folders in WSL), FUSE (sshfs,
/// virtiofs), VirtualBox's shared folders, Ceph, AFS.
#[cfg(target_os = "linux")]
const NETWORK: [u32; 9] = [
    0x6969,
    0x517B,
    0xFF53_4D42,
    0xFE53_4D42,
    0x0102_1997,
    0x6573_5546,
    0x786F_4256,
    0x00C3_6400,
    0x5346_414F,
];

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::{Duration, SystemTime};

    use super::state;

    #[test]
    #[allow(clippy::disallowed_methods, reason = "a test saves files as an editor does")]
    fn a_change_of_name_size_or_time_changes_the_state() {
        let folder = tempfile::tempdir().expect("a folder");
        let folders = [folder.path().to_owned()];
        let file = folder.path().join("a.csv");
        let mut states = vec![state(&folders)];
        fs::write(&file, "1").expect("a file");
        states.push(state(&folders));
        fs::write(&file, "12").expect("a file");
        states.push(state(&folders));
        let older = SystemTime::UNIX_EPOCH + Duration::from_millis(1_500);
        let opened = fs::File::options().write(true).open(&file).expect("the file");
        opened.set_modified(older).expect("an older time");
        states.push(state(&folders));
        opened.set_modified(older + Duration::from_millis(100)).expect("a time in that second");
        states.push(state(&folders));
        fs::rename(&file, folder.path().join("b.csv")).expect("a new name");
        states.push(state(&folders));
        let distinct: std::collections::BTreeSet<u64> = states.iter().copied().collect();
        assert_eq!(distinct.len(), states.len());
        fs::write(folder.path().join(".a.csv.swp"), "").expect("a file of an editor");
        assert_eq!(state(&folders), states[states.len() - 1]);
    }
}
