//! The **catalogue** writes all machine-readable files, with one module per format.
//!
//! Every format is written from the same [`Dataset`] or entry, so that each fact has one source.
//!
//! Not in here: pages (`html`), the search index (`search`), and the manifest of the published
//! files (`publish`).

mod annotation;
mod bundle;
mod changes;
mod csv;
mod csvw;
mod data_package;
mod dataset_files;
mod dcat;
mod dictionary;
mod entries;
mod feed;
mod geojson;
mod json;
mod listing;
mod llms;
mod open_search;
mod openapi;
mod opendata_list;
#[cfg(feature = "parquet")]
mod parquet;
mod rdf;
mod readme;
mod recipe;
mod release;
mod schema;
mod site_bundle;
mod sitemap;
mod sql;
mod tables;
mod versions;
#[cfg(feature = "excel")]
mod workbook;

pub use recipe::{recipe, settings_file};
pub use release::release;

use rayon::prelude::*;
use serde_json::Value;

use crate::artifact::{Artifact, Body, FactsByPath, FileFacts, Sink};
use crate::dataset::{Dataset, FileFormat};
use crate::site::{Citation, Imprint, MeasureEntry, PolicyEntry, Site, file_paths};

use dataset_files::{DatasetFiles, WrittenDataset};

/// The JSON of every measure, then of every policy of `site`, each with its output path.
pub fn documents(site: &Site) -> Vec<(String, Vec<u8>)> {
    let measures = site.measures.par_iter().map(|measure| {
        (file_paths::measure_json(measure.id.as_str()), entries::measure(site, measure))
    });
    let policies = site
        .policies
        .par_iter()
        .map(|policy| (file_paths::policy_json(&policy.id), entries::policy(site, policy)));
    measures.chain(policies).collect()
}

/// The JSON or JSON Lines of the present state of the dataset `id` of `site`, with its output path;
/// `None` for other formats and unknown ids.
pub fn file(site: &Site, id: &str, format: FileFormat) -> Option<(String, Vec<u8>)> {
    let dataset = site.datasets.iter().find(|dataset| dataset.id.as_str() == id)?;
    let body = match format {
        FileFormat::Json => json::render(&Imprint::of(site, dataset), dataset),
        FileFormat::JsonLines => json::render_lines(dataset),
        _ => return None,
    };
    Some((file_paths::file_of(dataset, format), body.whole().into_owned()))
}

/// The JSON of one measure or policy of `site`, by its output path; `None` for other paths.
pub fn document(site: &Site, path: &str) -> Option<Vec<u8>> {
    let measure = |measure: &&MeasureEntry| file_paths::measure_json(measure.id.as_str()) == path;
    let policy = |policy: &&PolicyEntry| file_paths::policy_json(&policy.id) == path;
    if let Some(found) = site.measures.iter().find(measure) {
        return Some(entries::measure(site, found));
    }
    site.policies.iter().find(policy).map(|found| entries::policy(site, found))
}

/// Writes all machine-readable files of `site` into `sink`. Returns the facts (size and digest) of
/// the data files, released versions included.
pub fn render(site: &Site, sink: &dyn Sink) -> FactsByPath {
    let facts = render_part(site, CatalogPart::Data, sink);
    site.measures.par_iter().for_each(|measure| {
        let path = file_paths::measure_json(measure.id.as_str());
        sink.take(Artifact::new(path, entries::measure(site, measure)));
    });
    site.policies.par_iter().for_each(|policy| {
        let path = file_paths::policy_json(&policy.id);
        sink.take(Artifact::new(path, entries::policy(site, policy)));
    });
    tables::render(site, sink);
    render_part(site, CatalogPart::Lists, sink);
    if let Some(settings) = settings_file(site) {
        sink.take(settings);
    }
    for file in &site.static_files {
        sink.take(Artifact::new(file.path.clone(), file.body()));
    }
    facts
}

/// A part of the machine-readable files that is made as a whole, and without the others. The JSON
/// of measures and policies, and static files, are made one by one and belong to no part.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CatalogPart {
    /// The files of all datasets, and the lists and descriptions of these files.
    Data,
    /// The files with which the table in this folder is explored on its page.
    Table(String),
    /// What lists pages: sitemap, feeds, search descriptions; and the schemas.
    Lists,
}

impl CatalogPart {
    /// The part in which the file at `path` is made, if it is in any.
    pub fn of(path: &str) -> Self {
        if let Some(table) = path.strip_prefix(file_paths::TABLES) {
            let name = table.split('/').next().unwrap_or_default();
            return Self::Table(format!("{}{name}/", file_paths::TABLES));
        }
        let lists = path.starts_with(file_paths::SCHEMAS)
            || [file_paths::ROBOTS, file_paths::LLMS].contains(&path);
        if lists || path.ends_with(".xml") { Self::Lists } else { Self::Data }
    }
}

/// Writes the files of one part into `sink`. Returns the facts of its data files.
pub fn render_part(site: &Site, part: CatalogPart, sink: &dyn Sink) -> FactsByPath {
    match part {
        CatalogPart::Data => return render_data(site, sink),
        CatalogPart::Table(folder) => tables::render_one(site, &folder, sink),
        CatalogPart::Lists => {
            sink.take_all(sitemap::render(site));
            sink.take(Artifact::new(file_paths::ROBOTS, sitemap::robots(site)));
            sink.take(Artifact::new(file_paths::LLMS, llms::render(site)));
            sink.take_all(feed::render(site));
            for &language in &site.config.languages {
                let path = file_paths::open_search(language, site.config.own_language());
                sink.take(Artifact::new(path, open_search::render(site, language)));
            }
            sink.take_all(schema::render(site));
        }
    }
    FactsByPath::new()
}

/// Writes the files of all datasets and released versions into `sink`, and what describes them.
fn render_data(site: &Site, sink: &dyn Sink) -> FactsByPath {
    let datasets = site.datasets.par_iter();
    let written: Vec<WrittenDataset> =
        datasets.map(|dataset| DatasetFiles::of(site, dataset, None).write(sink)).collect();
    let files: Vec<Vec<File<'_>>> = written.iter().map(WrittenDataset::files).collect();
    let released = versions::render(site, sink);
    let package = data_package::of_site(site, &files);
    let tables = csvw::of_site(site);
    let sql = sql::render(site);
    let bundle_of_all = FileFormat::Bundle.is_among(&site.config.formats).then(|| {
        let bundles: Vec<&Body> =
            written.iter().filter_map(|dataset| dataset.bundle.as_ref()).collect();
        let bundle = site_bundle::render(site, &bundles, (&package, &tables), &sql);
        let path = file_paths::SITE_BUNDLE;
        let facts = sink.take(Artifact::new(path, bundle));
        File { path, format: FileFormat::Bundle, facts }
    });
    sink.take(Artifact::new(file_paths::DATA_PACKAGE, package));
    sink.take(Artifact::new(file_paths::CSV_METADATA, tables));
    sink.take_all(sql);
    sink.take_all(metadata(site, &files, bundle_of_all.as_ref(), &released));
    let every = files.iter().flatten().chain(&bundle_of_all);
    let mut facts: FactsByPath =
        every.map(|file| (file.path.to_owned(), file.facts.clone())).collect();
    facts.extend(released);
    facts
}

/// The metadata of all files: lists, the catalogue for harvesters, and the metadata next to each
/// table. `released` are the facts of the released versions.
fn metadata(
    site: &Site,
    files: &[Vec<File<'_>>],
    bundle: Option<&File<'_>>,
    released: &FactsByPath,
) -> Vec<Artifact> {
    let catalogue = dcat::catalogue(site, files);
    let mut artifacts = vec![
        Artifact::new(file_paths::CATALOG, listing::render(site, files, bundle, released)),
        Artifact::new(file_paths::OPENDATA_LIST, opendata_list::render(site, files)),
        Artifact::new(file_paths::DCAT_TURTLE, rdf::turtle(&[&catalogue])),
        Artifact::new(file_paths::DCAT_XML, rdf::xml(&[&catalogue])),
        Artifact::new(file_paths::DCAT, rdf::json_ld(catalogue)),
        Artifact::new(file_paths::OPENAPI, openapi::render(site, files, released)),
    ];
    if let Some(versions) = dcat::versions(site, released) {
        let graph = rdf::json_ld(serde_json::json!({ "@graph": versions }));
        artifacts.push(Artifact::new(file_paths::DCAT_VERSIONS, graph));
    }
    for (dataset, files) in site.datasets.iter().zip(files) {
        artifacts.extend(descriptions(site, dataset, files));
    }
    artifacts
}

/// The metadata of one state of a dataset with its `files`, and its citations.
fn descriptions(site: &Site, dataset: &Dataset, files: &[File<'_>]) -> Vec<Artifact> {
    let [csv_metadata, data_package, bibtex, ris] = file_paths::descriptions_of(dataset);
    let imprint = Imprint::of(site, dataset);
    let citation = Citation::of(&imprint, dataset, imprint.own_language);
    let file = |path: String, text: String| Artifact::new(path, (text + "\n").into_bytes());
    let mut described = vec![
        Artifact::new(csv_metadata, csvw::render(site, dataset)),
        Artifact::new(data_package, data_package::of_dataset(site, dataset, files)),
        file(bibtex, citation.bibtex()),
        file(ris, citation.ris()),
    ];
    if dataset.is_narrative() {
        let path = file_paths::text_metadata(dataset);
        described.push(Artifact::new(path, csvw::texts(site, dataset)));
    }
    described
}

/// The data files of a released version, in the order in which pages list them.
fn files_of<'f>(version: &Dataset, facts: &'f FactsByPath) -> Vec<File<'f>> {
    let file = |format| {
        let (path, facts) = facts.get_key_value(&file_paths::file_of(version, format))?;
        Some(File { path, format, facts: facts.clone() })
    };
    FileFormat::ALL.into_iter().filter_map(file).collect()
}

/// The scope of a description, which limits the datasets to which its foreign keys can refer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    /// A description of one dataset.
    Dataset,
    /// A description of all datasets.
    Site,
}

impl Within {
    /// The path of a file of `dataset`, relative to the folder of the description.
    fn path(self, dataset: &Dataset, format: FileFormat) -> String {
        let name = format.file_name(dataset.id.as_str());
        match self {
            Self::Dataset => name,
            Self::Site => format!("{}/latest/{name}", dataset.id),
        }
    }
}

/// A data file as the catalogue describes it.
#[derive(Clone, Debug)]
struct File<'a> {
    path: &'a str,
    format: FileFormat,
    facts: FileFacts,
}

fn pretty(value: &Value) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("texts and numbers are always JSON");
    bytes.push(b'\n');
    bytes
}
