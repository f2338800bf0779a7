//! A **theme** is how the site looks: templates, assets, and the words of the user interface.
//!
//! The default theme is part of the binary. A site's own folder `themes/<name>/` replaces single files
//! of it by the same path; nothing else has to be copied.
//!
//! Not in here: what the templates are given (`html`).

mod bundle;
mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use minijinja::{
    AutoEscape, Environment, Error, Output, State, UndefinedBehavior, Value, escape_formatter,
};
use sha2::{Digest, Sha256};

use crate::artifact::Artifact;
use crate::diagnostic::{self, Diagnostic, Diagnostics, Located, Place};
use crate::message;
use crate::source::Sources;
use crate::text::{Language, nearest};

use bundle::Reason;

/// The bundles, below the folder of the assets, each with the module that it begins with.
const CLIENTS: [(&str, &str); 2] = [
    ("search/kawaraban-search.js", "assets/search/page.js"),
    ("table/kawaraban-table.js", "assets/table/table.js"),
];

static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// Templates, assets and words.
pub struct Theme {
    /// The templates, by path: `measure.html`.
    pub templates: Environment<'static>,
    /// The files they were read from.
    template_files: BTreeMap<String, Arc<str>>,
    /// Words of the user interface, for each language by key.
    pub words: BTreeMap<Language, BTreeMap<String, String>>,
    /// Assets, with their paths in the output.
    pub assets: Vec<Artifact>,
    /// Folder of the assets in the output, with its final `/`; its name changes with their content.
    pub assets_folder: String,
}

impl fmt::Debug for Theme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Theme").field("assets_folder", &self.assets_folder).finish_non_exhaustive()
    }
}

impl Theme {
    /// Where in the theme `error` is.
    pub fn place_of(&self, template: &str, error: &Error) -> Place {
        let file = self.template_files.get(template).cloned();
        let file = file.unwrap_or_else(|| format!("themes/default/{template}").into());
        match error.range() {
            Some(range) => Place::text(file, range),
            None => Place::file(file),
        }
    }
}

/// A file of the theme, with the path by which a person finds it.
struct ThemeFile {
    place: Arc<str>,
    bytes: Cow<'static, [u8]>,
}

/// Loads the theme `name`: the default one, with the files of `themes/<name>/` in place of its own.
pub fn load(
    sources: &Sources,
    name: &Located<String>,
    diagnostics: &mut Diagnostics,
) -> Option<Theme> {
    let folder = format!("themes/{}/", name.value);
    let mut files = default_files();
    let mut own = 0;
    for file in sources.files_below(&folder) {
        own += 1;
        let path = file.path[folder.len()..].to_owned();
        let bytes = Cow::Owned(file.bytes.to_vec());
        files.insert(path, ThemeFile { place: file.path.clone(), bytes });
    }
    if own == 0 && name.value != "default" {
        diagnostics.push(unknown_theme(sources, name));
        return None;
    }
    let before = diagnostics.iter().count();
    let mut templates = environment();
    let mut template_files = BTreeMap::new();
    for (path, file) in &files {
        if path.ends_with(".html") && !path.starts_with("assets/") {
            add_template(&mut templates, path, file, diagnostics);
            template_files.insert(path.clone(), file.place.clone());
        }
    }
    let words = words::read(&files, diagnostics);
    let assets_folder = assets_folder(&files);
    let mut assets: Vec<Artifact> = files
        .iter()
        .filter_map(|(path, file)| {
            let below = path.strip_prefix("assets/")?;
            Some(Artifact::new(format!("{assets_folder}{below}"), file.bytes.clone()))
        })
        .collect();
    for (path, module) in CLIENTS {
        // One module may spoil both.
        let Some(client) = client(module, &files, diagnostics) else { break };
        assets.push(Artifact::new(format!("{assets_folder}{path}"), client.into_bytes()));
    }
    let sound =
        diagnostics.iter().skip(before).all(|d| d.severity() != diagnostic::Severity::Error);
    sound.then_some(Theme { templates, template_files, words, assets, assets_folder })
}

fn default_files() -> BTreeMap<String, ThemeFile> {
    fn add(dir: &'static Dir<'static>, files: &mut BTreeMap<String, ThemeFile>) {
        for file in dir.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            let place = format!("themes/default/{path}").into();
            files.insert(path, ThemeFile { place, bytes: Cow::Borrowed(file.contents()) });
        }
        for inner in dir.dirs() {
            add(inner, files);
        }
    }
    let mut files = BTreeMap::new();
    add(&DEFAULT, &mut files);
    files
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    // A slip in a template must not become a hole in a page.
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    // So that the message names what is undefined.
    environment.set_debug(true);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(write_value);
    environment
}

/// Escapes what HTML asks to be escaped. The engine's own way also spells out every `/`, which makes
/// addresses unreadable and pages longer.
fn write_value(
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), Error> {
    match value.as_str() {
        Some(text) if !value.is_safe() => write_escaped(out, text).map_err(Error::from),
        _ => escape_formatter(out, state, value),
    }
}

fn write_escaped(out: &mut Output<'_>, text: &str) -> fmt::Result {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        out.write_str(&rest[..at])?;
        out.write_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        })?;
        rest = &rest[at + 1..];
    }
    out.write_str(rest)
}

fn add_template(
    templates: &mut Environment<'static>,
    path: &str,
    file: &ThemeFile,
    diagnostics: &mut Diagnostics,
) {
    let help = message!(
        ja: "テンプレートを直すか、消して既定のものに戻す",
        en: "mend the template, or remove it to go back to the default one",
    );
    let Ok(text) = std::str::from_utf8(&file.bytes) else {
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::THEME_TEMPLATE,
                Place::file(file.place.clone()),
                message!(ja: "テンプレートがUTF-8でない", en: "the template is not UTF-8"),
            )
            .with_help(help),
        );
        return;
    };
    if let Err(error) = templates.add_template_owned(path.to_owned(), text.to_owned()) {
        let said = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
        let place = match error.range() {
            Some(range) => Place::text(file.place.clone(), range),
            None => Place::file(file.place.clone()),
        };
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::THEME_TEMPLATE,
                place,
                message!(ja: "テンプレートの書き方に誤りがある（{said}）", en: "the template is not well formed: {said}"),
            )
            .with_help(help),
        );
    }
}

/// `module` with all that it imports as one script.
fn client(
    module: &str,
    files: &BTreeMap<String, ThemeFile>,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let text = |file: &'_ ThemeFile| String::from_utf8_lossy(&file.bytes).into_owned();
    let sources: BTreeMap<String, String> = (files.iter())
        .filter(|(path, _)| path.starts_with("assets/") && path.ends_with(".js"))
        .map(|(path, file)| (path.clone(), text(file)))
        .collect();
    let modules = sources.iter().map(|(path, source)| (path.clone(), source.as_str())).collect();
    let unfit = match bundle::bundle(module, &modules) {
        Ok(script) => return Some(script),
        Err(unfit) => unfit,
    };
    let message = match &unfit.reason {
        Reason::Syntax(said) => message!(
            ja: "スクリプトの書き方に誤りがある（{said}）",
            en: "the script is not well formed: {said}",
        ),
        Reason::Missing(path) => message!(
            ja: "読み込むモジュール `{path}` がない",
            en: "the module `{path}` that it imports is not there",
        ),
        Reason::NotExported { importer, name } => message!(
            ja: "`{importer}` が読み込む `{name}` を公開していない",
            en: "`{name}`, which `{importer}` imports, is not exported",
        ),
        Reason::Form => message!(
            ja: "この読み込み方・公開の仕方は、検索と表のスクリプトでは使えない",
            en: "the scripts of search and table cannot import or export in this way",
        ),
        Reason::Circle => message!(
            ja: "モジュールが、ほかのモジュールを通じて自分自身を読み込んでいる",
            en: "the module imports itself, by way of others",
        ),
    };
    let help = match unfit.reason {
        Reason::Form => message!(
            ja: "`import {{ 名前 }} from './ファイル.js'` と、宣言の前の `export` だけを使う",
            en: "use only `import {{ name }} from './file.js'`, and `export` before a declaration",
        ),
        _ => message!(
            ja: "スクリプトを直すか、消して既定のものに戻す",
            en: "mend the script, or remove it to go back to the default one",
        ),
    };
    let file = files[&unfit.module].place.clone();
    let place = match unfit.reason {
        Reason::NotExported { .. } => Place::file(file),
        _ => Place::text(file, unfit.range),
    };
    diagnostics.push(Diagnostic::new(&diagnostic::THEME_SCRIPT, place, message).with_help(help));
    None
}

fn unknown_theme(sources: &Sources, name: &Located<String>) -> Diagnostic {
    let mut there: Vec<&str> = sources
        .files_below("themes/")
        .filter_map(|file| file.path["themes/".len()..].split_once('/').map(|(folder, _)| folder))
        .chain(["default"])
        .collect();
    there.sort_unstable();
    there.dedup();
    let (written, list) = (&name.value, there.join("`, `"));
    let problem = Diagnostic::new(
        &diagnostic::THEME_UNKNOWN,
        name.place.clone(),
        message!(ja: "テーマ `{written}` がない", en: "there is no theme `{written}`"),
    );
    problem.with_help(match nearest(written, there.iter().copied()) {
        Some(near) => message!(ja: "`{near}` のことか", en: "did you mean `{near}`?"),
        None => message!(
            ja: "フォルダー `themes/{written}` を作る。今あるテーマ: `{list}`",
            en: "make a folder `themes/{written}`; the themes there are: `{list}`",
        ),
    })
}

/// `assets/<digest>/`: a name that changes when any asset does, so that hosts and browsers may keep
/// what they have for ever, and modules can import each other by relative paths.
fn assets_folder(files: &BTreeMap<String, ThemeFile>) -> String {
    let mut digest = Sha256::new();
    for (path, file) in files.iter().filter(|(path, _)| path.starts_with("assets/")) {
        digest.update((path.len() as u64).to_be_bytes());
        digest.update(path);
        digest.update((file.bytes.len() as u64).to_be_bytes());
        digest.update(&file.bytes);
    }
    let name: String = digest.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("assets/{name}/")
}
