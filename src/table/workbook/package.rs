//! The **package** of a workbook: a ZIP archive of XML parts, which are unpacked only up to the
//! limits.
//!
//! Not in here: the contents of the parts (`xlsx`, `ods`).

use std::io::{BufReader, Cursor};
use std::rc::Rc;

use zip::ZipArchive;
use zip::read::ZipFile;

use crate::source::Limits;

use super::budget::{Bounded, UnpackingBudget};
use super::reason::Unreadable;
use super::xml::Xml;

type PackageBytes<'f> = Cursor<&'f [u8]>;

/// An open package.
pub(super) struct Package<'f> {
    archive: ZipArchive<PackageBytes<'f>>,
    budget: Rc<UnpackingBudget>,
}

/// A part that is being read.
pub(super) type PackagePart<'a, 'f> = Xml<BufReader<Bounded<ZipFile<'a, PackageBytes<'f>>>>>;

impl<'f> Package<'f> {
    /// Opens the package in `bytes`.
    ///
    /// # Errors
    ///
    /// Where it is no ZIP archive, or its declared size exceeds the limit.
    pub fn open(bytes: &'f [u8], limits: Limits) -> Result<Self, Unreadable> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(Unreadable::damaged)?;
        let unpacked = archive.decompressed_size();
        if unpacked.is_some_and(|size| size > u128::from(limits.unpacked)) {
            return Err(Unreadable::TooLarge(limits.unpacked_met()));
        }
        Ok(Self { archive, budget: Rc::new(UnpackingBudget::new(limits)) })
    }

    /// The limits.
    pub fn limits(&self) -> Limits {
        self.budget.limits()
    }

    /// The budget of the package.
    pub fn budget(&self) -> Rc<UnpackingBudget> {
        self.budget.clone()
    }

    /// The path, as written in the archive, of the part at `path`, ignoring case; `None` where
    /// there is none.
    pub fn find(&self, path: &str) -> Option<String> {
        let path = path.trim_start_matches('/').replace('\\', "/");
        let names = self.archive.file_names().flatten();
        let mut names = names.filter(|name| name.replace('\\', "/").eq_ignore_ascii_case(&path));
        names.next().map(|name| name.into_owned())
    }

    /// Opens the part at `path` for reading; `None` where there is none.
    ///
    /// # Errors
    ///
    /// Where the archive is damaged.
    pub fn part(&mut self, path: &str) -> Result<Option<PackagePart<'_, 'f>>, Unreadable> {
        let Some(name) = self.find(path) else { return Ok(None) };
        let file = self.archive.by_name(&name).map_err(Unreadable::damaged)?;
        let budget = self.budget.clone();
        let bounded = Bounded::new(file, budget.clone());
        Ok(Some(Xml::new(BufReader::with_capacity(1 << 16, bounded), budget)))
    }
}
