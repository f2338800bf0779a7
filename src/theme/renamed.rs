//! What was **renamed** or removed of the names that a theme can rely on, with the names that take
//! their place. An old name is an error that says the new one.
//!
//! Not in here: the names themselves, which are those of the default theme and of the views.

use crate::diagnostic::Message;
use crate::message;

/// An old name, written as in the documentation of themes (`words.search`, `tokens.accent`,
/// `blocks.measure.html.result`, `view.title`), the name that takes its place, if there is one, and
/// the version since which that is so.
type RenamedName = (&'static str, Option<&'static str>, &'static str);

const RENAMED: [RenamedName; 5] = [
    ("words.chart_figures", Some("chart_csv"), "0.1"),
    ("words.chart_file", Some("chart_svg"), "0.1"),
    ("words.file_excel", Some("file_excel_csv"), "0.1"),
    ("words.search_score", None, "0.1"),
    ("words.search_why_total", None, "0.1"),
];

/// What to do about the unknown `name`, if it is an old one.
pub fn renamed(name: &str) -> Option<Message> {
    let (_, successor, since) = RENAMED.iter().find(|(old, ..)| *old == name)?;
    Some(match successor {
        Some(new) => message!(
            ja: "Kawaraban {since}で「{new}」に名前が変わりました。「{new}」に書き換えてください",
            en: "since Kawaraban {since} its name is `{new}`; write that instead",
        ),
        None => message!(
            ja: "Kawaraban {since}でなくなりました。この項目を削除してください",
            en: "it was removed in Kawaraban {since}; remove it from the theme",
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::{RENAMED, renamed};
    use crate::theme::files;

    #[test]
    fn old_names_are_gone_and_new_names_are_there() {
        let words = &files::default()["words/en.toml"].bytes;
        let words = String::from_utf8_lossy(words);
        let has = |key: &str| words.lines().any(|line| line.starts_with(&format!("{key} = ")));
        for (old, new, _) in RENAMED {
            let key = old.strip_prefix("words.").expect("only words were renamed so far");
            assert!(!has(key) && new.is_none_or(has), "{old}");
            assert!(renamed(old).is_some());
        }
        assert!(renamed("words.search").is_none());
    }
}
