//! The **budget** of a package limits how much is unpacked while its parts are read.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use crate::source::Limits;

use super::reason::Unreadable;

/// The bytes that may still be unpacked, and the limit that was exceeded.
pub(super) struct UnpackingBudget {
    limits: Limits,
    left: Cell<u64>,
    met: Cell<Option<UnpackingLimit>>,
}

/// A limit that was exceeded while unpacking.
#[derive(Clone, Copy)]
enum UnpackingLimit {
    Unpacked,
    Cell,
}

impl UnpackingBudget {
    /// The full budget that `limits` allow.
    pub fn new(limits: Limits) -> Self {
        Self { limits, left: Cell::new(limits.unpacked), met: Cell::new(None) }
    }

    /// The limits.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Number of bytes that have been unpacked so far.
    pub fn unpacked(&self) -> u64 {
        self.limits.unpacked - self.left.get()
    }

    /// The reason why reading failed: a limit that was exceeded, or else `error`.
    pub fn reason(&self, error: impl std::fmt::Display) -> Unreadable {
        match self.met.get() {
            Some(UnpackingLimit::Unpacked) => Unreadable::TooLarge(self.limits.unpacked_met()),
            Some(UnpackingLimit::Cell) => Unreadable::TooLarge(self.limits.cell_met()),
            None => Unreadable::damaged(error),
        }
    }
}

/// Reader that fails where the budget is exceeded, or where the text between two tags is longer
/// than a cell may be.
pub(super) struct Bounded<R> {
    inner: R,
    budget: Rc<UnpackingBudget>,
    /// Bytes since the last `>`.
    stretch: u64,
}

impl<R> Bounded<R> {
    /// Reads from `inner`, counted against `budget`.
    pub fn new(inner: R, budget: Rc<UnpackingBudget>) -> Self {
        Self { inner, budget, stretch: 0 }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let read = count as u64;
        let Some(left) = self.budget.left.get().checked_sub(read) else {
            self.budget.met.set(Some(UnpackingLimit::Unpacked));
            return Err(io::Error::other("too large"));
        };
        self.budget.left.set(left);
        self.stretch = match buffer[..count].iter().rposition(|byte| *byte == b'>') {
            Some(last) => (count - last) as u64,
            None => self.stretch + read,
        };
        // A character takes up to six bytes in XML, and tags have attributes.
        if self.stretch > self.budget.limits.cell.saturating_mul(6).saturating_add(1 << 16) {
            self.budget.met.set(Some(UnpackingLimit::Cell));
            return Err(io::Error::other("too large"));
        }
        Ok(count)
    }
}
