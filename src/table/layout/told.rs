//! The **messages** about a layout: a few words about everything that was understood, other than a
//! header in the first row and records below it.

use std::ops::Range;

use crate::diagnostic::{Located, Message, Place};
use crate::message;
use crate::table::Sheet;
use crate::table::header::shortened;
use crate::text::counted;

use super::SheetOutline;

/// Number of row numbers that are listed.
const SHOWN: usize = 6;

/// What was understood of `sheet`, as messages; empty where the layout is plain.
pub(in crate::table) fn words(sheet: &Sheet, outline: &SheetOutline) -> Vec<Message> {
    let mut words = Vec::new();
    words.extend(header(sheet, &outline.header));
    if let Some(&first) = outline.titles.first() {
        let mut texts = sheet.grid.cells(first).map(str::trim);
        let text = shortened(texts.find(|cell| !cell.is_empty()).unwrap_or_default());
        words.push(match outline.titles.len() - 1 {
            0 => message!(
                ja: "見出しの上の「{text}」は公開しません",
                en: "`{text}` above the header left out",
            ),
            more => {
                let rows = more + 1;
                message!(
                ja: "見出しの上の「{text}」とほか{more}行は公開しません",
                en: "{rows} rows above the header left out, `{text}` among them",
                )
            }
        });
    }
    if let Some(unit) = &outline.unit {
        let (text, cell) = (&unit.value, cell_of(unit));
        words.push(message!(
            ja: "単位「{text}」をセル{cell}から読み取りました",
            en: "unit {text} taken from {cell}",
        ));
    }
    if let Some(units) = outline.units {
        let row = sheet.grid.row(units).number;
        words.push(message!(
            ja: "{row}行目を単位の行として読みました",
            en: "units taken from row {row}",
        ));
    }
    for (column, count) in outline.merged.columns() {
        let Some(header) = outline.columns.iter().find(|c| c.column as usize == column + 1) else {
            continue;
        };
        let (text, cells) = (&header.text, counted(count, "merged cell"));
        words.push(message!(
            ja: "「{text}」の結合されたセル{count}か所は、どの行も同じ値として読みました",
            en: "{cells} of `{text}` read as the same value in each row",
        ));
    }
    words.extend(rows(sheet, &outline.subtotals, ["小計", "subtotal", "subtotals"]));
    words.extend(rows(sheet, &outline.totals, ["合計", "total", "totals"]));
    words.extend(rows(
        sheet,
        &outline.repeated,
        ["繰り返しの見出し", "repeated header", "repeated headers"],
    ));
    words.extend(rows(sheet, &outline.notes, ["注記", "note", "notes"]));
    words
}

fn cell_of(unit: &Located<String>) -> String {
    match &unit.place {
        Place::Cell(cell) => cell.name(),
        other => other.path().to_owned(),
    }
}

fn header(sheet: &Sheet, lines: &Range<usize>) -> Option<Message> {
    let number = |row: usize| sheet.grid.row(row).number;
    let (first, last) = (number(lines.start), number(lines.end - 1));
    match lines.len() {
        1 if first == 1 => None,
        1 => Some(message!(
            ja: "{first}行目を見出しとして読みました",
            en: "header in row {first}",
        )),
        _ => Some(message!(
            ja: "{first}行目から{last}行目までを見出しとして読みました",
            en: "header in rows {first} to {last}",
        )),
    }
}

/// The message about rows that are left out: `4 subtotals in rows 9, 14, … left out`.
fn rows(sheet: &Sheet, rows: &[usize], [ja, one, several]: [&str; 3]) -> Option<Message> {
    let count = rows.len();
    let numbers: Vec<String> =
        rows.iter().take(SHOWN).map(|row| sheet.grid.row(*row).number.to_string()).collect();
    let more = if count > SHOWN { "…" } else { "" };
    match count {
        0 => None,
        1 => {
            let row = &numbers[0];
            Some(message!(
                ja: "{row}行目の{ja}は公開しません",
                en: "{one} in row {row} left out",
            ))
        }
        _ => {
            let (list, listed) = (numbers.join("、"), numbers.join(", "));
            let (more_en, count) = (if more.is_empty() { "" } else { ", …" }, count);
            Some(message!(
                ja: "{ja}{count}行（{list}{more}行目）は公開しません",
                en: "{count} {several} in rows {listed}{more_en} left out",
            ))
        }
    }
}
