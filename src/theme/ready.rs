//! The **ready** scripts are the clients of the default theme, bundled in advance and included in
//! the program, so that compiling it needs no JavaScript parser. They can be used for a theme that
//! has all modules of the default theme unchanged, which is determined by a digest of the modules.
//!
//! Not in here: the scripts (`clients`), and bundling (`bundle`).

use sha2::{Digest, Sha256};

use super::files::{self, ThemeFiles};

const MODULES: &str = include_str!("ready/modules.sha256");

/// Does `files` have every module of the default theme unchanged, so that the ready scripts can be
/// used?
pub(super) fn fits(files: &ThemeFiles) -> bool {
    digest(files) == MODULES.trim_end()
}

/// The first module of the default theme that differs in `files`.
#[cfg(not(feature = "scripts"))]
pub(super) fn changed_module(files: &ThemeFiles) -> Option<&str> {
    let default = files::default();
    let changed = |path: &&String| files[*path].bytes != default[*path].bytes;
    default
        .keys()
        .filter(|path| is_module(path))
        .find(changed)
        .and_then(|path| files.get_key_value(path).map(|(path, _)| path.as_str()))
}

/// SHA-256 of the modules of `files` that the default theme has, in the order of their paths.
pub(super) fn digest(files: &ThemeFiles) -> String {
    let mut digest = Sha256::new();
    for path in files::default().keys().filter(|path| is_module(path)) {
        let module = &files[path].bytes;
        digest.update(format!("{path}\0{}\0", module.len()));
        digest.update(module);
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn is_module(path: &str) -> bool {
    path.starts_with("assets/") && path.ends_with(".js")
}
