//! The **store** of released versions, `content/versions/<dataset>/<version>/`. For each version it
//! keeps the plain CSV and, if there are narrative texts, the JSON Lines, byte for byte as they
//! were published, and a `version.toml` with the date, the data dictionary, the number of rows, and
//! the digests of the files.
//!
//! Not in here: the type of a version (`version`), and writing a version (`catalog::release`).

use std::collections::BTreeMap;

use crate::artifact::FileFacts;
use crate::calendar::Date;
use crate::config::Licence;
use crate::diagnostic::{self, Diagnostic, Diagnostics, Message, Place};
use crate::document::{self, Keys};
use crate::message;
use crate::source::{SourceFile, Sources};
use crate::text::{Id, Localized};

use super::background::{Background, read_background};
use super::columns::{WrittenColumn, key_columns, read_column};
use super::{Column, Dataset, FileFormat, Period, Version, VersionName, stored_rows};

/// The folder of the store, below the site's root.
pub const STORE: &str = "content/versions/";

/// Name of the file with everything about a version except its rows.
pub const VERSION_FILE: &str = "version.toml";

/// Reads every version in the store, by the id of its dataset; the versions of a dataset are in the
/// order of their names, not of their dates. Versions with errors are reported and left out.
pub fn read_versions(
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<Id, Vec<Version>> {
    let mut folders: BTreeMap<(&str, &str), Vec<&SourceFile>> = BTreeMap::new();
    for file in sources.files_below(STORE) {
        let below = &file.path[STORE.len()..];
        match below.split('/').collect::<Vec<_>>().as_slice() {
            [dataset, version, _] => folders.entry((dataset, version)).or_default().push(file),
            _ => diagnostics.push(stray(file)),
        }
    }
    let mut versions: BTreeMap<Id, Vec<Version>> = BTreeMap::new();
    for ((dataset, name), files) in folders {
        let folder = format!("{STORE}{dataset}/{name}");
        let parsed = (Id::parse(dataset), VersionName::parse(name));
        let (Some(id), Some(name)) = parsed else {
            diagnostics.push(wrong_name(&folder, dataset, name));
            continue;
        };
        if let Some(version) = read_version(&folder, &id, name, &files, diagnostics) {
            versions.entry(id).or_default().push(version);
        }
    }
    versions
}

/// Reads the version `name` of the dataset `id` from `files`, which are all files in `folder`.
/// Every problem is reported.
///
/// Returns `None` if a file is missing, if `version.toml` is wrong, if a digest shows that a file
/// was changed, or if the rows do not match the data dictionary.
fn read_version(
    folder: &str,
    id: &Id,
    name: VersionName,
    files: &[&SourceFile],
    diagnostics: &mut Diagnostics,
) -> Option<Version> {
    let path_of = |name: &str| format!("{folder}/{name}");
    let named = |format: FileFormat| path_of(&format.file_name(id.as_str()));
    let (toml_path, csv_path) = (path_of(VERSION_FILE), named(FileFormat::Csv));
    let lines_path = named(FileFormat::JsonLines);
    let mut find = |path: &str| {
        let found = files.iter().find(|file| *file.path == *path).copied();
        if found.is_none() {
            diagnostics.push(missing(path));
        }
        found
    };
    let (toml, csv) = (find(&toml_path), find(&csv_path));
    let known = [&toml_path, &csv_path, &lines_path];
    let strays = files.iter().filter(|file| known.iter().all(|path| *file.path != ***path));
    diagnostics.extend(strays.map(|file| stray(file)));
    let (toml, csv) = (toml?, csv?);
    let text = toml.text(diagnostics)?;
    let written = document::read(&toml.path, &text, diagnostics, read_keys)??;
    let key = key_columns(&written.primary_key, &written.columns, diagnostics);
    let lines = files.iter().find(|file| *file.path == *lines_path).copied();
    match (lines, &written.lines_sha256) {
        (Some(lines), None) => diagnostics.push(stray(lines)),
        (None, Some(_)) => diagnostics.push(missing(&lines_path)),
        _ => {}
    }
    if lines.is_some() != written.lines_sha256.is_some() {
        return None;
    }
    let held = [(Some(csv), Some(&written.sha256)), (lines, written.lines_sha256.as_ref())];
    let changed = held.into_iter().filter_map(|(file, sha256)| edited(file?, sha256?, &toml.path));
    let changed: Vec<Diagnostic> = changed.collect();
    if !changed.is_empty() {
        diagnostics.extend(changed);
        return None;
    }
    let columns: Vec<Column> = written.columns.into_iter().map(|written| written.column).collect();
    let texts = lines.map(|lines| &*lines.bytes);
    let rows = match stored_rows::read(&csv.bytes, texts, &columns, written.rows) {
        Ok(rows) => rows,
        Err(why) => {
            diagnostics.push(contradiction(&toml.path, &csv.path, why));
            return None;
        }
    };
    let place = Place::file(toml.path.clone());
    let table = Dataset {
        version: Some(name),
        licence: Some(written.licence),
        period: written.period,
        background: written.background,
        published: Some(written.date),
        updated: Some(written.date),
        primary_key: key,
        columns,
        rows,
        ..Dataset::empty(id.clone(), written.title, written.description, place)
    };
    Some(Version {
        table,
        date: written.date,
        note: written.note,
        csv: csv.bytes.clone(),
        lines: lines.map(|lines| lines.bytes.clone()),
        changes: None,
    })
}

/// The contents of `version.toml`.
struct VersionFile {
    date: Date,
    note: Option<Localized>,
    rows: usize,
    sha256: String,
    lines_sha256: Option<String>,
    title: Localized,
    description: Localized,
    licence: Licence,
    period: Option<Period>,
    background: Background,
    primary_key: Vec<crate::diagnostic::Located<String>>,
    columns: Vec<WrittenColumn>,
}

/// Reads all keys of `version.toml`. `None` if a required key or a column is missing or wrong,
/// which is reported.
fn read_keys(keys: &mut Keys<'_>) -> Option<VersionFile> {
    let date = match keys.has("date") {
        true => keys.date("date"),
        false => keys.missing("date"),
    };
    let note = keys.localized("note");
    let rows = match keys.has("rows") {
        true => keys.integer("rows").and_then(|rows| usize::try_from(rows).ok()),
        false => keys.missing("rows"),
    };
    let sha256 = keys.required_text("sha256");
    let lines_sha256 = keys.text("lines_sha256");
    let title = keys.required_localized("title");
    let description = keys.required_localized("description");
    let licence = keys.required_choice("licence", &Licence::CHOICES);
    let period =
        keys.table("period", |keys| Period { start: keys.date("start"), end: keys.date("end") });
    // `note` is that of the version.
    let background = Background { note: None, ..read_background(keys) };
    let primary_key = keys.texts("primary_key");
    let mut seen: Vec<String> = Vec::new();
    let columns = keys.tables("columns", |keys| read_column(keys, &mut seen));
    Some(VersionFile {
        date: date?,
        note,
        rows: rows?,
        sha256: sha256?,
        lines_sha256,
        title: title?,
        description: description?,
        licence: licence?,
        period,
        background,
        primary_key,
        columns: columns.into_iter().collect::<Option<Vec<_>>>()?,
    })
}

/// The problem of a file whose digest is not `sha256`, which `toml` records; `None` if it is
/// unchanged. The help tells whether only the line ends were changed.
fn edited(file: &SourceFile, sha256: &str, toml: &str) -> Option<Diagnostic> {
    if FileFacts::of(&file.bytes).sha256 == sha256 {
        return None;
    }
    let path = &file.path;
    let help = match FileFacts::of(&with_crlf(&file.bytes)).sha256 == sha256 {
        true => message!(
            ja: "改行だけが変わっています。「content/versions/.gitattributes」に「*.csv -text」と記入し、「git restore --source=<公開時のコミット> {path}」で元に戻してください",
            en: "only its line ends have changed; write `*.csv -text` into `content/versions/.gitattributes` and restore the file with `git restore --source=<commit of the release> {path}`",
        ),
        false => message!(
            ja: "「git restore --source=<公開時のコミット> {path}」で元に戻してください。データの訂正は「content/datasets」で行い、「kawaraban release」で新しい版を作成してください",
            en: "restore it with `git restore --source=<commit of the release> {path}`; make corrections in `content/datasets` and release them as a new version",
        ),
    };
    Some(
        Diagnostic::new(
            &diagnostic::VERSION_EDITED,
            Place::file(path.clone()),
            message!(
                ja: "公開した版のファイルが書き換えられています",
                en: "a file of a released version has been changed",
            ),
        )
        .with_help(help)
        .with_related(
            Place::file(toml),
            message!(ja: "SHA-256の記録", en: "its SHA-256 is recorded in"),
        ),
    )
}

/// The text with CRLF line ends, with which it was published.
fn with_crlf(bytes: &[u8]) -> Vec<u8> {
    let mut with = Vec::with_capacity(bytes.len() + bytes.len() / 16);
    let mut last = 0;
    for &byte in bytes {
        if byte == b'\n' && last != b'\r' {
            with.push(b'\r');
        }
        with.push(byte);
        last = byte;
    }
    with
}

fn contradiction(toml: &str, csv: &str, why: Message) -> Diagnostic {
    Diagnostic::new(
        &diagnostic::VERSION_DICTIONARY,
        Place::file(toml),
        Message::new(
            format!("「version.toml」がCSVと一致しません（{}）", why.ja),
            format!("`version.toml` does not match its CSV: {}", why.en),
        ),
    )
    .with_help(message!(
        ja: "「git restore --source=<公開時のコミット> {toml}」で元に戻してください",
        en: "restore it with `git restore --source=<commit of the release> {toml}`",
    ))
    .with_related(Place::file(csv), message!(ja: "公開した表", en: "the released table"))
}

fn missing(path: &str) -> Diagnostic {
    Diagnostic::new(
        &diagnostic::VERSION_MISSING,
        Place::file(path),
        message!(ja: "公開した版のファイルがありません", en: "a file of a released version is missing"),
    )
    .with_help(message!(
        ja: "「git restore --source=<公開時のコミット> {path}」で元に戻してください。版は、手作業ではなく「kawaraban release」で作成してください",
        en: "restore it with `git restore --source=<commit of the release> {path}`; versions are made with `kawaraban release`, never by hand",
    ))
}

fn wrong_name(folder: &str, dataset: &str, version: &str) -> Diagnostic {
    let sound = VersionName::parse(version).is_some();
    let problem =
        |message| Diagnostic::new(&diagnostic::VERSION_NAME, Place::file(folder), message);
    match sound {
        true => problem(message!(
            ja: "フォルダーの名前「{dataset}」は、データセットのIDではありません",
            en: "the folder name `{dataset}` is not the id of a dataset",
        ))
        .with_help(message!(
            ja: "「content/datasets」のフォルダーと同じ名前にしてください",
            en: "give it the same name as the folder in `content/datasets`",
        )),
        false => problem(message!(
            ja: "フォルダーの名前「{version}」は、版の名前として使えません",
            en: "the folder name `{version}` is not a valid version name",
        ))
        .with_help(name_rule()),
    }
}

/// The help that states the rule for names of versions.
pub fn name_rule() -> Message {
    message!(
        ja: "数字から始め、英小文字・数字と、その間の「-」「.」を使い、40字以内で記入してください。例：「2023-04-03」",
        en: "begin with a digit and use a–z, 0–9, with single - and . between them, at most 40 characters; for example `2023-04-03`",
    )
}

fn stray(file: &SourceFile) -> Diagnostic {
    Diagnostic::new(
        &diagnostic::SOURCE_UNEXPECTED,
        Place::file(file.path.clone()),
        message!(
            ja: "版の保存先には置けないファイルです",
            en: "this file does not belong in the version store",
        ),
    )
    .with_help(message!(
        ja: "ここには「kawaraban release」がファイルを書き出します。ほかのファイルは移動するか削除してください",
        en: "only `kawaraban release` writes files here; move or delete other files",
    ))
}
