//! Which files are tables by their **names**, and which of several with one name is read.
//!
//! Not in here: reading them (`opened`).

use crate::source::{SourceFile, Sources};

/// Endings of the files that are tables.
pub const ENDINGS: [&str; 6] = [".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods"];

/// Is the file at `path` a table, according to its extension?
pub fn is_table(path: &str) -> bool {
    let lower = path.to_lowercase();
    ENDINGS.iter().any(|ending| lower.ends_with(ending))
}

/// Returns the table `content/NAME`, with any of the [`ENDINGS`]; of several the first in the order
/// of the endings. `check` reports the others.
pub fn single<'s>(sources: &'s Sources, name: &str) -> Option<&'s SourceFile> {
    ENDINGS.iter().find_map(|ending| sources.get(&format!("content/{name}{ending}")))
}
