//! What readers **note** of a table: the cell that each fact of the current record was read from.
//!
//! Not in here: the use of these places (`diagnostic::Provenance`).

use std::sync::Arc;

use crate::diagnostic::{FactKind, Position, Provenance, SourcedFact};

use super::Spot;

/// The facts of the current record, and what the facts of one column have in common.
#[derive(Debug, Default)]
pub(super) struct Noted {
    facts: Vec<SourcedFact>,
    /// For each column of the spec, the kind of its facts on the worksheet that was read last.
    kinds: Vec<Option<Arc<FactKind>>>,
}

impl Noted {
    /// Records that the fact `name`, the column `column` of the spec, was read at `spot`.
    pub fn note(&mut self, (column, name): (usize, &str), spot: &Spot) {
        if self.kinds.len() <= column {
            self.kinds.resize(column + 1, None);
        }
        let (file, sheet) = (spot.sheet.file(), spot.sheet.name());
        let known = &mut self.kinds[column];
        let is_of = |kind: &&Arc<FactKind>| {
            Arc::ptr_eq(&kind.file, file) && kind.sheet.as_ref() == sheet && *kind.fact == *name
        };
        let kind = match known.as_ref().filter(is_of) {
            Some(kind) => kind.clone(),
            None => {
                let kind =
                    FactKind { fact: name.into(), file: file.clone(), sheet: sheet.cloned() };
                known.insert(Arc::new(kind)).clone()
            }
        };
        let position = Position::Cell { row: spot.row, column: spot.column + 1 };
        self.facts.push(SourcedFact { kind, position });
    }

    /// Returns what was recorded since the last call.
    pub fn take(&mut self) -> Provenance {
        self.facts.drain(..).collect()
    }

    /// Discards what was recorded since the last [`Self::take`].
    pub fn forget(&mut self) {
        self.facts.clear();
    }
}
