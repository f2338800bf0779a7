//! The types of the columns of a table without a declaration, which are **taken** from their
//! headers and from what is seen in their cells.
//!
//! Not in here: declared columns (`columns`), and what is published of a cell (`table`).

use std::borrow::Cow;

use crate::calendar::FiscalYear;
use crate::diagnostic::{Message, Place};
use crate::message;
use crate::table::{Table, figure_and_unit, parse_date};
use crate::text::Localized;

use super::columns::WrittenColumn;
use super::{Column, ColumnType};

/// The columns of `table`, and a message that lists their types. The physical name is the header in
/// lower case if that is a valid name and not used yet, and otherwise `column_01` with the number
/// of the column.
pub(super) fn taken(table: &Table) -> (Vec<WrittenColumn>, Vec<Message>) {
    let mut columns: Vec<WrittenColumn> = Vec::new();
    for (index, header) in table.header().iter().enumerate() {
        let physical = header.text.to_ascii_lowercase();
        let usable = !physical.is_empty()
            && physical.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | '_'))
            && columns.iter().all(|other| other.column.name != physical);
        let name = if usable { physical } else { format!("column_{:02}", index + 1) };
        let (kind, unit) = kind_of(table, index, |_| false);
        let column = Column::text(name, Localized::new(header.text.to_string()));
        columns.push(WrittenColumn {
            column: Column { kind, unit, ..column },
            status: None,
            own_missing: false,
            references: None,
            header: header.text.to_string(),
            place: Place::file(table.file().clone()),
        });
    }
    let told = told(&columns);
    (columns, told)
}

/// The type of the column at `index` and its unit; cells for which `is_missing` returns `true` are
/// ignored. The type is one of code, fiscal year, integer, number, date and text.
pub(super) fn kind_of(
    table: &Table,
    index: usize,
    is_missing: impl Fn(&str) -> bool,
) -> (ColumnType, Option<String>) {
    let header = &*table.header()[index].text;
    if is_of_codes(header) {
        return (ColumnType::Code, None);
    }
    let cells = || {
        let seen = (0..table.len()).map(move |row| seen(table, row, index));
        seen.filter(|cell| !cell.is_empty() && !is_missing(cell))
    };
    if cells().next().is_none() {
        return (ColumnType::Text, None);
    }
    if header.ends_with("年度") && cells().all(|cell| FiscalYear::parse(&cell).is_ok()) {
        return (ColumnType::FiscalYear, None);
    }
    if let Some((whole, unit)) = figures(cells()) {
        let unit = unit.or_else(|| table.unit(index).map(str::to_owned));
        let kind = if whole { ColumnType::Integer } else { ColumnType::Number };
        return (kind, unit);
    }
    let is_day =
        |cell: Cow<'_, str>| cell.contains(['-', '/', '年', '.']) && parse_date(&cell).is_ok();
    match cells().all(is_day) {
        true => (ColumnType::Date, None),
        false => (ColumnType::Text, None),
    }
}

/// The text that a person sees in a cell.
pub(super) fn seen(table: &Table, row: usize, column: usize) -> Cow<'_, str> {
    match table.shown(row, column) {
        Some(shown) => Cow::Owned(shown.trim().to_owned()),
        None => Cow::Borrowed(table.cell(row, column)),
    }
}

/// Whether all cells are whole numbers, and the unit that is written in them; some cells may omit
/// the unit. `None` if a cell is not a figure or looks like an identifier, or if the units differ.
fn figures<'t>(cells: impl Iterator<Item = Cow<'t, str>>) -> Option<(bool, Option<String>)> {
    let mut whole = true;
    let mut unit: Option<String> = None;
    let mut plain = false;
    for cell in cells {
        let (number, own) = figure_and_unit(&cell)?;
        // Numbers with leading zeros, such as 007, and long numbers are identifiers.
        let digits = cell.trim_start_matches(['-', '−', '▲', '△']);
        let named = digits.len() > 1
            && digits.starts_with('0')
            && digits.bytes().all(|b| b.is_ascii_digit());
        if named || number.as_str().len() > MOST_DIGITS {
            return None;
        }
        whole &= number.is_whole();
        match &unit {
            _ if own.is_empty() => plain = true,
            None => unit = Some(own),
            Some(unit) if *unit == own => {}
            Some(_) => return None,
        }
    }
    // A number without unit among numbers of people counts people too; among percentages it may be
    // a ratio.
    let ratio = plain && unit.as_deref() == Some("%");
    (!ratio).then_some((whole, unit))
}

/// Maximum length of a number; a longer one is a code.
const MOST_DIGITS: usize = 15;

/// Whether the header says that the cells are identifiers.
fn is_of_codes(header: &str) -> bool {
    const ENDINGS: [&str; 9] = ["番号", "コード", "ＩＤ", "id", "ID", "Id", "No", "No.", "code"];
    ENDINGS.iter().any(|ending| header.ends_with(ending))
}

/// A message that lists the title, type and unit of each column.
fn told(columns: &[WrittenColumn]) -> Vec<Message> {
    let kind = |column: &Column| match column.kind {
        ColumnType::Code => ("コード", "code"),
        ColumnType::Integer => ("整数", "whole number"),
        ColumnType::Number => ("数値", "number"),
        ColumnType::Date => ("日付", "date"),
        ColumnType::FiscalYear => ("年度", "fiscal year"),
        _ => ("文字列", "text"),
    };
    let in_ja = columns.iter().map(|WrittenColumn { column, .. }| {
        let unit = column.unit.as_ref().map(|unit| format!("（{unit}）")).unwrap_or_default();
        format!("「{}」＝{}{unit}", column.title.own, kind(column).0)
    });
    let in_en = columns.iter().map(|WrittenColumn { column, .. }| {
        let unit = column.unit.as_ref().map(|unit| format!(" ({unit})")).unwrap_or_default();
        format!("`{}` {}{unit}", column.title.own, kind(column).1)
    });
    let ja = in_ja.collect::<Vec<_>>().join("、");
    let en = in_en.collect::<Vec<_>>().join(", ");
    vec![message!(
        ja: "「[[columns]]」がないため、列を次のように読みました：{ja}",
        en: "without `[[columns]]`, the columns are taken as: {en}",
    )]
}
