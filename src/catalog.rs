//! The `catalog` module.
