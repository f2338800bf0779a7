//! The **budget** of a package: what may still be unpacked of it, held while its parts are read.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use crate::source::Limits;

use super::reason::Unreadable;

/// What may still be unpacked, and the ceiling that was met.
pub(super) struct UnpackingBudget {
    limits: Limits,
    left: Cell<u64>,
    met: Cell<Option<UnpackingLimit>>,
}

/// A ceiling that was met while unpacking.
#[derive(Clone, Copy)]
enum UnpackingLimit {
    Unpacked,
    Cell,
}

impl UnpackingBudget {
    /// All that `limits` allow.
    pub fn new(limits: Limits) -> Self {
        Self { limits, left: Cell::new(limits.unpacked), met: Cell::new(None) }
    }

    /// The ceilings.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Bytes that were unpacked so far.
    pub fn unpacked(&self) -> u64 {
        self.limits.unpacked - self.left.get()
    }

    /// Why reading failed: a ceiling that was met, or else what `error` says.
    pub fn reason(&self, error: impl std::fmt::Display) -> Unreadable {
        match self.met.get() {
            Some(UnpackingLimit::Unpacked) => Unreadable::TooLarge(self.limits.unpacked_met()),
            Some(UnpackingLimit::Cell) => Unreadable::TooLarge(self.limits.cell_met()),
            None => Unreadable::damaged(error),
        }
    }
}

/// Reads no more than the budget has left, and no piece between two tags that is larger than a cell
/// may be.
pub(super) struct Bounded<R> {
    inner: R,
    budget: Rc<UnpackingBudget>,
    /// Bytes since the last `>`.
    stretch: u64,
}

impl<R> Bounded<R> {
    /// Reads from `inner` at the cost of `budget`.
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
