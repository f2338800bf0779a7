//! The **files** of a site other than pages, with their paths and owners.

use crate::dataset::{Dataset, FileFormat};
use crate::site::entries::{DepartmentEntry, TopicEntry};
use crate::site::{Site, file_paths};
use crate::text::Language;

use super::{Claimant, at, claimant_of, datasets};

/// A path and its owner.
type FileClaim = (String, Claimant);

/// The files that are the same in every language.
pub(super) fn of_every_language(site: &Site) -> Vec<FileClaim> {
    let mut claims: Vec<FileClaim> = RESERVED.map(|path| (path.to_owned(), None)).to_vec();
    claims.extend(datasets(site).flat_map(|(_, dataset)| of_dataset(site, dataset)));
    claims.extend(
        site.measures
            .iter()
            .map(|measure| (file_paths::measure_json(measure.id.as_str()), at(&measure.place))),
    );
    claims.extend(
        site.policies.iter().map(|policy| (file_paths::policy_json(&policy.id), at(&policy.place))),
    );
    claims.extend(site.departments.iter().map(|DepartmentEntry { department, .. }| {
        (file_paths::department_feed(department.id.as_str()), at(&department.place))
    }));
    claims.extend(site.topics.iter().map(|TopicEntry { topic, .. }| {
        (file_paths::topic_feed(topic.id.as_str()), at(&topic.place))
    }));
    claims
}

/// The files that exist in each language.
pub(super) fn of_language(site: &Site, language: Language) -> Vec<FileClaim> {
    let own = site.config.own_language();
    let mut claims = vec![(file_paths::open_search(language, own), None)];
    let blocks = site.blocks.iter().filter(|block| block.languages.contains(&language));
    claims.extend(blocks.map(|block| {
        let key = file_paths::embed_csv(&block.page, &block.name);
        (file_paths::localized(&key, language, own), at(&block.place))
    }));
    // Independent of the fonts on this machine, on which the owners of paths must not depend.
    if site.config.pictures.is_some() {
        claims.extend(site.measures.iter().map(|measure| {
            let key = file_paths::measure_picture(measure.id.as_str());
            (file_paths::localized(&key, language, own), at(&measure.place))
        }));
    }
    claims
}

/// The files of `dataset`, of its released versions, and of its changes.
fn of_dataset(site: &Site, dataset: &Dataset) -> Vec<FileClaim> {
    let claimant = claimant_of(dataset);
    let mut claims: Vec<FileClaim> =
        of_table(site, dataset).into_iter().map(|path| (path, claimant.clone())).collect();
    for version in &dataset.versions {
        let table = &version.table;
        claims.extend(of_table(site, table).into_iter().map(|path| (path, at(&table.place))));
    }
    let steps = (0..=dataset.versions.len()).filter_map(|number| dataset.step(number));
    claims.extend(steps.map(|step| (file_paths::changes(step.after), claimant.clone())));
    claims
}

/// The files of a table, released or not, and their descriptions.
fn of_table(site: &Site, table: &Dataset) -> Vec<String> {
    let files = FileFormat::of(table, &site.config.formats)
        .map(|format| file_paths::file_of(table, format));
    let texts = table.is_narrative().then(|| file_paths::text_metadata(table));
    files.chain(file_paths::descriptions_of(table)).chain(texts).collect()
}

/// The files of the whole site.
const RESERVED: [&str; 20] = [
    file_paths::EMBED,
    file_paths::OPENAPI,
    file_paths::SITE_BUNDLE,
    file_paths::OPENDATA_LIST,
    file_paths::CATALOG,
    file_paths::DATA_PACKAGE,
    file_paths::CSV_METADATA,
    file_paths::SQL_SCHEMA,
    file_paths::SQL_FOR_SQLITE,
    file_paths::SQL_FOR_DUCKDB,
    file_paths::DCAT,
    file_paths::DCAT_TURTLE,
    file_paths::DCAT_XML,
    file_paths::DCAT_VERSIONS,
    file_paths::FEED,
    file_paths::SITEMAP,
    file_paths::ROBOTS,
    file_paths::LLMS,
    file_paths::MANIFEST,
    file_paths::SIGNATURE,
];
