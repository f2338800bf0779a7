//! The **kind** of a row below the header.

use super::signs::Sum;

/// The kind of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    Record,
    Sum(Sum),
    Note,
    /// A line that belongs to the file format, such as `#property_context` below `#property`.
    Comment,
    Repeated,
    /// A single text below a gap: a note, or a record whose other cells are blank.
    Lone,
    /// It cannot be determined, which has been reported.
    Unclear,
}
