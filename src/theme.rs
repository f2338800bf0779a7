//! A **theme** defines the appearance of the site: templates, assets, tokens, and the words of the
//! user interface.
//!
//! The default theme is part of the binary. A site's own folder `themes/<name>/` replaces files of
//! the default theme by the same path, blocks of a template by extending `default/<template>`,
//! words by their key, and tokens by `theme.toml`. Nothing else has to be copied.
//!
//! Not in here: the data that templates receive (`html`).

#[cfg(feature = "scripts")]
mod bundle;
mod clients;
mod colour;
mod contrast;
mod files;
mod lint;
mod markup;
mod ready;
mod stylesheet;
mod survey;
mod templates;
mod tokens;
mod words;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use minijinja::{Environment, Error};
use sha2::{Digest, Sha256};

use crate::artifact::Artifact;
use crate::diagnostic::{Diagnostics, Located, Place, THEME_TEMPLATE};
use crate::source::Sources;
use crate::text::Language;

pub use colour::Colour;
pub use lint::OwnTemplate;
pub use survey::{Name, Path, Step};

use files::{Files, ThemeFile};

/// The style sheet of all pages, which begins with the tokens.
const STYLE_SHEET: &str = "assets/site.css";

/// Templates, assets and words.
pub struct Theme {
    /// The templates by path: `measure.html`, and `default/measure.html` for the one that a theme
    /// replaces.
    pub templates: Environment<'static>,
    /// The files from which the templates were read.
    template_files: BTreeMap<String, Arc<str>>,
    /// The templates that are not those of the default theme.
    pub own: Vec<OwnTemplate>,
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

    /// The file of a template.
    pub fn file_of(&self, template: &str) -> Arc<str> {
        let file = self.template_files.get(template).cloned();
        file.unwrap_or_else(|| format!("themes/default/{template}").into())
    }
}

/// Loads the theme `name`: the default theme with the files of `themes/<name>/` in place of its
/// own. What is wrong is added to `diagnostics`; returns `None` where that is so much that the rest
/// cannot be checked.
pub fn load(
    sources: &Sources,
    name: &Located<String>,
    diagnostics: &mut Diagnostics,
) -> Option<Theme> {
    let mut default = files::default();
    let own = files::own(sources, name, diagnostics)?;
    // What a theme only copies is checked already.
    let is_changed = |path: &String, file: &ThemeFile| {
        default.get(path).is_none_or(|builtin| builtin.bytes != file.bytes)
    };
    let changed: Vec<String> = (own.iter())
        .filter(|(path, file)| is_changed(path, file))
        .map(|(path, _)| path.clone())
        .collect();
    let mut found = Diagnostics::new();
    let mut files = default.clone();
    if name.value == "default" {
        // Work on the default theme itself may add files.
        default.extend(own.clone());
    } else {
        files::report_strangers(&own, &default, &mut found);
    }
    let words = words::read(&default, &own, &mut found);
    files.extend(own);
    let unstyled = files.clone();
    style(sources, &mut files, &mut found);
    let mut templates = templates::environment();
    let extendable = default.iter().map(|(path, file)| (format!("default/{path}"), file));
    let all: BTreeMap<String, &ThemeFile> = (files.iter())
        .map(|(path, file)| (path.clone(), file))
        .chain(extendable)
        .filter(|(path, _)| path.ends_with(".html") && !path.starts_with("assets/"))
        .collect();
    for (path, file) in &all {
        templates::add(&mut templates, path, file, &mut found);
    }
    let template_files =
        all.iter().map(|(path, file)| (path.clone(), file.place.clone())).collect();
    let own = match changed.is_empty() {
        true => Vec::new(),
        false => check(&unstyled, all, &changed, &templates, &mut found),
    };
    let mut colours = BTreeMap::new();
    for sheet in [&default, &files].into_iter().filter_map(|files| files.get(STYLE_SHEET)) {
        colours.extend(tokens::colours(&String::from_utf8_lossy(&sheet.bytes)));
    }
    let assets_folder = assets_folder(&files);
    let mut assets: Vec<Artifact> = files
        .iter()
        .filter_map(|(path, file)| {
            let below = path.strip_prefix("assets/")?;
            Some(Artifact::new(format!("{assets_folder}{below}"), file.bytes.clone()))
        })
        .collect();
    assets.extend(clients::scripts(&files, &mut found).into_iter().map(|(path, script)| {
        Artifact::new(format!("{assets_folder}{path}"), script.into_bytes())
    }));
    let can_be_checked = !found.iter().any(|problem| problem.code.id == THEME_TEMPLATE.id);
    diagnostics.append(found);
    can_be_checked.then_some(Theme {
        templates,
        template_files,
        own,
        words,
        colours,
        assets,
        assets_folder,
    })
}

/// Checks the files `changed` of `files`, whose templates are among `all`, and returns what remains to
/// be checked of the templates.
fn check(
    files: &Files,
    all: BTreeMap<String, &ThemeFile>,
    changed: &[String],
    environment: &Environment<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<OwnTemplate> {
    let templates = lint::Templates::new(all);
    let own: Vec<String> =
        changed.iter().filter(|path| templates.all.contains_key(*path)).cloned().collect();
    let checked = lint::check(&templates, &own, environment, diagnostics);

    let below = |path: &String| path.strip_prefix("assets/").map(str::to_owned);
    let published: BTreeSet<String> =
        files.keys().filter_map(below).chain(clients::paths().map(str::to_owned)).collect();
    let is_strict = templates.base().is_some_and(markup::is_strict);
    for name in &own {
        let Some(survey) = templates.survey(name) else { continue };
        let file = templates.all[name];
        markup::check_assets(file, survey, &published, diagnostics);
        if is_strict {
            markup::check_policy(file, survey, diagnostics);
        }
    }

    let is_sheet = |path: &&String| path.ends_with(".css");
    let text = |path: &String| String::from_utf8_lossy(&files[path].bytes).into_owned();
    let properties = files.keys().filter(is_sheet).map(text);
    let properties = properties.flat_map(|css| stylesheet::declared(&css)).collect();
    for path in changed.iter().filter(is_sheet) {
        let folder = path.strip_prefix("assets/").and_then(|path| path.rsplit_once('/'));
        let folder = folder.map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let sheet = stylesheet::Sheet { file: &files[path], folder };
        stylesheet::check(&sheet, &published, &properties, is_strict, diagnostics);
    }
    clients::check(files, changed, diagnostics);
    checked
}

/// Inserts the theme's tokens and styles into the style sheet of all pages.
fn style(sources: &Sources, files: &mut Files, diagnostics: &mut Diagnostics) {
    let mut text = |path: &str| {
        let source = sources.get(&files.get(path)?.place)?;
        Some((source.path.clone(), source.text(diagnostics)?))
    };
    let (settings, styles) = (text(files::SETTINGS), text(files::STYLES));
    let Some(sheet) = files.get_mut(STYLE_SHEET) else { return };
    let mut css = String::from_utf8_lossy(&sheet.bytes).into_owned();
    if let Some((file, settings)) = settings {
        css = tokens::set(&css, &file, &settings, diagnostics);
    }
    if let Some((_, styles)) = styles {
        css.push_str(&styles);
    }
    sheet.bytes = Cow::Owned(css.into_bytes());
}

/// `assets/<digest>/`: the name changes when any asset changes, so that hosts and browsers may
/// cache assets indefinitely, and modules can import each other by relative paths.
fn assets_folder(files: &Files) -> String {
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

#[cfg(test)]
mod tests {
    use super::{Diagnostics, check, files, templates};

    #[test]
    fn the_default_theme_passes_its_own_check() {
        let files = files::default();
        let is_template = |path: &String| path.ends_with(".html") && !path.starts_with("assets/");
        let extendable = files.iter().map(|(path, file)| (format!("default/{path}"), file));
        let all = files.iter().map(|(path, file)| (path.clone(), file)).chain(extendable);
        let all = all.filter(|(path, _)| is_template(path)).collect();
        let changed: Vec<String> = files.keys().cloned().collect();
        let mut found = Diagnostics::new();
        let own = check(&files, all, &changed, &templates::environment(), &mut found);
        assert!(found.is_empty(), "{:#?}", found.sorted());
        assert!(own.len() > 30 && own.iter().all(|template| !template.pages.is_empty()));
        assert!(own.iter().any(|template| template.paths.len() > 30));
    }
}
