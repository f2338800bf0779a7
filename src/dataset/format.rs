//! A **format** is a form in which a dataset is published as a file.
//!
//! Not in here: writing the files (`catalog`).

use crate::text::Language;

use super::{Column, ColumnType, Dataset};

/// A form of a dataset's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileFormat {
    /// CSV for programs.
    Csv,
    /// CSV for Excel.
    ExcelCsv,
    /// CSV of the narrative texts, which the other two leave out, for programs.
    TextCsv,
    /// One JSON document with everything known.
    Json,
    /// One JSON object a line.
    JsonLines,
    /// Columns for analysts.
    Parquet,
    /// An Excel workbook.
    Workbook,
    /// Places on a map.
    GeoJson,
    /// A ZIP with both CSV files, the dictionary and what there is to say.
    Bundle,
}

/// Rows that a sheet holds below its header, and columns (ECMA-376: 2^20 rows in all, 2^14
/// columns).
const SHEET_ROWS: usize = (1 << 20) - 1;
const SHEET_COLUMNS: usize = 1 << 14;

/// UTF-16 units that a cell of a sheet holds.
const CELL_UNITS: usize = 32_767;

impl FileFormat {
    /// Every format, in the order in which they are offered.
    pub const ALL: [Self; 9] = [
        Self::Csv,
        Self::ExcelCsv,
        Self::TextCsv,
        Self::Workbook,
        Self::Json,
        Self::JsonLines,
        Self::Parquet,
        Self::GeoJson,
        Self::Bundle,
    ];

    /// Was the code that writes the format compiled? A program for a quick look leaves out what
    /// takes long to compile (cargo features `excel` and `parquet`).
    pub fn is_compiled(self) -> bool {
        match self {
            Self::Workbook => cfg!(feature = "excel"),
            Self::Parquet => cfg!(feature = "parquet"),
            _ => true,
        }
    }

    /// The formats that can hold `dataset`: one that would cut a text or lose a number is none of
    /// them, nor is a map without places. Formats that were not compiled are left out. This reads
    /// every cell.
    pub fn of(dataset: &Dataset) -> impl Iterator<Item = Self> {
        let on_a_map = dataset.is_on_a_map();
        let on_a_sheet = fits_a_sheet(dataset);
        let in_columns = fits_columns(dataset);
        let narrative = dataset.is_narrative();
        Self::ALL.into_iter().filter(move |format| match format {
            _ if !format.is_compiled() => false,
            Self::Workbook => on_a_sheet,
            Self::Parquet => in_columns,
            Self::GeoJson => on_a_map,
            Self::TextCsv => narrative,
            _ => true,
        })
    }

    /// What the file of the dataset `id` is called.
    pub fn file_name(self, id: &str) -> String {
        match self {
            Self::TextCsv => format!("{id}_text.csv"),
            _ => format!("{id}.{}", self.ending()),
        }
    }

    /// What tells the format from the others in a name: what the file's name ends with, but for the
    /// table of texts.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::ExcelCsv => "excel.csv",
            Self::TextCsv => "text.csv",
            Self::Json => "json",
            Self::JsonLines => "jsonl",
            Self::Parquet => "parquet",
            Self::Workbook => "xlsx",
            Self::GeoJson => "geojson",
            Self::Bundle => "zip",
        }
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv | Self::ExcelCsv | Self::TextCsv => "CSV",
            Self::Json => "JSON",
            Self::JsonLines => "JSON Lines",
            Self::Parquet => "Parquet",
            Self::Workbook => "XLSX",
            Self::GeoJson => "GeoJSON",
            Self::Bundle => "ZIP",
        }
    }

    /// Is the file a text, in UTF-8?
    pub fn is_text(self) -> bool {
        !matches!(self, Self::Workbook | Self::Parquet | Self::Bundle)
    }

    /// Its media type as registered with IANA; JSON Lines has none, and goes by the one in use.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv | Self::ExcelCsv | Self::TextCsv => "text/csv",
            Self::Json => "application/json",
            Self::JsonLines => "application/x-ndjson",
            Self::Parquet => "application/vnd.apache.parquet",
            Self::Workbook => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::GeoJson => "application/geo+json",
            Self::Bundle => "application/zip",
        }
    }
}

/// Is there room for every row, column and text on the sheets of a workbook?
fn fits_a_sheet(dataset: &Dataset) -> bool {
    // A text has at least as many bytes as units.
    let fits = |text: &str| text.len() <= CELL_UNITS || text.encode_utf16().count() <= CELL_UNITS;
    let described = |column: &Column| {
        // All that the dictionary says of the column is shorter than this together.
        let values = column.listed_values().into_iter().chain(column.missing.told(Language::Ja));
        let pattern = column.pattern.as_ref().map_or(0, |pattern| pattern.as_str().len());
        let values: usize = values.map(|value| value.len() + "、".len()).sum::<usize>() + pattern;
        let description = column.description.as_ref().map_or("", |text| &text.own);
        values <= CELL_UNITS
            && [&column.title.own, &column.name, description].into_iter().all(fits)
            && column.unit.as_deref().is_none_or(fits)
            && column.blank.as_ref().is_none_or(|text| fits(&text.own))
    };
    dataset.rows.len() <= SHEET_ROWS
        && dataset.columns.len() <= SHEET_COLUMNS
        && dataset.columns.iter().all(described)
        && dataset.rows.iter().all(|mut row| row.all(fits))
}

/// Does every number fit its column of 32 or 64 bits?
fn fits_columns(dataset: &Dataset) -> bool {
    let fits = |cell: &str, kind: ColumnType| match kind {
        // Fifteen digits fit anywhere.
        ColumnType::FiscalYear => cell.parse::<i32>().is_ok(),
        _ if cell.len() <= 15 => true,
        ColumnType::Integer => cell.parse::<i64>().is_ok(),
        _ if kind.is_numeric() => cell.parse::<f64>().is_ok_and(f64::is_finite),
        _ => true,
    };
    let cells = |row: usize| dataset.rows.row(row).zip(&dataset.columns);
    (0..dataset.rows.len())
        .all(|row| cells(row).all(|(cell, column)| cell.is_empty() || fits(cell, column.kind)))
}
