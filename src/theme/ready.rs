//! The **ready** scripts: the clients of the default theme, bundled beforehand and kept in the
//! program, so that compiling it needs no JavaScript parser.
//!
//! `src/theme/ready/` holds them with the digest of the modules that they were made of. A test
//! compares them with a fresh bundle; `KAWARABAN_BLESS=1 cargo test --release --all-features ready`
//! writes them anew after a change of a module.
//!
//! Not in here: bundling (`bundle`), and what becomes of a changed module (`clients`).

use sha2::{Digest, Sha256};

use super::files::{self, Files};

const MODULES: &str = include_str!("ready/modules.sha256");
const SCRIPTS: [(&str, &str); 2] = [
    ("search/kawaraban-search.js", include_str!("ready/kawaraban-search.js")),
    ("table/kawaraban-table.js", include_str!("ready/kawaraban-table.js")),
];

/// The script of each client with its path below the folder of the assets, where `files` has every
/// module of the default theme unchanged; `None` where one differs.
pub(super) fn scripts(files: &Files) -> Option<Vec<(&'static str, String)>> {
    let unchanged = digest(files) == MODULES.trim_end();
    unchanged.then(|| SCRIPTS.map(|(path, script)| (path, script.to_owned())).into())
}

/// A module of the default theme that `files` has in another form.
#[cfg(not(feature = "scripts"))]
pub(super) fn changed_module(files: &Files) -> Option<&str> {
    let default = files::default();
    let changed = |path: &&String| files[*path].bytes != default[*path].bytes;
    default
        .keys()
        .filter(|path| is_module(path))
        .find(changed)
        .and_then(|path| files.get_key_value(path).map(|(path, _)| path.as_str()))
}

/// SHA-256 of the modules of `files` that the default theme has, in the order of their paths.
fn digest(files: &Files) -> String {
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

#[cfg(all(test, feature = "scripts"))]
#[allow(clippy::disallowed_methods, reason = "the test writes the scripts anew when it is told to")]
mod tests {
    use std::path::Path;

    use super::super::clients::{CLIENTS, bundled};
    use super::{SCRIPTS, digest, files};

    #[test]
    fn the_ready_scripts_are_those_of_the_modules() {
        let files = files::default();
        let fresh = CLIENTS.map(|client| {
            let script = bundled(client.module, &files).expect("the default theme is fit");
            (client.path, script)
        });
        if std::env::var_os("KAWARABAN_BLESS").is_some() {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/theme/ready");
            for (path, script) in &fresh {
                let name = path.rsplit('/').next().expect("a path has a last part");
                std::fs::write(folder.join(name), script).expect("the folder can be written");
            }
            let modules = digest(&files) + "\n";
            std::fs::write(folder.join("modules.sha256"), modules).expect("it can be written");
            return;
        }
        for ((path, ready), (_, script)) in SCRIPTS.iter().zip(&fresh) {
            assert!(
                ready == script,
                "src/theme/ready is not made of the present modules ({path}); \
                 `KAWARABAN_BLESS=1 cargo test --release --all-features ready` writes it anew"
            );
        }
        assert!(super::scripts(&files).is_some(), "src/theme/ready/modules.sha256 is another one");
    }
}
