//! A **format** of the files in which a dataset is published.
//!
//! Not in here: why a dataset cannot be published in a format (`left_out`), and writing the files
//! (`catalog`).

use crate::config::WantedFormats;

use super::{Dataset, LeftOut};

/// A format of a dataset's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
            Self::Workbook | Self::Parquet => format.left_out(dataset).is_none(),
            Self::GeoJson => dataset.is_on_a_map(),
            Self::TextCsv => dataset.is_narrative(),
            _ => true,
        })
    }

    /// Why `dataset` cannot be published in this format without loss; `None` if it can be, and for
    /// formats that hold everything. Every cell may be read.
    pub fn left_out(self, dataset: &Dataset) -> Option<LeftOut> {
        match self {
            Self::Workbook => LeftOut::of_workbook(dataset),
            Self::Parquet => LeftOut::of_parquet(dataset),
            _ => None,
        }
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
