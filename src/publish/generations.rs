//! **Generations** of assets: the folder of the assets gets another name whenever one of them
//! changes, but cached pages still refer to an earlier one. The last two generations stay
//! published, so that such pages keep their styles and scripts.
//!
//! Without an earlier site there is nothing to keep.

use std::collections::{BTreeMap, BTreeSet};

use crate::artifact::{FactsByPath, FileFacts};

use super::manifest::ManifestEntry;

/// Number of earlier generations that are kept.
const KEPT: u8 = 2;
/// The folder that contains the folder of every generation.
const ASSETS: &str = "assets/";

/// The files of earlier generations to keep, of those that the last manifest lists (`before`),
/// beside the site's own `files`. Each has the number of its generation; 1 is the most recent.
pub(super) fn kept(
    before: &[ManifestEntry],
    files: &FactsByPath,
) -> BTreeMap<String, (u8, FileFacts)> {
    let folders: BTreeSet<&str> = files.keys().filter_map(|path| folder(path)).collect();
    let was_present = |entry: &&ManifestEntry| entry.kept == 0;
    let present = before.iter().filter(was_present).find_map(|entry| folder(&entry.path));
    let passed = u8::from(present.is_some_and(|folder| !folders.contains(folder)));
    let kept = before.iter().filter_map(|entry| {
        let generation = entry.kept.saturating_add(passed);
        let goes_on = (1..=KEPT).contains(&generation) && !folders.contains(folder(&entry.path)?);
        let facts =
            FileFacts { bytes: usize::try_from(entry.bytes).ok()?, sha256: entry.sha256.clone() };
        goes_on.then(|| (entry.path.clone(), (generation, facts)))
    });
    kept.collect()
}

/// The folder of the generation that `path` belongs to.
fn folder(path: &str) -> Option<&str> {
    let below = path.strip_prefix(ASSETS)?;
    Some(&path[..ASSETS.len() + below.find('/')?])
}

#[cfg(test)]
mod tests {
    use super::super::manifest::ManifestEntry;
    use super::kept;
    use crate::artifact::{FactsByPath, FileFacts};

    fn entry(path: &str, kept: u8) -> ManifestEntry {
        ManifestEntry { path: path.to_owned(), bytes: 1, sha256: String::new(), kept }
    }

    fn names(before: &[ManifestEntry], now: &str) -> Vec<(String, u8)> {
        let facts = FileFacts { bytes: 1, sha256: String::new() };
        let files = FactsByPath::from([(now.to_owned(), facts)]);
        kept(before, &files).into_iter().map(|(path, (number, _))| (path, number)).collect()
    }

    #[test]
    fn two_generations_stay() {
        let before = [
            entry("assets/c/site.css", 0),
            entry("assets/b/site.css", 1),
            entry("assets/a/site.css", 2),
            entry("index.html", 0),
        ];
        let of = |path: &str, number| (path.to_owned(), number);
        assert_eq!(
            names(&before, "assets/d/site.css"),
            [of("assets/b/site.css", 2), of("assets/c/site.css", 1)]
        );
        // Nothing changed, so nothing is a generation older.
        assert_eq!(
            names(&before, "assets/c/site.css"),
            [of("assets/a/site.css", 2), of("assets/b/site.css", 1)]
        );
        // An earlier one is the present one again.
        assert_eq!(names(&before, "assets/b/site.css"), [of("assets/c/site.css", 1)]);
    }
}
