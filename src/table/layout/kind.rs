//! The **kind** of a row below the header.

use super::signs::Sum;

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    Record,
    Sum(Sum),
    Note,
    /// A line of the format, as `#property_context` under `#property`.
    Comment,
    Repeated,
    /// One text alone below a gap: a note, or a record of which the rest is missing.
    Lone,
    /// It cannot be told, and that has been reported.
    Unclear,
}
