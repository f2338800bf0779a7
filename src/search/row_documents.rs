//! The **rows** of datasets as documents, so that a search for a place or a thing leads to the row
//! that has it.
//!
//! Not in here: the pages that show rows (`html`).

use std::collections::BTreeSet;

use crate::dataset::{Column, ColumnType, Dataset, reading_of};
use crate::site::{ROWS_ON_A_PAGE, Site, file_paths, row_pages};
use crate::text::{Language, Localized};

use super::document::{Document, DocumentKind, Paragraphs};
use super::page_documents::of_dataset;

/// A document for each row that a page of the dataset shows. Cells of text, codes and dates are
/// searched; numbers and addresses (URLs) are not.
pub(super) fn rows_of<'s>(
    site: &'s Site,
    dataset: &'s Dataset,
) -> impl Iterator<Item = Document> + 's {
    let shown = (row_pages(dataset) * ROWS_ON_A_PAGE).min(dataset.rows.len());
    let about = of_dataset(site, dataset);
    let own_language = site.config.own_language();
    let naming = naming_column(dataset, shown);
    (0..shown).map(move |row| {
        let cells = || {
            dataset.columns.iter().zip(dataset.rows.row(row)).filter(|(_, cell)| !cell.is_empty())
        };
        let texts =
            || cells().filter(|(column, _)| SEARCHED.contains(&column.kind) && !is_kana(column));
        // The row's name is its title and is not repeated in the snippet.
        let shown = |language: Language| {
            let colon = if language == Language::En { ": " } else { "：" };
            let beside = texts().filter(|(column, _)| {
                naming.is_none_or(|name| dataset.columns[name].name != column.name)
            });
            let named = |(column, cell): (&Column, &str)| {
                format!("{}{colon}{cell}", column.title.get(language))
            };
            beside.map(named).collect::<Vec<String>>().join("\n")
        };
        let has_english = dataset.columns.iter().any(|column| column.title.en.is_some());
        let readings: Vec<&str> =
            cells().filter(|(column, _)| is_kana(column)).map(|(_, cell)| cell).collect();
        let year = cells().find(|(column, _)| column.kind == ColumnType::FiscalYear);
        let name =
            naming.map(|column| dataset.rows.cell(row, column)).filter(|name| !name.is_empty());
        Document {
            url: file_paths::row(dataset.id.as_str(), row),
            title: Localized::new(match name {
                Some(name) => name.to_owned(),
                None => format!("{} {}", dataset.title.own, row + 1),
            }),
            within: Some(dataset.title.clone()),
            kana: (!readings.is_empty()).then(|| readings.join("\n")),
            head: Vec::new(),
            body: Paragraphs {
                own: texts().map(|(_, cell)| cell.to_owned()).collect(),
                en: Vec::new(),
                shown: Some(Localized {
                    en: has_english.then(|| shown(Language::En)),
                    ..Localized::new(shown(own_language))
                }),
            },
            joins: row > 0,
            answer: None,
            kind: DocumentKind::Row,
            fiscal_year: year.and_then(|(_, cell)| cell.parse().ok()),
            department: about.department,
            rating: None,
            topics: about.topics.clone(),
            own: vec![],
            budget: None,
        }
    })
}

/// The types of columns that are searched.
const SEARCHED: [ColumnType; 3] = [ColumnType::Text, ColumnType::Code, ColumnType::Date];

/// Does the column hold the readings of another?
fn is_kana(column: &Column) -> bool {
    column.name.ends_with("_kana")
}

/// Index of the column that names the rows: the first text column that has a column of readings,
/// otherwise the one with the most different values among the first `rows` rows.
fn naming_column(dataset: &Dataset, rows: usize) -> Option<usize> {
    let has_reading = |column: &Column| reading_of(&dataset.columns, column).is_some();
    let texts = || {
        let texts = dataset.columns.iter().enumerate();
        texts.filter(|(_, column)| {
            column.kind == ColumnType::Text && !is_kana(column) && !column.narrative
        })
    };
    let different = |column: usize| {
        (0..rows).map(|row| dataset.rows.cell(row, column)).collect::<BTreeSet<&str>>().len()
    };
    let read = texts().find(|(_, column)| has_reading(column)).map(|(index, _)| index);
    // Of several equal maxima, `max_by_key` returns the last: reversed, this is the first column.
    read.or_else(|| texts().map(|(index, _)| index).rev().max_by_key(|&index| different(index)))
}
