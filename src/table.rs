//! The `table` module.
