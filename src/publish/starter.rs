//! The **starter**: the first files of a new site, for `kawaraban new`.

use std::fs;
use std::path::Path;

use crate::artifact::Artifact;

use super::PublishError;

/// Writes `files` into `folder`, which must be empty or absent, so that nothing is overwritten.
///
/// # Errors
///
/// Where the folder is not empty, or something cannot be written.
pub fn create_site(folder: &Path, files: &[Artifact]) -> Result<(), PublishError> {
    let refused = |error: std::io::Error| PublishError::io(folder, &error);
    match fs::read_dir(folder) {
        Ok(mut inside) => {
            if let Some(Ok(entry)) = inside.next() {
                return Err(PublishError::Foreign { path: entry.path() });
            }
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(refused(error)),
    }
    for file in files {
        let path = folder.join(&file.path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(refused)?;
        }
        fs::write(&path, file.body.whole()).map_err(|error| PublishError::io(&path, &error))?;
    }
    Ok(())
}
