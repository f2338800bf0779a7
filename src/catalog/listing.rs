//! The **list of all data files** with their sizes and SHA-256 digests, as `catalog.json`.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::artifact::Artifact;
use crate::dataset::Dataset;
use crate::site::{Site, file_paths};

/// `catalog.json` for the dataset files `files`.
pub(super) fn render(site: &Site, files: &[Artifact]) -> Artifact {
    let datasets: Vec<Value> =
        site.datasets.iter().map(|dataset| describe(site, dataset, files)).collect();
    let publisher = &site.config.publisher;
    let catalog = json!({
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
    });
    let mut bytes = serde_json::to_vec_pretty(&catalog).expect("texts and numbers are always JSON");
    bytes.push(b'\n');
    Artifact::new(file_paths::CATALOG, bytes)
}

fn describe(site: &Site, dataset: &Dataset, files: &[Artifact]) -> Value {
    let licence = dataset.licence.unwrap_or(site.config.licence);
    let folder = format!("data/{}/latest/", dataset.id);
    let files: Vec<Value> = files
        .iter()
        .filter(|file| file.path.starts_with(&folder))
        .map(|file| {
            json!({
                "path": file.path,
                "url": site.config.base_url.join(&file.path),
                "format": format_name(&file.path),
                "media_type": media_type(&file.path),
                "encoding": "UTF-8",
                "bom": file.path.ends_with(".excel.csv"),
                "bytes": file.bytes.len(),
                "sha256": hex(&file.bytes),
            })
        })
        .collect();
    json!({
        "id": dataset.id,
        "title": dataset.title.own,
        "title_en": dataset.title.en,
        "url": site.config.base_url.join(&format!("data/{}.html", dataset.id)),
        "licence": licence.id(),
        "keywords": dataset.keywords,
        "update_frequency": dataset.update_frequency,
        "published": dataset.published,
        "updated": dataset.updated,
        "row_count": dataset.rows.len(),
        "files": files,
    })
}

fn format_name(path: &str) -> &'static str {
    if path.ends_with(".json") { "JSON" } else { "CSV" }
}

fn media_type(path: &str) -> &'static str {
    if path.ends_with(".json") { "application/json" } else { "text/csv" }
}

/// SHA-256 (FIPS 180-4) in lower-case hexadecimal.
fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
