//! A **theme** defines the appearance of the site: templates, assets, tokens, and the words of the
//! user interface.
//!
//! The default theme is part of the binary. A site's own folder `themes/<name>/` replaces files of
//! the default theme by the same path, blocks of a template by extending `default/<template>`,
//! words by their key, and tokens by `theme.toml`. Nothing else has to be copied. A theme can
//! extend another in the same way, in as many steps as it likes (`chain`).
//!
//! Not in here: the data that templates receive (`html`).

mod addresses;
mod asset;
#[cfg(feature = "scripts")]
mod bundle;
mod chain;
mod clients;
mod colour;
mod contrast;
mod files;
mod lint;
mod markup;
mod query;
mod ready;
mod renamed;
mod stylesheet;
mod survey;
mod templates;
mod tokens;
mod told;
mod words;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use minijinja::{Environment, Error};
use sha2::{Digest, Sha256};

use crate::artifact::{Artifact, FileOrigin};
use crate::diagnostic::{Diagnostics, Located, Place, THEME_TEMPLATE};
use crate::source::Sources;
use crate::text::Language;

pub use clients::{EMBED_SCRIPT, NOT_FOUND_SCRIPT, SEARCH_SCRIPT};
pub use colour::Colour;
pub use lint::OwnTemplate;
pub use markup::POLICY;
pub use renamed::{RENAMED, RenamedName, renamed};
pub use survey::{DataUse, NameUse, Path, PathStep};
pub use tokens::shape;
pub use told::told;

use chain::Layer;
use files::{ThemeFile, ThemeFiles};

/// The style sheet of all pages, which begins with the tokens.
const STYLE_SHEET: &str = "assets/site.css";

/// Templates, assets and words.
pub struct Theme {
    /// The templates by path: `measure.html`, and `default/measure.html` for the template that a
    /// theme replaces.
    pub templates: Environment<'static>,
    /// The origin of what the templates make: their texts, by path.
    pub templates_origin: FileOrigin,
    /// The files from which the templates were read.
    template_files: BTreeMap<String, Arc<str>>,
    /// The templates that are not those of the default theme.
    pub own: Vec<OwnTemplate>,
    /// What the templates use of the site's data.
    pub data: DataUse,
    /// Words of the user interface by language and key.
    pub words: BTreeMap<Language, BTreeMap<String, String>>,
    /// Colours of the light scheme by token. A colour that is not written as `#rrggbb` is replaced
    /// by that of the default theme.
    pub colours: BTreeMap<String, Colour>,
    /// Assets, with their paths in the output.
    pub assets: Vec<Artifact>,
    /// Folder of the assets in the output, with a final `/`. Its name changes with their contents.
    pub assets_folder: String,
}

impl fmt::Debug for Theme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Theme").field("assets_folder", &self.assets_folder).finish_non_exhaustive()
    }
}

impl Theme {
    /// The place of `error` in the theme's files.
    pub fn place_of(&self, template: &str, error: &Error) -> Place {
        let file = self.file_of(template);
        match error.range() {
            Some(range) => Place::text(file, range),
            None => Place::file(file),
        }
    }

    /// The path of the template that free pages choose by `name`.
    ///
    /// # Errors
    ///
    /// If there is no such template: the names of those that there are.
    pub fn template_of_page(&self, name: &str) -> Result<String, Vec<&str>> {
        let path = files::of_page(name);
        if self.template_files.contains_key(&path) {
            return Ok(path);
        }
        Err(self.template_files.keys().filter_map(|path| files::name_in_page(path)).collect())
    }

    /// The file of a template.
    pub fn file_of(&self, template: &str) -> Arc<str> {
        let file = self.template_files.get(template).cloned();
        file.unwrap_or_else(|| format!("themes/default/{template}").into())
    }
}

/// Loads the theme `name`: the default theme with the files of `themes/<name>/` in place of its
/// own. Adds problems to `diagnostics`. Returns `None` where a theme of the chain does not exist or
/// extends itself, or a template cannot be parsed, since the rest then cannot be checked.
pub fn load(
    sources: &Sources,
    name: &Located<String>,
    diagnostics: &mut Diagnostics,
) -> Option<Theme> {
    let builtin = files::default();
    let layers = chain::read(sources, name, diagnostics)?;
    let mut found = Diagnostics::new();
    let mut files = builtin.clone();
    // Templates by name: those that a later theme of the chain can extend, with the name of their
    // theme as prefix, and those of the final theme.
    let mut all: BTreeMap<String, ThemeFile> = BTreeMap::new();
    let mut extendable = |theme: &str, files: &ThemeFiles| {
        let templates = files.iter().filter(|(path, _)| is_template(path));
        all.extend(templates.map(|(path, file)| (format!("{theme}/{path}"), file.clone())));
    };
    let is_default = |layer: &Layer| layer.name == files::DEFAULT_NAME;
    if !layers.first().is_some_and(is_default) {
        extendable(files::DEFAULT_NAME, &files);
    }
    for (place, layer) in layers.iter().enumerate() {
        if !layer.is_built_in && !is_default(layer) {
            files::report_strangers(&layer.files, &files, &mut found);
        }
        files.extend(layer.files.clone());
        // A folder of the site that replaces the default theme itself may add files, and extends
        // nothing.
        if place + 1 < layers.len() || is_default(layer) {
            extendable(&layer.name, &files);
        }
    }
    let words = words::read(&builtin, &layers, &mut found);
    let changed = changed(&builtin, &layers, &files);
    all.extend(
        files
            .iter()
            .filter(|(path, _)| is_template(path))
            .map(|(path, file)| (path.clone(), file.clone())),
    );
    let mut templates = templates::environment();
    for (path, file) in &all {
        templates::add(&mut templates, path, file, &mut found);
    }
    let texts: Vec<(&str, &[u8])> =
        all.iter().map(|(path, file)| (path.as_str(), &*file.bytes)).collect();
    let templates_origin = FileOrigin::of("templates", &texts);
    let template_files =
        all.iter().map(|(path, file)| (path.clone(), file.place.clone())).collect();
    asset::add(&mut templates, published(&files));
    let Checked { own, data, scripts } = match changed.is_empty() {
        true => Checked::default(),
        false => check(&files, &all, &changed, &templates, &mut found),
    };
    style(sources, &layers, &mut files, &mut found);
    let mut colours = BTreeMap::new();
    for sheet in [&builtin, &files].into_iter().filter_map(|files| files.get(STYLE_SHEET)) {
        colours.extend(tokens::colours(&String::from_utf8_lossy(&sheet.bytes)));
    }
    let mut assets: BTreeMap<String, Cow<'static, [u8]>> = BTreeMap::new();
    for (path, file) in &files {
        let Some(below) = path.strip_prefix("assets/") else { continue };
        let bytes = match scripts.get(below) {
            Some(script) => Cow::Owned(script.clone().into_bytes()),
            None if path.ends_with(".css") => Cow::Owned(stylesheet::compact(&file.bytes)),
            None => file.bytes.clone(),
        };
        assets.insert(below.to_owned(), bytes);
    }
    for (path, script) in clients::scripts(&files, &mut found) {
        assets.insert(path.to_owned(), Cow::Owned(script.into_bytes()));
    }
    let assets_folder = assets_folder(&assets);
    let assets = assets.into_iter();
    let assets = assets.map(|(path, bytes)| Artifact::new(format!("{assets_folder}{path}"), bytes));
    let assets = assets.collect();
    let can_be_checked = !found.iter().any(|problem| problem.code.id == THEME_TEMPLATE.id);
    diagnostics.append(found);
    can_be_checked.then_some(Theme {
        templates,
        templates_origin,
        template_files,
        own,
        data,
        words,
        colours,
        assets,
        assets_folder,
    })
}

fn is_template(path: &str) -> bool {
    path.ends_with(".html") && !path.starts_with("assets/")
}

/// A file of the site's own themes that is to be checked.
struct Changed {
    /// Path in its theme.
    path: String,
    /// The name of a template: its path, preceded by the name of its theme if a later theme
    /// replaces it.
    template: String,
    file: ThemeFile,
}

/// The files of the site's own themes that differ from those of the default theme; exact copies
/// need no check.
fn changed(builtin: &ThemeFiles, layers: &[Layer], files: &ThemeFiles) -> Vec<Changed> {
    let own = layers.iter().filter(|layer| !layer.is_built_in);
    let own = own.flat_map(|layer| layer.files.iter().map(move |(path, file)| (layer, path, file)));
    let differs = |path: &String, file: &ThemeFile| {
        builtin.get(path).is_none_or(|builtin| builtin.bytes != file.bytes)
    };
    let changed = own.filter(|(_, path, file)| differs(path, file));
    let changed = changed.map(|(layer, path, file)| {
        let is_last = files.get(path).is_some_and(|last| last.place == file.place);
        let template = if is_last { path.clone() } else { format!("{}/{path}", layer.name) };
        Changed { path: path.clone(), template, file: file.clone() }
    });
    changed.collect()
}

/// The paths of the assets of `files`, relative to their folder.
fn published(files: &ThemeFiles) -> BTreeSet<String> {
    let below = |path: &String| path.strip_prefix("assets/").map(str::to_owned);
    files.keys().filter_map(below).chain(clients::paths().map(str::to_owned)).collect()
}

/// What the check of a theme's own files finds out about them.
#[derive(Default)]
struct Checked {
    /// The site's own templates, with what can only be checked against the site.
    own: Vec<OwnTemplate>,
    /// What the templates use of the site's data.
    data: DataUse,
    /// The bundles of the theme's own scripts, by path relative to the folder of the assets.
    scripts: BTreeMap<String, String>,
}

/// Checks the files `changed`; `files` are all files of the theme, and `all` its templates by name.
fn check(
    files: &ThemeFiles,
    all: &BTreeMap<String, ThemeFile>,
    changed: &[Changed],
    environment: &Environment<'_>,
    diagnostics: &mut Diagnostics,
) -> Checked {
    let templates = lint::Templates::new(all);
    let own = changed.iter().filter(|changed| is_template(&changed.path));
    let own: Vec<String> = own.map(|changed| changed.template.clone()).collect();
    let checked = lint::check(&templates, &own, environment, diagnostics);

    let published = published(files);
    let is_strict = templates.base().is_some_and(markup::is_strict);
    let mut loaded = clients::LoadedScripts::new();
    for name in &own {
        let Some(survey) = templates.survey(name) else { continue };
        let file = &templates.all[name];
        markup::check_assets(file, survey, &published, diagnostics);
        if let Some(own) = checked.iter().find(|own| own.name == *name) {
            addresses::check(file, survey, &own.pages, &published, diagnostics);
        }
        for (path, is_module) in markup::loaded_scripts(file, survey) {
            let only_as_module = loaded.entry(path).or_insert(is_module);
            *only_as_module &= is_module;
        }
        if is_strict {
            markup::check_policy(file, survey, diagnostics);
        }
    }

    let sheets = |path: &str| path.ends_with(".css");
    let all = files.iter().chain(changed.iter().map(|changed| (&changed.path, &changed.file)));
    let texts = all.filter(|(path, _)| sheets(path)).map(|(_, file)| &file.bytes);
    let properties = texts.flat_map(|css| stylesheet::declared(&String::from_utf8_lossy(css)));
    let properties = properties.collect();
    for Changed { path, file, .. } in changed.iter().filter(|changed| sheets(&changed.path)) {
        let folder = path.strip_prefix("assets/").and_then(|path| path.rsplit_once('/'));
        let folder = folder.map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let sheet = stylesheet::StyleSheet { file, folder };
        stylesheet::check(&sheet, &published, &properties, is_strict, diagnostics);
    }
    let scripts = changed.iter().map(|changed| changed.path.as_str());
    clients::check(files, scripts, diagnostics);
    let is_changed = |path: &String| {
        changed.iter().any(|changed| changed.path.strip_prefix("assets/") == Some(path.as_str()))
    };
    loaded.retain(|path, _| is_changed(path));
    let scripts = clients::own(files, &loaded, diagnostics);
    Checked { own: checked, data: templates.data(), scripts }
}

/// Inserts the tokens and styles of each theme of a chain into the style sheet of all pages.
fn style(
    sources: &Sources,
    layers: &[Layer],
    files: &mut ThemeFiles,
    diagnostics: &mut Diagnostics,
) {
    let Some(sheet) = files.get_mut(STYLE_SHEET) else { return };
    let mut css = String::from_utf8_lossy(&sheet.bytes).into_owned();
    for layer in layers {
        let mut text = |path| chain::text(sources, &layer.files, path, diagnostics);
        let (settings, styles) = (text(files::SETTINGS), text(files::STYLES));
        if let Some((file, settings)) = settings {
            css = tokens::set(&css, &file, &settings, diagnostics);
        }
        if let Some((_, styles)) = styles {
            css.push_str(&styles);
        }
    }
    sheet.bytes = Cow::Owned(css.into_bytes());
}

/// `assets/<digest>/`: the name changes when any asset changes, so that hosts and browsers may
/// cache assets indefinitely, and modules can import each other by relative paths.
fn assets_folder(assets: &BTreeMap<String, Cow<'_, [u8]>>) -> String {
    let mut digest = Sha256::new();
    for (path, bytes) in assets {
        digest.update((path.len() as u64).to_be_bytes());
        digest.update(path);
        digest.update((bytes.len() as u64).to_be_bytes());
        digest.update(bytes);
    }
    let name: String = digest.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("assets/{name}/")
}

#[cfg(test)]
mod tests {
    use super::{Changed, Checked, Diagnostics, check, files, is_template, templates};

    #[test]
    fn the_default_theme_passes_its_own_check() {
        let files = files::default();
        let own = files.iter().filter(|(path, _)| is_template(path));
        let own = own.map(|(path, file)| (path.clone(), file.clone()));
        let extendable = own.clone().map(|(path, file)| (format!("default/{path}"), file));
        let all = own.chain(extendable).collect();
        let changed = files.iter().map(|(path, file)| Changed {
            path: path.clone(),
            template: path.clone(),
            file: file.clone(),
        });
        let changed: Vec<Changed> = changed.collect();
        let mut found = Diagnostics::new();
        let mut environment = templates::environment();
        super::asset::add(&mut environment, super::published(&files));
        let Checked { own, data, .. } = check(&files, &all, &changed, &environment, &mut found);
        assert!(found.is_empty(), "{:#?}", found.sorted());
        // A site that keeps the default theme has nothing to make.
        assert!(data.is_none());
        assert!(own.len() > 30 && own.iter().all(|template| !template.pages.is_empty()));
        assert!(own.iter().any(|template| template.paths.len() > 30));
    }
}
