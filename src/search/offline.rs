//! The index **offline**: each file again as a classic script that passes its bytes to a function,
//! for a site that is opened from a file share. On `file:` pages browsers refuse to fetch files,
//! but run scripts.
//!
//! Not in here: reading them (`assets/search/offline.js`).

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use rayon::prelude::*;

use crate::artifact::Artifact;
use crate::site::file_paths;

/// Creates `search/offline/<file>.js` for each `search/<file>` of `index`, with the bytes in
/// Base64.
pub fn offline(index: &[Artifact]) -> Vec<Artifact> {
    let script = |artifact: &Artifact| {
        let name = artifact.path.strip_prefix(file_paths::SEARCH)?;
        let text = BASE64_STANDARD.encode(artifact.body.whole());
        let path = format!("{}offline/{name}.js", file_paths::SEARCH);
        Some(Artifact::new(path, format!("kawaraban(\"{name}\",\"{text}\")\n").into_bytes()))
    };
    index.par_iter().filter_map(script).collect()
}
