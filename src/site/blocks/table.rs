//! A **table** in a text: rows and columns of a dataset.

use crate::document::Keys;
use crate::site::Site;

use super::columns::{column, dataset, rows};

/// Some rows and columns of a dataset.
#[derive(Clone, Debug)]
pub struct TableBlock {
    /// Index of the dataset.
    pub dataset: usize,
    /// Indices of its columns that are shown.
    pub columns: Vec<usize>,
    /// Indices of its rows that are shown, in order.
    pub rows: Vec<usize>,
    /// Number of rows that meet the conditions.
    pub total: usize,
}

/// Number of rows that are shown if nothing else is written, and the most.
const ROWS: u32 = 10;
const MOST: u32 = 200;

/// Reads a table. `sort` names a column; a hyphen before it means from the greatest down.
pub(super) fn read(site: &Site, keys: &mut Keys<'_>) -> Option<TableBlock> {
    let found = dataset(site, keys);
    let columns = keys.texts("columns");
    let sort = keys.located_text("sort");
    let most = keys.count("rows", 1).unwrap_or(ROWS).min(MOST) as usize;
    let Some(index) = found else {
        keys.ask("where");
        return None;
    };
    let dataset = &site.datasets[index];
    let rows = rows(dataset, keys);
    let named: Vec<Option<usize>> =
        columns.iter().map(|name| column(dataset, name, keys)).collect();
    let sort = sort.map(|mut sort| {
        let down = sort.value.starts_with('-');
        sort.value = sort.value.trim_start_matches('-').to_owned();
        column(dataset, &sort, keys).map(|index| (index, down))
    });
    let (mut rows, named) = (rows?, named.into_iter().collect::<Option<Vec<usize>>>()?);
    if let Some(sort) = sort {
        let (index, down) = sort?;
        let kind = dataset.columns[index].kind;
        rows.sort_by(|&one, &other| {
            let (one, other) = (dataset.rows.cell(one, index), dataset.rows.cell(other, index));
            // Blank cells come last in either direction.
            match (one.is_empty(), other.is_empty()) {
                (false, false) if down => kind.compare(other, one),
                (false, false) => kind.compare(one, other),
                (one, other) => one.cmp(&other),
            }
        });
    }
    let total = rows.len();
    rows.truncate(most);
    let columns = match named.is_empty() {
        true => dataset.tidy_columns(),
        false => named,
    };
    Some(TableBlock { dataset: index, columns, rows, total })
}
