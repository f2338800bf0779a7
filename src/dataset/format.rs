//! A **format** of the files in which a dataset is published.
//!
//! Not in here: writing the files (`catalog`).

use crate::config::WantedFormats;
use crate::text::Language;

use super::{Column, ColumnType, Dataset};

/// A format of a dataset's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileFormat {
    /// CSV for programs.
    Csv,
    /// CSV for Excel.
    ExcelCsv,
    /// CSV of the narrative texts, which the other CSV files leave out, for programs.
    TextCsv,
    /// One JSON document with the metadata and the rows.
    Json,
    /// One JSON object per line, for each row.
    JsonLines,
    /// Parquet, for analysis.
    Parquet,
    /// An Excel workbook.
    Workbook,
    /// GeoJSON: a point for each row with coordinates.
    GeoJson,
    /// A ZIP with the CSV files, the data dictionary and a README.
    Bundle,
}

/// Maximum numbers of rows below the header and of columns of a worksheet (ECMA-376: 2^20 rows with
/// the header, 2^14 columns).
const SHEET_ROWS: usize = (1 << 20) - 1;
const SHEET_COLUMNS: usize = 1 << 14;

/// Maximum length of the text in a cell of a worksheet, in UTF-16 code units.
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

    /// Whether the code that writes the format was compiled. Formats that take long to compile are
    /// behind the cargo features `excel` and `parquet`.
    pub fn is_compiled(self) -> bool {
        match self {
            Self::Workbook => cfg!(feature = "excel"),
            Self::Parquet => cfg!(feature = "parquet"),
            _ => true,
        }
    }

    /// The formats in which `dataset` is published, in the order of [`ALL`](Self::ALL): those that
    /// are `wanted`, were compiled and can hold it without cutting a text or losing a number.
    /// GeoJSON needs coordinates, and the CSV of texts narrative columns. For a workbook and for
    /// Parquet this reads every cell.
    pub fn of(dataset: &Dataset, wanted: &WantedFormats) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |format| match format {
            _ if !format.is_compiled() || !format.is_among(wanted) => false,
            Self::Workbook => fits_a_sheet(dataset),
            Self::Parquet => fits_columns(dataset),
            Self::GeoJson => dataset.is_on_a_map(),
            Self::TextCsv => dataset.is_narrative(),
            _ => true,
        })
    }

    /// Is the format among those that a site wants? The CSV of texts belongs to the CSV.
    pub fn is_among(self, wanted: &WantedFormats) -> bool {
        wanted.has(match self {
            Self::TextCsv => Self::Csv.ending(),
            _ => self.ending(),
        })
    }

    /// Is a file in this format in the bundle of its dataset?
    pub fn is_bundled(self) -> bool {
        matches!(self, Self::Csv | Self::ExcelCsv | Self::TextCsv)
    }

    /// The name of the file of the dataset `id`.
    pub fn file_name(self, id: &str) -> String {
        match self {
            Self::TextCsv => format!("{id}_text.csv"),
            _ => format!("{id}.{}", self.ending()),
        }
    }

    /// An identifier of the format that differs from those of all others. It is also the extension
    /// of the file, except for the CSV of narrative texts.
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

    /// The name of the format for people.
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

    /// Whether the file is text, which is in UTF-8.
    pub fn is_text(self) -> bool {
        !matches!(self, Self::Workbook | Self::Parquet | Self::Bundle)
    }

    /// The media type registered with IANA; for JSON Lines, which has none, the one in common use.
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

/// Whether every row, column and text fits on the worksheets of a workbook, including the texts of
/// its data dictionary.
fn fits_a_sheet(dataset: &Dataset) -> bool {
    // A text has at least as many bytes as UTF-16 code units.
    let fits = |text: &str| text.len() <= CELL_UNITS || text.encode_utf16().count() <= CELL_UNITS;
    let described = |column: &Column| {
        // An upper bound on the length of the allowed values and the rules together.
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

/// Whether every number fits its type in Parquet, which has 32 or 64 bits.
fn fits_columns(dataset: &Dataset) -> bool {
    let fits = |cell: &str, kind: ColumnType| match kind {
        // Numbers of at most fifteen characters fit every type but that of fiscal years.
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

#[cfg(test)]
mod tests {
    use super::FileFormat;
    use crate::config::WantedFormats;

    #[test]
    fn every_format_has_a_name_in_the_settings() {
        let names = FileFormat::ALL.map(FileFormat::ending);
        assert!(WantedFormats::ALL.iter().all(|name| names.contains(name)));
        let wanted = WantedFormats::default();
        assert!(FileFormat::ALL.into_iter().all(|format| format.is_among(&wanted)));
    }
}
