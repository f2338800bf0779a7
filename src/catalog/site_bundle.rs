//! The **site's bundle** (ZIP): all tables for programs, at the paths that its Data Package names,
//! with one data dictionary and a README.
//!
//! The tables are copied from the bundles of the datasets without compressing them again.

use std::io::{Cursor, Write as _};

use zip::result::{ZipError, ZipResult};
use zip::{ZipArchive, ZipWriter};

use crate::artifact::{Artifact, Body};
use crate::dataset::{Dataset, FileFormat};
use crate::site::{Site, file_paths};

use super::bundle::{member, note, options};
use super::csv::{self, Dialect};
use super::csvw;
use super::dictionary;

/// The top-level folder of the bundle.
const FOLDER: &str = "open-data";

/// The bundle. `bundles` are those of the datasets, in their order; `package` and `tables` describe
/// all tables as a Data Package and as CSV on the Web, and `sql` are the files that make and fill
/// them in a database.
pub(super) fn render(
    site: &Site,
    bundles: &[&Body],
    (package, tables): (&[u8], &[u8]),
    sql: &[Artifact],
) -> Vec<u8> {
    write(site, bundles, (package, tables), sql).expect("memory takes every byte")
}

/// The bundle: README, data dictionary, descriptions, and the tables, which are copied from
/// `bundles`. Fails if a table is not in its bundle.
fn write(
    site: &Site,
    bundles: &[&Body],
    (package, tables): (&[u8], &[u8]),
    sql: &[Artifact],
) -> ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let add = |archive: &mut ZipWriter<_>, name: &str, bytes: &[u8]| -> ZipResult<()> {
        archive.start_file(format!("{FOLDER}/{name}"), options())?;
        Ok(archive.write_all(bytes)?)
    };
    add(&mut archive, "README.txt", readme(site).as_bytes())?;
    add(&mut archive, dictionary::FILE_NAME, &dictionary_csv(site).whole())?;
    add(&mut archive, "datapackage.json", package)?;
    add(&mut archive, csvw::FILE_NAME, tables)?;
    for script in sql {
        let name = script.path.rsplit('/').next().unwrap_or_default();
        add(&mut archive, name, &script.body.whole())?;
    }
    for (dataset, bundle) in site.datasets.iter().zip(bundles) {
        let mut bundle = ZipArchive::new(Cursor::new(bundle.whole()))?;
        let texts = dataset.is_narrative().then_some(FileFormat::TextCsv);
        for format in [Some(FileFormat::Csv), texts].into_iter().flatten() {
            let name = member(dataset, format);
            let index = bundle.index_for_name(&name).ok_or(ZipError::FileNotFound)?;
            let path =
                format!("{FOLDER}/{}/latest/{}", dataset.id, format.file_name(dataset.id.as_str()));
            archive.raw_copy_file_rename(bundle.by_index_raw(index)?, path)?;
        }
    }
    Ok(archive.finish()?.into_inner())
}

/// The README in Japanese and English, with a list of the datasets.
fn readme(site: &Site) -> String {
    let config = &site.config;
    let list: String = site.datasets.iter().map(|dataset| listed(site, dataset)).collect();
    let (title, publisher) = (&config.title, &config.publisher.name);
    let for_excel = [FileFormat::ExcelCsv, FileFormat::Workbook];
    let has_excel = for_excel.into_iter().any(|format| format.is_among(&config.formats));
    let english = |text: &crate::text::Localized| text.en.clone().unwrap_or(text.own.clone());
    note(&format!(
        "{title_own} オープンデータ一括\n\n作成者: {publisher_own}\n最終更新: {updated}\n配布元: {page}\n\n\
         datapackage.json、{csvw}: 表と列、表どうしの関係の一覧（Data Package、CSV on the Web）\n{dictionary}: 項目の説明\n\
         schema.sql、load-sqlite.sql、load-duckdb.sql: データベース（SQLite、DuckDB）に読み込むためのSQL\n\
         <ID>/latest/<ID>.csv: 表（UTF-8、見出しは英字の列名）。文章の列は <ID>_text.csv にあります。{for_excel}\n\
         空欄は「不明」または「該当なし」を表し、0ではありません。\n\n----\n\n\
         {title_en}: all open data\n\nPublisher: {publisher_en}\nLast change: {updated}\nSource: {page}\n\n\
         datapackage.json, {csvw}: the tables, their columns and how they refer to each other (Data Package, CSV on the Web)\n{dictionary}: what the columns mean\n\
         schema.sql, load-sqlite.sql, load-duckdb.sql: SQL that loads the tables into SQLite or DuckDB\n\
         <id>/latest/<id>.csv: the tables (UTF-8, English column names); long texts are in <id>_text.csv\n\
         A blank means that the value is not known or does not apply; it is never 0.\n\n----\n\n\
         ID | 名称 Title | 行 Rows | 最終更新 Last change | ライセンス Licence\n{list}",
        title_own = title.own,
        publisher_own = publisher.own,
        title_en = english(title),
        publisher_en = english(publisher),
        updated = site.updated.map_or("-".to_owned(), |day| day.to_string()),
        dictionary = dictionary::FILE_NAME,
        csvw = csvw::FILE_NAME,
        for_excel = if has_excel {
            "Excel向けのファイルは配布元の各ページにあります。"
        } else {
            ""
        },
        page = config.base_url.join(file_paths::DATASETS),
    ))
}

fn listed(site: &Site, dataset: &Dataset) -> String {
    let licence = site.licence_of(dataset);
    format!(
        "{} | {} | {} | {} | {} {}\n",
        dataset.id,
        dataset.title.own,
        dataset.rows.len(),
        dataset.changed().map_or("-".to_owned(), |day| day.to_string()),
        licence.name(),
        licence.url(),
    )
}

/// The data dictionary of all datasets, one row per column, with the id of the dataset in the first
/// field.
fn dictionary_csv(site: &Site) -> Body {
    let mut writer = csv::writer(Dialect::Excel);
    let header = std::iter::once("データセットID").chain(dictionary::HEADER);
    csv::write_record(&mut writer, header, Dialect::Excel);
    for dataset in &site.datasets {
        for index in 0..dataset.columns.len() {
            let id = std::iter::once(dataset.id.to_string());
            let row = id.chain(dictionary::row(dataset, index));
            csv::write_record(&mut writer, row, Dialect::Excel);
        }
    }
    csv::finish(writer)
}

#[cfg(test)]
mod tests {
    use super::FOLDER;
    use crate::site::file_paths;

    #[test]
    fn the_folder_in_the_bundle_is_called_after_it() {
        assert_eq!(file_paths::SITE_BUNDLE, format!("data/{FOLDER}.zip"));
    }
}
