//! The **declaration** as a whole: rules that relate its columns to each other or to the primary
//! key.
//!
//! Not in here: a single column (`columns`), and the cells (`cell`).

use crate::diagnostic::{self, Diagnostic, Diagnostics, Located};
use crate::message;

use super::columns::WrittenColumn;
use super::statuses::names;

/// Reports columns of numbers without a unit and without a closed vocabulary. A pure number, such
/// as a ratio, is declared with `unit = "なし"`.
pub(super) fn check_units(columns: &[WrittenColumn], diagnostics: &mut Diagnostics) {
    for written in columns {
        let column = &written.column;
        let counts = column.kind.is_quantity();
        if !counts || column.unit.is_some() || !column.values.is_empty() {
            continue;
        }
        let name = &column.name;
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::DATASET_UNIT,
                written.place.clone(),
                message!(
                    ja: "数値の列「{name}」に単位がありません",
                    en: "the column of numbers `{name}` has no unit",
                ),
            )
            .with_help(message!(
                ja: "「unit = \"人\"」のように記入してください。単位のない数値の場合は「unit = \"なし\"」、番号の場合は「type = \"code\"」としてください",
                en: "add it, for example `unit = \"人\"`; write `unit = \"なし\"` for numbers without a unit, and `type = \"code\"` for numbers that are identifiers",
            )),
        );
    }
}

/// Reports narrative columns if there is no primary key, and those that are part of it. Narrative
/// texts are published in a separate table of the primary key and the texts, so a key must identify
/// their rows.
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
                    ja: "長い文章の列「{name}」がありますが、行を区別する列（primary_key）がありません",
                    en: "`{name}` is a narrative column, but there is no `primary_key`",
                ),
                message!(
                    ja: "行を区別する列を「primary_key = [\"…\"]」に記入してください。長い文章は、その列とともに別の表として公開します",
                    en: "name the columns that identify a row in `primary_key = [\"…\"]`; the texts are published with them in a separate table",
                ),
            )
        } else if primary_key.iter().any(|key| key.value == *name) {
            (
                message!(
                    ja: "長い文章の列「{name}」は、行を区別する列にできません",
                    en: "the narrative column `{name}` cannot be part of the primary key",
                ),
                message!(
                    ja: "「primary_key」から外すか、「narrative」を削除してください",
                    en: "remove it from `primary_key`, or delete `narrative`",
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

/// Reports columns whose names are reserved for the statuses of another column.
pub(super) fn check_status_names(columns: &[WrittenColumn], diagnostics: &mut Diagnostics) {
    for written in columns {
        let has_statuses = written.status.is_some() || written.column.missing.gives_reasons();
        let [status, code] = names(&written.column.name);
        let taken = |other: &&WrittenColumn| {
            has_statuses && (other.column.name == status || other.column.name == code)
        };
        for other in columns.iter().filter(taken) {
            let (name, of) = (&other.column.name, &written.column.name);
            diagnostics.push(
                Diagnostic::new(
                    &diagnostic::DATASET_COLUMN,
                    other.place.clone(),
                    message!(
                        ja: "列名「{name}」は、「{of}」の状態の列に使います",
                        en: "`{name}` is the name of the column with the statuses of `{of}`",
                    ),
                )
                .with_help(message!(
                    ja: "状態の列は「[[columns]]」に書かず、「{of}」の列に「status = \"見出し\"」と記入してください",
                    en: "leave the statuses out of `[[columns]]`, and write `status = \"header\"` into the column `{of}`; or use another name",
                )),
            );
        }
    }
}
