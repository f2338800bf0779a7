//! **Tables** that were added, removed or changed: the city's own datasets, compared by their JSON
//! Lines.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Map, Value};

use crate::catalog;
use crate::dataset::FileFormat;
use crate::publish::{self, PublishError};
use crate::site::{Site, file_paths};

/// The change to a dataset.
pub(super) struct TableChange {
    pub id: String,
    pub what: What,
}

/// The kind of a change.
pub(super) enum What {
    Added,
    Gone,
    Changed(TableCounts),
}

/// The changes within a table.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct TableCounts {
    pub columns_added: Vec<String>,
    pub columns_gone: Vec<String>,
    pub rows_added: usize,
    pub rows_gone: usize,
    pub rows_changed: usize,
}

/// Compares the datasets of `site` with those in the published folder `tree`, whose files are
/// `listed`. Removed datasets come first. Built-in datasets are left out, since their contents are
/// compared as measures and policies.
pub(super) fn compare(
    site: &Site,
    tree: &Path,
    listed: &[String],
) -> Result<Vec<TableChange>, PublishError> {
    let before: BTreeSet<String> = published_ids(listed).collect();
    let mut changes = Vec::new();
    for id in &before {
        if !site.datasets.iter().any(|dataset| dataset.id.as_str() == *id) {
            changes.push(TableChange { id: id.clone(), what: What::Gone });
        }
    }
    for dataset in site.datasets.iter().filter(|dataset| dataset.is_given()) {
        let id = dataset.id.as_str();
        let what = match before.contains(id) {
            false => Some(What::Added),
            true => {
                let keys = dataset.key_names();
                let earlier = published_lines(tree, id)?;
                let now = catalog::file(site, id, FileFormat::JsonLines);
                let now = now.map(|(_, bytes)| bytes).unwrap_or_default();
                let counts = match now == earlier {
                    true => TableCounts::default(),
                    false => TableCounts::between(&earlier, &now, &keys),
                };
                (counts != TableCounts::default()).then_some(What::Changed(counts))
            }
        };
        changes.extend(what.map(|what| TableChange { id: id.to_owned(), what }));
    }
    Ok(changes)
}

/// The JSON Lines of the dataset `id` in the published folder `tree`. A site may be without them;
/// then they are made from its JSON.
fn published_lines(tree: &Path, id: &str) -> Result<Vec<u8>, PublishError> {
    let path = |format| file_paths::dataset_file(id, format);
    if let Some(lines) = publish::document(tree, &path(FileFormat::JsonLines))? {
        return Ok(lines);
    }
    let document = publish::document(tree, &path(FileFormat::Json))?.unwrap_or_default();
    let document: Value = serde_json::from_slice(&document).unwrap_or_default();
    let rows = document["rows"].as_array().into_iter().flatten();
    Ok(rows.flat_map(|row| format!("{row}\n").into_bytes()).collect())
}

/// The ids of the datasets whose files are among `listed`, those of the city and built-in ones.
pub(super) fn published_ids(listed: &[String]) -> impl Iterator<Item = String> {
    listed.iter().filter_map(|path| {
        let id = path.strip_prefix("data/")?.split('/').next()?;
        (*path == file_paths::dataset_file(id, FileFormat::Csv)).then(|| id.to_owned())
    })
}

/// The rows of a table by key. Under each key is the number of occurrences of each row, which is
/// given by its cells.
type KeyedRows = BTreeMap<Vec<String>, BTreeMap<Vec<String>, usize>>;

/// The objects in JSON Lines. Damaged lines are skipped; `verify` reports them.
fn objects(lines: &[u8]) -> impl Iterator<Item = Map<String, Value>> {
    lines.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok())
}

/// The names of the columns; empty for a table without rows.
fn header(lines: &[u8]) -> Vec<String> {
    objects(lines).next().map(|first| first.keys().cloned().collect()).unwrap_or_default()
}

/// The rows with their cells in `columns`, by their cells in `keys` or, if there are no keys, by
/// all cells.
fn rows(lines: &[u8], keys: &[&str], columns: &[&String]) -> KeyedRows {
    let mut rows = KeyedRows::new();
    for object in objects(lines) {
        let cell = |name: &str| object.get(name).map(Value::to_string).unwrap_or_default();
        let cells: Vec<String> = columns.iter().map(|name| cell(name)).collect();
        let key = match keys.is_empty() {
            true => cells.clone(),
            false => keys.iter().map(|name| cell(name)).collect(),
        };
        *rows.entry(key).or_default().entry(cells).or_default() += 1;
    }
    rows
}

impl TableCounts {
    /// Counts the changes between two tables in JSON Lines. Rows are matched by the columns `keys`,
    /// or as a whole if there are none. Only columns of both tables are compared, so a new column
    /// does not change rows.
    fn between(before: &[u8], now: &[u8], keys: &[&str]) -> Self {
        let (was, is) = (header(before), header(now));
        let missing = |from: &[String], other: &[String]| -> Vec<String> {
            from.iter().filter(|name| !other.contains(name)).cloned().collect()
        };
        let mut counts = Self::default();
        if !was.is_empty() && !is.is_empty() {
            counts.columns_added = missing(&is, &was);
            counts.columns_gone = missing(&was, &is);
        }
        let common: Vec<&String> = match was.is_empty() || is.is_empty() {
            true => was.iter().chain(&is).collect(),
            false => is.iter().filter(|name| was.contains(name)).collect(),
        };
        let (before, now) = (rows(before, keys, &common), rows(now, keys, &common));
        for (key, rows) in &now {
            let count: usize = rows.values().sum();
            match before.get(key) {
                None => counts.rows_added += count,
                Some(earlier) if earlier == rows => {}
                Some(earlier) => {
                    let was: usize = earlier.values().sum();
                    counts.rows_added += count.saturating_sub(was);
                    counts.rows_gone += was.saturating_sub(count);
                    counts.rows_changed += usize::from(count == was);
                }
            }
        }
        let gone = before.iter().filter(|(key, _)| !now.contains_key(*key));
        counts.rows_gone += gone.flat_map(|(_, rows)| rows.values()).sum::<usize>();
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::TableCounts;

    #[test]
    fn rows_are_told_by_their_key_and_without_one_as_a_whole() {
        let before = "{\"id\":1,\"name\":\"a\"}\n{\"id\":2,\"name\":\"b\"}\n\
                      {\"id\":3,\"name\":\"c\"}\n{\"id\":3,\"name\":\"c\"}\n";
        let now = "{\"name\":\"B\",\"id\":2,\"kana\":null}\n{\"name\":\"c\",\"id\":3,\"kana\":\"x\"}\n\
                   {\"name\":\"c\",\"id\":3,\"kana\":null}\n{\"name\":\"d\",\"id\":4,\"kana\":null}\n";
        let counts = |keys: &[&str]| TableCounts::between(before.as_bytes(), now.as_bytes(), keys);
        let by_key = counts(&["id"]);
        assert_eq!((by_key.rows_added, by_key.rows_gone, by_key.rows_changed), (1, 1, 1));
        assert_eq!((by_key.columns_added, by_key.columns_gone), (vec!["kana".to_owned()], vec![]));
        let whole = counts(&[]);
        assert_eq!((whole.rows_added, whole.rows_gone, whole.rows_changed), (2, 2, 0));
        let none = TableCounts::between(before.as_bytes(), b"", &["id"]);
        assert_eq!((none.rows_gone, none.columns_gone), (4, vec![]));
    }
}
