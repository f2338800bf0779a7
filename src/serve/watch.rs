//! **Watches** the folders of the site: tells that something was saved, once for a burst of events.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// Editors save in several steps. After this time without another event, the file is complete.
const QUIET: Duration = Duration::from_millis(40);

/// The changes in the watched folders.
pub(super) struct FileChanges {
    events: Receiver<()>,
    /// Dropping it would end the watch.
    _watcher: RecommendedWatcher,
}

/// Watches `folders` with everything below them. Folders that do not exist are ignored. What is
/// sent to the returned sender counts as a change, too.
pub(super) fn changes(folders: &[PathBuf]) -> std::io::Result<(FileChanges, Sender<()>)> {
    let (sender, events) = channel();
    let other = sender.clone();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // An error may hide a change: a needless build is better than a missed one.
        if event.map_or(true, |event| matters(&event)) {
            let _nobody_waits = sender.send(());
        }
    })
    .map_err(std::io::Error::other)?;
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        watcher.watch(folder, RecursiveMode::Recursive).map_err(std::io::Error::other)?;
    }
    Ok((FileChanges { events, _watcher: watcher }, other))
}

impl FileChanges {
    /// Waits for a change, and for quiet after it; `false` when no more can come.
    pub fn wait(&self) -> bool {
        if self.events.recv().is_err() {
            return false;
        }
        loop {
            match self.events.recv_timeout(QUIET) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => return true,
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }
}

/// Is `event` a change to a file of the site? Reading a file is not, nor is a change to hidden,
/// temporary or lock files.
fn matters(event: &Event) -> bool {
    let hidden = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        name.starts_with('.') || name.starts_with("~$") || name.ends_with('~') || is_swap(path)
    };
    !matches!(event.kind, EventKind::Access(_)) && !event.paths.iter().all(hidden)
}

fn is_swap(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "swp" || ending == "tmp")
}
