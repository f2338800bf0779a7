//! **Watches** the folders of the site: tells that something was saved, once for a burst of events.
//!
//! The system tells changes where it can. A folder that is replaced, or that appears later, is
//! watched from then on. Where the system tells nothing (a network share) or refuses (too many
//! folders are watched), the folders are looked through in an interval instead ([`poll`]).

mod poll;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// Editors save in several steps. After this time without another event, the file is complete.
const QUIET: Duration = Duration::from_millis(40);

/// The changes in the watched folders.
pub(super) struct FileChanges {
    changes: Receiver<FileChange>,
    /// Absent where the folders are polled.
    watch: Option<FolderWatch>,
}

/// What a watcher tells.
enum FileChange {
    /// A file below a watched folder, or what the preview shows.
    Saved,
    /// A watched folder itself: it appeared, was replaced, or is gone.
    Folder,
}

/// Tells the preview of a change that no file shows.
#[derive(Clone)]
pub(super) struct ChangeSender(Sender<FileChange>);

impl ChangeSender {
    /// Makes the preview read the site again.
    pub fn send(&self) {
        // Nobody waits any more when the preview ends.
        let _nobody_waits = self.0.send(FileChange::Saved);
    }
}

/// Why folders are polled.
pub(super) enum PollReason {
    /// It was asked for.
    Asked,
    /// They lie on a network share, which tells nothing.
    Network,
    /// The system refused to watch them, in its words.
    Refused(String),
}

/// Watches `folders` with everything below them; a folder may appear later. `polls` looks them
/// through in an interval even if the system could tell. Tells why they are polled, if they are.
pub(super) fn changes(
    folders: &[PathBuf],
    polls: bool,
) -> (FileChanges, ChangeSender, Option<PollReason>) {
    let (sender, changes) = channel();
    let reason = if polls {
        Some(PollReason::Asked)
    } else if folders.iter().any(|folder| poll::is_on_network(folder)) {
        Some(PollReason::Network)
    } else {
        match FolderWatch::new(folders, sender.clone()) {
            Ok(watch) => {
                let changes = FileChanges { changes, watch: Some(watch) };
                return (changes, ChangeSender(sender), None);
            }
            Err(error) => Some(PollReason::Refused(error.to_string())),
        }
    };
    poll::start(folders.to_vec(), sender.clone());
    (FileChanges { changes, watch: None }, ChangeSender(sender), reason)
}

impl FileChanges {
    /// Waits for a change, and for quiet after it; `false` when no more can come.
    pub fn wait(&mut self) -> bool {
        let Ok(mut change) = self.changes.recv() else { return false };
        loop {
            self.follow(&change);
            match self.changes.recv_timeout(QUIET) {
                Ok(next) => change = next,
                Err(RecvTimeoutError::Timeout) => return true,
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }

    fn follow(&mut self, change: &FileChange) {
        if let (FileChange::Folder, Some(watch)) = (change, &mut self.watch) {
            watch.follow();
        }
    }
}

/// The system's watch of folders and of what lies above them.
struct FolderWatch {
    folders: Vec<PathBuf>,
    /// Dropping it would end the watch.
    watcher: RecommendedWatcher,
}

impl FolderWatch {
    fn new(folders: &[PathBuf], sender: Sender<FileChange>) -> notify::Result<Self> {
        let folders: Vec<PathBuf> = folders.iter().map(|folder| from_root(folder)).collect();
        let own = folders.clone();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // An error may hide a change: a needless build is better than a missed one.
            let change = event.map_or(Some(FileChange::Saved), |event| change_of(&event, &own));
            if let Some(change) = change {
                let _nobody_waits = sender.send(change);
            }
        })?;
        let above: std::collections::BTreeSet<&Path> =
            folders.iter().filter_map(|folder| folder.parent()).collect();
        for folder in above.into_iter().filter(|folder| folder.is_dir()) {
            watcher.watch(folder, RecursiveMode::NonRecursive)?;
        }
        for folder in folders.iter().filter(|folder| folder.is_dir()) {
            watcher.watch(folder, RecursiveMode::Recursive)?;
        }
        Ok(Self { folders, watcher })
    }

    /// Watches the folders that are at the paths now instead of those that were.
    fn follow(&mut self) {
        for folder in &self.folders {
            // Either fails where there is no such folder, or none any more.
            let _absent = self.watcher.unwatch(folder);
            let _absent = self.watcher.watch(folder, RecursiveMode::Recursive);
        }
    }
}

/// `folder` as the system names it in events: its own name below the real path of its parent.
fn from_root(folder: &Path) -> PathBuf {
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty());
    let parent = std::fs::canonicalize(parent.unwrap_or(Path::new(".")));
    match (parent, folder.file_name()) {
        (Ok(parent), Some(name)) => parent.join(name),
        _ => folder.to_owned(),
    }
}

/// What `event` changes of `folders`, if anything. Reading a file changes nothing; hidden,
/// temporary and lock files do not count, nor do neighbours of the folders.
fn change_of(event: &Event, folders: &[PathBuf]) -> Option<FileChange> {
    if matches!(event.kind, EventKind::Access(_)) {
        return None;
    }
    if event.paths.iter().any(|path| folders.contains(path)) {
        return Some(FileChange::Folder);
    }
    let is_neighbour = |path: &Path| folders.iter().any(|folder| folder.parent() == path.parent());
    let counts = |path: &PathBuf| !is_passing(path) && !is_neighbour(path);
    (event.paths.is_empty() || event.paths.iter().any(counts)).then_some(FileChange::Saved)
}

/// Is `path` a hidden, temporary or lock file of an editor?
fn is_passing(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let is_swap = path.extension().is_some_and(|ending| ending == "swp" || ending == "tmp");
    name.starts_with('.') || name.starts_with("~$") || name.ends_with('~') || is_swap
}
