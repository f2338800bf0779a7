//! **Differences** between two states of a dataset, shown in the terminal for people and as JSON.
//!
//! Not in here: comparing states (`dataset`).

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::dataset::{Dataset, HistoryStep, TableDifference};
use crate::markdown::{Alone, to_html};
use crate::text::Language;

/// A difference to be shown.
pub(super) struct Told<'d>(pub HistoryStep<'d>);

/// The numbers of rows that differ, in words: `2 added, 0 removed, 5 changed`.
pub(super) fn counted(difference: &TableDifference, language: Language) -> String {
    let TableDifference { rows_added, rows_removed, rows_changed, .. } = difference;
    counts(rows_added.len(), rows_removed.len(), rows_changed.len(), language)
}

/// A page of its own that shows `markdown`, for a browser and for the printer. It loads nothing.
pub(super) fn page(markdown: &str, language: Language) -> String {
    let title = match language {
        Language::Ja => "公開済みのサイトからの変更点",
        Language::En => "Changes of the published site",
    };
    let body = to_html(markdown, 2, &Alone);
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <style>body {{ font-family: sans-serif; line-height: 1.7; max-width: 60em; margin: 2em auto; \
         padding: 0 1em }} li {{ overflow-wrap: anywhere }}</style>\n</head>\n<body>\n\
         <h1>{title}</h1>\n{body}\n</body>\n</html>"
    )
}

/// So many rows `added`, `removed` and `changed`, in words.
pub(super) fn counts(added: usize, removed: usize, changed: usize, language: Language) -> String {
    match language {
        Language::Ja => format!("追加{added}行、削除{removed}行、変更{changed}行"),
        Language::En => format!("{added} added, {removed} removed, {changed} changed"),
    }
}

impl Told<'_> {
    /// The difference as a JSON object on one line. Rows are numbered from 1, and blank cells are
    /// `null`.
    pub fn json(&self) -> String {
        let HistoryStep { before, after, difference } = self.0;
        let names = |dataset: &Dataset, columns: &[usize]| -> Vec<String> {
            columns.iter().map(|&column| dataset.columns[column].name.clone()).collect()
        };
        let changed = difference.rows_changed.iter().map(|row| {
            let cells = row.cells.iter().map(|&(earlier, later)| {
                json!({
                    "column": after.columns[later].name,
                    "before": cell(before, row.before, earlier),
                    "after": cell(after, row.after, later),
                })
            });
            json!({
                "row_before": row.before + 1,
                "row_after": row.after + 1,
                "key": object(after, row.after, difference.key.iter().copied()),
                "cells": cells.collect::<Vec<_>>(),
            })
        });
        let redefined = difference.columns_changed.iter().map(|&(earlier, later)| {
            let (was, is) = (&before.columns[earlier], &after.columns[later]);
            json!({ "column": is.name, "before": was.definition(), "after": is.definition() })
        });
        json!({
            "dataset": after.id,
            "from": state_name(before),
            "to": state_name(after),
            "key": names(after, &difference.key),
            "key_changed": difference.key_changed,
            "columns_added": names(after, &difference.columns_added),
            "columns_removed": names(before, &difference.columns_removed),
            "columns_changed": redefined.collect::<Vec<_>>(),
            "rows_added": rows(after, &difference.rows_added),
            "rows_removed": rows(before, &difference.rows_removed),
            "rows_changed": changed.collect::<Vec<_>>(),
        })
        .to_string()
    }

    /// The text of [`text`](Self::text) in a code block of Markdown.
    pub fn markdown(&self, language: Language) -> String {
        format!("```diff\n{}\n```", self.text(language))
    }

    /// The difference as text of several lines: `+` for added, `-` for removed and `~` for changed
    /// columns and rows. The first line names the two states, and the last has the numbers of rows.
    pub fn text(&self, language: Language) -> String {
        let HistoryStep { before, after, difference } = self.0;
        let key: Vec<&str> =
            difference.key.iter().map(|&column| after.columns[column].name.as_str()).collect();
        let told_by = match (key.is_empty(), difference.key_changed, language) {
            (false, _, Language::Ja) => format!("行を区別する列：{}", key.join("、")),
            (false, _, Language::En) => format!("rows matched by {}", key.join(", ")),
            (true, true, Language::Ja) => "行を区別する列が異なるため、行全体を比較".to_owned(),
            (true, true, Language::En) => {
                "the columns that tell rows apart have changed, so whole rows are compared"
                    .to_owned()
            }
            (true, false, Language::Ja) => "行を区別する列がないため、行全体を比較".to_owned(),
            (true, false, Language::En) => {
                "no column tells rows apart, so whole rows are compared".to_owned()
            }
        };
        let mut text =
            format!("{} {} → {} ({told_by})", after.id, state_name(before), state_name(after));
        let column = match language {
            Language::Ja => "列",
            Language::En => "column",
        };
        for &added in &difference.columns_added {
            let _ = write!(text, "\n+ {column} {}", after.columns[added].name);
        }
        for &removed in &difference.columns_removed {
            let _ = write!(text, "\n- {column} {}", before.columns[removed].name);
        }
        for &(earlier, later) in &difference.columns_changed {
            let (was, is) = (&before.columns[earlier], &after.columns[later]);
            let _ = write!(
                text,
                "\n~ {column} {}: {} → {}",
                is.name,
                was.definition(),
                is.definition()
            );
        }
        for &row in &difference.rows_added {
            let _ = write!(text, "\n+ {}", line(after, row));
        }
        for &row in &difference.rows_removed {
            let _ = write!(text, "\n- {}", line(before, row));
        }
        for row in &difference.rows_changed {
            let cells = difference.key.iter().map(|&column| after.rows.cell(row.after, column));
            let key = cells.collect::<Vec<_>>().join(", ");
            for &(earlier, later) in &row.cells {
                let name = &after.columns[later].name;
                let was = shown(before.rows.cell(row.before, earlier));
                let is = shown(after.rows.cell(row.after, later));
                let _ = write!(text, "\n~ {key}: {name}: {was} → {is}");
            }
        }
        let rows = match language {
            Language::Ja => "行",
            Language::En => "rows",
        };
        let _ = write!(text, "\n{rows}: {}", counted(difference, language));
        text
    }
}

/// The name of the version that `dataset` is; `latest` for the present state.
fn state_name(dataset: &Dataset) -> &str {
    dataset.version.as_ref().map_or("latest", |name| name.as_str())
}

fn rows(dataset: &Dataset, rows: &[usize]) -> Vec<Value> {
    let all = || 0..dataset.columns.len();
    rows.iter()
        .map(|&row| json!({ "row": row + 1, "cells": object(dataset, row, all()) }))
        .collect()
}

fn object(dataset: &Dataset, row: usize, columns: impl Iterator<Item = usize>) -> Value {
    let cells = columns
        .map(|column| (dataset.columns[column].name.clone(), json!(cell(dataset, row, column))));
    Value::Object(cells.collect::<Map<String, Value>>())
}

/// The cell in canonical text; `None` if it is blank.
fn cell(dataset: &Dataset, row: usize, column: usize) -> Option<&str> {
    Some(dataset.rows.cell(row, column)).filter(|cell| !cell.is_empty())
}

/// The cells of a row on one line.
fn line(dataset: &Dataset, row: usize) -> String {
    dataset.rows.row(row).map(one_line).collect::<Vec<_>>().join(", ")
}

fn shown(cell: &str) -> String {
    if cell.is_empty() { "∅".to_owned() } else { one_line(cell) }
}

/// Replaces control characters, which a terminal would interpret, by spaces.
fn one_line(cell: &str) -> String {
    cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
