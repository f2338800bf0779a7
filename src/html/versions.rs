//! Pages of a dataset's **states**: each released version, and what stands now; with what is new in it.
//!
//! Not in here: the page of the dataset itself (`datasets`), and the changes as a table (`catalog`).

use minijinja::value::Value;
use serde::Serialize;

use crate::dataset::{Dataset, Step};
use crate::site::{Citation, file_paths};

use super::View;
use super::datasets::{
    Cell, ColumnView, FileView, attribution, cells, column_view, column_views, file_view, files,
    shortened,
};
use super::page::Crumb;
use super::shared::{Shared, Text, value};

/// Rows of each kind that a page shows; who wants more takes the table of changes.
const SHOWN: usize = 100;

/// Characters of a long text that a page shows.
const TEXT: usize = 120;

/// A version in the list on its dataset's page.
#[derive(Serialize)]
pub(super) struct VersionItem<'s> {
    url: String,
    /// `None` for what stands now.
    name: Option<&'s str>,
    date: Option<String>,
    note: Option<Text<'s>>,
    rows: usize,
    /// `None` for the first version.
    counts: Option<Counts>,
}

/// How many rows are new, gone and other; and columns.
#[derive(Serialize)]
struct Counts {
    added: usize,
    removed: usize,
    changed: usize,
    columns: usize,
    none: bool,
}

impl Counts {
    fn of(step: Step<'_>) -> Self {
        let difference = step.difference;
        Self {
            added: difference.rows_added.len(),
            removed: difference.rows_removed.len(),
            changed: difference.rows_changed.len(),
            columns: difference.columns_added.len()
                + difference.columns_removed.len()
                + difference.columns_changed.len(),
            none: difference.is_empty(),
        }
    }
}

/// The states of `dataset`, newest first: what stands now where it differs from the newest version, then the versions.
pub(super) fn items<'s>(shared: &Shared<'s>, dataset: &'s Dataset) -> Vec<VersionItem<'s>> {
    let newest = dataset.versions.len();
    let unreleased = dataset.unreleased.as_ref().is_some_and(|difference| !difference.is_empty());
    let numbers = (0..newest).rev();
    let now = unreleased.then_some(newest);
    now.into_iter().chain(numbers).map(|number| item(shared, dataset, number)).collect()
}

fn item<'s>(shared: &Shared<'s>, dataset: &'s Dataset, number: usize) -> VersionItem<'s> {
    let state = dataset.state(number);
    let version = dataset.versions.get(number);
    VersionItem {
        url: file_paths::state_page(state),
        name: state.version.as_ref().map(|name| name.as_str()),
        date: shared.date(state.changed()),
        note: version.and_then(|version| version.note.as_ref()).map(|note| shared.text(note)),
        rows: state.rows.len(),
        counts: dataset.step(number).map(Counts::of),
    }
}

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
    columns: Vec<ColumnView<'s>>,
    key: Vec<&'s str>,
    files: Vec<FileView>,
    earlier: Option<VersionItem<'s>>,
    later: Option<VersionItem<'s>>,
    changes: Option<ChangesView<'s>>,
}

#[derive(Serialize)]
struct ChangesView<'s> {
    counts: Counts,
    file: Option<FileView>,
    /// Names of the columns by which rows are told; none where whole rows were compared.
    key: Vec<Text<'s>>,
    key_changed: bool,
    shown: usize,
    columns: Vec<ColumnChange<'s>>,
    changed: Vec<CellChange<'s>>,
    changed_cut: bool,
    added: RowsView<'s>,
    removed: RowsView<'s>,
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
struct RowsView<'s> {
    columns: Vec<ColumnView<'s>>,
    rows: Vec<Vec<Cell>>,
    cut: bool,
}

/// The state `number` of the dataset `index`.
pub(super) fn state(shared: &Shared<'_>, index: usize, number: usize) -> View {
    let dataset = &shared.site.datasets[index];
    let state = dataset.state(number);
    let title = dataset.title.get(shared.language);
    let licence = shared.site.licence_of(state);
    let VersionItem { name, date, note, rows, .. } = item(shared, dataset, number);
    let citation = Citation::of(shared.site, state, shared.language);
    let view = StateView {
        dataset: value(&minijinja::context! {
            url => file_paths::dataset_page(dataset.id.as_str()), name => value(&shared.text(&dataset.title)),
        }),
        name,
        date,
        note,
        rows,
        licence_name: licence.name(),
        licence_url: licence.url(),
        attribution: attribution(shared, state),
        citation: citation.plain(),
        bibtex: citation.bibtex(),
        ris: citation.ris(),
        columns: column_views(shared, state),
        key: state.key_names(),
        files: files(shared, state),
        earlier: number.checked_sub(1).map(|earlier| item(shared, dataset, earlier)),
        later: (number < dataset.versions.len()).then(|| item(shared, dataset, number + 1)),
        changes: dataset.step(number).map(|step| changes(shared, step)),
    };
    let called = match name {
        Some(name) => shared.word("version_called").replace("{version}", name),
        None => shared.word("version_now"),
    };
    View {
        title: format!("{title} {called}"),
        description: None,
        breadcrumbs: vec![
            Crumb::new(shared.word("data"), "data/index.html"),
            Crumb::named(
                &shared.text(&dataset.title),
                file_paths::dataset_page(dataset.id.as_str()),
            ),
        ],
        value: value(&view),
    }
}

fn changes<'s>(shared: &Shared<'s>, step: Step<'s>) -> ChangesView<'s> {
    let Step { before, after, difference } = step;
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
            column: shared.text(&after.columns[later].title),
            was: shortened(before.rows.cell(row.before, earlier), TEXT),
            is: shortened(after.rows.cell(row.after, later), TEXT),
        })
    });
    ChangesView {
        counts: Counts::of(step),
        file: file_view(shared, path, name, shared.word("version_changes_file")),
        key: difference.key.iter().map(|&c| shared.text(&after.columns[c].title)).collect(),
        key_changed: difference.key_changed,
        shown: SHOWN,
        columns: column_changes(shared, step),
        changed: all.take(SHOWN).collect(),
        changed_cut: cells_changed > SHOWN,
        added: rows(shared, after, &difference.rows_added),
        removed: rows(shared, before, &difference.rows_removed),
    }
}

fn column_changes<'s>(shared: &Shared<'s>, step: Step<'s>) -> Vec<ColumnChange<'s>> {
    let Step { before, after, difference } = step;
    let defined = |dataset: &Dataset, column: usize| {
        let column = &dataset.columns[column];
        let kind = shared.word(&format!("type_{}", column.kind.as_str()));
        [Some(kind), column.unit.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    let change = |what, dataset: &'s Dataset, column: usize| ColumnChange {
        what,
        name: &dataset.columns[column].name,
        title: shared.text(&dataset.columns[column].title),
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

fn rows<'s>(shared: &Shared<'s>, dataset: &'s Dataset, rows: &[usize]) -> RowsView<'s> {
    RowsView {
        columns: dataset.columns.iter().map(|column| column_view(shared, column)).collect(),
        rows: rows.iter().take(SHOWN).map(|&row| cells(dataset, row, TEXT)).collect(),
        cut: rows.len() > SHOWN,
    }
}
