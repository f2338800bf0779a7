//! The **body** of a dataset's table: its columns matched with the declared ones, its rows read
//! cell by cell, and repeated keys reported.
//!
//! Not in here: the rules for a single cell (`cell`), and cells that are hard to process
//! (`readability`).

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::diagnostic::{self, Diagnostic, Diagnostics, Located, Message};
use crate::message;
use crate::table::{self, CellReader, Look, Patience, Readability, Table};
use crate::text::nearest;

use super::cell::check_cell;
use super::columns::WrittenColumn;
use super::statuses::Statuses;
use super::{Column, ColumnType, Rows, known, position, statuses};

/// Reads the rows of `table`, with cells in canonical text and in the order of `columns`. Every
/// problem is reported.
///
/// Returns the rows, the index of the table's column for each of `columns`, and the statuses of the
/// columns for which any are declared. `None` if a column is missing or undeclared, or if a cell, a
/// status, a position or a key is wrong. Reading stops after too many errors ([`Patience`]).
pub(super) fn read_rows(
    table: &Table,
    columns: &[WrittenColumn],
    primary_key: &[usize],
    diagnostics: &mut Diagnostics,
) -> Option<(Rows, Vec<usize>, Vec<Statuses>)> {
    let BoundColumns { columns: bound, statuses: of_statuses, whole } =
        bind(table, columns, diagnostics);
    let mut sound = whole;
    let found: Vec<(&WrittenColumn, usize)> =
        columns.iter().zip(&bound).filter_map(|(column, at)| Some((column, (*at)?))).collect();
    let mut statuses: Vec<Statuses> = Vec::new();
    for (column, written) in columns.iter().enumerate() {
        let always = written.status.is_some()
            || (written.own_missing && written.column.missing.gives_reasons());
        if always || written.column.missing.gives_reasons() {
            statuses.push(Statuses { column, rows: Vec::with_capacity(table.len()), always });
        }
    }
    let mut rows = Rows::new(columns.len());
    let readability = Readability::of(table);
    let mut cells = CellReader::new(table);
    let positions = position::PositionColumns::find(&found);
    let mut told: BTreeSet<(usize, usize)> = BTreeSet::new();
    let patience = Patience::new(diagnostics);
    let home = table.declared_in();
    for row in 0..table.len() {
        if patience.is_over(table, row, diagnostics) {
            cells.finish(diagnostics);
            return None;
        }
        for (written, source) in columns.iter().zip(&bound) {
            // The other columns are checked even if one is missing.
            let Some(source) = *source else {
                rows.push("");
                continue;
            };
            let text = readability.look(row, source, look(&written.column), diagnostics);
            let missing = written.column.missing.contains(&text);
            let cell = match text {
                Cow::Borrowed(cell) => cell,
                Cow::Owned(_) => table.cell(row, source),
            };
            let shown = match missing {
                true => Ok(Cow::Borrowed(cell)),
                false => cells.read_text(row, source, cell, written.column.meaning()),
            };
            // The canonical text of what the cell shows. If it shows what is stored, `text` is
            // used, which has been brought onto one line.
            let published = shown.and_then(|shown| match *shown == *cell {
                true => check_cell(&text, &written.column, home),
                false => check_cell(&shown, &written.column, home),
            });
            match published {
                Ok(text) => rows.push(&text),
                Err(mut wrong) => {
                    let no_value = || table::no_value_help(&text, table.declared_in());
                    if matches!(wrong.code.id, "table::value" | "table::not-a-date")
                        && !written.column.required
                        && let Some(help) = no_value()
                    {
                        wrong.help = help;
                    }
                    sound = false;
                    rows.push("");
                    told.insert((row, source));
                    let swapped = |at: &position::PositionColumns| at.swapped(table, row, source);
                    if !positions.as_ref().is_some_and(swapped) {
                        diagnostics.push(wrong.at(table.place(row, source)));
                    }
                }
            }
        }
    }
    for statuses in &mut statuses {
        let written = &columns[statuses.column];
        let Some(source) = bound[statuses.column] else { continue };
        let from = (source, of_statuses[statuses.column]);
        for row in 0..table.len() {
            let (status, right) = statuses::of_cell((table, row), written, from, diagnostics);
            sound &= right;
            statuses.rows.push(status);
        }
    }
    cells.finish(diagnostics);
    sound &= known::check((table, &rows), columns, &bound, &told, diagnostics);
    if let Some(positions) = &positions {
        sound &= position::check(table, positions, diagnostics);
    }
    for (index, (written, source)) in columns.iter().zip(&bound).enumerate() {
        if let (true, Some(source)) = (written.column.unique, *source) {
            sound &= report_repeats(table, &rows, &[index], source, diagnostics);
        }
    }
    let key: Option<Vec<usize>> = primary_key.iter().map(|&index| bound[index]).collect();
    if let Some(&first) = key.as_ref().and_then(|key| key.first()) {
        sound &= report_repeats(table, &rows, primary_key, first, diagnostics);
    }
    sound.then(|| (rows, found.into_iter().map(|(_, source)| source).collect(), statuses))
}

/// What to look for in the cells of `column` that makes them hard to process.
fn look(column: &Column) -> Look {
    let text = column.kind == ColumnType::Text;
    Look {
        text,
        free: text && column.values.is_empty(),
        declared: true,
        vocabulary: !column.values.is_empty(),
        narrative: column.narrative,
    }
}

/// The columns of a table from which the declared columns are read.
struct BoundColumns {
    /// For each declared column, the index of the table's column; `None` if it is missing.
    columns: Vec<Option<usize>>,
    /// For each declared column, the index of the table's column with its statuses; `None` if none
    /// is declared, or if it is missing.
    statuses: Vec<Option<usize>>,
    /// Whether all declared columns were found and the table has no others.
    whole: bool,
}

/// Finds each declared column in the header of `table`, by its header or its physical name, and
/// each column of statuses by its header. Missing columns, and columns of the table that are not
/// declared, are reported.
fn bind(table: &Table, columns: &[WrittenColumn], diagnostics: &mut Diagnostics) -> BoundColumns {
    let mut sources = Vec::with_capacity(columns.len());
    let mut of_statuses = Vec::with_capacity(columns.len());
    let mut whole = true;
    for written in columns {
        let found = table.header().iter().position(|header| {
            *header.text == *written.header || *header.text == *written.column.name
        });
        sources.push(found);
        if found.is_none() {
            whole = false;
            diagnostics.push(missing(table, written));
        }
    }
    for written in columns {
        let named = written.status.as_ref();
        let found = named.map(|named| {
            let headers = table.header();
            (named, headers.iter().position(|header| *header.text == *named.value))
        });
        of_statuses.push(found.and_then(|(_, found)| found));
        if let Some((named, None)) = found {
            whole = false;
            diagnostics.push(no_status_column(table, named));
        }
    }
    for (index, header) in table.header().iter().enumerate() {
        if !sources.contains(&Some(index)) && !of_statuses.contains(&Some(index)) {
            let text = &header.text;
            whole = false;
            diagnostics.push(
                Diagnostic::new(
                    &diagnostic::TABLE_UNKNOWN_COLUMN,
                    table.header_place(index),
                    message!(
                        ja: "「{text}」の列が「dataset.toml」に定義されていません",
                        en: "the column `{text}` is not declared in `dataset.toml`",
                    ),
                )
                .with_help(message!(
                    ja: "「[[columns]]」に追加するか、表から削除してください",
                    en: "declare it in `[[columns]]`, or delete it from the table",
                )),
            );
        }
    }
    BoundColumns { columns: sources, statuses: of_statuses, whole }
}

fn no_status_column(table: &Table, named: &Located<String>) -> Diagnostic {
    let header = &named.value;
    let headers = table.header().iter().map(|header| &*header.text);
    let help = match nearest(header, headers) {
        Some(near) => Message::did_you_mean(near),
        None => message!(
            ja: "状態の列を表に追加するか、「status」を削除してください",
            en: "add the column of statuses to the table, or delete `status`",
        ),
    };
    Diagnostic::new(
        &diagnostic::TABLE_MISSING_COLUMN,
        named.place.clone(),
        message!(ja: "見出しが「{header}」の列がありません", en: "no column has the header `{header}`"),
    )
    .with_help(help)
}

/// The problem of a declared column that the table does not have, with the most similar header of
/// the table as a suggestion.
fn missing(table: &Table, written: &WrittenColumn) -> Diagnostic {
    let header = &written.header;
    let headers = table.header().iter().map(|header| &*header.text);
    let help = match nearest(header, headers) {
        Some(near) => message!(
            ja: "「{near}」の列の場合は、「header = \"{near}\"」と記入してください",
            en: "if `{near}` is its header, write `header = \"{near}\"`",
        ),
        None => message!(
            ja: "表に列を追加するか、「dataset.toml」の定義を削除してください",
            en: "add the column to the table, or delete its declaration from `dataset.toml`",
        ),
    };
    Diagnostic::new(
        &diagnostic::TABLE_MISSING_COLUMN,
        table.header_row_place(),
        message!(ja: "見出しが「{header}」の列がありません", en: "no column has the header `{header}`"),
    )
    .with_help(help)
    .with_related(written.place.clone(), message!(ja: "列の定義", en: "declared here"))
}

/// Reports each row that has the same values in the columns `key` as an earlier row; rows that are
/// blank in all of them are passed over. The place is the cell in the column `source` of the table.
/// Returns `false` if there are such rows.
fn report_repeats(
    table: &Table,
    rows: &Rows,
    key: &[usize],
    source: usize,
    diagnostics: &mut Diagnostics,
) -> bool {
    let values = |row: usize| key.iter().map(move |&column| rows.cell(row, column));
    let filled = |row: &usize| values(*row).any(|value| !value.is_empty());
    let mut order: Vec<usize> = (0..rows.len()).filter(filled).collect();
    // The sort is stable, so the first of several equal rows stays first. Most tables are in the
    // order of their key already, which makes sorting fast.
    order.sort_by(|a, b| values(*a).cmp(values(*b)));
    let same = |a: &usize, b: &usize| values(*a).eq(values(*b));
    let repeats = order.chunk_by(same).flat_map(|rows| rows[1..].iter().map(|&row| (row, rows[0])));
    let mut repeats: Vec<(usize, usize)> = repeats.collect();
    repeats.sort_unstable();
    for &(row, earlier) in &repeats {
        diagnostics.push_with(&diagnostic::DATASET_DUPLICATE_VALUE, table.file(), || {
            let shown: Vec<&str> = values(row).collect();
            let (ja, en) = (shown.join("」「"), shown.join("`, `"));
            Diagnostic::new(
                &diagnostic::DATASET_DUPLICATE_VALUE,
                table.place(row, source),
                message!(ja: "「{ja}」の行がすでにあります", en: "there is already a row for `{en}`"),
            )
            .with_help(message!(
                ja: "どちらかの行を削除するか、値を訂正してください",
                en: "delete one of the rows, or correct the value",
            ))
            .with_related(
                table.place(earlier, source),
                message!(ja: "先にある行", en: "the first row"),
            )
        });
    }
    repeats.is_empty()
}
