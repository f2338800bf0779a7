//! The `site` module.
