//! **PROV** in the catalogue: the files from which a dataset was made, each as an entity with its
//! digest, and the data and documents that its declaration names as sources.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::dataset::{DataSource, Dataset};
use crate::diagnostic::Provenance;
use crate::site::{PublishedSource, Site, file_paths};

use super::{day, texts};

/// The entities of the files from which `dataset` was made, sorted by path. Empty for a site that
/// does not publish them, and for released versions, whose files may have changed since.
pub(super) fn of(site: &Site, dataset: &Dataset) -> Vec<Value> {
    if dataset.version.is_some() {
        return Vec::new();
    }
    let paths: BTreeSet<&str> = match dataset.built_in {
        true => records(site, dataset.id.as_str())
            .flat_map(Provenance::facts)
            .map(|fact| &*fact.kind.file)
            .collect(),
        false => dataset.files.iter().map(|file| &**file).collect(),
    };
    let files = paths.into_iter().filter_map(|path| site.source_file(path));
    files.map(|file| entity(site, file)).collect()
}

/// The entity `id` of a source that the declaration names.
pub(super) fn named(site: &Site, id: &str, source: &DataSource) -> Value {
    let mut entity =
        json!({ "@id": id, "@type": "prov:Entity", "dct:title": texts(site, &source.name) });
    if let Some(url) = &source.url {
        entity["foaf:page"] = json!({ "@id": url, "@type": "foaf:Document" });
    }
    if let Some(as_of) = source.as_of {
        entity["dct:date"] = day(&as_of.to_string());
    }
    entity
}

/// The provenance of each record of the built-in table `dataset`; empty for tables that have no
/// records of their own in the content.
fn records<'s>(site: &'s Site, dataset: &str) -> Box<dyn Iterator<Item = &'s Provenance> + 's> {
    let measures = site.measures.iter();
    match dataset {
        "departments" => {
            Box::new(site.departments.iter().map(|entry| &entry.department.provenance))
        }
        "topics" => Box::new(site.topics.iter().map(|entry| &entry.topic.provenance)),
        "plan" => Box::new(site.nodes.iter().map(|entry| &entry.node.provenance)),
        "policies" => Box::new(site.policies.iter().map(|policy| &policy.provenance)),
        "measures" => Box::new(measures.map(|measure| &measure.provenance)),
        "results" => {
            let results = measures.filter_map(|measure| measure.result.as_ref());
            Box::new(results.map(|result| &result.provenance))
        }
        "indicators" => {
            let entries = measures.flat_map(|measure| &measure.indicators);
            Box::new(entries.flat_map(|entry| &entry.years).map(|row| &row.provenance))
        }
        "plan-indicators" => {
            let entries = site.nodes.iter().flat_map(|node| &node.indicators);
            Box::new(entries.flat_map(|entry| &entry.years).map(|row| &row.provenance))
        }
        "budgets" => {
            Box::new(measures.flat_map(|measure| &measure.budgets).map(|row| &row.provenance))
        }
        _ => Box::new(std::iter::empty()),
    }
}

/// The entity of a file. The file itself is not published, so it is identified by its digest and
/// described in the table `source-files`.
fn entity(site: &Site, file: &PublishedSource) -> Value {
    let page = site.config.base_url.join(&file_paths::dataset_page("source-files"));
    json!({
        "@id": format!("{page}#sha256-{}", file.sha256),
        "@type": "prov:Entity",
        "dct:title": &*file.path,
        "spdx:checksum": {
            "@id": format!("{page}#checksum-{}", file.sha256),
            "@type": "spdx:Checksum",
            "spdx:algorithm": { "@id": "spdx:checksumAlgorithm_sha256", "@type": "spdx:ChecksumAlgorithm" },
            "spdx:checksumValue": { "@value": file.sha256, "@type": "xsd:hexBinary" },
        },
    })
}
