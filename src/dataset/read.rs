//! Reads the **folder** of a dataset, which contains `dataset.toml` and a table: binds the columns,
//! and converts every cell to its canonical text or reports it.
//!
//! Not in here: the keys of `dataset.toml` (`written`), and the rows of the table (`body`).

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::{PublicState, Selection, Withheld, WithheldKind};
use crate::diagnostic::{self, Diagnostic, Diagnostics, Located, Message, Place};
use crate::document::{self, Shape};
use crate::message;
use crate::source::{SourceFile, Sources};
use crate::table::{self, Declaration};
use crate::text::Id;

use super::columns::key_columns;
use super::declaration::{check_narrative, check_status_names, check_units};
use super::references::foreign_keys;
use super::taken::taken;
use super::written::{DatasetFile, read_keys};
use super::{Dataset, Frequency, Origin, body, statuses};

/// Reads every dataset below `content/datasets/`, in the order of their ids. Datasets that cannot
/// be read are reported and left out, and so is what `selection` leaves out; what is withheld is
/// added to `withheld`.
pub fn read(
    sources: &Sources,
    selection: Selection,
    withheld: &mut Vec<Withheld>,
    diagnostics: &mut Diagnostics,
) -> Vec<Dataset> {
    let mut folders: BTreeMap<&str, Vec<&SourceFile>> = BTreeMap::new();
    for file in sources.files_below("content/datasets/") {
        let below = &file.path["content/datasets/".len()..];
        match below.split_once('/') {
            Some((folder, _)) => folders.entry(folder).or_default().push(file),
            None => diagnostics.push(
                Diagnostic::new(
                    &diagnostic::SOURCE_UNEXPECTED,
                    Place::file(file.path.clone()),
                    message!(
                        ja: "「datasets」フォルダーの直下にファイルは置けません",
                        en: "a file cannot be directly in `datasets`",
                    ),
                )
                .with_help(message!(
                    ja: "「datasets/<ID>」のフォルダーを作成し、「dataset.toml」と同じ場所に置いてください",
                    en: "put it into a folder `datasets/<id>/`, next to a `dataset.toml`",
                )),
            ),
        }
    }
    folders
        .into_iter()
        .filter_map(|(folder, files)| {
            read_folder(sources, folder, &files, (selection, withheld), diagnostics)
        })
        .collect()
}

/// Reads the dataset in `content/datasets/<folder>`, which contains `files`: `dataset.toml`, then
/// the table, then the rows. Every problem is reported.
///
/// Returns `None` if the folder's name is not an id, if `dataset.toml` is missing or incomplete, if
/// the table or one of its rows cannot be read, and for a draft that is to be left out.
fn read_folder(
    sources: &Sources,
    folder: &str,
    files: &[&SourceFile],
    (selection, withheld): (Selection, &mut Vec<Withheld>),
    diagnostics: &mut Diagnostics,
) -> Option<Dataset> {
    let path = format!("content/datasets/{folder}");
    let Some(id) = Id::parse(folder) else {
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::SOURCE_NAME,
                Place::file(path.as_str()),
                message!(
                    ja: "フォルダーの名前「{folder}」は、データセットのIDとして使えません",
                    en: "the folder name `{folder}` cannot be used as a dataset id",
                ),
            )
            .with_help(document::id_rule(folder)),
        );
        return None;
    };
    let declaration = format!("{path}/dataset.toml");
    let Some(toml) = files.iter().find(|file| *file.path == *declaration) else {
        // One that cannot be read has been reported.
        if diagnostics.paths_with_errors().contains(&declaration.as_str()) {
            return None;
        }
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::SOURCE_MISSING,
                Place::file(path.as_str()),
                message!(ja: "「dataset.toml」がありません", en: "`dataset.toml` is missing"),
            )
            .with_help(message!(
                ja: "このフォルダーに「dataset.toml」を作成し、「title」（名称）と「description」（説明）を記入してください",
                en: "create a `dataset.toml` with `title` and `description` in this folder",
            )),
        );
        return None;
    };
    let text = toml.text(diagnostics)?;
    let written = document::read(&toml.path, &text, diagnostics, read_keys)??;
    let place = Place::file(toml.path.clone());
    written.period_of_publication.check(&place, diagnostics);
    let state = selection.state_of(written.period_of_publication);
    if state != PublicState::Public {
        let found = Withheld {
            kind: WithheldKind::Dataset,
            address: format!("data/{id}"),
            title: written.title.clone(),
            department: written.department.as_ref().map(|department| department.value.clone()),
            fiscal_year: None,
            state,
            own: true,
            place: place.clone(),
        };
        found.tell(selection.shows(state), diagnostics);
        withheld.push(found);
    }
    if !selection.shows(state) {
        return None;
    }
    let file = choose_table(&path, &toml.path, written.file.as_ref(), files, diagnostics)?;
    let declaration = how_to_read(sources, file, &toml.path, &written, diagnostics);
    let table = table::read(file, &declaration, diagnostics)?;
    let declared = !written.columns.is_empty();
    let (columns, taken) = match declared {
        true => (written.columns, Vec::new()),
        false => taken(&table),
    };
    table.tell(taken, diagnostics);
    let primary_key = key_columns(&written.primary_key, &columns, diagnostics);
    let mut columns = columns;
    for &index in &primary_key {
        columns[index].column.required = true;
    }
    check_narrative(&columns, &written.primary_key, diagnostics);
    if declared {
        check_units(&columns, diagnostics);
    }
    let foreign_keys = foreign_keys(&written.foreign_keys, &columns, diagnostics);
    check_status_names(&columns, diagnostics);
    let (rows, mut sources, statuses) =
        body::read_rows(&table, &columns, &primary_key, diagnostics)?;
    let mut dataset = Dataset {
        licence: written.licence,
        department: written.department,
        topics: written.topics,
        keywords: written.keywords,
        period: written.period,
        series: written.series,
        conforms_to: written.conforms_to,
        background: written.background,
        update_frequency: written.update_frequency.map(Frequency::of),
        published: written.period_of_publication.published,
        updated: written.updated,
        primary_key,
        foreign_keys,
        files: vec![file.path.clone()],
        has_chart: written.has_chart,
        columns: columns.into_iter().map(|written| written.column).collect(),
        rows,
        ..Dataset::empty(id, written.title, written.description, place)
    };
    statuses::insert(&mut dataset, statuses, &mut sources);
    // The places of cells are needed again when foreign keys are checked against the other
    // datasets, and when personal data are reported.
    let asked = !dataset.foreign_keys.is_empty() || dataset.is_personal();
    dataset.origin = asked.then(|| Arc::new(Origin { table, sources }));
    Some(dataset)
}

/// How the table is to be read: the declaration in the file beside the table (`<table>.toml`) if
/// there is one, otherwise that in `dataset.toml`. It is an error if both say something.
fn how_to_read(
    sources: &Sources,
    file: &SourceFile,
    toml: &Arc<str>,
    written: &DatasetFile,
    diagnostics: &mut Diagnostics,
) -> Declaration {
    let path = format!("{}.toml", file.path);
    if sources.get(&path).is_none() {
        return written.declaration.clone();
    }
    if written.declaration.says_something() {
        let name = path.rsplit('/').next().unwrap_or_default();
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::POLICY_DUPLICATE_FACT,
                Place::file(path.as_str()),
                message!(
                    ja: "表の読み方が「dataset.toml」と「{name}」の両方に記入されています",
                    en: "how to read the table is written both in `dataset.toml` and in `{name}`",
                ),
            )
            .with_help(message!(
                ja: "どちらか一方にまとめてください",
                en: "keep it in one of the two",
            ))
            .with_related(
                Place::file(toml.clone()),
                message!(ja: "もう一方のファイル", en: "the other file"),
            ),
        );
    }
    table::beside(sources, file, diagnostics)
}

/// The table of a dataset: the file `named` in `dataset.toml`, or the only one in `files`. `None`
/// if no such file exists or if the choice is not clear, which is reported.
fn choose_table<'a>(
    folder: &str,
    declaration: &Arc<str>,
    named: Option<&Located<String>>,
    files: &[&'a SourceFile],
    diagnostics: &mut Diagnostics,
) -> Option<&'a SourceFile> {
    let tables: Vec<&SourceFile> =
        files.iter().copied().filter(|file| table::is_table(&file.path)).collect();
    let name = |file: &SourceFile| file.path[folder.len() + 1..].to_owned();
    let listed = || {
        if tables.is_empty() {
            return Message::new("なし", "none");
        }
        Message::list(tables.iter().map(|file| name(file)))
    };
    let problem = match (named, tables.as_slice()) {
        (Some(named), _) => match tables.iter().find(|file| name(file) == named.value) {
            Some(file) => return Some(file),
            None => {
                let (text, Message { ja, en }) = (&named.value, listed());
                Diagnostic::new(
                    &diagnostic::DATASET_FILE,
                    named.place.clone(),
                    message!(ja: "「{text}」という表はありません", en: "there is no table `{text}`"),
                )
                .with_help(message!(ja: "このフォルダーの表：{ja}", en: "tables in this folder: {en}"))
            }
        },
        (None, [only]) => return Some(only),
        (None, []) => Diagnostic::new(
            &diagnostic::DATASET_FILE,
            Place::file(folder),
            message!(ja: "データの表がありません", en: "there is no table with the data"),
        )
        .with_help(message!(
            ja: "CSVかExcelのファイルを「dataset.toml」と同じフォルダーに置いてください",
            en: "put a CSV or Excel file into the same folder as `dataset.toml`",
        )),
        (None, _) => {
            let Message { ja, en } = listed();
            Diagnostic::new(
                &diagnostic::DATASET_FILE,
                Place::file(declaration.clone()),
                message!(ja: "表が複数あります：{ja}", en: "there are several tables: {en}"),
            )
            .with_help(message!(
                ja: "「dataset.toml」に「file = \"…\"」と記入して、1つを指定してください",
                en: "choose one with `file = \"…\"` in `dataset.toml`",
            ))
        }
    };
    diagnostics.push(problem);
    None
}

/// The shape of `dataset.toml`.
pub fn shape() -> Shape {
    document::shape(read_keys)
}
