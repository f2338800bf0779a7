//! The **order** of the tables in SQL: each after those that it refers to, with the keys that a
//! database can enforce.
//!
//! Not in here: the statements (`sql`).

use std::collections::BTreeSet;

use crate::dataset::{Column, Dataset, FileFormat, ForeignKey};
use crate::site::Site;

use super::sql_type;

/// A table in SQL: that of a dataset, or that of its narrative texts.
pub(super) struct SqlTable<'s> {
    pub dataset: &'s Dataset,
    /// Is it the table of narrative texts?
    pub is_text: bool,
    /// Its name, in which `_` replaces the hyphens of the id, so that queries need no quotation
    /// marks.
    pub name: String,
    /// Indices of its columns.
    pub columns: Vec<usize>,
    /// Columns other than the primary key that identify a row, because foreign keys refer to them.
    pub unique: Vec<Vec<&'s str>>,
    pub foreign_keys: Vec<SqlKey<'s>>,
    /// Foreign keys that are declared, but that a database cannot enforce.
    pub left_out: Vec<SqlKey<'s>>,
    /// In how many steps its rows can be added, so that each comes after the rows of the same table
    /// that it refers to.
    pub steps: usize,
}

impl SqlTable<'_> {
    /// The format of the file with its rows.
    pub(super) fn format(&self) -> FileFormat {
        if self.is_text { FileFormat::TextCsv } else { FileFormat::Csv }
    }
}

/// A foreign key in SQL.
pub(super) struct SqlKey<'s> {
    pub columns: Vec<&'s str>,
    /// Name of the table that it refers to.
    pub table: String,
    pub to: Vec<&'s str>,
}

/// The tables of all datasets in the order of the site, except that a table comes after those that
/// it refers to.
pub(super) fn tables(site: &Site) -> Vec<SqlTable<'_>> {
    let mut waiting: Vec<&Dataset> = site.datasets.iter().collect();
    let mut ids: BTreeSet<&str> = waiting.iter().map(|dataset| dataset.id.as_str()).collect();
    let mut tables: Vec<SqlTable<'_>> = Vec::new();
    while !waiting.is_empty() {
        let is_ready = |dataset: &&Dataset| {
            let mut others = dataset.foreign_keys.iter().filter(|key| key.dataset != dataset.id);
            others.all(|key| !ids.contains(key.dataset.as_str()))
        };
        // Where tables refer to each other in a circle, the first does without these keys.
        let dataset = waiting.remove(waiting.iter().position(is_ready).unwrap_or(0));
        ids.remove(dataset.id.as_str());
        let table = table(site, dataset, &tables);
        let texts = dataset.is_narrative().then(|| texts(dataset, &table.name, &tables));
        tables.extend([Some(table), texts].into_iter().flatten());
    }
    tables
}

/// The table of `dataset`, which comes after `before`.
fn table<'s>(site: &'s Site, dataset: &'s Dataset, before: &[SqlTable<'s>]) -> SqlTable<'s> {
    let name = unused(dataset.id.as_str().replace('-', "_"), before);
    let mut table = SqlTable {
        dataset,
        is_text: false,
        columns: dataset.tidy_columns(),
        unique: referred(site, dataset),
        foreign_keys: Vec::new(),
        left_out: Vec::new(),
        steps: 1,
        name,
    };
    let mut own = Vec::new();
    for key in &dataset.foreign_keys {
        let is_own = key.dataset == dataset.id;
        let target = match is_own {
            true => Some(&table),
            false => before.iter().find(|it| !it.is_text && it.dataset.id == key.dataset),
        };
        let named = SqlKey {
            columns: key.columns.iter().map(|&at| dataset.columns[at].name.as_str()).collect(),
            table: target.map_or(key.dataset.to_string(), |target| target.name.clone()),
            to: key.to.iter().map(String::as_str).collect(),
        };
        match target.is_some_and(|target| is_enforceable(dataset, key, target, is_own)) {
            true => {
                own.extend(is_own.then_some(key));
                table.foreign_keys.push(named);
            }
            false => table.left_out.push(named),
        }
    }
    match steps(dataset, &own) {
        Some(steps) => table.steps = steps,
        None => {
            let (circular, others) =
                table.foreign_keys.into_iter().partition(|key| key.table == table.name);
            table.left_out.extend::<Vec<_>>(circular);
            table.foreign_keys = others;
        }
    }
    table
}

/// The table of the narrative texts of `dataset`, whose own table has the given `name`.
fn texts<'s>(dataset: &'s Dataset, name: &str, before: &[SqlTable<'s>]) -> SqlTable<'s> {
    let key = dataset.key_names();
    SqlTable {
        dataset,
        is_text: true,
        name: unused(format!("{name}_text"), before),
        columns: dataset.text_columns(),
        unique: Vec::new(),
        foreign_keys: vec![SqlKey { columns: key.clone(), table: name.to_owned(), to: key }],
        left_out: Vec::new(),
        steps: 1,
    }
}

/// `name`, lengthened if one of the tables `before` is called so.
fn unused(mut name: String, before: &[SqlTable<'_>]) -> String {
    while before.iter().any(|table| table.name == name) {
        name.push('_');
    }
    name
}

/// The columns of `dataset`, other than its primary key, that foreign keys of others refer to and
/// whose values differ in every row.
fn referred<'s>(site: &'s Site, dataset: &'s Dataset) -> Vec<Vec<&'s str>> {
    let keys = site.datasets.iter().flat_map(|other| &other.foreign_keys);
    let keys = keys.filter(|key| key.dataset == dataset.id);
    let to: BTreeSet<Vec<&str>> =
        keys.map(|key| key.to.iter().map(String::as_str).collect()).collect();
    let is_unique = |to: &Vec<&str>| {
        let Some(columns) = positions(dataset, to) else { return false };
        let mut known = BTreeSet::new();
        (0..dataset.rows.len()).all(|row| known.insert(cells(dataset, row, &columns)))
    };
    to.into_iter().filter(|to| *to != dataset.key_names()).filter(is_unique).collect()
}

/// Indices of the columns with these names; `None` if one of them is not in the tidy table.
fn positions(dataset: &Dataset, names: &[impl AsRef<str>]) -> Option<Vec<usize>> {
    let is = |column: &Column, name: &str| column.name == name && !column.narrative;
    let position =
        |name: &_| dataset.columns.iter().position(|column| is(column, AsRef::as_ref(name)));
    names.iter().map(position).collect()
}

fn cells<'d>(dataset: &'d Dataset, row: usize, columns: &[usize]) -> Vec<&'d str> {
    columns.iter().map(|&column| dataset.rows.cell(row, column)).collect()
}

/// Can a database enforce `key` of `dataset`? The columns of `target` must identify a row, and have
/// the same types. In the same table, they must be its primary key, by which `steps` and the
/// scripts tell rows apart.
fn is_enforceable(
    dataset: &Dataset,
    key: &ForeignKey,
    target: &SqlTable<'_>,
    is_own: bool,
) -> bool {
    let Some(to) = positions(target.dataset, &key.to) else { return false };
    let is_key = to == target.dataset.primary_key;
    let is_unique = || !is_own && target.unique.iter().any(|unique| *unique == key.to);
    (is_key || is_unique())
        && key.columns.iter().zip(&to).all(|(&from, &to)| {
            let is_tidy = !dataset.columns[from].narrative;
            is_tidy && sql_type(dataset, from) == sql_type(target.dataset, to)
        })
}

/// In how many steps the rows can be added, if the foreign keys `own` refer to the primary key of
/// the same table; `None` if rows refer to each other in a circle.
fn steps(dataset: &Dataset, own: &[&ForeignKey]) -> Option<usize> {
    if own.is_empty() {
        return Some(1);
    }
    let mut placed: BTreeSet<Vec<&str>> = BTreeSet::new();
    let mut waiting: Vec<usize> = (0..dataset.rows.len()).collect();
    let mut steps = 0;
    while !waiting.is_empty() {
        let is_ready = |row: &usize| {
            own.iter().map(|key| cells(dataset, *row, &key.columns)).all(|values| {
                values.iter().any(|value| value.is_empty()) || placed.contains(&values)
            })
        };
        let (ready, later): (Vec<usize>, Vec<usize>) = waiting.into_iter().partition(is_ready);
        if ready.is_empty() {
            return None;
        }
        placed.extend(ready.iter().map(|&row| cells(dataset, row, &dataset.primary_key)));
        waiting = later;
        steps += 1;
    }
    Some(steps.max(1))
}
