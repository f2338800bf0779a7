//! The page of one **version** of a dataset, released or current, with what is new in it.
//!
//! Not in here: the list of versions on the dataset's page (`versions`), and the changes as a table
//! (`catalog`).

use minijinja::value::Value;
use serde::Serialize;

use crate::dataset::{Dataset, HistoryStep};
use crate::html::PageView;
use crate::html::context::{PageContext, Text, value};
use crate::html::head::Crumb;
use crate::site::{Citation, Imprint, file_paths};

use super::background::{BackgroundFact, background};
use super::dataset::attribution;
use super::dictionary::{ColumnView, column_view, column_views};
use super::files::{FileView, file_view, files};
use super::rows::{RowCell, cells, shortened};
use super::versions::{StepCounts, VersionItem, item};

/// Most rows of each kind of change on the page; the table of changes has all.
const SHOWN: usize = 100;

/// Most characters of a text on the page.
const TEXT: usize = 120;

#[derive(Serialize)]
struct StateView<'s> {
    dataset: Value,
    name: Option<&'s str>,
    date: Option<String>,
    note: Option<Text<'s>>,
    rows: usize,
    licence_name: &'static str,
    licence_url: &'static str,
    attribution: String,
    citation: String,
    bibtex: String,
    ris: String,
    background: Vec<BackgroundFact<'s>>,
    columns: Vec<ColumnView<'s>>,
    key: Vec<&'s str>,
    files: Vec<FileView>,
    earlier: Option<VersionItem<'s>>,
    later: Option<VersionItem<'s>>,
    changes: Option<ChangesView<'s>>,
}

#[derive(Serialize)]
struct ChangesView<'s> {
    counts: StepCounts,
    file: Option<FileView>,
    /// Names of the key columns by which rows were matched; empty if whole rows were compared.
    key: Vec<Text<'s>>,
    key_changed: bool,
    shown: usize,
    columns: Vec<ColumnChange<'s>>,
    changed: Vec<CellChange<'s>>,
    changed_cut: bool,
    added: VersionRowsView<'s>,
    removed: VersionRowsView<'s>,
}

#[derive(Serialize)]
struct ColumnChange<'s> {
    /// Key of the word that says what happened.
    what: &'static str,
    name: &'s str,
    title: Text<'s>,
    was: Option<String>,
    is: Option<String>,
}

#[derive(Serialize)]
struct CellChange<'s> {
    key: Vec<String>,
    column: Text<'s>,
    was: String,
    is: String,
}

#[derive(Serialize)]
struct VersionRowsView<'s> {
    columns: Vec<ColumnView<'s>>,
    rows: Vec<Vec<RowCell>>,
    cut: bool,
}

/// The page of the state `number` of the dataset `index`: a version, oldest first, or after the
/// last version the current state.
pub(in crate::html) fn version(context: &PageContext<'_>, index: usize, number: usize) -> PageView {
    let dataset = &context.site.datasets[index];
    let state = dataset.state(number);
    let title = dataset.title.get(context.language);
    let licence = context.site.licence_of(state);
    let VersionItem { name, date, note, rows, .. } = item(context, dataset, number);
    let citation = Citation::of(&Imprint::of(context.site, state), state, context.language);
    let view = StateView {
        dataset: value(&minijinja::context! {
            url => file_paths::dataset_page(dataset.id.as_str()), name => value(&context.text(&dataset.title)),
        }),
        name,
        date,
        note,
        rows,
        licence_name: licence.name(),
        licence_url: licence.url(),
        attribution: attribution(context, state),
        citation: citation.plain(),
        bibtex: citation.bibtex(),
        ris: citation.ris(),
        background: background(context, state),
        columns: column_views(context, state),
        key: state.key_names(),
        files: files(context, state),
        earlier: number.checked_sub(1).map(|earlier| item(context, dataset, earlier)),
        later: (number < dataset.versions.len()).then(|| item(context, dataset, number + 1)),
        changes: dataset.step(number).map(|step| changes(context, step)),
    };
    let called = match name {
        Some(name) => context.word("version_called").replace("{version}", name),
        None => context.word("version_now"),
    };
    PageView {
        title: format!("{title} {called}"),
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

/// The changes of `step`: of columns, of cells, and of rows. At most `SHOWN` of each kind of row
/// changes are shown; the counts cover all.
fn changes<'s>(context: &PageContext<'s>, step: HistoryStep<'s>) -> ChangesView<'s> {
    let HistoryStep { before, after, difference } = step;
    let path = file_paths::changes(after);
    let name = path.rsplit('/').next().unwrap_or_default().to_owned();
    let cells_changed: usize = difference.rows_changed.iter().map(|row| row.cells.len()).sum();
    let all = difference.rows_changed.iter().flat_map(|row| {
        let key = move || {
            let cells = difference.key.iter();
            cells.map(|&column| shortened(after.rows.cell(row.after, column), TEXT)).collect()
        };
        row.cells.iter().map(move |&(earlier, later)| CellChange {
            key: key(),
            column: context.text(&after.columns[later].title),
            was: shortened(before.rows.cell(row.before, earlier), TEXT),
            is: shortened(after.rows.cell(row.after, later), TEXT),
        })
    });
    ChangesView {
        counts: StepCounts::of(step),
        file: file_view(context, path, name, context.word("version_changes_file")),
        key: difference.key.iter().map(|&c| context.text(&after.columns[c].title)).collect(),
        key_changed: difference.key_changed,
        shown: SHOWN,
        columns: column_changes(context, step),
        changed: all.take(SHOWN).collect(),
        changed_cut: cells_changed > SHOWN,
        added: rows(context, after, &difference.rows_added),
        removed: rows(context, before, &difference.rows_removed),
    }
}

/// The columns that were added, removed and changed, in this order, each with its type and unit
/// before and after.
fn column_changes<'s>(context: &PageContext<'s>, step: HistoryStep<'s>) -> Vec<ColumnChange<'s>> {
    let HistoryStep { before, after, difference } = step;
    let defined = |dataset: &Dataset, column: usize| {
        let column = &dataset.columns[column];
        let kind = context.word(&format!("type_{}", column.kind.as_str()));
        [Some(kind), column.unit.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    let change = |what, dataset: &'s Dataset, column: usize| ColumnChange {
        what,
        name: &dataset.columns[column].name,
        title: context.text(&dataset.columns[column].title),
        was: None,
        is: None,
    };
    let added = difference.columns_added.iter().map(|&column| ColumnChange {
        is: Some(defined(after, column)),
        ..change("version_column_added", after, column)
    });
    let removed = difference.columns_removed.iter().map(|&column| ColumnChange {
        was: Some(defined(before, column)),
        ..change("version_column_removed", before, column)
    });
    let changed = difference.columns_changed.iter().map(|&(earlier, later)| ColumnChange {
        was: Some(defined(before, earlier)),
        is: Some(defined(after, later)),
        ..change("version_column_changed", after, later)
    });
    added.chain(removed).chain(changed).collect()
}

fn rows<'s>(
    context: &PageContext<'s>,
    dataset: &'s Dataset,
    rows: &[usize],
) -> VersionRowsView<'s> {
    let decimals: Vec<usize> =
        (0..dataset.columns.len()).map(|index| dataset.decimals(index)).collect();
    VersionRowsView {
        columns: dataset.columns.iter().map(|column| column_view(context, column)).collect(),
        rows: rows
            .iter()
            .take(SHOWN)
            .map(|&row| cells(context, dataset, row, &decimals, TEXT))
            .collect(),
        cut: rows.len() > SHOWN,
    }
}
