//! **Confirmation** of a build: its changes are shown before anything is written.

use std::path::Path;

use crate::publish::PublishError;
use crate::site::Site;
use crate::text::Language;

use super::changes::changes;
use super::told;

/// Shows the changes that a build would make to the folder `out`, asks whether to make them, and
/// returns the answer. Does not ask, and returns `true`, if nothing is published in `out` or
/// nothing would change.
///
/// # Errors
///
/// Returns a [`PublishError`] if the published folder cannot be read.
pub fn confirm(site: &Site, out: &Path, language: Language) -> Result<bool, PublishError> {
    let Some(changes) = changes(site, out)? else {
        let path = out.display();
        eprintln!(
            "{}",
            match language {
                Language::Ja =>
                    format!("「{path}」には公開済みのサイトがないため、確認を省略します"),
                Language::En =>
                    format!("there is no published site in {path}, so there is nothing to confirm"),
            }
        );
        return Ok(true);
    };
    eprintln!("{}", told::text(&changes, out, language));
    if changes.is_empty() {
        return Ok(true);
    }
    eprint!(
        "{}",
        match language {
            Language::Ja => "\nこのとおり書き出しますか。書き出す場合は「y」を入力してください：",
            Language::En => "\nWrite the site with these changes? [y/N] ",
        }
    );
    let mut answer = String::new();
    // Without an answer, nothing is written.
    let _unread = std::io::stdin().read_line(&mut answer);
    Ok(["y", "yes", "はい"].contains(&answer.trim().to_lowercase().as_str()))
}
