//! The `policy` module.
