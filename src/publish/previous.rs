//! The **previous** sites: what stood in the output folder before a build, kept in the state folder
//! until later builds take its place, and brought back by [`roll_back`].
//!
//! A previous site is a folder with a number; the highest is the newest. Its files are links to
//! those of the present site wherever they are the same, so it takes the room of what has changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::artifact::{FactsByPath, FileFacts};

use super::fresh::FreshFolder;
use super::manifest::{self, MANIFEST};
use super::turn::Turn;
use super::verify::{Trust, verify};
use super::{PublishError, carry, exchange};

/// The folder of the previous sites in the state folder.
const PREVIOUS: &str = "previous";

/// A previous site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Previous {
    /// Its number; the newest has the highest.
    pub number: u64,
    /// When it was written.
    pub written: Option<SystemTime>,
    /// Where it is kept.
    pub path: PathBuf,
}

/// What came of bringing a site back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RolledBack {
    /// The site that is the output now.
    pub site: Previous,
    /// Its files.
    pub files: usize,
    /// The number under which the site that was the output is kept.
    pub kept: Option<u64>,
}

/// The previous sites of the output folder of `turn`, the newest first.
pub fn previous(turn: &Turn) -> Vec<Previous> {
    let Some(state) = turn.state() else { return Vec::new() };
    let entries = fs::read_dir(state.join(PREVIOUS)).into_iter().flatten().flatten();
    let mut found: Vec<Previous> = entries
        .filter_map(|entry| {
            let number = entry.file_name().to_str()?.parse().ok()?;
            let path = entry.path();
            let manifest = fs::metadata(path.join(MANIFEST)).ok()?;
            Some(Previous { number, written: manifest.modified().ok(), path })
        })
        .collect();
    found.sort_by_key(|previous| std::cmp::Reverse(previous.number));
    found
}

/// Keeps `site`, which was the output, as the newest previous site, and removes all but the newest
/// `most`. Returns its number; `None` where it is not kept.
pub(super) fn keep(turn: &Turn, site: &Path, most: usize) -> Option<u64> {
    let state = turn.state()?;
    let there = previous(turn);
    let number = there.first().map_or(1, |newest| newest.number + 1);
    let is_a_site = site.join(MANIFEST).is_file();
    let folder = state.join(PREVIOUS);
    // The new site stands already: that the one before cannot be kept is no reason to fail.
    let kept = most > 0
        && is_a_site
        && fs::create_dir_all(&folder).is_ok()
        && fs::rename(site, folder.join(number.to_string())).is_ok();
    for old in there.iter().skip(most.saturating_sub(usize::from(kept))) {
        let _stays_for_the_next_build = fs::remove_dir_all(&old.path);
    }
    kept.then_some(number)
}

/// Makes the previous site `number`, or the newest, the output again. What others have put into the
/// output folder stays there. The site that was the output is kept in its place, so that a second
/// call undoes the first.
///
/// # Errors
///
/// Where there is no such site, or a file of it is missing or changed; and what the machine
/// refuses. The output is unchanged then.
pub fn roll_back(turn: &Turn, number: Option<u64>) -> Result<RolledBack, PublishError> {
    let out = turn.out();
    let kept = previous(turn);
    let found = kept.iter().find(|previous| number.is_none_or(|number| previous.number == number));
    let Some(site) = found.cloned() else {
        return Err(PublishError::NoPrevious { path: out.to_owned(), number });
    };
    let mut differences = verify(&site.path, Trust::default())?.differences.into_iter();
    let damaged = differences.find(|(_, difference)| !difference.is_beside());
    if let Some((file, _)) = damaged {
        return Err(PublishError::DamagedPrevious { path: site.path.join(file) });
    }
    let entries = manifest::entries_of(&site.path)?.unwrap_or_default();
    let facts: FactsByPath = entries
        .iter()
        .map(|entry| {
            let facts = FileFacts { bytes: entry.bytes as usize, sha256: entry.sha256.clone() };
            (entry.path.clone(), facts)
        })
        .chain([(MANIFEST.to_owned(), FileFacts::of(b""))])
        .collect();
    let published = manifest::paths_of(manifest::entries_of(out)?.as_deref());
    let foreign = carry::foreign_files(out, &published)?;
    carry::check_conflicts(out, &foreign, &facts)?;
    let fresh = FreshFolder::beside(out)?;
    facts.keys().try_for_each(|path| fresh.bring(path, &site.path))?;
    carry::carry_over(&foreign, out, &fresh)?;
    let replaced = exchange::exchange(fresh.site(), out)?;
    let kept = replaced.and_then(|replaced| {
        carry::take_out(&foreign, &replaced);
        // One more than before, until the one that was brought back goes.
        keep(turn, &replaced, kept.len() + 1)
    });
    // It is the output now; its links here are of no more use.
    let _stays_for_the_next_build = fs::remove_dir_all(&site.path);
    Ok(RolledBack { site, files: entries.len(), kept })
}
