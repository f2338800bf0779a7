//! **Recording** what a reader requests, instead of reading a document: the reader runs once on an
//! empty table in which every key counts as present.
//!
//! Not in here: what was recorded (`shape`).

use std::sync::LazyLock;

use toml::de::DeTable;

use crate::diagnostic::Diagnostics;
use crate::document::shape::{Shape, ValueShape};

use super::Keys;

/// What shapes are recorded on.
static EMPTY: LazyLock<DeTable<'static>> = LazyLock::new(DeTable::default);

/// Depth of tables below which no shape is recorded: places of forms hold places.
const DEEPEST: usize = 5;

impl Keys<'_> {
    /// Records what is requested from now on; [`Keys::recorded`] returns it.
    pub(in crate::document) fn record_all(&mut self) {
        self.shape = Some(Shape::default());
    }

    /// What was requested.
    pub(in crate::document) fn recorded(&mut self) -> Shape {
        self.shape.take().unwrap_or_default()
    }

    /// Whether shapes are recorded, rather than a document read.
    pub(in crate::document) fn records(&self) -> bool {
        self.shape.is_some()
    }

    /// Records that `key` may have a value of `kind`.
    pub(in crate::document) fn record(&mut self, key: &str, kind: impl FnOnce() -> ValueShape) {
        if let Some(shape) = &mut self.shape {
            shape.add(key, kind());
        }
    }

    /// Records that `key` is required.
    pub(in crate::document) fn record_required(&mut self, key: &str) {
        if let Some(shape) = &mut self.shape {
            shape.require(key);
        }
    }

    /// Runs `read` on an empty table below `key`, and returns what it requests; `None` where
    /// nothing is recorded, or this table is too deep.
    pub(super) fn shape_below<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Keys<'_>) -> T,
    ) -> Option<(T, Shape)> {
        self.shape.as_ref()?;
        if self.path.len() == DEEPEST {
            return None;
        }
        let mut path = self.path.clone();
        path.push(key);
        let mut nothing = Diagnostics::new();
        let mut keys = Keys::new(self.file.clone(), (0, ""), &EMPTY, &mut nothing);
        keys.path = path;
        keys.record_all();
        let value = read(&mut keys);
        Some((value, keys.recorded()))
    }
}
