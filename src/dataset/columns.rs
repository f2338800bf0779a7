//! The **columns** as `dataset.toml` and `version.toml` declare them: name, title, type, and the
//! meaning of a blank cell.
//!
//! Not in here: reading the rules for cells (`rules`), and checking cells against them (`cell`;
//! `check` for references to other datasets).

use crate::diagnostic::{self, Diagnostic, Diagnostics, Located, Message, Place};
use crate::document::Keys;
use crate::message;
use crate::text::{Id, Localized};

use super::references::reference;
use super::rules::read_rules;
use super::{Column, ColumnType};

/// A declared column and its header in the table.
pub(super) struct WrittenColumn {
    pub column: Column,
    pub header: String,
    /// The header of the table's column with the statuses of its values.
    pub status: Option<Located<String>>,
    /// Whether the texts for a missing value are declared for this column rather than for the whole
    /// table.
    pub own_missing: bool,
    /// The dataset and its column to which the column refers.
    pub references: Option<Located<(Id, String)>>,
    pub place: Place,
}

/// Reads one of `[[columns]]`. The title defaults to the header or else the name, the header to the
/// title, and the type to text. Every problem is reported.
///
/// Returns `None` if the name is missing, invalid, or in `seen`, which are the names of the columns
/// read so far; the name is added to them.
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
    let end_of_day = read_end_of_day(keys, kind);
    let blank = read_blank(keys, required);
    let mut column = Column {
        kind,
        unit,
        description,
        required,
        unique,
        narrative,
        end_of_day,
        blank,
        ..Column::text(String::new(), Localized::default())
    };
    read_rules(keys, &mut column);
    let status = keys.located_text("status");
    let references = keys.located_text("references").and_then(|text| reference(keys, text));
    let name = name?;
    if let Some(message) = name_problem(&name, seen) {
        let help = message!(
            ja: "英小文字・数字・「_」を使い、列ごとに別の名前を記入してください",
            en: "use a–z, 0–9 and _, and a different name for each column",
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
        status,
        own_missing: false,
        references,
        place: keys.place(),
    })
}

/// Reads the meaning of a blank cell, and reports one for a column that may not be blank.
fn read_blank(keys: &mut Keys<'_>, required: bool) -> Option<Localized> {
    let blank = keys.localized("blank");
    if blank.is_some() && required {
        keys.problem(
            &diagnostic::DATASET_COLUMN,
            "blank",
            message!(
                ja: "空欄にできない列（required）に、空欄の意味（blank）が記入されています",
                en: "a `required` column cannot have a meaning of blanks (`blank`)",
            ),
            message!(ja: "どちらか一方を削除してください", en: "remove one of the two"),
        );
    }
    blank
}

/// Reads whether 24:00 is allowed. It is reported for a column that is not of times.
fn read_end_of_day(keys: &mut Keys<'_>, kind: ColumnType) -> Option<bool> {
    let end_of_day = keys.flag("end_of_day");
    if !keys.has("end_of_day") {
        return None;
    }
    if kind == ColumnType::Time {
        return Some(end_of_day);
    }
    let kind = kind.as_str();
    keys.problem(
        &diagnostic::DATASET_COLUMN,
        "end_of_day",
        message!(
            ja: "型が「{kind}」の列に「end_of_day」は使えません",
            en: "a column of type `{kind}` cannot have `end_of_day`",
        ),
        message!(
            ja: "「end_of_day」は、型が「time」の列で、24:00を使えるかどうかを表します。この行を削除してください",
            en: "it says of a column of type `time` whether 24:00 is allowed; delete the line",
        ),
    );
    None
}

/// Reads whether the column is narrative. A narrative column that is not of texts is reported and
/// gives `false`.
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
            ja: "型が「{kind}」の列は、長い文章の列（narrative）にできません",
            en: "a column of type `{kind}` cannot be `narrative`",
        ),
        message!(
            ja: "長い文章の列の場合は「type = \"text\"」とし、そうでない場合は「narrative」を削除してください",
            en: "use `type = \"text\"` if the column holds sentences; otherwise delete `narrative`",
        ),
    );
    false
}

fn name_problem(name: &str, seen: &[String]) -> Option<Message> {
    let physical = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '_');
    if !name.chars().all(physical) {
        return Some(message!(
            ja: "「{name}」は列名として使えません",
            en: "`{name}` cannot be used as a column name",
        ));
    }
    seen.iter().any(|other| other == name).then(|| {
        message!(ja: "列名「{name}」が2回使われています", en: "the column name `{name}` is used twice")
    })
}

/// Indices of the columns of the primary key, which is `written` as names of `columns`. Unknown
/// names are reported and left out.
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
                            ja: "行を区別する列（primary_key）に指定した「{text}」という列はありません",
                            en: "`primary_key` names `{text}`, which is not a column",
                        ),
                    )
                    .with_help(message!(
                        ja: "「[[columns]]」の「name」のいずれかを記入してください",
                        en: "use the `name` of one of the `[[columns]]`",
                    )),
                );
            }
        }
    }
    key
}
