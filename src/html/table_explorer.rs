//! The **table explorer**: what the script of a table is given, so that the table on a page can be
//! sorted, filtered and paged through.
//!
//! Not in here: the files that the script reads (`catalog`).

use std::collections::BTreeMap;

use serde::Serialize;

use crate::site::is_explored;

use super::context::PageContext;

/// Rows of a table that are part of its page; the script loads the others.
pub(super) const FIRST_ROWS: usize = 20;

/// The parameters of the script.
#[derive(Serialize)]
pub(super) struct TableExplorer {
    /// Folder of the table's files; `None` for a table that is too large, or empty.
    files: Option<String>,
    /// File name of what readers download.
    name: String,
    /// Where the table is from, in a line.
    about: String,
    rows: usize,
    /// Rows that the page shows.
    size: usize,
    /// The sign before negative numbers.
    minus: &'static str,
    /// The texts that the script shows, as a JSON object by key.
    words: String,
}

impl TableExplorer {
    /// The explorer of a table with so many `rows`, whose files are in `folder`. Files that readers
    /// download have the `name` and say `about` the table where it is from.
    pub fn new(
        context: &PageContext<'_>,
        folder: String,
        (name, about): (&str, String),
        rows: usize,
    ) -> Self {
        let all = context.theme.words.get(&context.language).into_iter().flatten();
        let said: BTreeMap<&String, &String> = all
            .filter(|(key, _)| key.starts_with("table_") || WORDS.contains(&key.as_str()))
            .collect();
        Self {
            files: is_explored(rows).then_some(folder),
            name: name.to_owned(),
            about,
            rows,
            size: FIRST_ROWS,
            minus: context.site.config.minus.on_pages(context.language),
            words: serde_json::to_string(&said).expect("words are always JSON"),
        }
    }
}

/// Keys of texts that the script shares with other pages; its own begin with `table_`.
const WORDS: [&str; 6] = ["chart_cut", "next", "page_of", "previous", "rows_pages", "search_retry"];
