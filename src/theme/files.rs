//! The **files** of a theme: those of the default theme, which are part of the binary, and those of
//! the site's own folder, which replace them.
//!
//! Not in here: the meaning of the files.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use crate::diagnostic::{self, Diagnostic, Diagnostics, Located, Message, Place};
use crate::message;
use crate::source::Sources;
use crate::text::nearest;

static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");
static SUMI: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/sumi");

/// The name of the theme that all others extend.
pub(super) const DEFAULT_NAME: &str = "default";
/// The name of the other theme in the program.
const SUMI_NAME: &str = "sumi";

/// The file with a theme's tokens.
pub(super) const SETTINGS: &str = "theme.toml";
/// The file with styles that follow those of `assets/site.css`.
pub(super) const STYLES: &str = "theme.css";

/// A file of a theme, with the path under which the user finds it.
#[derive(Clone, Debug)]
pub(super) struct ThemeFile {
    pub place: Arc<str>,
    pub bytes: Cow<'static, [u8]>,
}

/// The parts of the file name of a template for free pages, before and after the name that a page
/// writes.
const OF_PAGE: (&str, &str) = ("page-", ".html");

/// The template for free pages that is called `name` in the settings of a page.
pub(super) fn of_page(name: &str) -> String {
    let (before, after) = OF_PAGE;
    format!("{before}{name}{after}")
}

/// The name of the template `path` as pages write it, if it is a template for free pages.
pub(super) fn name_in_page(path: &str) -> Option<&str> {
    let (before, after) = OF_PAGE;
    let name = path.strip_prefix(before)?.strip_suffix(after)?;
    Some(name).filter(|name| !name.is_empty() && !name.contains('/'))
}

/// Files by their path in the theme.
pub(super) type ThemeFiles = BTreeMap<String, ThemeFile>;

/// The files of the default theme.
pub(super) fn default() -> ThemeFiles {
    built_in(&DEFAULT, DEFAULT_NAME)
}

fn built_in(theme: &'static Dir<'static>, name: &str) -> ThemeFiles {
    fn add(dir: &'static Dir<'static>, name: &str, files: &mut ThemeFiles) {
        for file in dir.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            let place = format!("themes/{name}/{path}").into();
            files.insert(path, ThemeFile { place, bytes: Cow::Borrowed(file.contents()) });
        }
        for inner in dir.dirs() {
            add(inner, name, files);
        }
    }
    let mut files = BTreeMap::new();
    add(theme, name, &mut files);
    files
}

/// The files of the theme `name`, and whether the theme is part of the program. The site's folder
/// `themes/<name>/` takes precedence. Returns `None`, and reports a problem, if there is no such
/// theme.
pub(super) fn of(
    sources: &Sources,
    name: &Located<String>,
    diagnostics: &mut Diagnostics,
) -> Option<(ThemeFiles, bool)> {
    let folder = format!("themes/{}/", name.value);
    let found: ThemeFiles = sources
        .files_below(&folder)
        .map(|file| {
            let bytes = Cow::Owned(file.bytes.to_vec());
            (file.path[folder.len()..].to_owned(), ThemeFile { place: file.path.clone(), bytes })
        })
        .collect();
    match name.value.as_str() {
        _ if !found.is_empty() => Some((found, false)),
        DEFAULT_NAME => Some((ThemeFiles::new(), true)),
        SUMI_NAME => Some((built_in(&SUMI, SUMI_NAME), true)),
        _ => {
            diagnostics.push(unknown_theme(sources, name));
            None
        }
    }
}

/// Reports files of `own` that nothing reads, since a misspelt name must not make a template
/// disappear silently. `default` are the files of the themes that it extends.
pub(super) fn report_strangers(
    own: &ThemeFiles,
    default: &ThemeFiles,
    diagnostics: &mut Diagnostics,
) {
    for (path, file) in own {
        let name = path.rsplit('/').next().unwrap_or_default();
        let known = default.contains_key(path)
            || path.starts_with("assets/")
            || [SETTINGS, STYLES].contains(&path.as_str())
            // Templates that the theme's own templates include, and files for people.
            || (name.starts_with('_') && name.ends_with(".html"))
            // Templates that pages choose.
            || name_in_page(path).is_some()
            || ["README", "LICENSE", "NOTICE"].iter().any(|word| name.starts_with(word));
        if known {
            continue;
        }
        let names = default.keys().map(String::as_str).chain([SETTINGS, STYLES]);
        let help = match nearest(path, names) {
            Some(near) => Message::did_you_mean(near),
            None => message!(
                ja: "公開するファイルは「assets」フォルダーに置いてください。ほかのテンプレートから読み込むテンプレートは「_」で、ページが選ぶテンプレートは「page-」で、名前を始めてください",
                en: "put files to be published into `assets/`; begin the name of a template that others include with `_`, and of one that pages choose with `page-`",
            ),
        };
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::THEME_FILE,
                Place::file(file.place.clone()),
                message!(
                    ja: "既定のテーマに「{path}」というファイルはありません",
                    en: "the default theme has no file `{path}`",
                ),
            )
            .with_help(help),
        );
    }
}

/// The error that the theme `name` does not exist, with a similar name or the list of all themes of
/// the site and of the program.
fn unknown_theme(sources: &Sources, name: &Located<String>) -> Diagnostic {
    let mut there: Vec<&str> = sources
        .files_below("themes/")
        .filter_map(|file| file.path["themes/".len()..].split_once('/').map(|(folder, _)| folder))
        .chain([DEFAULT_NAME, SUMI_NAME])
        .collect();
    there.sort_unstable();
    there.dedup();
    let written = &name.value;
    let Message { ja, en } = Message::list(&there);
    let problem = Diagnostic::new(
        &diagnostic::THEME_UNKNOWN,
        name.place.clone(),
        message!(ja: "「{written}」というテーマはありません", en: "there is no theme `{written}`"),
    );
    problem.with_help(match nearest(written, there.iter().copied()) {
        Some(near) => Message::did_you_mean(near),
        None => message!(
            ja: "「themes/{written}」フォルダーを作成してください。今あるテーマ：{ja}",
            en: "create the folder `themes/{written}`; available themes: {en}",
        ),
    })
}
