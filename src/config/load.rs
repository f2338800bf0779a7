//! **Loading** the config: `content/site.toml`, with the options of the command line applied on
//! top.
//!
//! Not in here: the keys of `site.toml` (`read`).

use crate::diagnostic::{self, Diagnostic, Diagnostics, Place};
use crate::message;
use crate::source::Sources;

use super::{BuildOptions, Config, read};

/// Reads `content/site.toml` from `sources` and applies `options`.
///
/// Returns `None` if the file is missing or is not text. That, and every problem in the file, is
/// added to `diagnostics`.
pub fn load(
    sources: &Sources,
    options: &BuildOptions,
    diagnostics: &mut Diagnostics,
) -> Option<Config> {
    let Some(file) = sources.get("content/site.toml") else {
        // One that cannot be read has been reported.
        if diagnostics.paths_with_errors().contains(&"content/site.toml") {
            return None;
        }
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::SOURCE_MISSING,
                Place::file("content/site.toml"),
                message!(ja: "「site.toml」がありません", en: "`site.toml` is missing"),
            )
            .with_help(message!(
                ja: "「content」フォルダーに「site.toml」を作成するか、「kawaraban new」で新しいサイトを作成してください",
                en: "create `site.toml` in `content`, or a new site with `kawaraban new`",
            )),
        );
        return None;
    };
    let text = file.text(diagnostics)?;
    let mut config = read::read(&file.path, &text, diagnostics);
    if let Some(base_url) = &options.base_url {
        config.base_url = base_url.clone();
    }
    config.selection = options.selection;
    config.offline_search = options.offline_search;
    config.without_files = options.without_files;
    Some(config)
}
