//! **Excel** and OpenDocument workbooks, by calamine.

use std::io::Cursor;
use std::sync::Arc;

use calamine::{Data, Dimensions, Range, Reader, Sheets, open_workbook_auto_from_rs};

use crate::calendar::Date;
use crate::diagnostic::{self, CellPlace, Diagnostic, Diagnostics, Place};
use crate::message;
use crate::source::SourceFile;

use super::{Grid, RowStart};

type Workbook<'f> = Sheets<Cursor<&'f [u8]>>;

/// Reads the cells of one sheet of `file`: that named `wanted`, or the only one with anything in it.
pub(super) fn read(
    file: &SourceFile,
    wanted: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Option<Grid> {
    let mut workbook = match open_workbook_auto_from_rs(Cursor::new(&*file.bytes)) {
        Ok(workbook) => workbook,
        Err(error) => {
            diagnostics.push(unreadable(file, &error.to_string()));
            return None;
        }
    };
    let sheet = choose_sheet(file, &mut workbook, wanted, diagnostics)?;
    let range = match workbook.worksheet_range(&sheet) {
        Ok(range) => range,
        Err(error) => {
            diagnostics.push(unreadable(file, &error.to_string()));
            return None;
        }
    };
    let sheet: Arc<str> = sheet.into();
    let merged = merged_cells(&mut workbook, &sheet);
    let mut sound = true;
    for region in merged.iter().filter(|region| region.start != region.end) {
        sound = false;
        diagnostics.push(merged_problem(file, &sheet, region));
    }
    let rows = cells(file, &sheet, &range, &mut sound, diagnostics);
    sound.then(|| Grid { file: file.path.clone(), sheet: Some(sheet), rows, csv: None })
}

fn unreadable(file: &SourceFile, reason: &str) -> Diagnostic {
    Diagnostic::new(
        &diagnostic::TABLE_UNREADABLE,
        Place::file(file.path.clone()),
        message!(
            ja: "Excelのファイルとして読めない（{reason}）",
            en: "it cannot be read as a workbook: {reason}",
        ),
    )
    .with_help(message!(
        ja: "パスワードを外し、.xlsx か .csv で保存し直す",
        en: "remove any password, and save it again as .xlsx or .csv",
    ))
}

fn choose_sheet(
    file: &SourceFile,
    workbook: &mut Workbook<'_>,
    wanted: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let names = workbook.sheet_names();
    let list = names.join("`, `");
    let problem = match wanted {
        Some(wanted) => {
            if let Some(name) = names.into_iter().find(|name| name == wanted) {
                return Some(name);
            }
            message!(ja: "シート `{wanted}` がない", en: "there is no sheet `{wanted}`")
        }
        None => {
            let mut filled: Vec<String> = Vec::new();
            for name in names {
                if workbook.worksheet_range(&name).is_ok_and(|range| !range.is_empty()) {
                    filled.push(name);
                }
            }
            match filled.len() {
                1 => return filled.pop(),
                0 => message!(ja: "どのシートも空である", en: "every sheet is empty"),
                _ => message!(ja: "シートがいくつもある", en: "there are several sheets"),
            }
        }
    };
    diagnostics.push(
        Diagnostic::new(&diagnostic::TABLE_SHEET, Place::file(file.path.clone()), problem).with_help(
            message!(
                ja: "表のシートを一つにする（データセットなら `sheet` で選べる）。あるシート: `{list}`",
                en: "keep one sheet with the table (a dataset can choose it by `sheet`); the sheets are `{list}`",
            ),
        ),
    );
    None
}

fn merged_cells(workbook: &mut Workbook<'_>, sheet: &str) -> Vec<Dimensions> {
    match workbook {
        Sheets::Xlsx(xlsx) => {
            xlsx.merge_cells_by_sheet_name(sheet).unwrap_or_default()
        }
        Sheets::Xls(xls) => xls.merge_cells_by_sheet_name(sheet).unwrap_or_default(),
        Sheets::Xlsb(_) | Sheets::Ods(_) => Vec::new(),
    }
}

fn merged_problem(file: &SourceFile, sheet: &Arc<str>, region: &Dimensions) -> Diagnostic {
    let first = cell_place(file, sheet, region.start);
    let range = format!("{}:{}", first.name(), cell_place(file, sheet, region.end).name());
    Diagnostic::new(
        &diagnostic::TABLE_MERGED,
        first,
        message!(ja: "セル {range} が結合されている", en: "the cells {range} are merged"),
    )
    .with_help(message!(
        ja: "結合を解除し、値をすべてのセルに書く",
        en: "unmerge them and write the value into each",
    ))
}

fn cell_place(file: &SourceFile, sheet: &Arc<str>, (row, column): (u32, u32)) -> CellPlace {
    CellPlace {
        file: file.path.clone(),
        sheet: Some(sheet.clone()),
        row: row + 1,
        column: Some(column + 1),
        header: None,
        line: None,
        bytes: None,
    }
}

fn cells(
    file: &SourceFile,
    sheet: &Arc<str>,
    range: &Range<Data>,
    sound: &mut bool,
    diagnostics: &mut Diagnostics,
) -> Vec<(RowStart, Vec<String>)> {
    let (first_row, first_column) = range.start().unwrap_or((0, 0));
    let mut rows = Vec::with_capacity(range.height());
    for (row, data) in (first_row..).zip(range.rows()) {
        // Columns are counted from A even where the sheet begins further right.
        let mut texts = vec![String::new(); first_column as usize];
        for (column, value) in (first_column..).zip(data) {
            if let Data::Error(error) = value {
                *sound = false;
                let shown = error.to_string();
                diagnostics.push(
                    Diagnostic::new(
                        &diagnostic::TABLE_FORMULA_ERROR,
                        cell_place(file, sheet, (row, column)),
                        message!(
                            ja: "数式の結果が `{shown}` である",
                            en: "the formula ends in `{shown}`",
                        ),
                    )
                    .with_help(message!(
                        ja: "数式を直すか、値に置き換える",
                        en: "mend the formula, or put a value in its place",
                    )),
                );
            }
            texts.push(text_of(value));
        }
        rows.push((RowStart { row: row + 1, line: 0, byte: 0 }, texts));
    }
    rows
}

/// A cell as text: whole numbers without a point, dates in ISO 8601.
fn text_of(value: &Data) -> String {
    match value {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number_text(*number),
        Data::Bool(flag) => flag.to_string(),
        Data::DateTime(moment) if moment.is_duration() => {
            let minutes = (moment.as_f64() * 24.0 * 60.0).round();
            format!("{:02}:{:02}", (minutes / 60.0).floor(), minutes % 60.0)
        }
        Data::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            let date = Date::new(i32::from(year), i32::from(month), i32::from(day));
            match date {
                _ if moment.as_f64() < 1.0 => format!("{hour:02}:{minute:02}"),
                Some(date) if (hour, minute, second) == (0, 0, 0) => date.to_string(),
                Some(date) => format!("{date}T{hour:02}:{minute:02}:{second:02}"),
                None => number_text(moment.as_f64()),
            }
        }
        Data::DateTimeIso(text) => text.strip_suffix("T00:00:00").unwrap_or(text).to_owned(),
        Data::DurationIso(text) => text.clone(),
        Data::Error(error) => error.to_string(),
    }
}

/// As Excel shows a number: at most 15 significant digits, so that 0.1 + 0.2 is 0.3.
fn number_text(number: f64) -> String {
    let short = number.to_string();
    let significant = short.bytes().filter(u8::is_ascii_digit).count();
    if significant <= 15 {
        return short;
    }
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    rounded.to_string()
}

#[cfg(test)]
mod tests {
    use super::number_text;

    #[test]
    fn numbers_are_as_excel_shows_them() {
        assert_eq!(number_text(1.0), "1");
        assert_eq!(number_text(0.1 + 0.2), "0.3");
        assert_eq!(number_text(63.5), "63.5");
        assert_eq!(number_text(-1_234_567.0), "-1234567");
        assert_eq!(number_text(1.0 / 3.0), "0.333333333333333");
    }
}
