//! **Foreign keys**: what a dataset takes from another is there.

use std::collections::BTreeSet;

use crate::dataset::{Dataset, ForeignKey};
use crate::diagnostic::{self, Diagnostic, Diagnostics};
use crate::message;
use crate::site::Site;
use crate::text::nearest;

/// Every foreign key leads to a column that there is, and each of its cells to a row.
pub(super) fn foreign_keys(site: &Site, diagnostics: &mut Diagnostics) {
    let mut found = Diagnostics::new();
    for dataset in &site.datasets {
        for key in &dataset.foreign_keys {
            let target = site.datasets.iter().find(|target| target.id == key.dataset);
            match target {
                Some(target) => check(dataset, key, target, diagnostics, &mut found),
                // One with an error of its own has been left out; that is reported.
                None if diagnostics.has_errors_in(&format!("content/datasets/{}", key.dataset)) => {
                }
                None => found.push(no_such_dataset(site, key)),
            }
        }
    }
    diagnostics.append(found);
}

fn check(
    dataset: &Dataset,
    key: &ForeignKey,
    target: &Dataset,
    known: &Diagnostics,
    found: &mut Diagnostics,
) {
    let names = || target.columns.iter().map(|column| column.name.as_str());
    let mut to = Vec::with_capacity(key.to.len());
    for name in &key.to {
        match names().position(|column| column == name) {
            Some(index) => to.push(index),
            None => found.push(no_such_column(key, target, name)),
        }
    }
    // Where something else is wrong, rows of the built-in tables may be missing for that alone.
    let incomplete = target.built_in && known.has_errors();
    if to.len() == key.to.len() && !incomplete {
        rows(dataset, key, target, &to, found);
    }
}

fn rows(
    dataset: &Dataset,
    key: &ForeignKey,
    target: &Dataset,
    to: &[usize],
    found: &mut Diagnostics,
) {
    let Some(origin) = &dataset.origin else { return };
    let cells = |of: &'_ Dataset, row: usize, columns: &[usize]| -> Vec<String> {
        columns.iter().map(|&column| of.rows.cell(row, column).to_owned()).collect()
    };
    let there: BTreeSet<Vec<String>> =
        (0..target.rows.len()).map(|row| cells(target, row, to)).collect();
    for row in 0..dataset.rows.len() {
        let values = cells(dataset, row, &key.columns);
        // A blank refers to nothing.
        if values.iter().any(String::is_empty) || there.contains(&values) {
            continue;
        }
        let shown = values.join("`, `");
        let (id, columns) = (&target.id, key.to.join("`, `"));
        let problem = Diagnostic::new(
            &diagnostic::CHECK_MISSING_ROW,
            origin.place(row, key.columns[0]),
            message!(
                ja: "`{shown}` の行が `{id}` にない",
                en: "there is no row with `{shown}` in `{id}`",
            ),
        );
        let near = match values.as_slice() {
            [only] => nearest(only, there.iter().map(|values| values[0].as_str())),
            _ => None,
        };
        let problem = problem.with_help(match near {
            Some(near) => message!(ja: "`{near}` のことか", en: "did you mean `{near}`?"),
            None => message!(
                ja: "値を直すか、`{id}` の `{columns}` に加える",
                en: "mend the value, or add it to `{columns}` of `{id}`",
            ),
        });
        found.push(problem.with_related(
            key.place.clone(),
            message!(ja: "外部キーの定義", en: "the foreign key is declared here"),
        ));
    }
}

fn no_such_dataset(site: &Site, key: &ForeignKey) -> Diagnostic {
    let id = &key.dataset;
    let ids = site.datasets.iter().map(|dataset| dataset.id.as_str());
    Diagnostic::new(
        &diagnostic::CHECK_REFERENCE,
        key.place.clone(),
        message!(ja: "参照先のデータセット `{id}` はない", en: "there is no dataset `{id}` to refer to"),
    )
    .with_help(match nearest(id.as_str(), ids) {
        Some(near) => message!(ja: "`{near}` のことか", en: "did you mean `{near}`?"),
        None => message!(
            ja: "`content/datasets` のフォルダーの名前か、施策から作られるデータのID（`departments` など）を書く",
            en: "write the name of a folder in `content/datasets`, or the id of a table made from the measures, such as `departments`",
        ),
    })
}

fn no_such_column(key: &ForeignKey, target: &Dataset, name: &str) -> Diagnostic {
    let id = &target.id;
    let names: Vec<&str> = target.columns.iter().map(|column| column.name.as_str()).collect();
    Diagnostic::new(
        &diagnostic::CHECK_REFERENCE,
        key.place.clone(),
        message!(ja: "`{id}` に列 `{name}` はない", en: "`{id}` has no column `{name}`"),
    )
    .with_help(match nearest(name, names.iter().copied()) {
        Some(near) => message!(ja: "`{near}` のことか", en: "did you mean `{near}`?"),
        None => {
            let list = names.join("`, `");
            message!(ja: "あるのは `{list}`", en: "its columns are `{list}`")
        }
    })
}
