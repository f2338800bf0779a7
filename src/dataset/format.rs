//! A **format** is a form in which a dataset is published as a file.
//!
//! Not in here: writing the files (`catalog`).

use super::{ColumnType, Dataset};

/// A form of a dataset's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// CSV for programs.
    Csv,
    /// CSV for Excel.
    ExcelCsv,
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

/// Rows that a sheet holds below its header (ECMA-376, 2^20 in all).
const SHEET_ROWS: usize = (1 << 20) - 1;

/// UTF-16 units that a cell of a sheet holds.
const CELL_UNITS: usize = 32_767;

impl Format {
    /// Every format, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::Csv,
        Self::ExcelCsv,
        Self::Workbook,
        Self::Json,
        Self::JsonLines,
        Self::Parquet,
        Self::GeoJson,
        Self::Bundle,
    ];

    /// The formats that can hold `dataset`: a workbook that would cut it is none of them, nor a map
    /// without places.
    pub fn of(dataset: &Dataset) -> impl Iterator<Item = Self> {
        let has = |kind| dataset.columns.iter().any(|column| column.kind == kind);
        let on_a_map = has(ColumnType::Latitude) && has(ColumnType::Longitude);
        // A cell has at least as many bytes as units.
        let fits =
            |cell: &str| cell.len() <= CELL_UNITS || cell.encode_utf16().count() <= CELL_UNITS;
        let on_a_sheet =
            dataset.rows.len() <= SHEET_ROWS && dataset.rows.iter().all(|mut row| row.all(fits));
        Self::ALL.into_iter().filter(move |format| match format {
            Self::Workbook => on_a_sheet,
            Self::GeoJson => on_a_map,
            _ => true,
        })
    }

    /// What the file's name ends with, after the dataset's id and a dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::ExcelCsv => "excel.csv",
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
            Self::Csv | Self::ExcelCsv => "CSV",
            Self::Json => "JSON",
            Self::JsonLines => "JSON Lines",
            Self::Parquet => "Parquet",
            Self::Workbook => "XLSX",
            Self::GeoJson => "GeoJSON",
            Self::Bundle => "ZIP",
        }
    }

    /// Its media type as registered with IANA; JSON Lines has none, and goes by the one in use.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv | Self::ExcelCsv => "text/csv",
            Self::Json => "application/json",
            Self::JsonLines => "application/x-ndjson",
            Self::Parquet => "application/vnd.apache.parquet",
            Self::Workbook => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::GeoJson => "application/geo+json",
            Self::Bundle => "application/zip",
        }
    }
}
