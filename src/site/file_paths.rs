//! **File paths**: every path of the output is defined here and nowhere else. The path of a page is
//! relative to the folder of its language; [`localized`] adds that folder.
//!
//! Not in here: the owners of paths (`plan`). For the path of a page of a known kind, use
//! [`PageKind::key`](super::PageKind::key).

use crate::calendar::FiscalYear;
use crate::dataset::{Dataset, FileFormat, Series};
use crate::text::Language;

/// Path of the page `key` in `language`: in the folder of the language, unless it is the `own`
/// language of the content.
pub fn localized(key: &str, language: Language, own: Language) -> String {
    if language == own { key.to_owned() } else { format!("{language}/{key}") }
}

/// The first page.
pub const HOME: &str = "index.html";
/// The search.
pub const SEARCH_PAGE: &str = "search.html";
/// The script that places the search in pages of other sites.
pub const EMBED: &str = "kawaraban.js";
/// What a host shows for an unknown address.
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
/// The money of all years.
pub const MONEY: &str = "money/index.html";
/// The years, with how many measures missed their goals.
pub const MISSED: &str = "missed/index.html";
/// The pairs of years.
pub const COMPARISONS: &str = "compare/index.html";
/// The list of datasets.
pub const DATASETS: &str = "data/index.html";
/// The accessibility policy.
pub const ACCESSIBILITY: &str = "accessibility.html";

/// The parts of the path of a measure's page before and after the id.
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

/// The money of the fiscal year `year`.
pub fn money_page(year: FiscalYear) -> String {
    format!("money/{year}.html")
}

/// The page with the name `name`, given without extension: a free page, or an address that a
/// redirect leads from or to.
pub fn named_page(name: &str) -> String {
    format!("{name}.html")
}

/// The page of the folder `folder`.
pub fn folder_page(folder: &str) -> String {
    format!("{}/index.html", folder.trim_end_matches('/'))
}

/// The block `name` of the page `page`, by itself.
pub fn embed_page(page: &str, name: &str) -> String {
    format!("embed/{}/{name}.html", page.trim_end_matches(".html"))
}

/// The figures of the block `name` of the page `page`.
pub fn embed_csv(page: &str, name: &str) -> String {
    format!("embed/{}/{name}.csv", page.trim_end_matches(".html"))
}

/// JSON of a measure.
pub fn measure_json(id: &str) -> String {
    format!("measures/{id}.json")
}

/// The preview picture that is shown when a measure's page is shared, relative to the folder of its
/// language.
pub fn measure_picture(id: &str) -> String {
    format!("measures/{id}.png")
}

/// Width and height of a preview picture in pixels.
pub const PICTURE_SIZE: (u32, u32) = (1200, 630);

/// JSON of a policy.
pub fn policy_json(id: &str) -> String {
    format!("policies/{id}.json")
}

/// The news feed of a department.
pub fn department_feed(id: &str) -> String {
    format!("departments/{id}.xml")
}

/// The news feed of a topic.
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

/// The metadata of a dataset's CSV (CSV on the Web).
pub fn csv_metadata(id: &str) -> String {
    format!("data/{id}/latest/{id}.csv-metadata.json")
}

/// The same metadata as a Data Package.
pub fn data_package(id: &str) -> String {
    format!("data/{id}/latest/datapackage.json")
}

/// Folder of a dataset's files: that of a released version, or `latest` for the current state.
fn folder_of(dataset: &Dataset) -> String {
    let state = dataset.version.as_ref().map_or("latest", |name| name.as_str());
    format!("data/{}/{state}", dataset.id)
}

/// A file of a dataset, released or not.
pub fn file_of(dataset: &Dataset, format: FileFormat) -> String {
    format!("{}/{}", folder_of(dataset), format.file_name(dataset.id.as_str()))
}

/// The descriptions of a dataset, released or not: CSV on the Web, Data Package, and citations in
/// BibTeX and RIS.
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

/// The twin in Markdown of the page at `path`.
pub fn twin(path: &str) -> String {
    format!("{}.md", path.strip_suffix(".html").unwrap_or(path))
}

/// The page whose twin is at `path`.
pub fn page_of_twin(path: &str) -> Option<String> {
    path.strip_suffix(".md").map(|path| format!("{path}.html"))
}

/// The place on the list of datasets where a series is listed, relative to the folder of the
/// language.
pub fn series(series: &Series) -> String {
    format!("{DATASETS}#series-{}", series.id)
}

/// The metadata of a dataset's table of texts, released or not (CSV on the Web).
pub fn text_metadata(dataset: &Dataset) -> String {
    format!("{}/{}_text.csv-metadata.json", folder_of(dataset), dataset.id)
}

/// The table of changes in a state of a dataset.
pub fn changes(state: &Dataset) -> String {
    format!("{}/{}.changes.csv", folder_of(state), state.id)
}

/// The page of a state of a dataset with its changes, relative to the folder of its language.
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

/// The citation of a dataset in BibTeX.
pub fn bibtex(id: &str) -> String {
    format!("data/{id}/latest/{id}.bib")
}

/// The citation of a dataset in RIS.
pub fn ris(id: &str) -> String {
    format!("data/{id}/latest/{id}.ris")
}

/// The page `number` of a dataset's rows, from 1, below the folder of its language.
pub fn rows(id: &str, number: usize) -> String {
    format!("data/{id}/rows/{number}.html")
}

/// The place on a page of rows where `row` of a dataset, counted from 0, is shown.
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

/// The OpenSearch description, by which browsers and other programs use the search in `language`.
pub fn open_search(language: Language, own: Language) -> String {
    localized("opensearch.xml", language, own)
}

/// Every table in one file.
pub const SITE_BUNDLE: &str = "data/open-data.zip";
/// The OpenAPI description of all addresses that serve data.
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
/// The statements that make all tables in SQLite and DuckDB.
pub const SQL_SCHEMA: &str = "data/schema.sql";
/// The script that fills them in SQLite.
pub const SQL_FOR_SQLITE: &str = "data/load-sqlite.sql";
/// The script that fills them in DuckDB.
pub const SQL_FOR_DUCKDB: &str = "data/load-duckdb.sql";
/// The list of open data that municipal systems take in.
pub const OPENDATA_LIST: &str = "opendata-list.csv";
/// The catalogue in DCAT.
pub const DCAT: &str = "catalog.jsonld";
/// The same as Turtle.
pub const DCAT_TURTLE: &str = "catalog.ttl";
/// The same as RDF/XML.
pub const DCAT_XML: &str = "catalog.rdf";
/// The released versions in DCAT.
pub const DCAT_VERSIONS: &str = "catalog-versions.jsonld";
/// The list of everything published, and its signature.
pub use crate::publish::{MANIFEST, SIGNATURE};
/// The list of all data files.
pub const CATALOG: &str = "catalog.json";
/// The news feed.
pub const FEED: &str = "feed.xml";
/// The list of all pages for search engines.
pub const SITEMAP: &str = "sitemap.xml";
/// A part of the sitemap, counted from 1, where one file cannot hold all pages.
pub fn sitemap_part(number: usize) -> String {
    format!("sitemap-{number}.xml")
}

/// The ways in for programs that read for people.
pub const LLMS: &str = "llms.txt";
/// What search engines may read.
pub const ROBOTS: &str = "robots.txt";
/// Folder of the search index.
pub const SEARCH: &str = "search/";
/// The manifest of the search index.
pub const SEARCH_MANIFEST: &str = "search/manifest.json";
/// Folder of the files with which a dataset's table is sorted and filtered on its page.
pub fn table(id: &str) -> String {
    format!("{TABLES}{id}/")
}

/// The folder of the table of all measures in `language`; it cannot be that of a dataset, whose id
/// has no dot.
pub fn measure_table(language: Language) -> String {
    format!("{TABLES}measures.{language}/")
}

/// The manifest of a table or of the search index in `folder`.
pub fn manifest_below(folder: &str) -> String {
    format!("{folder}manifest.json")
}

/// Folder of the tables' files.
pub const TABLES: &str = "tables/";
/// Folder of the theme's assets.
pub const ASSETS: &str = "assets/";
