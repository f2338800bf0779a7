//! The **guard** around calamine's reader of old workbooks: in a damaged file it can run past an
//! end and panic. That is an error in the file, and is reported as one.
//!
//! Not in here: panics of our own, which end the program.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use crate::table::workbook::reason::Unreadable;

thread_local! {
    /// Is a panic on this thread caught, and so nothing to print?
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

static QUIET: Once = Once::new();

/// What `read` returns; a damaged workbook where it panics.
///
/// # Errors
///
/// Those of `read`, and [`Unreadable::damaged`] for a panic.
pub(super) fn guarded<T>(read: impl FnOnce() -> Result<T, Unreadable>) -> Result<T, Unreadable> {
    QUIET.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |told| {
            if !GUARDED.get() {
                before(told);
            }
        }));
    });
    GUARDED.set(true);
    // A reader that has panicked is not used again.
    let read = panic::catch_unwind(AssertUnwindSafe(read));
    GUARDED.set(false);
    read.unwrap_or_else(|_| Err(Unreadable::damaged("unexpected end of a record")))
}
