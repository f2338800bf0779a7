//! A **series** (系列) links datasets on the same subject, each of which covers a period of its
//! own. It is defined in `content/series.csv` and named by `series` in each `dataset.toml`.
//!
//! Not in here: the datasets of a series (`site`), and whether their periods and columns fit
//! together (`check`).

use std::collections::BTreeMap;

use crate::diagnostic::{self, Diagnostic, Diagnostics, Place};
use crate::message;
use crate::source::Sources;
use crate::table::{self, BoundTable, ColumnSpec, OwnColumns, TableSpec};
use crate::text::{Id, Localized};

/// A series of datasets, without the datasets.
#[derive(Clone, Debug)]
pub struct Series {
    /// Its id.
    pub id: Id,
    /// Its title, without a year.
    pub title: Localized,
    /// A description that applies to all of its datasets.
    pub description: Localized,
    /// The place of its row.
    pub place: Place,
}

/// The columns of `series.csv`.
pub static SERIES: TableSpec<'static> = TableSpec {
    ja: "系列の表",
    en: "the table of series",
    path: "content/series.csv",
    columns: &[
        ColumnSpec { name: "id", title: "系列ID", required: true, narrative: false },
        ColumnSpec { name: "title", title: "名称", required: true, narrative: false },
        ColumnSpec { name: "title_en", title: "名称_英字", required: false, narrative: false },
        ColumnSpec { name: "description", title: "説明", required: true, narrative: true },
        ColumnSpec {
            name: "description_en", title: "説明_英字", required: false, narrative: true
        },
    ],
    own: OwnColumns::Never,
};

/// Reads the series from `content/series.csv` or another table with that name, sorted by id; empty
/// if there is no such file. Rows with errors are reported and left out, and so are rows that
/// repeat an id.
pub fn read_series(sources: &Sources, diagnostics: &mut Diagnostics) -> Vec<Series> {
    let Some(file) = table::single(sources, "series") else { return Vec::new() };
    let declaration = table::beside(sources, file, diagnostics);
    let Some(table) = table::read(file, &declaration, diagnostics) else { return Vec::new() };
    table.tell(Vec::new(), diagnostics);
    let bound = BoundTable::bind(&table, SERIES, &[], diagnostics);
    let all = bound.rows(diagnostics, |fields| {
        let id = fields.required_id("id");
        let title = fields.required_localized("title");
        let description = fields.required_localized("description");
        Some(Series {
            id: id?.value,
            title: title?,
            description: description?,
            place: fields.place(),
        })
    });
    let mut first: BTreeMap<Id, Series> = BTreeMap::new();
    for series in all {
        match first.get(&series.id) {
            Some(earlier) => diagnostics.push(twice(&series, earlier)),
            None => {
                first.insert(series.id.clone(), series);
            }
        }
    }
    first.into_values().collect()
}

fn twice(series: &Series, earlier: &Series) -> Diagnostic {
    let id = &series.id;
    Diagnostic::new(
        &diagnostic::POLICY_DUPLICATE_ID,
        series.place.clone(),
        message!(ja: "系列のID「{id}」はすでに使われています", en: "the series id `{id}` is already used"),
    )
    .with_help(message!(ja: "別のIDにするか、どちらかの行を削除してください", en: "choose another id, or delete one of the rows"))
    .with_related(earlier.place.clone(), message!(ja: "先にあるもの", en: "the first one"))
}
