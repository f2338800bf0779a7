//! The **columns** as `dataset.toml` and `version.toml` declare them: name, type, and the rules that cells have to keep.
//!
//! Not in here: holding cells to the rules (`cell`, and `check` for what another dataset has).

use crate::diagnostic::{self, Diagnostic, Diagnostics, Located, Message, Place};
use crate::document::Keys;
use crate::message;
use crate::table::Table;
use crate::text::{Id, Localized};

use super::{Column, ColumnType, Pattern, cell};

/// A column and the header under which it stands in the table.
pub(super) struct WrittenColumn {
    pub column: Column,
    pub header: String,
    /// The column of a dataset that its values are taken from.
    pub references: Option<Located<(Id, String)>>,
    pub place: Place,
}

pub(super) fn read_column(keys: &mut Keys<'_>, seen: &mut Vec<String>) -> Option<WrittenColumn> {
    let name = keys.required_text("name");
    let title = keys.localized("title");
    let header = keys.text("header");
    let kind = keys.choice("type", &ColumnType::CHOICES).unwrap_or(ColumnType::Text);
    let unit = keys.text("unit");
    let description = keys.localized("description");
    let required = keys.flag("required");
    let unique = keys.flag("unique");
    let narrative = read_narrative(keys, kind);
    let blank = read_blank(keys, required);
    let mut column = Column {
        kind,
        unit,
        description,
        required,
        unique,
        narrative,
        blank,
        ..Column::text(String::new(), Localized::default())
    };
    read_rules(keys, &mut column);
    let references = keys.located_text("references").and_then(|text| reference(keys, text));
    let name = name?;
    if let Some(message) = name_problem(&name, seen) {
        let help = message!(
            ja: "英小文字・数字・`_` で、列ごとに別の名前を書く",
            en: "use a–z, 0–9 and _, another name for each column",
        );
        keys.problem(&diagnostic::DATASET_COLUMN, "name", message, help);
        return None;
    }
    seen.push(name.clone());
    let title =
        title.unwrap_or_else(|| Localized::new(header.clone().unwrap_or_else(|| name.clone())));
    Some(WrittenColumn {
        header: header.unwrap_or_else(|| title.own.clone()),
        column: Column { name, title, ..column },
        references,
        place: keys.place(),
    })
}

/// What a blank cell means; in a column that must be filled there is none.
fn read_blank(keys: &mut Keys<'_>, required: bool) -> Option<Localized> {
    let blank = keys.localized("blank");
    if blank.is_some() && required {
        keys.problem(
            &diagnostic::DATASET_COLUMN,
            "blank",
            message!(
                ja: "空欄のない列（`required`）に、空欄の意味（`blank`）が書かれている",
                en: "a `required` column says what a `blank` means",
            ),
            message!(ja: "どちらかを消す", en: "remove one of the two"),
        );
    }
    blank
}

/// Does the column tell in sentences? Only texts can.
fn read_narrative(keys: &mut Keys<'_>, kind: ColumnType) -> bool {
    let narrative = keys.flag("narrative");
    if !narrative || kind == ColumnType::Text {
        return narrative;
    }
    let kind = kind.as_str();
    keys.problem(
        &diagnostic::DATASET_COLUMN,
        "narrative",
        message!(
            ja: "型 `{kind}` の列は文章の列（`narrative`）にできない",
            en: "a column of the type `{kind}` cannot be `narrative`",
        ),
        message!(
            ja: "文章の列なら `type = \"text\"` にし、そうでなければ `narrative` を消す",
            en: "make it `type = \"text\"` if it holds sentences, else remove `narrative`",
        ),
    );
    false
}

fn name_problem(name: &str, seen: &[String]) -> Option<Message> {
    let physical = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '_');
    if !name.chars().all(physical) {
        return Some(message!(
            ja: "`{name}` は物理名として使えない",
            en: "`{name}` cannot be a physical name",
        ));
    }
    seen.iter().any(|other| other == name).then(|| {
        message!(ja: "物理名 `{name}` が二度使われている", en: "the physical name `{name}` is used twice")
    })
}

/// What cells may hold beside being of the type.
fn read_rules(keys: &mut Keys<'_>, column: &mut Column) {
    column.missing = keys.texts("missing").into_iter().map(|text| text.value).collect();
    column.minimum = read_bound(keys, "minimum", column);
    column.maximum = read_bound(keys, "maximum", column);
    if let (Some(least), Some(most)) = (&column.minimum, &column.maximum)
        && column.kind.compare(least, most).is_gt()
    {
        keys.problem(
            &diagnostic::DATASET_COLUMN,
            "maximum",
            message!(
                ja: "`maximum` の {most} が `minimum` の {least} より小さい",
                en: "`maximum`, {most}, is less than `minimum`, {least}",
            ),
            message!(ja: "どちらかを直す", en: "mend one of the two"),
        );
        (column.minimum, column.maximum) = (None, None);
    }
    column.pattern = read_pattern(keys, column.kind);
    let mut vocabulary = keys.vocabulary("values");
    let written = vocabulary.len();
    vocabulary.retain(|(value, _)| {
        let sound = cell::is_canonical(value, column);
        if !sound {
            not_of_the_type(keys, "values", value, column);
        }
        sound
    });
    // Of a damaged vocabulary no cell is held to the rest.
    if vocabulary.len() < written {
        return;
    }
    if vocabulary.iter().all(|(_, label)| label.is_some()) {
        column.labels = vocabulary.iter().filter_map(|(_, label)| label.clone()).collect();
    }
    column.values = vocabulary.into_iter().map(|(value, _)| value.value).collect();
}

fn read_bound(keys: &mut Keys<'_>, key: &str, column: &Column) -> Option<String> {
    let written = keys.bound(key)?;
    if !column.kind.is_ordered() {
        let kind = column.kind.as_str();
        keys.problem(
            &diagnostic::DATASET_COLUMN,
            key,
            message!(
                ja: "型 `{kind}` の列に `{key}` は書けない",
                en: "a column of the type `{kind}` has no `{key}`",
            ),
            message!(
                ja: "数・年度・日付・時刻の列にだけ書く",
                en: "only columns of numbers, fiscal years, dates and times have one",
            ),
        );
        return None;
    }
    let canonical = cell::canonical_of_type(&written, column);
    if canonical.is_none() {
        not_of_the_type(keys, key, &written, column);
    }
    canonical
}

fn not_of_the_type(keys: &mut Keys<'_>, key: &str, written: &str, column: &Column) {
    let kind = column.kind.as_str();
    keys.problem(
        &diagnostic::DATASET_COLUMN,
        key,
        message!(
            ja: "`{key}` の `{written}` は型 `{kind}` の値でない",
            en: "`{written}` (`{key}`) is not of the type `{kind}`",
        ),
        message!(
            ja: "公開するときの書き方で書く（数は 1234、日付は 2021-04-01、時刻は 09:00）",
            en: "write it as it is published: a number as 1234, a day as 2021-04-01, a time as 09:00",
        ),
    );
}

fn read_pattern(keys: &mut Keys<'_>, kind: ColumnType) -> Option<Pattern> {
    let written = keys.located_text("pattern")?;
    let (message, help) = match Pattern::parse(&written) {
        _ if !matches!(kind, ColumnType::Text | ColumnType::Code | ColumnType::Url) => {
            let kind = kind.as_str();
            (
                message!(
                    ja: "型 `{kind}` の列に `pattern` は書けない",
                    en: "a column of the type `{kind}` has no `pattern`",
                ),
                message!(
                    ja: "`text`・`code`・`url` の列にだけ書く",
                    en: "only columns of the types `text`, `code` and `url` have one",
                ),
            )
        }
        Ok(pattern) => return Some(pattern),
        Err(said) => (
            message!(
                ja: "`pattern` を正規表現として読めない（{said}）",
                en: "`pattern` is not a regular expression: {said}",
            ),
            message!(
                ja: "たとえば `pattern = '[0-9]{{7}}'` のように、セル全体の形を書く",
                en: "write the form of the whole cell, such as `pattern = '[0-9]{{7}}'`",
            ),
        ),
    };
    keys.problem(&diagnostic::DATASET_COLUMN, "pattern", message, help);
    None
}

/// `schools.id`: a dataset and a column of it.
fn reference(keys: &mut Keys<'_>, text: Located<String>) -> Option<Located<(Id, String)>> {
    let parsed = text.value.split_once('.').and_then(|(id, column)| {
        Some((Id::parse(id)?, column.to_owned())).filter(|(_, column)| !column.is_empty())
    });
    if parsed.is_none() {
        let written = &text.value;
        keys.problem(
            &diagnostic::DATASET_COLUMN,
            "references",
            message!(
                ja: "`references` の `{written}` は参照先として読めない",
                en: "`{written}` (`references`) is no column of a dataset",
            ),
            message!(
                ja: "`データセットのID.列の物理名` と書く。たとえば `schools.id`",
                en: "write it as `dataset.column`, such as `schools.id`",
            ),
        );
    }
    Some(Located { value: parsed?, place: text.place })
}

/// Columns for a table without declaration: texts as they stand, under physical names made of the
/// header where it is one, else of the column's number.
pub(super) fn undeclared(table: &Table) -> Vec<WrittenColumn> {
    let mut columns: Vec<WrittenColumn> = Vec::new();
    for (index, header) in table.header().iter().enumerate() {
        let physical = header.text.to_ascii_lowercase();
        let usable = !physical.is_empty()
            && physical.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | '_'))
            && columns.iter().all(|other| other.column.name != physical);
        let name = if usable { physical } else { format!("column_{:02}", index + 1) };
        columns.push(WrittenColumn {
            column: Column::text(name, Localized::new(header.text.to_string())),
            references: None,
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
