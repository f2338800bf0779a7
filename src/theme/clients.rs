//! The **clients** are the scripts of the search and of the tables. Each is a module of the theme
//! with everything that it imports, joined and minified, so that a page waits for one file. What a
//! first search does not need is in further scripts, loaded later.
//!
//! The bundled scripts of the default theme are part of the program ([`ready`](super::ready)). Only
//! a theme that changes one of their modules needs the bundler, which is the cargo feature
//! `scripts`.
//!
//! `src/theme/ready/` holds the bundled scripts. A test compares them with a fresh bundle;
//! `KAWARABAN_BLESS=1 cargo test --release --all-features ready` writes them again after a change
//! of a module.
//!
//! Scripts of a theme's own that its templates load are bundled in the same way, if they import or
//! export anything.
//!
//! Not in here: how modules are joined (`bundle`), and when the ready scripts fit (`ready`).

#[cfg(feature = "scripts")]
use crate::diagnostic::Message;
use std::collections::BTreeMap;

use crate::diagnostic::{self, Diagnostic, Diagnostics, Place};
use crate::message;
#[cfg(feature = "scripts")]
use crate::text::nearest;

#[cfg(feature = "scripts")]
use super::files;
use super::files::ThemeFiles;
use super::ready;

/// Path of the search script, relative to the folder of the assets.
pub const SEARCH_SCRIPT: &str = "search/kawaraban-search.js";

/// Path of the module with which pages of other sites load the search script, relative to the
/// folder of the assets.
pub const EMBED_SCRIPT: &str = "search/embed.js";

/// Path of the script of the page of unknown addresses, relative to the folder of the assets.
pub const NOT_FOUND_SCRIPT: &str = "not-found.js";

/// A client.
struct Client {
    /// Path of its script, relative to the folder of the assets.
    path: &'static str,
    /// Path of its entry module in the theme.
    module: &'static str,
    /// The bundle of the default theme's modules.
    ready: &'static str,
}

/// The scripts that templates load, by path relative to the folder of the assets, and whether they
/// are loaded as modules only.
pub(super) type LoadedScripts = BTreeMap<String, bool>;

/// Every client.
const CLIENTS: [Client; 5] = [
    Client {
        path: SEARCH_SCRIPT,
        module: "assets/search/page.js",
        ready: include_str!("ready/kawaraban-search.js"),
    },
    Client {
        path: "search/kawaraban-search-complete.js",
        module: "assets/search/completion.js",
        ready: include_str!("ready/kawaraban-search-complete.js"),
    },
    Client {
        path: "search/kawaraban-search-more.js",
        module: "assets/search/more.js",
        ready: include_str!("ready/kawaraban-search-more.js"),
    },
    Client {
        path: "table/kawaraban-table.js",
        module: "assets/table/table.js",
        ready: include_str!("ready/kawaraban-table.js"),
    },
    Client {
        path: "table/kawaraban-table-more.js",
        module: "assets/table/more.js",
        ready: include_str!("ready/kawaraban-table-more.js"),
    },
];

/// Paths of the scripts, relative to the folder of the assets.
pub(super) fn paths() -> impl Iterator<Item = &'static str> {
    CLIENTS.iter().map(|client| client.path)
}

/// Checks the scripts among the files `changed`: whether each can be read, and whether what it
/// imports exists.
#[cfg(feature = "scripts")]
pub(super) fn check<'p>(
    files: &ThemeFiles,
    changed: impl Iterator<Item = &'p str>,
    diagnostics: &mut Diagnostics,
) {
    let sources = sources(files);
    let modules = sources.iter().map(|(path, source)| (path.clone(), source.as_str())).collect();
    for path in changed.filter(|path| sources.contains_key(*path)) {
        for unfit in super::bundle::faults(path, &modules) {
            diagnostics.push(problem(unfit, files));
        }
    }
}

/// This build of the program cannot parse scripts, so nothing is checked.
#[cfg(not(feature = "scripts"))]
pub(super) fn check<'p>(
    _files: &ThemeFiles,
    _changed: impl Iterator<Item = &'p str>,
    _diagnostics: &mut Diagnostics,
) {
}

/// The modules of a theme by path.
#[cfg(feature = "scripts")]
fn sources(files: &ThemeFiles) -> std::collections::BTreeMap<String, String> {
    (files.iter())
        .filter(|(path, _)| path.starts_with("assets/") && path.ends_with(".js"))
        .map(|(path, file)| (path.clone(), String::from_utf8_lossy(&file.bytes).into_owned()))
        .collect()
}

/// The script of each client with its path relative to the folder of the assets. A module that
/// cannot be bundled is reported, and the scripts that need it are left out.
pub(super) fn scripts(
    files: &ThemeFiles,
    diagnostics: &mut Diagnostics,
) -> Vec<(&'static str, String)> {
    if ready::fits(files) {
        return CLIENTS.map(|client| (client.path, client.ready.to_owned())).into();
    }
    let mut scripts = Vec::new();
    for client in CLIENTS {
        match bundled(client.module, files) {
            Ok(script) => scripts.push((client.path, script)),
            Err(problem) => {
                push_once(*problem, diagnostics);
                // Both clients share modules: one faulty module would be reported twice.
                break;
            }
        }
    }
    scripts
}

/// Reports `problem`, unless the check of the module has reported the same before.
fn push_once(problem: Diagnostic, diagnostics: &mut Diagnostics) {
    if !diagnostics.iter().any(|told| *told == problem) {
        diagnostics.push(problem);
    }
}

/// What a theme's own scripts are published as, by path relative to the folder of the assets.
/// `loaded` are the scripts that its own templates load, and whether each is loaded as a module. A
/// script without imports and exports is published as it is, and left out here; so is one that
/// browsers load as a module and that has a form of import or export that bundles do not support.
#[cfg(feature = "scripts")]
pub(super) fn own(
    files: &ThemeFiles,
    loaded: &LoadedScripts,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, String> {
    use super::bundle::{self, ModuleFault};

    let sources = sources(files);
    let modules = sources.iter().map(|(path, source)| (path.clone(), source.as_str())).collect();
    let mut own = BTreeMap::new();
    for (path, is_module) in loaded {
        let module = format!("assets/{path}");
        if !sources.get(&module).is_some_and(|source| bundle::is_module(source)) {
            continue;
        }
        match bundle::bundle(&module, &modules) {
            Ok(script) => {
                own.insert(path.clone(), script);
            }
            Err(unfit)
                if *is_module
                    && matches!(unfit.reason, ModuleFault::Form | ModuleFault::Circle) => {}
            Err(unfit) => push_once(problem(unfit, files), diagnostics),
        }
    }
    own
}

/// This build of the program cannot bundle scripts: one that needs it is reported.
#[cfg(not(feature = "scripts"))]
pub(super) fn own(
    files: &ThemeFiles,
    loaded: &LoadedScripts,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, String> {
    for (path, _) in loaded.iter().filter(|(_, is_module)| !**is_module) {
        let Some(file) = files.get(&format!("assets/{path}")) else { continue };
        let text = String::from_utf8_lossy(&file.bytes);
        // A browser refuses these outside of modules.
        let begins = |line: &str| line.starts_with("import ") || line.starts_with("export ");
        if text.lines().any(begins) {
            push_once(cannot_bundle(file.place.clone()), diagnostics);
        }
    }
    BTreeMap::new()
}

#[cfg(not(feature = "scripts"))]
fn bundled(_module: &str, files: &ThemeFiles) -> Result<String, Box<Diagnostic>> {
    let changed = ready::changed_module(files);
    let place = changed.and_then(|path| files.get(path)).map(|file| file.place.clone());
    Err(Box::new(cannot_bundle(place.unwrap_or_else(|| "themes/default".into()))))
}

/// The error that the script in the file `place` cannot be bundled by this build of the program.
#[cfg(not(feature = "scripts"))]
fn cannot_bundle(place: std::sync::Arc<str>) -> Diagnostic {
    let problem = Diagnostic::new(
        &diagnostic::THEME_SCRIPT,
        Place::file(place),
        message!(
            ja: "このプログラムには、スクリプトをまとめる機能が入っていません",
            en: "this build of the program cannot bundle scripts",
        ),
    );
    problem.with_help(message!(
        ja: "配布版のプログラムを使うか、「cargo build --release --features scripts」で作り直してください",
        en: "use a released program, or compile with `cargo build --release --features scripts`",
    ))
}

#[cfg(feature = "scripts")]
fn bundled(module: &str, files: &ThemeFiles) -> Result<String, Box<Diagnostic>> {
    use super::bundle;

    let sources = sources(files);
    let modules = sources.iter().map(|(path, source)| (path.clone(), source.as_str())).collect();
    bundle::bundle(module, &modules).map_err(|unfit| Box::new(problem(unfit, files)))
}

/// The diagnostic for a module that cannot be bundled, with advice. It points to the fault in the
/// module, or to the whole module where it lacks an export.
#[cfg(feature = "scripts")]
fn problem(unfit: super::bundle::Unfit, files: &ThemeFiles) -> Diagnostic {
    use super::bundle::ModuleFault;

    let message = match &unfit.reason {
        ModuleFault::Syntax(said) => message!(
            ja: "スクリプトの書き方に誤りがあります（{said}）",
            en: "the script has a syntax error: {said}",
        ),
        ModuleFault::Missing(path) => message!(
            ja: "読み込むモジュール「{path}」がありません",
            en: "the script imports `{path}`, which is not a module of the theme",
        ),
        ModuleFault::NotExported { importer, name } => message!(
            ja: "「{importer}」が読み込む「{name}」が、exportされていません",
            en: "`{importer}` imports `{name}`, which this module does not export",
        ),
        ModuleFault::Foreign(host) => super::markup::foreign(host),
        ModuleFault::Form => message!(
            ja: "この書き方のimport・exportは、1つにまとめて公開するスクリプトでは使えません",
            en: "this form of import or export is not supported in scripts that are bundled",
        ),
        ModuleFault::Circle => message!(
            ja: "モジュールが、ほかのモジュールを通じて自分自身を読み込んでいます",
            en: "the module imports itself by way of other modules",
        ),
    };
    let help = match unfit.reason {
        ModuleFault::Form if !files::default().contains_key(&unfit.module) => message!(
            ja: "「import {{ 名前 }} from './ファイル.js'」と、宣言の前の「export」だけを使うか、「<script type=\"module\">」で読み込んでください",
            en: "use only `import {{ name }} from './file.js'` and `export` before a declaration, or load the script with `type=\"module\"`",
        ),
        ModuleFault::Form => message!(
            ja: "「import {{ 名前 }} from './ファイル.js'」と、宣言の前の「export」だけを使ってください",
            en: "use only `import {{ name }} from './file.js'` and `export` before a declaration",
        ),
        ModuleFault::Foreign(_) => super::markup::into_assets(),
        ModuleFault::Missing(ref path) if near(path, files).is_some() => {
            Message::did_you_mean(near(path, files).unwrap_or_default())
        }
        _ if !files::default().contains_key(&unfit.module) => message!(
            ja: "スクリプトを修正してください",
            en: "correct the script",
        ),
        _ => message!(
            ja: "スクリプトを修正するか、削除して既定のスクリプトに戻してください",
            en: "correct the script, or delete it to use the default one",
        ),
    };
    let code = match unfit.reason {
        ModuleFault::Foreign(_) => &diagnostic::THEME_POLICY,
        _ => &diagnostic::THEME_SCRIPT,
    };
    let file = files[&unfit.module].place.clone();
    let place = match unfit.reason {
        ModuleFault::NotExported { .. } => Place::file(file),
        _ => Place::text(file, unfit.range),
    };
    Diagnostic::new(code, place, message).with_help(help)
}

/// The module that is probably meant by `path`.
#[cfg(feature = "scripts")]
fn near<'f>(path: &str, files: &'f ThemeFiles) -> Option<&'f str> {
    let modules = files.keys().map(String::as_str).filter(|path| path.ends_with(".js"));
    nearest(path, modules)
}

#[cfg(all(test, feature = "scripts"))]
#[allow(clippy::disallowed_methods, reason = "the test writes the scripts anew when it is told to")]
mod tests {
    use std::path::Path;

    use super::{CLIENTS, bundled};
    use crate::theme::{files, ready};

    /// Compares the bundled scripts in `src/theme/ready` with fresh bundles, or writes them again
    /// where `KAWARABAN_BLESS` is set.
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
            let modules = ready::digest(&files) + "\n";
            std::fs::write(folder.join("modules.sha256"), modules).expect("it can be written");
            return;
        }
        for (client, (path, script)) in CLIENTS.iter().zip(&fresh) {
            assert!(
                client.ready == script,
                "src/theme/ready is not made of the present modules ({path}); \
                 `KAWARABAN_BLESS=1 cargo test --release --all-features ready` writes it anew"
            );
        }
        assert!(ready::fits(&files), "src/theme/ready/modules.sha256 is another one");
    }
}
