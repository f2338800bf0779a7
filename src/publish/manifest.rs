//! The **manifest** lists every published file with its size and SHA-256 digest. By it the next
//! build recognises its own files, and anybody can check a copy of the site.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::artifact::{Artifact, FactsByPath, FileFacts};

use super::{PublishError, regular};

/// Path of the manifest.
pub const MANIFEST: &str = "manifest.json";

/// Path of the signature of the manifest.
pub const SIGNATURE: &str = "manifest.json.minisig";

/// Version of the format of the manifest.
const FORMAT: &str = "kawaraban-manifest/1";

#[derive(Serialize, Deserialize)]
struct SiteManifest {
    /// Address of its schema; the manifests of earlier versions and of lakes have none.
    #[serde(rename = "$schema", default, skip_serializing_if = "String::is_empty")]
    schema: String,
    format: String,
    generator: String,
    /// Is it a preview, which is not to be published?
    #[serde(default, skip_serializing_if = "is_published")]
    preview: bool,
    files: Vec<ManifestEntry>,
}

/// The entry of a file.
#[derive(Serialize, Deserialize)]
pub(super) struct ManifestEntry {
    pub path: String,
    pub bytes: u64,
    pub sha256: String,
    /// How many generations of assets ago the file belonged to the site; 0 for a file of the
    /// present site.
    #[serde(default, skip_serializing_if = "is_of_the_site")]
    pub kept: u8,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_published(preview: &bool) -> bool {
    !preview
}

/// What a manifest says of the site as a whole.
#[derive(Clone, Debug)]
pub struct ManifestHead {
    /// Address of the manifest's JSON Schema.
    pub schema: String,
    /// Is the site a preview, which is not to be published?
    pub preview: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_of_the_site(kept: &u8) -> bool {
    *kept == 0
}

/// Makes the manifest of the files with these facts, itself a file. It lists everything but itself,
/// by path.
pub fn manifest(files: &FactsByPath, head: ManifestHead) -> Artifact {
    manifest_with(files, &BTreeMap::new(), head)
}

/// The same with files of earlier generations, `kept`.
pub(super) fn manifest_with(
    files: &FactsByPath,
    kept: &BTreeMap<String, (u8, FileFacts)>,
    ManifestHead { schema, preview }: ManifestHead,
) -> Artifact {
    let own = files.iter().map(|(path, facts)| (path, 0, facts));
    let kept = kept.iter().map(|(path, (generation, facts))| (path, *generation, facts));
    let entry = |(path, kept, FileFacts { bytes, sha256 }): (&String, u8, &FileFacts)| {
        ManifestEntry { path: path.clone(), bytes: *bytes as u64, sha256: sha256.clone(), kept }
    };
    let mut files: Vec<ManifestEntry> = own.chain(kept).map(entry).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let manifest = SiteManifest {
        schema,
        format: FORMAT.to_owned(),
        generator: format!("kawaraban {}", env!("CARGO_PKG_VERSION")),
        preview,
        files,
    };
    let mut bytes =
        serde_json::to_vec_pretty(&manifest).expect("texts and numbers are always JSON");
    bytes.push(b'\n');
    Artifact::new(MANIFEST, bytes)
}

/// The paths of the site's own files that the manifest in `tree` lists; `None` where there is no
/// manifest.
///
/// # Errors
///
/// Where the manifest cannot be read, or is damaged.
pub fn listed(tree: &Path) -> Result<Option<Vec<String>>, PublishError> {
    let own = |entries: Vec<ManifestEntry>| {
        entries.into_iter().filter(|entry| entry.kept == 0).map(|entry| entry.path).collect()
    };
    Ok(entries_of(tree)?.map(own))
}

/// The paths of the files that the last build published, including its manifest and the signature;
/// empty where there is none.
pub(super) fn paths_of(entries: Option<&[ManifestEntry]>) -> BTreeSet<String> {
    let Some(entries) = entries else { return BTreeSet::new() };
    let paths = entries.iter().map(|entry| entry.path.clone());
    // The signature goes with the manifest: the next one needs a new signature.
    paths.chain([MANIFEST.to_owned(), SIGNATURE.to_owned()]).collect()
}

/// Is the site in `tree` a preview? `None` where there is no site.
///
/// # Errors
///
/// Where the manifest cannot be read, or is damaged.
pub fn is_preview(tree: &Path) -> Result<Option<bool>, PublishError> {
    Ok(read(tree)?.map(|manifest| manifest.preview))
}

/// The entries of the manifest in `tree`; `None` where there is no manifest.
pub(super) fn entries_of(tree: &Path) -> Result<Option<Vec<ManifestEntry>>, PublishError> {
    Ok(read(tree)?.map(|manifest| manifest.files))
}

fn read(tree: &Path) -> Result<Option<SiteManifest>, PublishError> {
    let path = tree.join(MANIFEST);
    match regular::read(&path) {
        Ok(bytes) => parse(&bytes, &path).map(Some),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(PublishError::io(&path, &error)),
    }
}

/// The entries of the manifest with the content `bytes`, which is at `path`.
pub(super) fn entries_in(bytes: &[u8], path: &Path) -> Result<Vec<ManifestEntry>, PublishError> {
    parse(bytes, path).map(|manifest| manifest.files)
}

/// The manifest with the content `bytes`, which is at `path`.
fn parse(bytes: &[u8], path: &Path) -> Result<SiteManifest, PublishError> {
    match serde_json::from_slice::<SiteManifest>(bytes) {
        Ok(manifest) if manifest.format == FORMAT => Ok(manifest),
        _ => Err(PublishError::Manifest { path: path.to_owned() }),
    }
}
