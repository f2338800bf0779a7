//! **File paths**: every path of the output is spelt here and nowhere else. The path of a page is
//! below the folder of its language; [`localized`] adds that folder.
//!
//! Not in here: who may have a path (`plan`). Who knows what a page shows asks
//! [`PageKind::key`](super::PageKind::key).

use crate::calendar::FiscalYear;
use crate::dataset::{Dataset, FileFormat, Series};
use crate::text::Language;

/// Path of the page `key` in `language`: below a folder unless it is the content's own.
pub fn localized(key: &str, language: Language, own: Language) -> String {
    if language == own { key.to_owned() } else { format!("{language}/{key}") }
}

/// The first page.
pub const HOME: &str = "index.html";
/// The search.
pub const SEARCH_PAGE: &str = "search.html";
/// What a host shows at an address that is not known.
pub const NOT_FOUND: &str = "404.html";
/// All measures.
pub const MEASURES: &str = "measures/index.html";
/// All policies.
pub const POLICIES: &str = "policies/index.html";
/// All departments.
pub const DEPARTMENTS: &str = "departments/index.html";
/// The city's plan.
pub const PLAN: &str = "plan/index.html";
/// All topics.
pub const TOPICS: &str = "topics/index.html";
/// The scale of ratings.
pub const RATINGS: &str = "ratings/index.html";
/// All fiscal years.
pub const YEARS: &str = "years/index.html";
/// The years, with how many measures missed their goals.
pub const MISSED: &str = "missed/index.html";
/// The pairs of years.
pub const COMPARISONS: &str = "compare/index.html";
/// The list of datasets.
pub const DATASETS: &str = "data/index.html";
/// The accessibility policy.
pub const ACCESSIBILITY: &str = "accessibility.html";

/// What stands before and after the id in the path of a measure's page.
pub const MEASURE_PAGE: (&str, &str) = ("measures/", ".html");

/// The page of the measure `id`.
pub fn measure_page(id: &str) -> String {
    let (before, after) = MEASURE_PAGE;
    format!("{before}{id}{after}")
}

/// The page of the policy `id`.
pub fn policy_page(id: &str) -> String {
    format!("policies/{id}.html")
}

/// The page of the department `id`.
pub fn department_page(id: &str) -> String {
    format!("departments/{id}.html")
}

/// The page of the node `id` of the city's plan.
pub fn plan_page(id: &str) -> String {
    format!("plan/{id}.html")
}

/// The page of the topic `id`.
pub fn topic_page(id: &str) -> String {
    format!("topics/{id}.html")
}

/// The page of the rating `id`.
pub fn rating_page(id: &str) -> String {
    format!("ratings/{id}.html")
}

/// The page of the fiscal year `year`.
pub fn year_page(year: FiscalYear) -> String {
    format!("years/{year}.html")
}

/// The page `name`, a name without ending: that of a free page, or the address that a redirect
/// leaves or names.
pub fn named_page(name: &str) -> String {
    format!("{name}.html")
}

/// JSON of a measure.
pub fn measure_json(id: &str) -> String {
    format!("measures/{id}.json")
}

/// The picture that stands for a measure where its page is shared, below the folder of its
/// language.
pub fn measure_picture(id: &str) -> String {
    format!("measures/{id}.png")
}

/// Width and height of such a picture.
pub const PICTURE_SIZE: (u32, u32) = (1200, 630);

/// JSON of a policy.
pub fn policy_json(id: &str) -> String {
    format!("policies/{id}.json")
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
pub fn dataset_file(id: &str, format: FileFormat) -> String {
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
pub fn file_of(dataset: &Dataset, format: FileFormat) -> String {
    format!("{}/{}", folder_of(dataset), format.file_name(dataset.id.as_str()))
}

/// What programs have to know of a dataset's CSV, released or not: CSV on the Web, and Data
/// Package; and how it is cited, for BibTeX and in RIS.
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
pub fn version_page(state: &Dataset) -> String {
    format!("{}/index.html", folder_of(state))
}

/// The page that a dataset is cited by: that of a released version, or its own.
pub fn page_of(dataset: &Dataset) -> String {
    match dataset.version {
        Some(_) => version_page(dataset),
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
    format!("{}#row-{}", rows(id, row / super::ROWS_ON_A_PAGE + 1), row + 1)
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

/// Every dataset in one Data Package.
pub const DATA_PACKAGE: &str = "data/datapackage.json";
/// The same as CSV on the Web.
pub const CSV_METADATA: &str = "data/csv-metadata.json";
/// The list of open data that municipal systems take in.
pub const OPENDATA_LIST: &str = "opendata-list.csv";
/// The catalogue in DCAT.
pub const DCAT: &str = "catalog.jsonld";
/// The list of everything published.
pub use crate::publish::MANIFEST;
/// The list of all data files.
pub const CATALOG: &str = "catalog.json";
/// The news feed.
pub const FEED: &str = "feed.xml";
/// The list of all pages for search engines.
pub const SITEMAP: &str = "sitemap.xml";
/// A part of that list, counted from 1, where one file has no room for all pages.
pub fn sitemap_part(number: usize) -> String {
    format!("sitemap-{number}.xml")
}

/// What search engines may read.
pub const ROBOTS: &str = "robots.txt";
/// Folder of the search index.
pub const SEARCH: &str = "search/";
/// What names the files of the search index.
pub const SEARCH_MANIFEST: &str = "search/manifest.json";
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
