//! The **declaration** as a whole: what its columns ask of each other and of those who read them.
//!
//! Not in here: each column by itself (`columns`), and the cells (`cell`).

use crate::diagnostic::{self, Diagnostic, Diagnostics, Located};
use crate::message;

use super::ColumnType;
use super::columns::WrittenColumn;

/// Reports columns of numbers without unit. A pure number, such as a ratio, says so: `unit = "なし"`.
pub(super) fn check_units(columns: &[WrittenColumn], diagnostics: &mut Diagnostics) {
    for written in columns {
        let column = &written.column;
        let counts = matches!(column.kind, ColumnType::Integer | ColumnType::Number);
        if !counts || column.unit.is_some() || !column.values.is_empty() {
            continue;
        }
        let name = &column.name;
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::DATASET_UNIT,
                written.place.clone(),
                message!(
                    ja: "数の列 `{name}` に単位がない",
                    en: "`{name}`, a column of numbers, has no unit",
                ),
            )
            .with_help(message!(
                ja: "`unit = \"人\"` のように書く。単位のない数なら `unit = \"なし\"`、数に見える番号なら `type = \"code\"`",
                en: "write it, such as `unit = \"人\"`; a pure number has `unit = \"なし\"`, and a number that only names something is of `type = \"code\"`",
            )),
        );
    }
}

/// Reports narrative columns whose rows nothing names: their texts are published in a table of their own, which has the
/// primary key and the texts only.
pub(super) fn check_narrative(
    columns: &[WrittenColumn],
    primary_key: &[Located<String>],
    diagnostics: &mut Diagnostics,
) {
    for written in columns.iter().filter(|written| written.column.narrative) {
        let name = &written.column.name;
        let (message, help) = if primary_key.is_empty() {
            (
                message!(
                    ja: "文章の列 `{name}` があるのに、`primary_key` がない",
                    en: "there is a narrative column, `{name}`, but no `primary_key`",
                ),
                message!(
                    ja: "行を決める列を `primary_key = [\"…\"]` に書く。文章は、その列と一緒に別の表として公開する",
                    en: "name the columns that tell rows apart in `primary_key = [\"…\"]`; the texts are published beside them in a table of their own",
                ),
            )
        } else if primary_key.iter().any(|key| key.value == *name) {
            (
                message!(
                    ja: "文章の列 `{name}` は主キーにできない",
                    en: "the narrative column `{name}` cannot be part of the primary key",
                ),
                message!(
                    ja: "`primary_key` から外すか、`narrative` を消す",
                    en: "take it out of `primary_key`, or remove `narrative`",
                ),
            )
        } else {
            continue;
        };
        diagnostics.push(
            Diagnostic::new(&diagnostic::DATASET_COLUMN, written.place.clone(), message)
                .with_help(help),
        );
    }
}
