//! From `dataset.toml` and its table to a dataset: columns bound, every cell brought to its canonical
//! text or named as wrong.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::Licence;
use crate::diagnostic::{self, Diagnostic, Diagnostics, Located, Place};
use crate::document::{self, Keys};
use crate::message;
use crate::source::{SourceFile, Sources};
use crate::table::{self, Table};
use crate::text::{Id, Localized};

use super::{Column, ColumnType, Dataset, Period, cell};

/// The endings that a dataset's table may have.
const TABLE_ENDINGS: [&str; 6] = [".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods"];

/// Reads every dataset below `content/datasets/`. One with an error is left out.
pub fn read(
    sources: &Sources,
    drafts_included: bool,
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
                        ja: "`datasets` の直下にファイルは置けない",
                        en: "a file cannot stand directly in `datasets`",
                    ),
                )
                .with_help(message!(
                    ja: "`datasets/<ID>/` のフォルダーを作り、`dataset.toml` と並べて置く",
                    en: "put it into a folder `datasets/<id>/`, beside a `dataset.toml`",
                )),
            ),
        }
    }
    folders
        .into_iter()
        .filter_map(|(folder, files)| read_folder(folder, &files, drafts_included, diagnostics))
        .collect()
}

fn read_folder(
    folder: &str,
    files: &[&SourceFile],
    drafts_included: bool,
    diagnostics: &mut Diagnostics,
) -> Option<Dataset> {
    let path = format!("content/datasets/{folder}");
    let Some(id) = Id::parse(folder) else {
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::SOURCE_NAME,
                Place::file(path.as_str()),
                message!(
                    ja: "フォルダー名 `{folder}` はデータセットのIDとして使えない",
                    en: "the folder name `{folder}` cannot be the id of a dataset",
                ),
            )
            .with_help(message!(
                ja: "英小文字・数字・ハイフンで、80字までで書く",
                en: "use a–z, 0–9 and -, at most 80 characters",
            )),
        );
        return None;
    };
    let declaration = format!("{path}/dataset.toml");
    let Some(toml) = files.iter().find(|file| *file.path == *declaration) else {
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::SOURCE_MISSING,
                Place::file(path.as_str()),
                message!(ja: "`dataset.toml` がない", en: "there is no `dataset.toml`"),
            )
            .with_help(message!(
                ja: "このフォルダーに `dataset.toml` を作り、`title` と `description` を書く",
                en: "make a `dataset.toml` with `title` and `description` in this folder",
            )),
        );
        return None;
    };
    let text = toml.text(diagnostics)?;
    let written = document::read(&toml.path, &text, diagnostics, read_keys)??;
    if written.draft && !drafts_included {
        return None;
    }
    let file = choose_table(&path, &toml.path, written.file.as_ref(), files, diagnostics)?;
    let table = table::read(file, written.sheet.as_deref(), diagnostics)?;
    let columns = if written.columns.is_empty() { undeclared(&table) } else { written.columns };
    let primary_key = key_columns(&written.primary_key, &columns, diagnostics);
    let rows = cell::read_rows(&table, &columns, &primary_key, diagnostics)?;
    Some(Dataset {
        id,
        version: None,
        title: written.title,
        description: written.description,
        licence: written.licence,
        department: written.department,
        topics: written.topics,
        keywords: written.keywords,
        period: written.period,
        update_frequency: written.update_frequency,
        published: written.published,
        updated: written.updated,
        primary_key,
        columns: columns.into_iter().map(|written| written.column).collect(),
        rows,
        built_in: false,
        versions: Vec::new(),
        unreleased: None,
        place: Place::file(toml.path.clone()),
    })
}

/// `dataset.toml` as written.
struct Written {
    title: Localized,
    description: Localized,
    file: Option<Located<String>>,
    sheet: Option<String>,
    licence: Option<Licence>,
    department: Option<Located<Id>>,
    topics: Vec<Located<Id>>,
    keywords: Vec<String>,
    period: Option<Period>,
    update_frequency: Option<String>,
    published: Option<crate::calendar::Date>,
    updated: Option<crate::calendar::Date>,
    primary_key: Vec<Located<String>>,
    draft: bool,
    columns: Vec<WrittenColumn>,
}

/// A column and the header under which it stands in the table.
pub(super) struct WrittenColumn {
    pub column: Column,
    pub header: String,
    pub place: Place,
}

fn read_keys(keys: &mut Keys<'_>) -> Option<Written> {
    let title = keys.required_localized("title");
    let description = keys.required_localized("description");
    let file = keys.located_text("file");
    let sheet = keys.text("sheet");
    let licence = keys.choice("licence", &Licence::CHOICES);
    let department = keys.id("department");
    let topics = keys.ids("topics");
    let keywords = keys.texts("keywords").into_iter().map(|word| word.value).collect();
    let period = keys.table("period", |keys| {
        let period = Period { start: keys.date("start"), end: keys.date("end") };
        if period.start.zip(period.end).is_some_and(|(start, end)| start > end) {
            keys.problem(
                &diagnostic::POLICY_PERIOD,
                "end",
                message!(ja: "期間の終わりが始まりより前である", en: "the period ends before it begins"),
                message!(ja: "`start` と `end` を確かめる", en: "check `start` and `end`"),
            );
        }
        period
    });
    let update_frequency = keys.text("update_frequency");
    let published = keys.date("published");
    let updated = keys.date("updated");
    let primary_key = keys.texts("primary_key");
    let draft = keys.flag("draft");
    let mut seen: Vec<String> = Vec::new();
    let columns = keys.tables("columns", |keys| read_column(keys, &mut seen));
    Some(Written {
        title: title?,
        description: description?,
        file,
        sheet,
        licence,
        department,
        topics,
        keywords,
        period,
        update_frequency,
        published,
        updated,
        primary_key,
        draft,
        columns: columns.into_iter().flatten().collect(),
    })
}

pub(super) fn read_column(keys: &mut Keys<'_>, seen: &mut Vec<String>) -> Option<WrittenColumn> {
    let name = keys.required_text("name");
    let title = keys.localized("title");
    let header = keys.text("header");
    let kind = keys.choice("type", &ColumnType::CHOICES);
    let unit = keys.text("unit");
    let description = keys.localized("description");
    let required = keys.flag("required");
    let unique = keys.flag("unique");
    let values = keys.texts("values").into_iter().map(|value| value.value).collect();
    let name = name?;
    let physical = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '_');
    let problem = if !name.chars().all(physical) {
        Some(message!(
            ja: "`{name}` は物理名として使えない",
            en: "`{name}` cannot be a physical name",
        ))
    } else if seen.contains(&name) {
        Some(message!(
            ja: "物理名 `{name}` が二度使われている",
            en: "the physical name `{name}` is used twice",
        ))
    } else {
        None
    };
    if let Some(message) = problem {
        let help = message!(
            ja: "英小文字・数字・`_` で、列ごとに別の名前を書く",
            en: "use a–z, 0–9 and _, another name for each column",
        );
        keys.problem(&diagnostic::DATASET_COLUMN, "name", message, help);
        return None;
    }
    seen.push(name.clone());
    let named = || header.clone().unwrap_or_else(|| name.clone());
    let title = title.unwrap_or_else(|| Localized::new(named()));
    Some(WrittenColumn {
        header: header.unwrap_or_else(|| title.own.clone()),
        column: Column {
            name,
            title,
            kind: kind.unwrap_or(ColumnType::Text),
            unit,
            description,
            required,
            unique,
            values,
        },
        place: keys.place(),
    })
}

/// The table of a dataset: the one it names, or the only one there is.
fn choose_table<'a>(
    folder: &str,
    declaration: &Arc<str>,
    named: Option<&Located<String>>,
    files: &[&'a SourceFile],
    diagnostics: &mut Diagnostics,
) -> Option<&'a SourceFile> {
    let is_table = |file: &&&SourceFile| {
        let lower = file.path.to_lowercase();
        TABLE_ENDINGS.iter().any(|ending| lower.ends_with(ending))
    };
    let tables: Vec<&SourceFile> = files.iter().filter(is_table).copied().collect();
    let name = |file: &SourceFile| file.path[folder.len() + 1..].to_owned();
    let listed = || {
        let names: Vec<String> = tables.iter().map(|file| format!("`{}`", name(file))).collect();
        if names.is_empty() { "–".to_owned() } else { names.join(", ") }
    };
    let problem = match (named, tables.as_slice()) {
        (Some(named), _) => match tables.iter().find(|file| name(file) == named.value) {
            Some(file) => return Some(file),
            None => {
                let (text, list) = (&named.value, listed());
                Diagnostic::new(
                    &diagnostic::DATASET_FILE,
                    named.place.clone(),
                    message!(ja: "表 `{text}` はない", en: "there is no table `{text}`"),
                )
                .with_help(message!(ja: "ここにある表: {list}", en: "the tables here: {list}"))
            }
        },
        (None, [only]) => return Some(only),
        (None, []) => Diagnostic::new(
            &diagnostic::DATASET_FILE,
            Place::file(folder),
            message!(ja: "データの表がない", en: "there is no table with the data"),
        )
        .with_help(message!(
            ja: "CSVかExcelのファイルを `dataset.toml` と同じフォルダーに置く",
            en: "put a CSV or Excel file into the same folder as `dataset.toml`",
        )),
        (None, _) => {
            let list = listed();
            Diagnostic::new(
                &diagnostic::DATASET_FILE,
                Place::file(declaration.clone()),
                message!(ja: "表がいくつもある: {list}", en: "there are several tables: {list}"),
            )
            .with_help(message!(
                ja: "`dataset.toml` に `file = \"…\"` と書いて一つを選ぶ",
                en: "choose one by `file = \"…\"` in `dataset.toml`",
            ))
        }
    };
    diagnostics.push(problem);
    None
}

/// Columns for a table without declaration: texts as they stand, under physical names made of the
/// header where it is one, else of the column's number.
fn undeclared(table: &Table) -> Vec<WrittenColumn> {
    let mut columns: Vec<WrittenColumn> = Vec::new();
    for (index, header) in table.header().iter().enumerate() {
        let physical = header.text.to_ascii_lowercase();
        let usable = !physical.is_empty()
            && physical.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | '_'))
            && columns.iter().all(|other| other.column.name != physical);
        let name = if usable { physical } else { format!("column_{:02}", index + 1) };
        columns.push(WrittenColumn {
            column: Column {
                name,
                title: Localized::new(header.text.to_string()),
                kind: ColumnType::Text,
                unit: None,
                description: None,
                required: false,
                unique: false,
                values: Vec::new(),
            },
            header: header.text.to_string(),
            place: Place::file(table.file().clone()),
        });
    }
    columns
}

/// Indices of the columns of the primary key.
pub(super) fn key_columns(
    written: &[Located<String>],
    columns: &[WrittenColumn],
    diagnostics: &mut Diagnostics,
) -> Vec<usize> {
    let mut key = Vec::with_capacity(written.len());
    for name in written {
        match columns.iter().position(|column| column.column.name == name.value) {
            Some(index) => key.push(index),
            None => {
                let text = &name.value;
                diagnostics.push(
                    Diagnostic::new(
                        &diagnostic::DATASET_COLUMN,
                        name.place.clone(),
                        message!(
                            ja: "`primary_key` の `{text}` という列はない",
                            en: "`primary_key` names a column `{text}` that there is not",
                        ),
                    )
                    .with_help(message!(
                        ja: "`[[columns]]` の `name` を書く",
                        en: "write the `name` of one of the `[[columns]]`",
                    )),
                );
            }
        }
    }
    key
}
