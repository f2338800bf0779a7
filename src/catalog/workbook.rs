//! A **workbook** (XLSX): the table on the first sheet, with its header frozen, and the dictionary on the
//! second. Codes are text, so that Excel keeps their noughts; numbers are numbers, days are days.
//!
//! It carries no time of writing: the same rows give the same bytes.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::dataset::{ColumnType, Dataset};

use super::dictionary;

/// A day that stands in for the day of writing.
const CREATED: (u16, u8, u8) = (2000, 1, 1);

/// Characters that a column is wide at most.
const WIDEST: usize = 60;

/// # Panics
///
/// Never for what [`Format::of`](crate::dataset::Format::of) takes for fit to be a workbook.
pub(super) fn render(dataset: &Dataset) -> Vec<u8> {
    write(dataset).expect("what a workbook cannot hold is not published as one")
}

fn write(dataset: &Dataset) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let (year, month, day) = CREATED;
    let created = ExcelDateTime::from_ymd(year, month, day)?;
    let properties =
        DocProperties::new().set_title(&dataset.title.own).set_creation_datetime(&created);
    workbook.set_properties(&properties);
    let header = Format::new().set_bold();
    let rows = workbook.add_worksheet().set_name("データ")?;
    write_rows(rows, dataset, &header)?;
    let dictionary = workbook.add_worksheet().set_name("項目の説明")?;
    write_dictionary(dictionary, dataset, &header)?;
    workbook.save_to_buffer()
}

fn write_rows(sheet: &mut Worksheet, dataset: &Dataset, header: &Format) -> Result<(), XlsxError> {
    let day = Format::new().set_num_format("yyyy-mm-dd");
    sheet.set_freeze_panes(1, 0)?;
    for (index, column) in dataset.columns.iter().enumerate() {
        let at = index as u16;
        sheet.write_with_format(0, at, &column.title.own, header)?;
        let widest =
            (0..dataset.rows.len().min(100)).map(|row| width(dataset.rows.cell(row, index))).max();
        let wide = width(&column.title.own).max(widest.unwrap_or(0)).min(WIDEST) + 2;
        sheet.set_column_width(at, wide as f64)?;
    }
    for (index, row) in dataset.rows.iter().enumerate() {
        for (position, (cell, column)) in row.zip(&dataset.columns).enumerate() {
            write_cell(sheet, index as u32 + 1, position as u16, cell, column.kind, &day)?;
        }
    }
    Ok(())
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &str,
    kind: ColumnType,
    day: &Format,
) -> Result<(), XlsxError> {
    if cell.is_empty() {
        return Ok(());
    }
    match kind {
        // A sheet keeps fifteen digits; a number of more stays text, and whole.
        _ if kind.is_numeric()
            && cell.bytes().filter(u8::is_ascii_digit).count() <= 15
            && let Ok(number) = cell.parse::<f64>() =>
        {
            sheet.write_number(row, column, number)?
        }
        ColumnType::Boolean => sheet.write_boolean(row, column, cell == "true")?,
        // Days before 1900 are beyond a sheet's calendar, and stay text.
        ColumnType::Date if let Ok(date) = ExcelDateTime::parse_from_str(cell) => {
            sheet.write_datetime_with_format(row, column, &date, day)?
        }
        _ => sheet.write_string(row, column, cell)?,
    };
    Ok(())
}

fn write_dictionary(
    sheet: &mut Worksheet,
    dataset: &Dataset,
    header: &Format,
) -> Result<(), XlsxError> {
    for (index, head) in dictionary::HEADER.iter().enumerate() {
        sheet.write_with_format(0, index as u16, *head, header)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for index in 0..dataset.columns.len() {
        for (position, text) in dictionary::row(dataset, index).iter().enumerate() {
            sheet.write_string(index as u32 + 1, position as u16, text)?;
        }
    }
    for (index, wide) in [24.0, 24.0, 12.0, 12.0, 8.0, 30.0, 30.0, 60.0].into_iter().enumerate() {
        sheet.set_column_width(index as u16, wide)?;
    }
    Ok(())
}

/// How wide a text is, in the width of a digit: everything but ASCII takes two.
fn width(text: &str) -> usize {
    text.chars().take(WIDEST).map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
