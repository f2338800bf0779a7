//! The `document` module.
