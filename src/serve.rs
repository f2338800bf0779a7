//! The `serve` module.
