//! The **built-in datasets**: the domain's own tables as tidy data in the long format.
//!
//! Each one starts with the common columns of 自治体標準オープンデータセット
//! (全国地方公共団体コード, then the id) and has the address of the page that shows the row.
//! Narrative texts have columns of their own, which the CSV files move to a separate table of
//! texts; figures have one row per year.
//!
//! The tables form a relational database: each has a primary key without blanks, foreign keys refer
//! to the keys of other tables, and no cell holds a list; a list is a table of its own.

mod columns;
mod fields;
mod figures;
mod lists;
mod measures;
mod plan;
mod policies;
mod ratings;
mod sources;
mod topics;

use crate::calendar::Date;
use crate::dataset::{Column, Dataset, ForeignKey, Period, Rows};
use crate::diagnostic::Place;
use crate::text::{Decimal, Id, Localized, has_line_break, one_line};

use super::Site;
use fields::{field_cells, field_columns, with_english_filled};
use figures::{budgets, indicators, plan_indicators};
pub(super) use lists::list_id;
use lists::lists;
use measures::{measures, results};
use policies::{departments, policies, successions};
use ratings::ratings;
use topics::{of_measures, topics};

/// The built-in datasets, in the order in which the site lists them.
pub(super) fn datasets(site: &Site) -> Vec<Dataset> {
    // The table of sources is as long as all others together, so it is built in parallel.
    let (mut datasets, sources) = rayon::join(|| of_the_domain(site), || sources::sources(site));
    datasets.extend(sources::source_files(site));
    datasets.extend(sources);
    datasets
}

/// All built-in datasets but those of sources.
fn of_the_domain(site: &Site) -> Vec<Dataset> {
    // The longest ones are built in parallel.
    let ((measures, results), figures) =
        rayon::join(|| (measures(site), results(site)), || [indicators(site), budgets(site)]);
    let mut datasets = vec![departments(site)];
    datasets.extend(successions(site));
    datasets.extend(topics(site));
    datasets.extend([ratings(site), policies(site), measures]);
    datasets.extend(of_measures(site));
    datasets.push(results);
    datasets.extend(figures);
    datasets.extend(plan::plan(site));
    datasets.extend(plan_indicators(site));
    let lists = lists(site, &datasets);
    datasets.extend(lists);
    datasets
}

/// Is `id` that of a built-in dataset, which the clerk's own datasets cannot have?
pub fn is_built_in(site: &Site, id: &str) -> bool {
    site.datasets.iter().any(|dataset| dataset.built_in && dataset.id.as_str() == id)
}

/// The description of a table, without its columns and rows.
struct AboutTable<'a> {
    id: &'a str,
    title: (&'a str, &'a str),
    description: (&'a str, &'a str),
    keywords: &'a [&'a str],
    /// The primary key: columns whose values identify a row.
    key: &'a [&'a str],
    /// The foreign keys, which refer to other tables or to the same one.
    refers: &'a [Refers<'a>],
}

/// A foreign key: columns, the table that they refer to, and the columns of its key in the same
/// order.
type Refers<'a> = (&'a [&'a str], &'a str, &'a [&'a str]);

/// A foreign key from `column` to the column `id` of `table`.
const fn refers<'a>(column: &'a [&'a str; 1], table: &'a str) -> Refers<'a> {
    (column, table, &["id"])
}

/// Makes a built-in dataset. Its period spans all years of the site and its date is that of the
/// site's last change. A foreign key with a column that `columns` lacks is dropped.
fn dataset(site: &Site, about: &AboutTable<'_>, columns: Vec<Column>, rows: Rows) -> Dataset {
    let place = |name: &&str| columns.iter().position(|column| column.name == *name);
    // An optional column that is blank in every row has been left out, with its foreign key.
    let foreign = about.refers.iter().filter_map(|(from, table, to)| {
        Some(ForeignKey {
            columns: from.iter().map(place).collect::<Option<Vec<usize>>>()?,
            dataset: Id::parse(table).expect("a built-in id is well formed"),
            to: to.iter().map(|&name| name.to_owned()).collect(),
            place: Place::file("content"),
        })
    });
    let years = || site.years.iter().map(|year| year.fiscal_year);
    let period = Period {
        start: years().min().map(|year| year.start()),
        end: years().max().map(|year| year.end()),
    };
    let id = Id::parse(about.id).expect("a built-in id is well formed");
    let title = Localized::with_english(about.title.0, about.title.1);
    let description = Localized::with_english(about.description.0, about.description.1);
    Dataset {
        keywords: about.keywords.iter().map(|&word| word.to_owned()).collect(),
        period: (!site.years.is_empty()).then_some(period),
        updated: site.updated,
        primary_key: about.key.iter().filter_map(place).collect(),
        foreign_keys: foreign.collect(),
        rows: on_one_line(rows, &columns),
        columns,
        built_in: true,
        ..Dataset::empty(id, title, description, Place::file("content"))
    }
}

/// Joins the lines of every cell that is not narrative: titles and notes may have been written on
/// several lines.
fn on_one_line(mut rows: Rows, columns: &[Column]) -> Rows {
    rows.shrink_to_fit();
    let breaks = |row: usize| {
        let cells = rows.row(row).zip(columns);
        cells.into_iter().any(|(cell, column)| !column.narrative && has_line_break(cell))
    };
    if !(0..rows.len()).any(breaks) {
        return rows;
    }
    let mut lines = Rows::new(columns.len());
    for row in rows.iter() {
        for (cell, column) in row.zip(columns) {
            match column.narrative {
                true => lines.push(cell),
                false => lines.push(&one_line(cell)),
            }
        }
    }
    lines.shrink_to_fit();
    lines
}

/// Removes those of the `optional` columns that are blank in every row.
fn filled(columns: Vec<Column>, rows: Rows, optional: &[&str]) -> (Vec<Column>, Rows) {
    let is_blank = |index: usize| (0..rows.len()).all(|row| rows.cell(row, index).is_empty());
    let kept: Vec<bool> = (columns.iter().enumerate())
        .map(|(index, column)| !optional.contains(&column.name.as_str()) || !is_blank(index))
        .collect();
    if kept.iter().all(|kept| *kept) {
        return (columns, rows);
    }
    let columns: Vec<Column> = columns
        .into_iter()
        .zip(&kept)
        .filter(|(_, kept)| **kept)
        .map(|(column, _)| column)
        .collect();
    let mut fewer = Rows::new(columns.len());
    for row in rows.iter() {
        fewer.push_row(row.zip(&kept).filter(|(_, kept)| **kept).map(|(cell, _)| cell));
    }
    (columns, fewer)
}

/// Address of the page at `path` in the language of the content.
fn page(site: &Site, path: &str) -> String {
    site.config.base_url.join(path)
}

/// The text in the site's own language; empty where there is none.
fn own(text: &Option<Localized>) -> &str {
    text.as_ref().map_or("", |text| &text.own)
}

/// The English text; empty where there is none.
fn english(text: &Option<Localized>) -> &str {
    text.as_ref().and_then(|text| text.en.as_deref()).unwrap_or_default()
}

fn optional(text: &Option<String>) -> &str {
    text.as_deref().unwrap_or_default()
}

fn figure(number: &Option<Decimal>) -> &str {
    number.as_ref().map_or("", Decimal::as_str)
}

fn iso(date: Option<Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}
