//! The **record** of a site says from which origin its files were made, with the size and digest of
//! each. It is kept in the state folder, and never published. The next build takes over the files
//! whose origin has not changed, instead of making them again.
//!
//! A record cannot be outdated: it is only used by the program that wrote it, and a file is only
//! taken over if it still has the digest that the record names. A record that is damaged, or from
//! another program, is the same as none.
//!
//! Not in here: what an origin is (`artifact`), and taking a file over (`Publication`).

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::artifact::{FileFacts, FileOrigin, hex};

use super::output;
use super::verify::digest;

/// Name of the record in the state folder, and of one that is not yet complete.
const RECORD: &str = "origins";
const INCOMPLETE: &str = "origins.new";

/// Version of the format of the record.
const FORMAT: &str = "kawaraban-origins/1";

/// The files of a site, with their facts, by their origin.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Record(BTreeMap<FileOrigin, Vec<(String, FileFacts)>>);

impl Record {
    /// The record in the folder `state`, if the program `product` wrote it; otherwise an empty one.
    pub fn read(state: &Path, product: &FileOrigin) -> Self {
        let text = fs::read_to_string(state.join(RECORD)).ok();
        text.and_then(|text| Self::parse(&text, product)).unwrap_or_default()
    }

    /// The files of `origin`; `None` if the site has none.
    pub fn files(&self, origin: &FileOrigin) -> Option<&[(String, FileFacts)]> {
        self.0.get(origin).map(Vec::as_slice)
    }

    /// Adds a file of `origin`.
    pub fn add(&mut self, origin: &FileOrigin, path: &str, facts: FileFacts) {
        self.0.entry(*origin).or_default().push((path.to_owned(), facts));
    }

    /// Writes the record, as one of the program `product`, in place of the one in `state`.
    ///
    /// # Errors
    ///
    /// Where it cannot be written; the one before stays.
    pub fn write(&mut self, state: &Path, product: &FileOrigin) -> io::Result<()> {
        let incomplete = state.join(INCOMPLETE);
        fs::write(&incomplete, self.render(product))?;
        fs::rename(&incomplete, state.join(RECORD))
    }

    /// A line for the program, one for every file, and one with the digest of all others.
    fn render(&mut self, product: &FileOrigin) -> String {
        let mut text = format!("{FORMAT} {product}\n");
        for (origin, files) in &mut self.0 {
            files.sort();
            for (path, FileFacts { bytes, sha256 }) in files {
                text += &format!("{origin} {sha256} {bytes} {path}\n");
            }
        }
        text += &(check(&text) + "\n");
        text
    }

    fn parse(text: &str, product: &FileOrigin) -> Option<Self> {
        let (listed, last) = text.strip_suffix('\n')?.rsplit_once('\n')?;
        if check(&text[..=listed.len()]) != last {
            return None;
        }
        let mut lines = listed.split('\n');
        if lines.next()? != format!("{FORMAT} {product}") {
            return None;
        }
        let mut record = Self::default();
        for line in lines {
            let mut words = line.splitn(4, ' ');
            let origin = FileOrigin::parse(words.next()?)?;
            let sha256 = words.next()?.to_owned();
            let bytes = words.next()?.parse().ok()?;
            let path = words.next().filter(|path| output::is_inside(path))?;
            record.add(&origin, path, FileFacts { bytes, sha256 });
        }
        Some(record)
    }
}

fn check(text: &str) -> String {
    hex(&Sha256::digest(text))
}

/// The origin of the running program: its digest. Only a program with the same digest makes the
/// same files of the same origin. `None` if it cannot be read.
pub(super) fn product() -> Option<FileOrigin> {
    let digest = digest(&std::env::current_exe().ok()?).ok()?;
    Some(FileOrigin::of("program", &digest))
}

/// Is there a regular file with these `facts` at `path`?
pub(super) fn is_unchanged(path: &Path, facts: &FileFacts) -> bool {
    let is_like_it = fs::symlink_metadata(path)
        .is_ok_and(|found| found.is_file() && found.len() == facts.bytes as u64);
    is_like_it && digest(path).is_ok_and(|(_, sha256)| sha256 == facts.sha256)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{FileFacts, FileOrigin, INCOMPLETE, RECORD, Record, is_unchanged, product};

    #[test]
    fn a_record_comes_back_whole_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let own = product().expect("a test is a program");
        assert_eq!(product(), Some(own));
        assert_eq!(Record::read(folder.path(), &own), Record::default(), "there is none yet");
        let mut record = Record::default();
        let (page, index) = (FileOrigin::of("page", "a"), FileOrigin::of("index", "b"));
        record.add(&page, "b c.html", FileFacts::of(b"1"));
        record.add(&index, "search/2", FileFacts::of(b"2"));
        record.add(&index, "search/1", FileFacts::of(b"3"));
        record.write(folder.path(), &own).expect("a new folder can be written");
        let again = Record::read(folder.path(), &own);
        assert_eq!(again, record);
        assert_eq!(again.files(&index).map(<[_]>::len), Some(2));
        assert!(!folder.path().join(INCOMPLETE).exists());

        let other = FileOrigin::of("program", "other");
        assert_eq!(Record::read(folder.path(), &other), Record::default());
        let text = fs::read_to_string(folder.path().join(RECORD)).expect("it was written");
        let outside = {
            let mut outside = Record::default();
            outside.add(&page, "../b.html", FileFacts::of(b"1"));
            outside.render(&own)
        };
        for damaged in [
            String::new(),
            "\n".to_owned(),
            text[..text.len() / 2].to_owned(),
            text[..text.len() - 1].to_owned(),
            text.replacen("b c.html", "b d.html", 1),
            text.replacen("/1 ", "/9 ", 1),
            text.lines().skip(1).map(|line| format!("{line}\n")).collect(),
            outside,
        ] {
            fs::write(folder.path().join(RECORD), &damaged).expect("the file can be written");
            assert_eq!(Record::read(folder.path(), &own), Record::default(), "{damaged}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn only_a_regular_file_with_the_same_bytes_is_unchanged() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "abc").expect("a new file");
        std::os::unix::fs::symlink(&file, &link).expect("a new link");
        let facts = FileFacts::of(b"abc");
        assert!(is_unchanged(&file, &facts));
        assert!(!is_unchanged(&link, &facts));
        assert!(!is_unchanged(folder.path(), &facts));
        assert!(!is_unchanged(&folder.path().join("none"), &facts));
        for other in ["abd", "ab", "abcd"] {
            fs::write(&file, other).expect("the file can be written");
            assert!(!is_unchanged(&file, &facts), "{other}");
        }
    }
}
