//! The `report` module.
