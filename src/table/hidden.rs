//! What a sheet **does not show**: hidden and filtered rows, hidden columns, and objects beside its
//! cells.
//!
//! A hidden value may be a name or a telephone number that nobody meant to publish. Therefore
//! hidden values are an error until the content declares what to do with them.

use std::ops::RangeInclusive;

use crate::diagnostic::{self, CellPlace, Diagnostic, Diagnostics, Message, Place, column_letters};
use crate::message;
use crate::text::counted;

use super::grid::{Grid, is_blank};
use super::{Layout, Sheet};

/// What to do with rows and columns that are not shown (`hidden`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// They are left out.
    LeaveOut,
    /// They are published like all others.
    Publish,
}

impl Hidden {
    /// The choice's spellings in a declaration.
    pub const CHOICES: [(&'static str, Self); 2] =
        [("leave-out", Self::LeaveOut), ("publish", Self::Publish)];
}

/// Applies `choice` to hidden rows and columns. Returns false and reports an error where some of
/// them have values and nothing is declared; `home` is the file to declare it in.
pub(super) fn settle(
    sheet: &mut Sheet,
    choice: Option<Hidden>,
    home: &str,
    diagnostics: &mut Diagnostics,
) -> bool {
    let facts = &sheet.facts;
    if facts.hidden_rows.is_empty() && facts.hidden_columns.is_empty() {
        return true;
    }
    match choice {
        Some(Hidden::Publish) => true,
        Some(Hidden::LeaveOut) => {
            leave_out(sheet);
            true
        }
        None => match undecided(sheet, home) {
            Some(problem) => {
                diagnostics.push(problem);
                false
            }
            None => true,
        },
    }
}

/// Removes hidden rows, and blanks the cells of hidden columns.
fn leave_out(sheet: &mut Sheet) {
    let mut kept = Grid::with_capacity(sheet.grid.text().len());
    for index in 0..sheet.grid.len() {
        let row = sheet.grid.row(index);
        if sheet.facts.is_row_hidden(row.number) {
            continue;
        }
        kept.begin_row(row.number, row.line, row.start);
        for (column, cell) in (0..).zip(sheet.grid.cells(index)) {
            kept.push_cell(if sheet.facts.is_column_hidden(column) { "" } else { cell });
        }
    }
    sheet.grid = kept;
}

/// The error about hidden values; `None` where all that is hidden is blank.
fn undecided(sheet: &Sheet, home: &str) -> Option<Diagnostic> {
    let (mut rows, mut filtered, mut columns) = (Vec::new(), Vec::new(), Vec::new());
    let mut first: Option<CellPlace> = None;
    for index in 0..sheet.grid.len() {
        let number = sheet.grid.row(index).number;
        let hidden = sheet.facts.is_row_hidden(number);
        for (column, cell) in (0_u32..).zip(sheet.grid.cells(index)) {
            let in_column = sheet.facts.is_column_hidden(column);
            if (!hidden && !in_column) || is_blank(cell) {
                continue;
            }
            first.get_or_insert_with(|| sheet.cell_place(index, column as usize));
            if in_column && !columns.contains(&column) {
                columns.push(column);
            }
            if hidden {
                let list = match sheet.facts.is_row_filtered(number) {
                    true => &mut filtered,
                    false => &mut rows,
                };
                if list.last() != Some(&number) {
                    list.push(number);
                }
            }
        }
    }
    let place = first?;
    columns.sort_unstable();
    let mut parts = Vec::new();
    if !columns.is_empty() {
        let names = joined(&columns, |column| column_letters(column + 1));
        parts.push(message!(ja: "非表示の列（{names}）", en: "hidden columns ({names})"));
    }
    if !rows.is_empty() {
        let names = joined(&rows, |row| row.to_string());
        parts.push(message!(ja: "非表示の行（{names}）", en: "hidden rows ({names})"));
    }
    if !filtered.is_empty() {
        let names = joined(&filtered, |row| row.to_string());
        parts.push(message!(
            ja: "フィルターで隠れた行（{names}）",
            en: "rows that a filter leaves out ({names})",
        ));
    }
    let ja = parts.iter().map(|part| part.ja.as_str()).collect::<Vec<_>>().join("、");
    let en = parts.iter().map(|part| part.en.as_str()).collect::<Vec<_>>().join(" and ");
    let message = message!(ja: "{ja}に値があります", en: "there are values in {en}");
    let help = message!(
        ja: "公開しないものはファイルから削除してください。残すときは、「{home}」に「hidden = \"leave-out\"」（除いて公開）か「hidden = \"publish\"」（含めて公開）と書いてください",
        en: "delete what is not to be published; to keep it in the file, write `hidden = \"leave-out\"` or `hidden = \"publish\"` into `{home}`",
    );
    Some(Diagnostic::new(&diagnostic::TABLE_HIDDEN, place, message).with_help(help))
}

/// Lists ordered numbers as ranges, such as `3–5, 8`, and ends with `…` after a few ranges.
fn joined(numbers: &[u32], name: impl Fn(u32) -> String) -> String {
    const SHOWN: usize = 8;
    let mut ranges: Vec<RangeInclusive<u32>> = Vec::new();
    for &number in numbers {
        match ranges.last_mut() {
            Some(last) if *last.end() + 1 == number => *last = *last.start()..=number,
            _ => ranges.push(number..=number),
        }
    }
    let more = ranges.len() > SHOWN;
    let shown = ranges.iter().take(SHOWN).map(|range| match range.start() == range.end() {
        true => name(*range.start()),
        false => format!("{}–{}", name(*range.start()), name(*range.end())),
    });
    let mut list = shown.collect::<Vec<_>>().join(", ");
    if more {
        list.push_str(", …");
    }
    list
}

/// Reports objects on the sheet, which are not published, and what its file format does not store.
pub(super) fn tell_objects(sheet: &Sheet, diagnostics: &mut Diagnostics) {
    let Layout::Worksheet { name, .. } = &sheet.layout else { return };
    let objects = sheet.facts.objects;
    let place = Place::file(sheet.file.clone());
    let mut parts: Vec<Message> = Vec::new();
    if objects.comments > 0 {
        let count = objects.comments;
        let comments = counted(count as usize, "comment");
        parts.push(message!(ja: "コメント{count}件", en: "{comments}"));
    }
    if objects.drawings > 0 {
        let count = objects.drawings;
        let word = if count == 1 { "chart or picture" } else { "charts or pictures" };
        parts.push(message!(ja: "図形・グラフ・画像{count}件", en: "{count} {word}"));
    }
    if !parts.is_empty() {
        let ja = parts.iter().map(|part| part.ja.as_str()).collect::<Vec<_>>().join("と");
        let en = parts.iter().map(|part| part.en.as_str()).collect::<Vec<_>>().join(" and ");
        let message = message!(
            ja: "シート「{name}」の{ja}は公開しません",
            en: "not published: {en} on the worksheet `{name}`",
        );
        diagnostics.push(Diagnostic::new(&diagnostic::TABLE_OBJECTS, place.clone(), message));
    }
    if sheet.facts.untold.hidden {
        let message = message!(
            ja: "この形式（.xls）では、数値の表示形式（％など）、非表示の行や列、取り消し線、コメントを調べられません。保存されている値をそのまま読み取りました",
            en: "in a workbook of this kind (.xls), number formats such as %, hidden rows and columns, strikethrough and comments cannot be checked; the stored values are read",
        );
        diagnostics
            .push(Diagnostic::new(&diagnostic::TABLE_UNDERSTOOD, place, message).with_help(message!(
            ja: "調べてから公開するには、Excelで「Excelブック（.xlsx）」として保存し直してください",
            en: "to have them checked, save the file as a workbook (.xlsx) in Excel",
        )));
    }
}
