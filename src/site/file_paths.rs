//! **Where files stand**: every path of the output is spelt here and nowhere else.
//!
//! Not in here: who may have a path (`plan`).

use crate::calendar::FiscalYear;
use crate::dataset::{Dataset, Format, Series};
use crate::text::Language;

/// Path of the page `key` in `language`: below a folder unless it is the content's own.
pub fn localized(key: &str, language: Language, own: Language) -> String {
    if language == own { key.to_owned() } else { format!("{language}/{key}") }
}

/// JSON of a measure.
pub fn measure_json(id: &str) -> String {
    format!("measures/{id}.json")
}

/// The picture that stands for a measure where its page is shared, below the folder of its language.
pub fn measure_picture(id: &str) -> String {
    format!("measures/{id}.png")
}

/// Width and height of such a picture.
pub const PICTURE_SIZE: (u32, u32) = (1200, 630);

/// JSON of a policy.
pub fn policy_json(id: &str) -> String {
    format!("policies/{id}.json")
}

/// The chart of an indicator over the years of a history, as a file.
pub fn indicator_chart(history: &str, indicator: &str) -> String {
    format!("charts/indicators/{history}.{indicator}.svg")
}

/// The figures of such a chart.
pub fn indicator_figures(history: &str, indicator: &str) -> String {
    format!("charts/indicators/{history}.{indicator}.csv")
}

/// The chart of a history's money.
pub fn budget_chart(history: &str) -> String {
    format!("charts/budgets/{history}.svg")
}

/// The figures of such a chart.
pub fn budget_figures(history: &str) -> String {
    format!("charts/budgets/{history}.csv")
}

/// What is new of a department.
pub fn department_feed(id: &str) -> String {
    format!("departments/{id}.xml")
}

/// What is new of a topic.
pub fn topic_feed(id: &str) -> String {
    format!("topics/{id}.xml")
}

/// A dataset's newest file.
pub fn dataset_file(id: &str, format: Format) -> String {
    format!("data/{id}/latest/{}", format.file_name(id))
}

/// A dataset's page, below the folder of its language.
pub fn dataset_page(id: &str) -> String {
    format!("data/{id}.html")
}

/// What a program has to know of a dataset's CSV (CSV on the Web).
pub fn csv_metadata(id: &str) -> String {
    format!("data/{id}/latest/{id}.csv-metadata.json")
}

/// The same as a Data Package.
pub fn data_package(id: &str) -> String {
    format!("data/{id}/latest/datapackage.json")
}

/// Folder of a dataset's files: that of a released version, or else of what stands now.
fn folder_of(dataset: &Dataset) -> String {
    let state = dataset.version.as_ref().map_or("latest", |name| name.as_str());
    format!("data/{}/{state}", dataset.id)
}

/// A file of a dataset, released or not.
pub fn file_of(dataset: &Dataset, format: Format) -> String {
    format!("{}/{}", folder_of(dataset), format.file_name(dataset.id.as_str()))
}

/// What programs have to know of a dataset's CSV, released or not: CSV on the Web, and Data Package; and how it is cited,
/// for BibTeX and in RIS.
pub fn descriptions_of(dataset: &Dataset) -> [String; 4] {
    let folder = folder_of(dataset);
    let id = &dataset.id;
    [
        format!("{folder}/{id}.csv-metadata.json"),
        format!("{folder}/datapackage.json"),
        format!("{folder}/{id}.bib"),
        format!("{folder}/{id}.ris"),
    ]
}

/// Where the datasets of a series are listed, below the folder of the language.
pub fn series(series: &Series) -> String {
    format!("{DATASETS}#series-{}", series.id)
}

/// What programs have to know of a dataset's table of texts, released or not (CSV on the Web).
pub fn text_metadata(dataset: &Dataset) -> String {
    format!("{}/{}_text.csv-metadata.json", folder_of(dataset), dataset.id)
}

/// What is new in a state of a dataset, as a table.
pub fn changes(state: &Dataset) -> String {
    format!("{}/{}.changes.csv", folder_of(state), state.id)
}

/// The page of a state of a dataset, with what is new in it; below the folder of its language.
pub fn state_page(state: &Dataset) -> String {
    format!("{}/index.html", folder_of(state))
}

/// The page that a dataset is cited by: that of a released version, or its own.
pub fn page_of(dataset: &Dataset) -> String {
    match dataset.version {
        Some(_) => state_page(dataset),
        None => dataset_page(dataset.id.as_str()),
    }
}

/// How a dataset is cited, for BibTeX.
pub fn bibtex(id: &str) -> String {
    format!("data/{id}/latest/{id}.bib")
}

/// The same in RIS.
pub fn ris(id: &str) -> String {
    format!("data/{id}/latest/{id}.ris")
}

/// The page `number` of a dataset's rows, from 1, below the folder of its language.
pub fn rows(id: &str, number: usize) -> String {
    format!("data/{id}/rows/{number}.html")
}

/// Where `row` of a dataset, counted from 0, stands.
pub fn row(id: &str, row: usize) -> String {
    format!("{}#row-{}", rows(id, row / super::plan::ROWS_ON_A_PAGE + 1), row + 1)
}

/// The page `number`, from 1, of the measures that missed their goals in `year`.
pub fn missed(year: FiscalYear, number: usize) -> String {
    match number {
        1 => format!("missed/{year}.html"),
        _ => format!("missed/{year}-{number}.html"),
    }
}

/// The comparison of two years.
pub fn comparison(newer: FiscalYear, older: FiscalYear) -> String {
    format!("compare/{newer}-{older}.html")
}

/// The JSON Schema of a kind of JSON.
pub fn schema(kind: &str) -> String {
    format!("{SCHEMAS}{kind}.json")
}

/// The JSON Schema of a dataset's JSON.
pub fn dataset_schema(id: &str) -> String {
    format!("{SCHEMAS}data/{id}.json")
}

/// The JSON Schema of the JSON of a dataset, released or not.
pub fn schema_of(dataset: &Dataset) -> String {
    match &dataset.version {
        Some(name) => format!("{SCHEMAS}data/{}/{name}.json", dataset.id),
        None => dataset_schema(dataset.id.as_str()),
    }
}

/// How browsers and other programs ask the search in `language`.
pub fn open_search(language: Language, own: Language) -> String {
    localized("opensearch.xml", language, own)
}

/// The list of datasets, below the folder of its language.
pub const DATASETS: &str = "data/index.html";
/// Every table in one file.
pub const SITE_BUNDLE: &str = "data/open-data.zip";
/// Every address of the site that gives data.
pub const OPENAPI: &str = "openapi.json";
/// Folder of the schemas.
pub const SCHEMAS: &str = "schemas/";
/// The result of the accessibility test of a year, below the folder of its language.
pub fn accessibility_result(year: FiscalYear) -> String {
    format!("accessibility/{year}.html")
}

/// The accessibility policy, below the folder of its language.
pub const ACCESSIBILITY: &str = "accessibility.html";
/// Every dataset in one Data Package.
pub const DATA_PACKAGE: &str = "data/datapackage.json";
/// The list of open data that municipal systems take in.
pub const OPENDATA_LIST: &str = "opendata-list.csv";
/// The catalogue in DCAT.
pub const DCAT: &str = "catalog.jsonld";
/// The list of everything published.
pub const MANIFEST: &str = "manifest.json";
/// The list of all data files.
pub const CATALOG: &str = "catalog.json";
/// The news feed.
pub const FEED: &str = "feed.xml";
/// The list of all pages for search engines.
pub const SITEMAP: &str = "sitemap.xml";
/// What search engines may read.
pub const ROBOTS: &str = "robots.txt";
/// Folder of the search index.
pub const SEARCH: &str = "search/";
/// Folder of the files by which a dataset's table is sorted and filtered on its page.
pub fn table(id: &str) -> String {
    format!("{TABLES}{id}/")
}

/// The same of the table of all measures in `language`; no id of a dataset has a point.
pub fn measure_table(language: Language) -> String {
    format!("{TABLES}measures.{language}/")
}

/// What names the other files of a table or of the search index, in their `folder`.
pub fn manifest_below(folder: &str) -> String {
    format!("{folder}manifest.json")
}

/// Folder of the tables' files.
pub const TABLES: &str = "tables/";
/// Folder of the theme's assets.
pub const ASSETS: &str = "assets/";
