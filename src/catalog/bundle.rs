//! A **bundle** (ZIP) holds a dataset in a form suited to long-term storage: both CSV files, the
//! data dictionary as a table, and a text that describes the dataset, its publisher and its
//! licence.
//!
//! It contains no timestamps, so that the same files give the same bytes.

use std::io::Cursor;

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::artifact::Body;
use crate::dataset::{Dataset, FileFormat};
use crate::site::Imprint;

use super::csv::{self, Dialect};
use super::{dictionary, readme};

/// The bundle of `dataset` with its `tables`, each in its format.
pub(super) fn render(
    imprint: &Imprint<'_>,
    dataset: &Dataset,
    tables: &[(FileFormat, Body)],
) -> Vec<u8> {
    write(imprint, dataset, tables).expect("memory takes every byte")
}

fn write(
    imprint: &Imprint<'_>,
    dataset: &Dataset,
    tables: &[(FileFormat, Body)],
) -> ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: String, body: &Body| -> ZipResult<()> {
        archive.start_file(name, options())?;
        Ok(body.write_to(&mut archive)?)
    };
    add(
        format!("{}/README.txt", dataset.id),
        &note(&readme::of_dataset(imprint, dataset)).into_bytes().into(),
    )?;
    for (format, table) in tables {
        add(member(dataset, *format), table)?;
    }
    add(format!("{}/{}", dataset.id, dictionary::FILE_NAME), &dictionary_csv(dataset))?;
    Ok(archive.finish()?.into_inner())
}

/// Compression level; a higher one would take half as long again and save a few per cent.
const LEVEL: i64 = 4;

/// The options of every member: compressed, without a timestamp.
pub(super) fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
}

/// The path of a table in the bundle of `dataset`.
pub(super) fn member(dataset: &Dataset, format: FileFormat) -> String {
    format!("{}/{}", dataset.id, format.file_name(dataset.id.as_str()))
}

/// `text` with a byte order mark and CRLF line ends, so that old editors can open it.
pub(super) fn note(text: &str) -> String {
    format!("\u{feff}{}", text.replace("\r\n", "\n").replace('\n', "\r\n"))
}

/// The data dictionary as CSV, one row per column.
fn dictionary_csv(dataset: &Dataset) -> Body {
    let mut writer = csv::writer(Dialect::Excel);
    csv::write_record(&mut writer, dictionary::HEADER, Dialect::Excel);
    for index in 0..dataset.columns.len() {
        csv::write_record(&mut writer, dictionary::row(dataset, index), Dialect::Excel);
    }
    csv::finish(writer)
}
