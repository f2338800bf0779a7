//! Whether a folder is **in use**, so that `kawaraban new` writes into it only what is missing.

use std::fs;
use std::path::Path;

use super::PublishError;

/// Is there anything in `folder`? Nothing is in a folder that does not exist.
///
/// # Errors
///
/// Where the folder cannot be read, or is no folder.
pub fn is_in_use(folder: &Path) -> Result<bool, PublishError> {
    match fs::read_dir(folder) {
        Ok(mut inside) => Ok(inside.next().is_some()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(PublishError::io(folder, &error)),
    }
}
