//! **References** of columns to other datasets as `dataset.toml` declares them: on a single column,
//! or as a foreign key of several.
//!
//! Not in here: whether the referenced columns and rows exist (`check`).

use crate::diagnostic::{self, Diagnostic, Diagnostics, Located, Message, Place};
use crate::document::Keys;
use crate::message;
use crate::text::{Id, nearest};

use super::ForeignKey;
use super::columns::WrittenColumn;

/// Parses the value of `references`, a dataset and one of its columns: `schools.id`. `None` for
/// other texts, which are reported.
pub(super) fn reference(
    keys: &mut Keys<'_>,
    text: Located<String>,
) -> Option<Located<(Id, String)>> {
    let parsed = text.value.split_once('.').and_then(|(id, column)| {
        Some((Id::parse(id)?, column.to_owned())).filter(|(_, column)| !column.is_empty())
    });
    if parsed.is_none() {
        let written = &text.value;
        keys.problem(
            &diagnostic::DATASET_COLUMN,
            "references",
            message!(
                ja: "「references」の「{written}」は参照先として読み取れません",
                en: "`{written}` (`references`) does not name a column of a dataset",
            ),
            message!(
                ja: "「データセットのID.列名」の形で記入してください。例：「schools.id」",
                en: "write it as `dataset.column`, for example `schools.id`",
            ),
        );
    }
    Some(Located { value: parsed?, place: text.place })
}

/// A foreign key as it is declared in `[[foreign_keys]]`, with names of columns.
pub(super) struct WrittenForeignKey {
    columns: Vec<Located<String>>,
    dataset: Located<Id>,
    to: Vec<String>,
    place: Place,
}

/// Reads one of `[[foreign_keys]]`. `None` if the dataset is missing, or if there are no columns or
/// not as many as those to which they refer; this is reported.
pub(super) fn read_foreign_key(keys: &mut Keys<'_>) -> Option<WrittenForeignKey> {
    let columns = keys.texts("columns");
    let dataset = keys.required_id("dataset");
    let to: Vec<String> = keys.texts("to").into_iter().map(|text| text.value).collect();
    if columns.is_empty() || columns.len() != to.len() {
        keys.problem(
            &diagnostic::DATASET_COLUMN,
            "to",
            message!(
                ja: "「foreign_keys」の「columns」と「to」の列の数が一致しません",
                en: "`columns` and `to` of a foreign key have different numbers of columns",
            ),
            message!(
                ja: "「columns = [\"…\"]」の列ごとに、参照先の列を「to = [\"…\"]」に記入してください",
                en: "for each column in `columns = [\"…\"]`, name the column to which it refers in `to = [\"…\"]`",
            ),
        );
        return None;
    }
    Some(WrittenForeignKey { columns, dataset: dataset?, to, place: keys.place() })
}

/// The foreign keys of single columns, in the order of `columns`, followed by `written`. Keys that
/// name an unknown column are reported and left out.
pub(super) fn foreign_keys(
    written: &[WrittenForeignKey],
    columns: &[WrittenColumn],
    diagnostics: &mut Diagnostics,
) -> Vec<ForeignKey> {
    let single = columns.iter().enumerate().filter_map(|(index, column)| {
        let reference = column.references.as_ref()?;
        let (dataset, to) = &reference.value;
        Some(ForeignKey {
            columns: vec![index],
            dataset: dataset.clone(),
            to: vec![to.clone()],
            place: reference.place.clone(),
        })
    });
    let mut keys: Vec<ForeignKey> = single.collect();
    for key in written {
        let mut indices = Vec::with_capacity(key.columns.len());
        for name in &key.columns {
            let names = columns.iter().map(|column| column.column.name.as_str());
            match names.clone().position(|column| column == name.value) {
                Some(index) => indices.push(index),
                None => diagnostics.push(no_such_column(name, names)),
            }
        }
        if indices.len() == key.columns.len() {
            keys.push(ForeignKey {
                columns: indices,
                dataset: key.dataset.value.clone(),
                to: key.to.clone(),
                place: key.place.clone(),
            });
        }
    }
    keys
}

/// The problem of a foreign key that names `name`, which is none of the names in `columns`;
/// suggests the most similar name.
fn no_such_column<'c>(
    name: &Located<String>,
    columns: impl Iterator<Item = &'c str>,
) -> Diagnostic {
    let text = &name.value;
    let problem = Diagnostic::new(
        &diagnostic::DATASET_COLUMN,
        name.place.clone(),
        message!(
            ja: "「foreign_keys」に指定した「{text}」という列はありません",
            en: "`foreign_keys` names `{text}`, which is not a column",
        ),
    );
    problem.with_help(match nearest(text, columns) {
        Some(near) => Message::did_you_mean(near),
        None => message!(
            ja: "「[[columns]]」の「name」のいずれかを記入してください",
            en: "use the `name` of one of the `[[columns]]`",
        ),
    })
}
