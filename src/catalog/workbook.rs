//! A **workbook** (XLSX): the table on the first worksheet, with a frozen header, and the data
//! dictionary on the second. Codes are text, so that Excel keeps leading zeros; numbers are
//! numbers, and dates are dates. Its properties say where it is from.
//!
//! It contains no time of its creation but the date of the data, so that the same rows give the
//! same bytes. The library rust_xlsxwriter writes everything except the rows, of which it would
//! keep several copies in memory; the rows are written directly into the worksheet ([`rows`]).

mod reading;
mod rows;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthChar as _;

use crate::dataset::{ColumnType, Dataset};
use crate::site::Imprint;

use super::dictionary;

/// The date of creation of a workbook whose data have no date.
const CREATED: (u16, u8, u8) = (2000, 1, 1);

/// Maximum width of a column, in characters.
const WIDEST: usize = 60;

/// The workbook of `dataset`, with a column of the `topics` of each row if there are any.
///
/// # Panics
///
/// If `dataset` does not fit a workbook, that is, if
/// [`FileFormat::of`](crate::dataset::FileFormat::of) does not contain it.
pub(super) fn render(
    imprint: &Imprint<'_>,
    dataset: &Dataset,
    topics: Option<&[String]>,
) -> Vec<u8> {
    let dataset = &*reading::with_topics(dataset, topics);
    let empty =
        write(imprint, dataset).expect("what a workbook cannot hold is not published as one");
    rows::fill(&empty, dataset).expect("memory takes every byte")
}

/// The workbook without its rows: both worksheets, with the header of the first.
fn write(imprint: &Imprint<'_>, dataset: &Dataset) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(imprint, dataset)?);
    let header = Format::new().set_bold();
    let rows = workbook.add_worksheet().set_name("データ")?;
    write_header(rows, dataset, &header)?;
    let dictionary = workbook.add_worksheet().set_name("項目の説明")?;
    write_dictionary(dictionary, dataset, &header)?;
    workbook.save_to_buffer()
}

/// The properties of the file: title, publisher, date, and as properties of its own the licence and
/// the address of the page.
fn properties(imprint: &Imprint<'_>, dataset: &Dataset) -> Result<DocProperties, XlsxError> {
    let changed = dataset.changed().map(|date| date.to_string());
    let parsed = changed.as_ref().and_then(|date| ExcelDateTime::parse_from_str(date).ok());
    let created = match parsed {
        Some(date) => date,
        None => ExcelDateTime::from_ymd(CREATED.0, CREATED.1, CREATED.2)?,
    };
    let (licence, page) = (imprint.licence, imprint.page_of(dataset));
    let mut properties = DocProperties::new()
        .set_title(&dataset.title.own)
        .set_author(&imprint.publisher.name.own)
        .set_company(&imprint.publisher.name.own)
        .set_keywords(dataset.keywords.join(", "))
        .set_comment(format!("{} {}\n{page}", licence.name(), licence.url()))
        .set_creation_datetime(&created)
        .set_custom_property("licence", licence.address())
        .set_custom_property("url", page.as_str());
    if let Some(date) = &changed {
        properties = properties.set_custom_property("updated", date.as_str());
    }
    if let Some(version) = &dataset.version {
        properties = properties.set_custom_property("version", version.as_str());
    }
    Ok(properties)
}

fn write_header(
    sheet: &mut Worksheet,
    dataset: &Dataset,
    header: &Format,
) -> Result<(), XlsxError> {
    let day = Format::new().set_num_format("yyyy-mm-dd");
    sheet.set_freeze_panes(1, 0)?;
    let last = dataset.columns.len().saturating_sub(1) as u16;
    sheet.autofilter(0, 0, dataset.rows.len() as u32, last)?;
    for (index, column) in dataset.columns.iter().enumerate() {
        let at = index as u16;
        sheet.write_with_format(0, at, &column.title.own, header)?;
        let widest =
            (0..dataset.rows.len().min(100)).map(|row| width(dataset.rows.cell(row, index))).max();
        let wide = width(&column.title.own).max(widest.unwrap_or(0)).min(WIDEST) + 2;
        sheet.set_column_width(at, wide as f64)?;
        if column.kind == ColumnType::Date {
            sheet.set_column_format(at, &day)?;
        }
    }
    Ok(())
}

/// Writes the data dictionary to its worksheet: the header, and one row per column of the dataset.
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
    const WIDTHS: [f64; 9] = [24.0, 24.0, 12.0, 12.0, 8.0, 30.0, 30.0, 30.0, 60.0];
    const ENGLISH: [f64; 5] = [24.0, 30.0, 30.0, 30.0, 60.0];
    for (index, wide) in WIDTHS.into_iter().chain(ENGLISH).enumerate() {
        sheet.set_column_width(index as u16, wide)?;
    }
    Ok(())
}

/// Width of a text, counted in digits: a character outside ASCII is two digits wide. At most
/// [`WIDEST`] characters are counted.
fn width(text: &str) -> usize {
    text.chars().take(WIDEST).map(|c| c.width_cjk().unwrap_or(0)).sum()
}
