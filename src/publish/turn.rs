//! A **turn** is the right to publish to an output folder, which one process has at a time: two
//! clerks who build at once write one whole site after the other.
//!
//! The turn is a locked file in the state folder, `.kawaraban/NAME` beside the output folder
//! `NAME`. The system takes the lock back when the process ends, however it ends. The state folder
//! also holds the previous sites ([`previous`](super::previous)) and is never published.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::{Manner, PublishError, mounts, output};

/// The folder beside the output that holds the state folders.
const STATE: &str = ".kawaraban";
const LOCK: &str = "lock";
/// The clock by which a file system dates files lags behind that of the computer by less than this.
const FILE_CLOCK: Duration = Duration::from_millis(20);
/// Keeps git from taking the state for content.
const IGNORED: (&str, &str) = (".gitignore", "*\n");

/// The right to publish to an output folder.
pub struct Turn {
    out: PathBuf,
    manner: Manner,
    /// `None` where files are exchanged in place and nothing can be written beside the output.
    state: Option<PathBuf>,
    /// When the process that had the turn before took it.
    taken_before: Option<SystemTime>,
    _lock: Option<File>,
}

impl Turn {
    /// Takes the turn for the output folder `out`, which is made absolute. `protected` are folders
    /// that `out` must neither be nor contain: the site's own. Where another process has the turn,
    /// `waits` is told its number, if it is known, and this one waits.
    ///
    /// # Errors
    ///
    /// Where `out` cannot be an output folder, is shown elsewhere by a mount and would be
    /// exchanged, or nothing can be written beside it.
    pub fn take(
        out: &Path,
        protected: &[PathBuf],
        manner: Manner,
        waits: impl FnOnce(Option<u32>),
    ) -> Result<Self, PublishError> {
        let out = output::resolve(out)?;
        output::check(&out, protected)?;
        if manner == Manner::Exchange
            && let Some(mounted) = mounts::of(&out)
        {
            return Err(PublishError::Mounted { path: out, mounted });
        }
        let taken = state_of(&out).and_then(|state| {
            let (lock, taken_before) = lock(&state.join(LOCK), waits)?;
            Ok((state, lock, taken_before))
        });
        match taken {
            Ok((state, lock, taken_before)) => {
                Ok(Self { out, manner, state: Some(state), taken_before, _lock: Some(lock) })
            }
            // A mount point may stand in a folder that belongs to somebody else.
            Err(_) if manner == Manner::InPlace => {
                Ok(Self { out, manner, state: None, taken_before: None, _lock: None })
            }
            Err(error) => Err(PublishError::io(&out, &error)),
        }
    }

    /// Does a site, or a site that was kept, belong to the output folder `out`? Without one there
    /// is nothing to take a turn for but the first build.
    pub fn has_been_taken(out: &Path) -> bool {
        let state = out.parent().map(|parent| parent.join(STATE));
        let name = out.file_name().unwrap_or_default();
        out.join(super::MANIFEST).is_file() || state.is_some_and(|state| state.join(name).is_dir())
    }

    /// Has another process taken the turn since `time`? Content that was read before may be older
    /// than what that process published.
    pub fn was_taken_since(&self, time: SystemTime) -> bool {
        self.taken_before.is_some_and(|taken| taken + FILE_CLOCK >= time)
    }

    /// The output folder.
    pub fn out(&self) -> &Path {
        &self.out
    }

    /// How the new site takes the place of the last one.
    pub(super) fn manner(&self) -> Manner {
        self.manner
    }

    /// The state folder.
    pub(super) fn state(&self) -> Option<&Path> {
        self.state.as_deref()
    }
}

/// The time on the clock of the computer, for [`Turn::was_taken_since`]. Nothing that is published
/// depends on it.
pub fn now() -> SystemTime {
    SystemTime::now()
}

/// The state folder of `out`, which is made where it is not there.
fn state_of(out: &Path) -> io::Result<PathBuf> {
    let parent = out.parent().expect("the output folder has been checked");
    let all = parent.join(STATE);
    let state = all.join(out.file_name().unwrap_or_default());
    fs::create_dir_all(&state)?;
    let (name, text) = IGNORED;
    let ignored = all.join(name);
    if !ignored.exists() {
        fs::write(ignored, text)?;
    }
    Ok(state)
}

/// Locks the file at `path`, writes the number of this process into it, and says when it was
/// written before.
fn lock(path: &Path, waits: impl FnOnce(Option<u32>)) -> io::Result<(File, Option<SystemTime>)> {
    let existed = path.exists();
    let mut file =
        File::options().create(true).truncate(false).read(true).write(true).open(path)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            // Who has the turn is only told to the person who waits.
            let _unknown = file.read_to_string(&mut holder);
            waits(holder.trim().parse().ok());
            file.lock()?;
        }
        // A file system without locks: a fresh folder of its own keeps each site whole.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
        Err(TryLockError::Error(error)) => return Err(error),
    }
    let before = if existed { file.metadata()?.modified().ok() } else { None };
    file.set_len(0)?;
    io::Seek::rewind(&mut file)?;
    writeln!(file, "{}", std::process::id())?;
    Ok((file, before))
}
