//! The **chain** of a theme: the theme itself and the themes that it extends, by `extends` in
//! `theme.toml`. Every chain ends with the default theme, which is not part of the list.
//!
//! Not in here: the rest of `theme.toml` (`tokens`).

use std::sync::Arc;

use crate::diagnostic::{self, Diagnostic, Diagnostics, Located, Message};
use crate::document;
use crate::message;
use crate::source::Sources;

use super::files::{self, ThemeFiles};

/// One theme of a chain.
pub(super) struct Layer {
    /// The theme's name.
    pub name: String,
    /// The theme's own files.
    pub files: ThemeFiles,
    /// Is it part of the program?
    pub is_built_in: bool,
}

/// What `theme.toml` says of the theme itself.
#[derive(Default)]
struct AboutTheme {
    extends: Option<Located<String>>,
    made_for: Option<Located<String>>,
}

/// The chain of the theme `name`, the theme itself last. A folder of the site that replaces the
/// default theme is part of the chain. Returns `None`, and reports a problem, if one of the themes
/// does not exist or extends itself.
pub(super) fn read(
    sources: &Sources,
    name: &Located<String>,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Layer>> {
    let mut layers: Vec<Layer> = Vec::new();
    let mut next = Some(name.clone());
    while let Some(name) = next {
        if layers.iter().any(|layer| layer.name == name.value) {
            diagnostics.push(circle(&layers, &name));
            return None;
        }
        let (files, is_built_in) = files::of(sources, &name, diagnostics)?;
        let AboutTheme { extends, made_for } = about(sources, &files);
        if let Some(made_for) = made_for.filter(|_| !is_built_in) {
            check_version(&made_for, diagnostics);
        }
        layers.push(Layer { name: name.value.clone(), files, is_built_in });
        // Every theme extends the default theme; a folder of that name is not looked up here.
        next = extends.filter(|parent| parent.value != files::DEFAULT_NAME);
    }
    layers.reverse();
    Some(layers)
}

/// What `theme.toml` says of the theme itself, as far as it can be read. Problems are reported
/// later, when the rest of the file is read.
fn about(sources: &Sources, files: &ThemeFiles) -> AboutTheme {
    let mut reported_later = Diagnostics::new();
    let Some((file, text)) = text(sources, files, files::SETTINGS, &mut reported_later) else {
        return AboutTheme::default();
    };
    let read = document::read(&file, &text, &mut reported_later, |keys| AboutTheme {
        extends: keys.located_text("extends"),
        made_for: keys.located_text("made_for"),
    });
    read.unwrap_or_default()
}

/// The path and text of the file `path` among `files`; `None` where there is none, or where it is
/// not UTF-8, which is reported.
pub(super) fn text(
    sources: &Sources,
    files: &ThemeFiles,
    path: &str,
    diagnostics: &mut Diagnostics,
) -> Option<(Arc<str>, String)> {
    let file = files.get(path)?;
    match sources.get(&file.place) {
        Some(source) => Some((file.place.clone(), source.text(diagnostics)?)),
        // A file that is part of the program.
        None => Some((file.place.clone(), String::from_utf8_lossy(&file.bytes).into_owned())),
    }
}

fn circle(layers: &[Layer], name: &Located<String>) -> Diagnostic {
    let names = layers.iter().map(|layer| layer.name.as_str()).chain([name.value.as_str()]);
    let names: Vec<&str> = names.collect();
    let (ja, en) = (names.join("→"), names.join(" → "));
    let problem = Diagnostic::new(
        &diagnostic::THEME_CIRCLE,
        name.place.clone(),
        message!(
            ja: "テーマが、継承を通じて自分自身を継承しています（{ja}）",
            en: "the theme extends itself: {en}",
        ),
    );
    problem.with_help(message!(
        ja: "「extends」を削除するか、別のテーマを指定してください",
        en: "remove `extends`, or name another theme",
    ))
}

/// Reports a theme that was made for a later version of the program, since it may use what this one
/// lacks, and a `made_for` that is no version.
fn check_version(made_for: &Located<String>, diagnostics: &mut Diagnostics) {
    let (written, own) = (&made_for.value, env!("CARGO_PKG_VERSION"));
    let Some(wanted) = version(written) else {
        let problem = Diagnostic::new(
            &diagnostic::DOCUMENT_VALUE,
            made_for.place.clone(),
            message!(
                ja: "「{written}」はバージョンとして使えません",
                en: "`{written}` is not a version",
            ),
        );
        diagnostics.push(problem.with_help(Message::new(
            "「0.1」のように、Kawarabanのバージョンを記入してください",
            "write a version of Kawaraban, such as `0.1`",
        )));
        return;
    };
    if version(own).is_some_and(|own| wanted > own) {
        let problem = Diagnostic::new(
            &diagnostic::THEME_VERSION,
            made_for.place.clone(),
            message!(
                ja: "このテーマはKawaraban {written}用ですが、このプログラムは{own}です",
                en: "the theme is made for Kawaraban {written}, and this program is {own}",
            ),
        );
        diagnostics.push(problem.with_help(message!(
            ja: "新しいKawarabanを使うか、このバージョンで確認したうえで「made_for」を書き換えてください",
            en: "use a newer Kawaraban, or test the theme with this one and change `made_for`",
        )));
    }
}

/// Major and minor number of a version such as `0.2` or `0.2.1`; `None` for any other text.
fn version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.split('.').map(|part| part.parse::<u32>().ok());
    let (major, minor) = (parts.next()??, parts.next()??);
    match (parts.next(), parts.next()) {
        (None | Some(Some(_)), None) => Some((major, minor)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn versions_are_numbers_with_dots() {
        assert_eq!(version("0.2"), Some((0, 2)));
        assert_eq!(version("1.12.3"), Some((1, 12)));
        assert!(version("0.10") > version("0.9"));
        for other in ["", "1", "0.2.x", "v0.2", "0.2.1.1", "0..1"] {
            assert_eq!(version(other), None, "{other}");
        }
    }
}
