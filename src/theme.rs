//! The `theme` module.
