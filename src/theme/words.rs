//! The **words** of the user interface: `words/ja.toml` and `words/en.toml`, flat tables of texts.
//!
//! A site's own theme replaces a file as a whole, but a key that it leaves out keeps its default.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use crate::diagnostic::{self, Diagnostic, Diagnostics, Place};
use crate::message;
use crate::text::Language;

use super::{DEFAULT, ThemeFile};

pub(super) fn read(
    files: &BTreeMap<String, ThemeFile>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<Language, BTreeMap<String, String>> {
    let mut all = BTreeMap::new();
    for language in [Language::Ja, Language::En] {
        let path = format!("words/{language}.toml");
        let mut words = BTreeMap::new();
        if let Some(default) = DEFAULT.get_file(&path) {
            add(default.contents(), &format!("themes/default/{path}"), &mut words, diagnostics);
        }
        if let Some(file) = files.get(&path) {
            add(&file.bytes, &file.place, &mut words, diagnostics);
        }
        all.insert(language, words);
    }
    all
}

fn add(
    bytes: &[u8],
    place: &str,
    words: &mut BTreeMap<String, String>,
    diagnostics: &mut Diagnostics,
) {
    let mut wrong = |ja: &str, en: &str, range: Option<std::ops::Range<usize>>| {
        let place = match range {
            Some(range) => Place::text(place, range),
            None => Place::file(place),
        };
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::THEME_WORDS,
                place,
                message!(ja: "画面の言葉を読めない（{ja}）", en: "the words cannot be read: {en}"),
            )
            .with_help(message!(
                ja: "`鍵 = \"言葉\"` の形で、1行に一つずつ書く",
                en: "write one `key = \"words\"` on each line",
            )),
        );
    };
    let Ok(text) = std::str::from_utf8(bytes) else {
        wrong("UTF-8でない", "not UTF-8", None);
        return;
    };
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            wrong(error.message(), error.message(), error.span());
            return;
        }
    };
    for (key, value) in table.get_ref().iter() {
        match value.get_ref() {
            DeValue::String(text) => {
                words.insert(key.get_ref().to_string(), text.to_string());
            }
            _ => wrong("文字列でない値がある", "a value is not a text", Some(value.span())),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Diagnostics, Located, Place};
    use crate::source::Sources;
    use crate::text::Language;

    #[test]
    fn both_languages_have_the_same_keys() {
        let mut diagnostics = Diagnostics::new();
        let name = Located::new("default".to_owned(), Place::file("content/site.toml"));
        let theme = super::super::load(&Sources::default(), &name, &mut diagnostics);
        let words = theme.expect("the default theme is sound").words;
        let keys = |language| words[&language].keys().cloned().collect::<Vec<_>>();
        assert!(diagnostics.is_empty());
        assert!(keys(Language::Ja).len() > 50);
        assert_eq!(keys(Language::Ja), keys(Language::En));
    }
}
