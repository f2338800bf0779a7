//! A **bundle** (ZIP): a dataset as whoever keeps it wants to find it in ten years: both CSV files, the dictionary as a
//! table, and a text that says what it is, from whom, and under which licence.
//!
//! It carries no time of packing: the same files give the same bytes.

use std::io::Cursor;

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::artifact::{Artifact, Body};
use crate::dataset::{Dataset, Format};
use crate::site::{Site, file_paths};

use super::csv::{self, Dialect, WRITTEN};
use super::dictionary;

/// The bundle of `dataset`, with those of its `files` that everybody can open.
pub(super) fn render(site: &Site, dataset: &Dataset, files: &[(Format, Artifact)]) -> Vec<u8> {
    write(site, dataset, files).expect("memory takes every byte")
}

fn write(site: &Site, dataset: &Dataset, files: &[(Format, Artifact)]) -> ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: String, body: &Body| -> ZipResult<()> {
        archive.start_file(name, options())?;
        Ok(body.write_to(&mut archive)?)
    };
    add(format!("{}/README.txt", dataset.id), &readme(site, dataset).into_bytes().into())?;
    for (format, file) in files {
        if matches!(format, Format::Csv | Format::ExcelCsv) {
            add(member(dataset, *format), &file.body)?;
        }
    }
    add(format!("{}/{DICTIONARY}", dataset.id), &dictionary_csv(dataset))?;
    Ok(archive.finish()?.into_inner())
}

/// More effort would take half as long again and save a few hundredths.
const LEVEL: i64 = 4;

/// Compressed, and of no time.
pub(super) fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
}

/// What a table is called in the bundle of `dataset`.
pub(super) fn member(dataset: &Dataset, format: Format) -> String {
    format!("{0}/{0}.{1}", dataset.id, format.ending())
}

/// A text of many lines as an editor of any age opens it: with byte order mark and CRLF.
pub(super) fn note(text: &str) -> String {
    format!("\u{feff}{}", text.replace("\r\n", "\n").replace('\n', "\r\n"))
}

/// What it is, in Japanese and English.
fn readme(site: &Site, dataset: &Dataset) -> String {
    let licence = site.licence_of(dataset);
    let publisher = &site.config.publisher.name;
    let english =
        |text: &crate::text::Localized| text.en.clone().unwrap_or_else(|| text.own.clone());
    let page = site.config.base_url.join(&file_paths::page_of(dataset));
    let updated = dataset.changed().map_or("-".to_owned(), |day| day.to_string());
    note(&format!(
        "{title}\n\n{description}\n\n作成者: {publisher}\n最終更新: {updated}\nライセンス: {licence} {url}\n\
         出典の書き方: 出典：{publisher}「{title}」（{licence}）\n配布元: {page}\n\n\
         {id}.csv: プログラム向け（UTF-8、見出しは物理名）\n{id}.excel.csv: Excel向け（BOM付きUTF-8、見出しは日本語）\n\
         {DICTIONARY}: 項目の説明\n空欄は「わからない」または「該当しない」で、0ではありません。\n\n----\n\n\
         {title_en}\n\nPublisher: {publisher_en}\nLast change: {updated}\nLicence: {licence} {url}\nSource: {page}\n\n\
         {id}.csv: for programs (UTF-8, physical names)\n{id}.excel.csv: for Excel (UTF-8 with byte order mark)\n\
         {DICTIONARY}: what the columns mean\nA blank means that the value is not known or does not apply; it is never 0.\n",
        title = dataset.title.own,
        description = dataset.description.own,
        publisher = publisher.own,
        licence = licence.name(),
        url = licence.url(),
        id = dataset.id,
        title_en = english(&dataset.title),
        publisher_en = english(publisher),
    ))
}

/// What the dictionary is called.
pub(super) const DICTIONARY: &str = "dictionary.csv";

/// A row a column.
fn dictionary_csv(dataset: &Dataset) -> Body {
    let mut writer = csv::writer(Dialect::Excel);
    writer.write_record(dictionary::HEADER).expect(WRITTEN);
    for index in 0..dataset.columns.len() {
        writer.write_record(dictionary::row(dataset, index)).expect(WRITTEN);
    }
    csv::finish(writer)
}
