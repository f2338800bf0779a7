//! **SQL**: the tables of all datasets with their keys, in the words that SQLite and DuckDB share,
//! and for each of the two a script that fills them from the CSV files.
//!
//! Not in here: which tables there are, in which order, and with which keys (`order`).

mod order;

use crate::artifact::Artifact;
use crate::dataset::{ColumnType, Dataset, ExactType};
use crate::site::{Site, file_paths};
use crate::text::{Localized, one_line};

use super::Within;
use order::{SqlTable, tables};

/// The three files, with the names that they have in the site's bundle too.
pub(super) fn render(site: &Site) -> Vec<Artifact> {
    let tables = tables(site);
    let files = [
        (file_paths::SQL_SCHEMA, schema(site, &tables)),
        (file_paths::SQL_FOR_SQLITE, for_sqlite(&tables)),
        (file_paths::SQL_FOR_DUCKDB, for_duckdb(&tables)),
    ];
    files.map(|(path, text)| Artifact::new(path, text.into_bytes())).into()
}

/// The statements that make the tables, those that others refer to first. Titles, units and the
/// keys that SQL cannot hold are comments.
fn schema(site: &Site, tables: &[SqlTable<'_>]) -> String {
    let config = &site.config;
    let mut text = format!(
        "-- {}\n-- {}\n\
         -- SQLite: cat schema.sql load-sqlite.sql | sqlite3 city.sqlite\n\
         -- DuckDB: cat schema.sql load-duckdb.sql | duckdb city.duckdb\n",
        in_both(&config.title),
        config.base_url.join(file_paths::DATASETS),
    );
    for table in tables {
        text.push_str(&create(table));
    }
    text
}

fn create(table: &SqlTable<'_>) -> String {
    let dataset = table.dataset;
    let mut parts: Vec<(String, String)> = Vec::new();
    for &index in &table.columns {
        let column = &dataset.columns[index];
        let is_key = dataset.primary_key.contains(&index);
        let not_null = if column.required || is_key { " NOT NULL" } else { "" };
        // One of several columns of a key may repeat in the table of texts.
        let is_unique = column.unique && !table.is_text && dataset.primary_key != [index];
        let unique = if is_unique { " UNIQUE" } else { "" };
        let unit = column.said_unit().map(|unit| format!(" ({unit})")).unwrap_or_default();
        parts.push((
            format!("{} {}{not_null}{unique}", quoted(&column.name), sql_type(dataset, index)),
            in_both(&column.title) + &unit,
        ));
    }
    if !dataset.primary_key.is_empty() {
        parts.push((format!("PRIMARY KEY ({})", listed(&dataset.key_names())), String::new()));
    }
    // A single column that was declared as unique is so already.
    let is_declared = |unique: &[&str]| {
        let mut columns = dataset.columns.iter().filter(|column| column.unique);
        columns.any(|column| unique == [column.name.as_str()])
    };
    let unique = table.unique.iter().filter(|unique| !is_declared(unique));
    parts.extend(unique.map(|unique| (format!("UNIQUE ({})", listed(unique)), String::new())));
    parts.extend(table.foreign_keys.iter().map(|key| {
        let (columns, to) = (listed(&key.columns), listed(&key.to));
        let table = quoted(&key.table);
        (format!("FOREIGN KEY ({columns}) REFERENCES {table} ({to})"), String::new())
    }));
    let last = parts.len().saturating_sub(1);
    let lines = parts.iter().enumerate().map(|(index, (part, comment))| {
        let comma = if index < last { "," } else { "" };
        match comment.is_empty() {
            true => format!("  {part}{comma}\n"),
            false => format!("  {part}{comma} -- {comment}\n"),
        }
    });
    let lines: String = lines.collect();
    let left_out = table.left_out.iter().map(|key| {
        format!(
            "-- not enforced: ({}) of {} ({})\n",
            key.columns.join(", "),
            key.table,
            key.to.join(", ")
        )
    });
    let left_out: String = left_out.collect();
    let title = in_both(&dataset.title);
    format!("\n-- {title}\n{left_out}CREATE TABLE {} (\n{lines});\n", quoted(&table.name))
}

/// The script for the program `sqlite3`. A table without types takes each CSV in, because its blank
/// cells are texts until they are made null. Keys hold at the end of each statement.
fn for_sqlite(tables: &[SqlTable<'_>]) -> String {
    let mut text = ".bail on\nPRAGMA foreign_keys = ON;\nBEGIN;\n".to_owned();
    for table in tables {
        let cells = table.columns.iter().map(|&index| {
            let column = &table.dataset.columns[index];
            let cell = format!("nullif({}, '')", quoted(&column.name));
            match column.kind {
                ColumnType::Boolean => format!("{cell} = 'true'"),
                _ => cell,
            }
        });
        let cells: Vec<String> = cells.collect();
        text.push_str(&format!(
            ".import --csv --schema temp '{path}' csv\n\
             INSERT INTO {name} SELECT {cells} FROM temp.csv;\nDROP TABLE temp.csv;\n",
            path = Within::Site.path(table.dataset, table.format()),
            name = quoted(&table.name),
            cells = cells.join(", "),
        ));
    }
    text + "COMMIT;\n"
}

/// The script for DuckDB in every language. A row that refers to one of its own table must come in
/// a later statement than that one.
fn for_duckdb(tables: &[SqlTable<'_>]) -> String {
    tables.iter().map(copied).collect()
}

/// How CSV files are read, in the words of `COPY`.
const DIALECT: [&str; 5] =
    ["auto_detect false", "header true", "delimiter ','", "quote '\"'", "escape '\"'"];

/// The statements that fill `table` in DuckDB.
fn copied(table: &SqlTable<'_>) -> String {
    let path = Within::Site.path(table.dataset, table.format());
    let name = quoted(&table.name);
    if table.steps < 2 {
        return format!("COPY {name} FROM '{path}' (FORMAT csv, {});\n", DIALECT.join(", "));
    }
    let columns = table.columns.iter().map(|&index| &table.dataset.columns[index].name);
    let columns = columns.map(|name| format!("'{name}': 'VARCHAR'")).collect::<Vec<_>>();
    let dialect = DIALECT.map(|option| option.replacen(' ', " = ", 1)).join(", ");
    let read = format!("read_csv('{path}', {dialect}, columns = {{{}}})", columns.join(", "));
    let own = table.foreign_keys.iter().filter(|key| key.table == table.name);
    let mut conditions: Vec<String> = own
        .map(|key| {
            let blank = key.columns.iter().map(|name| format!("{} IS NULL", quoted(name)));
            let blank = blank.collect::<Vec<_>>().join(" OR ");
            let (columns, to) = (listed(&key.columns), listed(&key.to));
            format!("({blank} OR ({columns}) IN (SELECT {to} FROM {name}))")
        })
        .collect();
    let key = listed(&table.dataset.key_names());
    conditions.push(format!("({key}) NOT IN (SELECT {key} FROM {name})"));
    let step =
        format!("INSERT INTO {name} SELECT * FROM {read}\n  WHERE {};\n", conditions.join(" AND "));
    step.repeat(table.steps)
}

/// The type of a column in the SQL of both. A number that a type of 64 bits would round stays a
/// text, since SQLite has no decimals.
fn sql_type(dataset: &Dataset, column: usize) -> &'static str {
    match (dataset.columns[column].kind, dataset.exact_type(column)) {
        (_, Some(ExactType::Long)) => "BIGINT",
        (_, Some(ExactType::Double)) => "DOUBLE",
        (ColumnType::FiscalYear, _) => "INTEGER",
        (ColumnType::Boolean, _) => "BOOLEAN",
        (ColumnType::Date, _) => "DATE",
        _ => "TEXT",
    }
}

fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ")
}

/// A title in both languages, for a comment on one line.
fn in_both(title: &Localized) -> String {
    match &title.en {
        Some(english) => one_line(&format!("{} / {english}", title.own)),
        None => one_line(&title.own),
    }
}
