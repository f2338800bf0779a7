//! To **confirm** a build: what it would change is shown before anything is written.

use std::path::Path;

use crate::publish::PublishError;
use crate::site::Site;
use crate::text::Language;

use super::changes::changes;
use super::told;

/// Shows what a build would change of the folder `out`, and asks whether it may. Where nothing is
/// published or nothing differs, that is said, and nobody is asked.
///
/// # Errors
///
/// Where the published folder cannot be read.
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
    // Who cannot answer has not agreed.
    let _unread = std::io::stdin().read_line(&mut answer);
    Ok(["y", "yes", "はい"].contains(&answer.trim().to_lowercase().as_str()))
}
