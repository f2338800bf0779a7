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
mod ready;
mod templates;
mod tokens;
mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use minijinja::{Environment, Error};
use sha2::{Digest, Sha256};

use crate::artifact::Artifact;
use crate::diagnostic::{Diagnostics, Located, Place};
use crate::source::Sources;
use crate::text::Language;

pub use colour::Colour;

use files::Files;

/// The style sheet of all pages, which begins with the tokens.
const STYLE_SHEET: &str = "assets/site.css";

/// Templates, assets and words.
pub struct Theme {
    /// The templates by path: `measure.html`, and `default/measure.html` for the one that a theme
    /// replaces.
    pub templates: Environment<'static>,
    /// The files from which the templates were read.
    template_files: BTreeMap<String, Arc<str>>,
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
        let file = self.template_files.get(template).cloned();
        let file = file.unwrap_or_else(|| format!("themes/default/{template}").into());
        match error.range() {
            Some(range) => Place::text(file, range),
            None => Place::file(file),
        }
    }
}

/// Loads the theme `name`: the default theme with the files of `themes/<name>/` in place of its
/// own. Returns `None` if it has errors, which are added to `diagnostics`.
pub fn load(
    sources: &Sources,
    name: &Located<String>,
    diagnostics: &mut Diagnostics,
) -> Option<Theme> {
    let mut default = files::default();
    let own = files::own(sources, name, diagnostics)?;
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
    style(sources, &mut files, &mut found);
    let mut templates = templates::environment();
    let mut template_files = BTreeMap::new();
    let extendable = default.iter().map(|(path, file)| (format!("default/{path}"), file));
    for (path, file) in files.iter().map(|(path, file)| (path.clone(), file)).chain(extendable) {
        if path.ends_with(".html") && !path.starts_with("assets/") {
            templates::add(&mut templates, &path, file, &mut found);
            template_files.insert(path, file.place.clone());
        }
    }
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
    let sound = !found.has_errors();
    diagnostics.append(found);
    sound.then_some(Theme { templates, template_files, words, colours, assets, assets_folder })
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
