//! The script for **embedding** the search in pages of other sites: a stable address that leads to
//! the search script, whose own address changes with its contents. Where the search fails on such a
//! page, which has no words for that, the script says why.
//!
//! Not in here: what the script does (`assets/search/embed.js` of the theme).

use serde_json::json;

use crate::artifact::Artifact;
use crate::config::Config;
use crate::site::file_paths;
use crate::text::Language;
use crate::theme::{EMBED_SCRIPT, SEARCH_SCRIPT, Theme};

/// The script, which loads the search script of `theme` from the same site. It has the words of the
/// site's languages, the site's own language first.
pub fn embed(config: &Config, theme: &Theme) -> Artifact {
    let path = format!("{}{EMBED_SCRIPT}", theme.assets_folder);
    let module = theme.assets.iter().find(|asset| asset.path == path);
    let module = module.map(|asset| asset.body.whole().into_owned()).unwrap_or_default();
    let words = |language: &Language| {
        let word = |key: &str| theme.words[language].get(key).cloned().unwrap_or_default();
        json!({
            "failed": word("search_failed_elsewhere"),
            "retry": word("search_retry"),
            "refused": word("search_refused"),
        })
    };
    let entry = |language: &Language| format!("{}: {}", json!(language.tag()), words(language));
    let entries: Vec<String> = config.languages.iter().map(entry).collect();
    let address = json!(format!("{}{SEARCH_SCRIPT}", theme.assets_folder));
    let call = format!("embed({address}, {{ {} }});", entries.join(", "));
    let script = format!("{{\n{}{call}\n}}\n", String::from_utf8_lossy(&module));
    Artifact::new(file_paths::EMBED.to_owned(), script.into_bytes())
}
