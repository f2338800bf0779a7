//! The `check` module.
