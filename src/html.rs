//! The `html` module.
