//! Checks that **foreign keys** refer to existing columns and rows.

use std::collections::BTreeSet;

use crate::dataset::{Dataset, ForeignKey};
use crate::diagnostic::{self, Diagnostic, Diagnostics, Message};
use crate::message;
use crate::site::Site;
use crate::text::{Nearest, nearest};

/// Reports foreign keys that name an unknown dataset or column, and cells without a matching row.
pub(super) fn foreign_keys(site: &Site, diagnostics: &mut Diagnostics) {
    let mut found = Diagnostics::new();
    // A table of all periods has the references that the datasets of the periods have.
    for dataset in site.datasets.iter().filter(|dataset| dataset.joins.is_none()) {
        for key in &dataset.foreign_keys {
            let target = site.datasets.iter().find(|target| target.id == key.dataset);
            match target {
                Some(target) => check(dataset, key, target, diagnostics, &mut found),
                // A dataset with errors has been left out of the site; its errors are already
                // reported.
                None if diagnostics.has_errors_in(&format!("content/datasets/{}", key.dataset)) => {
                }
                None => found.push(no_such_dataset(site, key)),
            }
        }
    }
    diagnostics.append(found);
}

/// Checks the foreign key `key` of `dataset`, which refers to `target`: reports unknown columns
/// and, if there are none, rows without a matching row. `known` are the problems found so far. Rows
/// are not compared with a built-in table if there are errors, since rows of it may be missing.
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
    // Errors elsewhere may have removed rows from the built-in tables.
    let incomplete = target.built_in && known.has_errors();
    if to.len() == key.to.len() && !incomplete {
        rows(dataset, key, target, &to, found);
    }
}

/// Reports each row of `dataset` whose values in the columns of `key` do not occur in the columns
/// `to` of `target`. Rows with a blank cell in `key` are passed over. Checks nothing for a dataset
/// without an origin, such as a built-in one.
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
    let nearest = Nearest::default();
    for row in 0..dataset.rows.len() {
        let values = cells(dataset, row, &key.columns);
        // A blank cell refers to nothing.
        if values.iter().any(String::is_empty) || there.contains(&values) {
            continue;
        }
        found.push_with(&diagnostic::CHECK_MISSING_ROW, origin.file(), || {
            let Message { ja, en } = Message::list(&values);
            let (id, columns) = (&target.id, Message::list(&key.to));
            let (columns_ja, columns_en) = (columns.ja, columns.en);
            let problem = Diagnostic::new(
                &diagnostic::CHECK_MISSING_ROW,
                origin.place(row, key.columns[0]),
                message!(
                    ja: "「{ja}」の行が「{id}」にありません",
                    en: "`{id}` has no row with {en}",
                ),
            );
            let near = match values.as_slice() {
                [only] => nearest.find(only, there.iter().map(|values| values[0].as_str())),
                _ => None,
            };
            let problem = problem.with_help(match near {
                Some(near) => Message::did_you_mean(near),
                None => message!(
                    ja: "値を訂正するか、その値の行を「{id}」に追加してください（項目：{columns_ja}）",
                    en: "correct the value, or add a row with it to `{id}` ({columns_en})",
                ),
            });
            problem.with_related(
                key.place.clone(),
                message!(ja: "参照先の指定", en: "the foreign key is declared here"),
            )
        });
    }
}

fn no_such_dataset(site: &Site, key: &ForeignKey) -> Diagnostic {
    let id = &key.dataset;
    let ids = site.datasets.iter().map(|dataset| dataset.id.as_str());
    Diagnostic::new(
        &diagnostic::CHECK_REFERENCE,
        key.place.clone(),
        message!(ja: "参照先のデータセット「{id}」がありません", en: "the foreign key names `{id}`, which is not a dataset"),
    )
    .with_help(match nearest(id.as_str(), ids) {
        Some(near) => Message::did_you_mean(near),
        None => message!(
            ja: "「content/datasets」にあるフォルダーの名前か、自動で作成される表のID（「departments」など）を記入してください",
            en: "use the name of a folder in `content/datasets`, or the id of a built-in table such as `departments`",
        ),
    })
}

fn no_such_column(key: &ForeignKey, target: &Dataset, name: &str) -> Diagnostic {
    let id = &target.id;
    let names: Vec<&str> = target.columns.iter().map(|column| column.name.as_str()).collect();
    Diagnostic::new(
        &diagnostic::CHECK_REFERENCE,
        key.place.clone(),
        message!(ja: "「{id}」に「{name}」という列はありません", en: "the foreign key names `{name}`, which is not a column of `{id}`"),
    )
    .with_help(match nearest(name, names.iter().copied()) {
        Some(near) => Message::did_you_mean(near),
        None => {
            let Message { ja, en } = Message::list(names);
            message!(ja: "使える列：{ja}", en: "its columns: {en}")
        }
    })
}
