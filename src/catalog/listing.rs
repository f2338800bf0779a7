//! The **list of all data files** with their sizes and SHA-256 digests, as `catalog.json`.

use serde_json::{Value, json};

use crate::dataset::{Dataset, Format};
use crate::site::{Site, file_paths};

use super::{File, pretty};

/// `catalog.json`; `files` are the files of each dataset in turn.
pub(super) fn render(site: &Site, files: &[Vec<File<'_>>]) -> Vec<u8> {
    let datasets = site.datasets.iter().zip(files);
    let datasets: Vec<Value> = datasets.map(|(d, files)| describe(site, d, files)).collect();
    let publisher = &site.config.publisher;
    pretty(&json!({
        "title": site.config.title.own,
        "title_en": site.config.title.en,
        "url": site.config.base_url.as_str(),
        "publisher": {
            "name": publisher.name.own,
            "name_en": publisher.name.en,
            "localgov_code": publisher.code.as_str(),
            "url": publisher.url,
        },
        "licence": { "id": site.config.licence.id(), "url": site.config.licence.url() },
        "updated": site.updated,
        "datasets": datasets,
    }))
}

fn describe(site: &Site, dataset: &Dataset, files: &[File<'_>]) -> Value {
    let licence = site.licence_of(dataset);
    let files: Vec<Value> = files
        .iter()
        .map(|file| {
            json!({
                "path": file.path,
                "url": site.config.base_url.join(file.path),
                "format": file.format.name(),
                "media_type": file.format.media_type(),
                "encoding": file.format.is_text().then_some("UTF-8"),
                "bom": file.format == Format::ExcelCsv,
                "bytes": file.facts.bytes,
                "sha256": file.facts.sha256,
            })
        })
        .collect();
    json!({
        "id": dataset.id,
        "title": dataset.title.own,
        "title_en": dataset.title.en,
        "url": site.config.base_url.join(&file_paths::dataset_page(dataset.id.as_str())),
        "licence": licence.id(),
        "keywords": dataset.keywords,
        "update_frequency": dataset.update_frequency,
        "published": dataset.published,
        "updated": dataset.updated,
        "row_count": dataset.rows.len(),
        "files": files,
    })
}
