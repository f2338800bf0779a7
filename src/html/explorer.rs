//! The **explorer**: what the script of a table is given, so that the table on the page can be sorted,
//! filtered and paged through. And the page of all measures, which is such a table.
//!
//! Not in here: the files that the script reads (`catalog`).

use std::collections::BTreeMap;

use minijinja::value::Value;
use serde::Serialize;

use crate::dataset::{Column, ColumnType};
use crate::site::{
    ID_COLUMN, MeasureTable, TITLE_COLUMN, TOPICS_COLUMN, YearEntry, file_paths, is_explored,
    measure_table,
};
use crate::text::Decimal;

use super::View;
use super::shared::{MeasureItem, Shared, Text, value};

/// Rows that a page shows of a table before anybody asks for others.
pub(super) const FIRST_ROWS: usize = 20;

/// Policies that are named below the table; of more, only those of the newest year.
const POLICIES: usize = 100;

/// Columns of the table of measures that a narrow screen shows.
const LEADING: [&str; 3] = ["fiscal_year", TITLE_COLUMN, "rating"];

/// What the script is given.
#[derive(Serialize)]
pub(super) struct Explorer {
    /// Folder of the table's files; `None` for a table that is too large, or empty.
    files: Option<String>,
    /// Name of what is downloaded.
    name: String,
    rows: usize,
    /// Rows that the page shows.
    size: usize,
    /// The words that the script says, as JSON.
    words: String,
}

impl Explorer {
    pub fn new(shared: &Shared<'_>, folder: String, name: &str, rows: usize) -> Self {
        let all = shared.theme.words.get(&shared.language).into_iter().flatten();
        let said: BTreeMap<&String, &String> = all
            .filter(|(key, _)| key.starts_with("table_") || WORDS.contains(&key.as_str()))
            .collect();
        Self {
            files: is_explored(rows).then_some(folder),
            name: name.to_owned(),
            rows,
            size: FIRST_ROWS,
            words: serde_json::to_string(&said).expect("words are always JSON"),
        }
    }
}

/// The words of other pages that the script says too.
const WORDS: [&str; 4] = ["next", "page_of", "previous", "rows_pages"];

/// A column's head.
#[derive(Serialize)]
struct Head<'a> {
    name: &'a str,
    title: &'a str,
    unit: Option<Text<'a>>,
    numeric: bool,
    /// Does a narrow screen show it?
    lead: bool,
    /// Does it name the row?
    heads: bool,
    /// May its cells have several values, so that an order of them says nothing?
    unsorted: bool,
}

/// A measure as a row.
#[derive(Serialize)]
struct MeasureRow<'s> {
    item: MeasureItem<'s>,
    fiscal_year: String,
    topics: Vec<Value>,
    budget: String,
    settled: String,
    indicators: String,
}

/// A year's policies, each with the number of its measures; none where the year's own page names them.
#[derive(Serialize)]
struct YearOfPolicies {
    year: String,
    url: String,
    count: usize,
    policies: Vec<Value>,
}

/// The page of all measures.
pub(super) fn measures(shared: &Shared<'_>) -> View {
    let site = shared.site;
    let MeasureTable { columns, rows } = measure_table(site, shared.language);
    let heads: Vec<Head<'_>> = shown(&columns).map(|(_, column)| head(shared, column)).collect();
    let cell = |row: usize, name: &str| {
        let column = columns.iter().position(|column| column.name == name);
        column.map(|column| rows.cell(row, column).to_owned()).unwrap_or_default()
    };
    let first: Vec<MeasureRow<'_>> = (0..rows.len().min(FIRST_ROWS))
        .map(|row| MeasureRow {
            item: shared.measure_item(row),
            fiscal_year: cell(row, "fiscal_year"),
            topics: (site.measures[row].topics.iter())
                .map(|&topic| shared.topics[topic].clone())
                .collect(),
            budget: amount(&cell(row, "budget")),
            settled: amount(&cell(row, "settled")),
            indicators: cell(row, "indicators"),
        })
        .collect();
    let explorer =
        Explorer::new(shared, file_paths::measure_table(shared.language), "measures", rows.len());
    View {
        title: shared.word("measures"),
        description: Some(shared.word("measures_lead")),
        breadcrumbs: Vec::new(),
        value: minijinja::context! {
            explorer => value(&explorer),
            columns => value(&heads),
            rows => value(&first),
            years => value(&years(shared)),
        },
    }
}

/// A number for people, with its digits in threes.
fn amount(cell: &str) -> String {
    Decimal::parse(cell).map_or_else(|| cell.to_owned(), |number| number.grouped())
}

/// The columns that are shown, with their places.
fn shown(columns: &[Column]) -> impl Iterator<Item = (usize, &Column)> {
    let is_shown = |column: &Column| column.name != ID_COLUMN && !column.title.own.is_empty();
    columns.iter().enumerate().filter(move |(_, column)| is_shown(column))
}

fn head<'a>(shared: &Shared<'a>, column: &'a Column) -> Head<'a> {
    let name = column.name.as_str();
    Head {
        name,
        title: &column.title.own,
        // Of the table of measures only amounts have one.
        unit: column.unit.as_ref().map(|_| shared.text(&shared.site.config.budget_unit)),
        numeric: column.kind.is_numeric() && column.kind != ColumnType::FiscalYear,
        lead: LEADING.contains(&name),
        heads: name == TITLE_COLUMN,
        unsorted: name == TOPICS_COLUMN,
    }
}

fn years(shared: &Shared<'_>) -> Vec<YearOfPolicies> {
    let site = shared.site;
    let policy = |&index: &usize| {
        let policy = &site.policies[index];
        minijinja::context! {
            url => format!("policies/{}.html", policy.id),
            department => shared.departments[policy.department].clone(),
            count => policy.measures.len(),
        }
    };
    let year = |(entry, named): (&YearEntry, &[usize])| YearOfPolicies {
        year: entry.fiscal_year.long(shared.language),
        url: format!("years/{}.html", entry.fiscal_year),
        count: entry.measures.len(),
        policies: named.iter().map(policy).collect(),
    };
    shared.policies_by_year(POLICIES).map(year).collect()
}
