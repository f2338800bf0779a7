//! The **first view** of a dataset's table: which columns it shows, which of them a narrow screen
//! shows, and which need room.
//!
//! Not in here: what a reader chooses instead (`assets/table`).

use crate::dataset::{Column, ColumnType, Dataset, Profile, reading_of};
use crate::html::table_explorer::FIRST_ROWS;

use super::naming::name_column;

/// Number of columns of a table that a narrow screen shows.
const LEADING: usize = 3;

/// Width of a cell, in half-width characters, from which its column needs room: that of a date.
const WIDE: usize = 10;

/// The names of the columns of `dataset` that the first view leaves out, because they say nothing
/// of a row to people: those with one value everywhere, ids and codes, readings and translations.
pub(super) fn aside<'s>(dataset: &'s Dataset, profiles: &[Profile]) -> Vec<&'s str> {
    let is_aside = |(column, profile): (&Column, &Profile)| {
        let is_same = dataset.rows.len() > 1 && profile.is_constant();
        is_same || is_id(column) || says_again(dataset, column)
    };
    let all = dataset.columns.iter().zip(profiles);
    let aside: Vec<&str> =
        all.filter(|pair| is_aside(*pair)).map(|(column, _)| column.name.as_str()).collect();
    // A table of nothing else shows all.
    if aside.len() < dataset.columns.len() { aside } else { Vec::new() }
}

/// The names of the columns of `dataset` whose first cells would be broken into many lines if the
/// column were as narrow as a short word.
pub(super) fn wide(dataset: &Dataset) -> Vec<&str> {
    let width = |cell: &str| cell.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let is_wide = |(index, column): &(usize, &Column)| {
        let mut first = (0..dataset.rows.len().min(FIRST_ROWS))
            .map(|row| width(dataset.rows.cell(row, *index)));
        !column.kind.is_numeric() && first.any(|width| width >= WIDE)
    };
    let all = dataset.columns.iter().enumerate();
    all.filter(is_wide).map(|(_, column)| column.name.as_str()).collect()
}

/// Is the column the reading or the translation of another one?
fn says_again(dataset: &Dataset, column: &Column) -> bool {
    ["_kana", "_english", "_en"]
        .iter()
        .filter_map(|end| column.name.strip_suffix(end))
        .any(|of| dataset.columns.iter().any(|other| other.name == of))
}

/// Does the column tell rows apart for programs, with nothing that people look for?
fn is_id(column: &Column) -> bool {
    let name = column.name.as_str();
    let is_named = ["id", "code"].iter().any(|end| {
        let before = name.strip_suffix(end);
        before.is_some_and(|before| before.is_empty() || before.ends_with('_'))
    });
    is_named || ["ID", "ＩＤ", "コード"].iter().any(|end| column.title.own.ends_with(end))
}

/// Indices of the `LEADING` columns that say most about a row: first the name, which is the column
/// that has a reading or is called so; then other columns, then codes and numbers without a unit,
/// then long texts, coordinates, addresses and translations. Columns with one value everywhere come
/// last.
pub(super) fn leading(dataset: &Dataset, profiles: &[Profile]) -> Vec<usize> {
    let columns = &dataset.columns;
    let positions: Vec<usize> =
        dataset.position_columns().into_iter().flat_map(|(one, other)| [one, other]).collect();
    let name = name_column(dataset);
    let rank = |index: &usize| {
        let column = &columns[*index];
        match column.kind {
            _ if profiles[*index].is_constant() => 4,
            _ if reading_of(columns, column).is_some() || name == Some(*index) => 0,
            _ if positions.contains(index) => 3,
            // A number without a unit counts rows more often than it says something of them.
            ColumnType::Integer if column.unit.is_none() => 2,
            _ if column.narrative => 3,
            ColumnType::Code => 2,
            ColumnType::Latitude | ColumnType::Longitude | ColumnType::Url => 3,
            _ if says_again(dataset, column) => 3,
            _ => 1,
        }
    };
    let mut order: Vec<usize> = (0..columns.len()).collect();
    order.sort_by_key(rank);
    order.truncate(LEADING);
    order
}
