//! The `dataset` module.
