//! The **package** of a workbook: a ZIP of XML parts, of which no more is unpacked than the ceilings allow.
//!
//! Not in here: what the parts say (`xlsx`, `ods`).

use std::cell::Cell;
use std::io::{self, BufReader, Cursor, Read};
use std::rc::Rc;

use zip::ZipArchive;
use zip::read::ZipFile;

use crate::source::Limits;

use super::reason::Reason;
use super::xml::Xml;

type Bytes<'f> = Cursor<&'f [u8]>;

/// An open package.
pub(super) struct Package<'f> {
    archive: ZipArchive<Bytes<'f>>,
    budget: Rc<Budget>,
}

/// A part that is being read.
pub(super) type Part<'a, 'f> = Xml<BufReader<Bounded<ZipFile<'a, Bytes<'f>>>>>;

/// What may still be unpacked, and the ceiling that was met.
pub(super) struct Budget {
    limits: Limits,
    left: Cell<u64>,
    met: Cell<Option<Met>>,
}

/// A ceiling that was met while unpacking.
#[derive(Clone, Copy)]
enum Met {
    Unpacked,
    Cell,
}

impl<'f> Package<'f> {
    /// Opens the package, unless it says itself that it is too large.
    pub fn open(bytes: &'f [u8], limits: Limits) -> Result<Self, Reason> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(Reason::damaged)?;
        let unpacked = archive.decompressed_size();
        if unpacked.is_some_and(|size| size > u128::from(limits.unpacked)) {
            return Err(Reason::TooLarge(limits.unpacked_met()));
        }
        let budget = Budget { limits, left: Cell::new(limits.unpacked), met: Cell::new(None) };
        Ok(Self { archive, budget: Rc::new(budget) })
    }

    /// The ceilings.
    pub fn limits(&self) -> Limits {
        self.budget.limits
    }

    /// Is there a part at `path`, whatever the case of its letters? Its path as it is written.
    pub fn find(&self, path: &str) -> Option<String> {
        let path = path.trim_start_matches('/').replace('\\', "/");
        let names = self.archive.file_names().flatten();
        let mut names = names.filter(|name| name.replace('\\', "/").eq_ignore_ascii_case(&path));
        names.next().map(|name| name.into_owned())
    }

    /// Begins to read the part at `path`; `None` where there is none.
    pub fn part(&mut self, path: &str) -> Result<Option<Part<'_, 'f>>, Reason> {
        let Some(name) = self.find(path) else { return Ok(None) };
        let file = self.archive.by_name(&name).map_err(Reason::damaged)?;
        let budget = self.budget.clone();
        let bounded = Bounded { inner: file, budget: budget.clone(), stretch: 0 };
        Ok(Some(Xml::new(BufReader::with_capacity(1 << 16, bounded), budget)))
    }
}

impl Budget {
    /// Why reading failed: a ceiling that was met, or else what `error` says.
    pub fn reason(&self, error: impl std::fmt::Display) -> Reason {
        match self.met.get() {
            Some(Met::Unpacked) => Reason::TooLarge(self.limits.unpacked_met()),
            Some(Met::Cell) => Reason::TooLarge(self.limits.cell_met()),
            None => Reason::damaged(error),
        }
    }
}

/// Reads no more than the budget has left, and no piece between two tags that is larger than a cell may be.
pub(super) struct Bounded<R> {
    inner: R,
    budget: Rc<Budget>,
    /// Bytes since the last `>`.
    stretch: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let read = count as u64;
        let Some(left) = self.budget.left.get().checked_sub(read) else {
            self.budget.met.set(Some(Met::Unpacked));
            return Err(io::Error::other("too large"));
        };
        self.budget.left.set(left);
        self.stretch = match buffer[..count].iter().rposition(|byte| *byte == b'>') {
            Some(last) => (count - last) as u64,
            None => self.stretch + read,
        };
        // A character takes up to six bytes in XML, and tags have attributes.
        if self.stretch > self.budget.limits.cell.saturating_mul(6).saturating_add(1 << 16) {
            self.budget.met.set(Some(Met::Cell));
            return Err(io::Error::other("too large"));
        }
        Ok(count)
    }
}
