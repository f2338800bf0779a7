//! The `source` module.
