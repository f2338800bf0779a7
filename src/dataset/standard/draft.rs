//! The **draft** of a dataset with the columns of a standard set: its declaration and an empty
//! table, for a person to fill in.

use std::fmt::Write as _;

use crate::document::{DRAFT, list, quoted};

use super::{StandardColumn, StandardSet};

/// Columns that identify a row, in sets whose rows have no id.
const KEY_WITHOUT_ID: [&str; 2] = ["district_code", "surveyed"];

impl StandardSet {
    /// The text of `dataset.toml`.
    pub fn drafted_toml(&self) -> String {
        let names: Vec<&str> = self.columns().map(|column| column.name).collect();
        let key: Vec<&str> = match names.contains(&"id") {
            true => vec!["id"],
            false => KEY_WITHOUT_ID.into_iter().filter(|name| names.contains(name)).collect(),
        };
        let mut toml = String::from(DRAFT);
        let _ = writeln!(toml, "title = {}", quoted(self.title));
        let _ = writeln!(toml, "title_en = {}", quoted(self.title_en));
        let description = quoted(&format!("{}です。", self.title));
        let _ =
            writeln!(toml, "description = {description} # どのようなデータかを書き足してください");
        let _ = writeln!(toml, "conforms_to = {}", quoted(self.id));
        if !key.is_empty() {
            let _ = writeln!(toml, "primary_key = {}", list(&key));
        }
        for column in self.columns() {
            let required = key.contains(&column.name) || self.requires(column.title);
            toml.push_str(&declared(column, required));
        }
        toml
    }

    /// The empty table: the header as CSV with a byte order mark, which Excel needs.
    pub fn drafted_csv(&self) -> Vec<u8> {
        let titles: Vec<&str> = self.columns().map(|column| column.title).collect();
        format!("\u{feff}{}\r\n", titles.join(",")).into_bytes()
    }
}

fn declared(column: &StandardColumn, required: bool) -> String {
    let mut toml = String::from("\n[[columns]]\n");
    let unit = (!column.unit.is_empty()).then(|| quoted(column.unit));
    let fields = [
        ("name", Some(quoted(column.name))),
        ("title", Some(quoted(column.title))),
        ("title_en", Some(quoted(column.title_en))),
        ("type", Some(quoted(column.kind.as_str()))),
        ("unit", unit),
        ("required", required.then(|| "true".to_owned())),
    ];
    for (key, value) in fields {
        if let Some(value) = value {
            let _ = writeln!(toml, "{key} = {value}");
        }
    }
    toml
}
