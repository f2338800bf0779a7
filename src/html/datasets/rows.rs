//! The **rows** of a dataset, divided into pages, and the cells of rows wherever they are shown.
//!
//! Not in here: how many rows a page has, and how many pages there are (`site`).

use std::ops::Range;

use minijinja::value::Value;
use serde::Serialize;

use crate::dataset::{Column, Dataset};
use crate::html::PageView;
use crate::html::context::{PageContext, value};
use crate::html::head::Crumb;
use crate::site::{ROWS_ON_A_PAGE, ROWS_ON_PAGES, file_paths, row_pages};
use crate::text::{Decimal, Language};

use super::dictionary::{ColumnView, column_view};

#[derive(Serialize)]
struct RowsView<'s> {
    dataset: Value,
    columns: Vec<ColumnView<'s>>,
    rows: Vec<RowView>,
    first: usize,
    last: usize,
    count: usize,
    /// Does the table have more rows than its pages show?
    cut: bool,
    shown: usize,
    number: usize,
    pages: usize,
    previous: Option<String>,
    next: Option<String>,
}

#[derive(Serialize)]
pub(super) struct RowView {
    /// Number of the row, from 1.
    number: usize,
    cells: Vec<RowCell>,
}

#[derive(Serialize)]
pub(super) struct RowCell {
    text: String,
    numeric: bool,
}

/// The page `number` of a dataset's rows, from 1.
pub(in crate::html) fn rows(context: &PageContext<'_>, index: usize, number: usize) -> PageView {
    let dataset = &context.site.datasets[index];
    let count = dataset.rows.len();
    let pages = row_pages(dataset);
    let first = (number - 1) * ROWS_ON_A_PAGE;
    let last = (first + ROWS_ON_A_PAGE).min(count);
    let page = |number: usize| file_paths::rows(dataset.id.as_str(), number);
    let title = dataset.title.get(context.language);
    let view = RowsView {
        dataset: value(&minijinja::context! {
            url => file_paths::dataset_page(dataset.id.as_str()), name => value(&context.text(&dataset.title)),
        }),
        columns: dataset.columns.iter().map(|column| column_view(context, column)).collect(),
        rows: row_views(context, index, first..last, usize::MAX),
        first: first + 1,
        last,
        count,
        cut: count > ROWS_ON_PAGES,
        shown: ROWS_ON_PAGES,
        number,
        pages,
        previous: (number > 1).then(|| page(number - 1)),
        next: (number < pages).then(|| page(number + 1)),
    };
    let stretch = context
        .word("rows_from_to")
        .replace("{first}", &view.first.to_string())
        .replace("{last}", &last.to_string());
    PageView {
        title: format!("{title} {stretch}"),
        description: None,
        breadcrumbs: vec![
            Crumb::new(context.word("data"), file_paths::DATASETS),
            Crumb::named(
                &context.text(&dataset.title),
                file_paths::dataset_page(dataset.id.as_str()),
            ),
        ],
        value: value(&view),
    }
}

/// The `rows` of the dataset `index`, each cell at most `most` characters long.
pub(super) fn row_views(
    context: &PageContext<'_>,
    index: usize,
    rows: Range<usize>,
    most: usize,
) -> Vec<RowView> {
    let (dataset, profiles) = (&context.site.datasets[index], &context.profiles[index]);
    let decimals: Vec<usize> = profiles.iter().map(|profile| profile.decimals).collect();
    rows.map(|row| RowView {
        number: row + 1,
        cells: cells(context, dataset, row, &decimals, most),
    })
    .collect()
}

/// The cells of a row, each at most `most` characters long, and those of amounts with as many
/// `decimals` as their column has.
pub(super) fn cells(
    context: &PageContext<'_>,
    dataset: &Dataset,
    row: usize,
    decimals: &[usize],
    most: usize,
) -> Vec<RowCell> {
    let row = dataset.rows.row(row).zip(&dataset.columns).zip(decimals);
    row.map(|((cell, column), &decimals)| RowCell {
        text: match Decimal::parse(cell).filter(|_| column.is_amount()) {
            Some(number) => context.figure(&number, decimals),
            None => shortened(worded(context.language, column, cell), most),
        },
        numeric: column.kind.is_numeric(),
    })
    .collect()
}

/// Like [`worded`], as a text of its own.
pub(in crate::html) fn shown_cell(language: Language, column: &Column, cell: &str) -> String {
    worded(language, column, cell).to_owned()
}

/// The cell as a page shows it: the label of a code if the column is shown in words.
fn worded<'c>(language: Language, column: &'c Column, cell: &'c str) -> &'c str {
    let known = column.values.iter().position(|value| value == cell).filter(|_| column.worded);
    known.and_then(|index| column.labels.get(index)).map_or(cell, |label| label.get(language))
}

pub(super) fn shortened(cell: &str, most: usize) -> String {
    match cell.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &cell[..end]),
        None => cell.to_owned(),
    }
}
