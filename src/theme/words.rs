//! The **words** of the user interface: `words/ja.toml` and `words/en.toml`, flat tables of
//! strings.
//!
//! A site's own theme has only the words that it changes. A key that the default theme lacks is an
//! error, unless it begins with `own_`: such keys are for the theme's own templates.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use crate::diagnostic::{self, Diagnostic, Diagnostics, Message, Place};
use crate::message;
use crate::text::{Language, nearest};

use super::chain::Layer;
use super::files::{self, ThemeFile, ThemeFiles};
use super::renamed::renamed;

/// Prefix of the keys that only a theme's own templates use.
const OWN: &str = "own_";

/// Reads the words of the `default` theme, and replaces them by those of the themes that extend it,
/// `layers`.
pub(super) fn read(
    default: &ThemeFiles,
    layers: &[Layer],
    diagnostics: &mut Diagnostics,
) -> BTreeMap<Language, BTreeMap<String, String>> {
    let mut all = BTreeMap::new();
    for language in [Language::Ja, Language::En] {
        let path = format!("words/{language}.toml");
        let mut words = BTreeMap::new();
        if let Some(file) = default.get(&path) {
            add(file, &mut words, Unknown::Added, diagnostics);
        }
        for layer in layers {
            // A folder of the site that replaces the default theme itself may add words.
            let unknown = match layer.name == files::DEFAULT_NAME {
                true => Unknown::Added,
                false => Unknown::Refused,
            };
            if let Some(file) = layer.files.get(&path) {
                add(file, &mut words, unknown, diagnostics);
            }
        }
        all.insert(language, words);
    }
    all
}

/// What to do with a key that the default theme does not have.
#[derive(Clone, Copy, PartialEq)]
enum Unknown {
    Added,
    Refused,
}

/// Adds the words of `file` to `words`. Reports a file that cannot be parsed, values that are not
/// strings, and, where they are refused, keys that neither `words` has nor begin with `own_`.
fn add(
    file: &ThemeFile,
    words: &mut BTreeMap<String, String>,
    unknown: Unknown,
    diagnostics: &mut Diagnostics,
) {
    let place = &*file.place;
    let mut wrong = |ja: &str, en: &str, range: Option<std::ops::Range<usize>>| {
        let place = match range {
            Some(range) => Place::text(place, range),
            None => Place::file(place),
        };
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::THEME_WORDS,
                place,
                message!(ja: "画面の言葉を読み取れません（{ja}）", en: "the words of the user interface cannot be read: {en}"),
            )
            .with_help(message!(
                ja: "「項目 = \"言葉\"」の形で、1行に1つずつ記入してください",
                en: "write one `key = \"text\"` per line",
            )),
        );
    };
    let Ok(text) = std::str::from_utf8(&file.bytes) else {
        wrong("文字コードがUTF-8ではありません", "not UTF-8", None);
        return;
    };
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            wrong(error.message(), error.message(), error.span());
            return;
        }
    };
    let mut strangers = Vec::new();
    for (key, value) in table.get_ref().iter() {
        let name = key.get_ref().as_ref();
        match value.get_ref() {
            DeValue::String(_)
                if unknown == Unknown::Refused
                    && !words.contains_key(name)
                    && !name.starts_with(OWN) =>
            {
                strangers.push(key);
            }
            DeValue::String(text) => {
                words.insert(name.to_owned(), text.to_string());
            }
            _ => wrong(
                "「\"」で囲んだ言葉ではない値があります",
                "a value is not a string",
                Some(value.span()),
            ),
        }
    }
    for key in strangers {
        let name = key.get_ref().as_ref();
        let problem = Diagnostic::new(
            &diagnostic::THEME_WORD,
            Place::text(place, key.span()),
            message!(ja: "画面の言葉に「{name}」という項目はありません", en: "the user interface has no word `{name}`"),
        );
        let near = nearest(name, words.keys().map(String::as_str));
        let help = renamed(&format!("words.{name}"));
        diagnostics.push(problem.with_help(match (help, near) {
            (Some(help), _) => help,
            (None, Some(near)) => Message::did_you_mean(near),
            (None, None) => message!(
                ja: "使える項目は、既定のテーマの「words/ja.toml」にあります。独自のテンプレートで使う言葉は、項目の名前を「{OWN}」で始めてください",
                en: "the keys are listed in the default theme's `words/en.toml`; keys for your own templates begin with `{OWN}`",
            ),
        }));
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
