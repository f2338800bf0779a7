//! A **localized** text: the text in the content's own language, and its English translation if
//! there is one.

use serde::Serialize;

use super::Language;

/// A text in the content's own language, with its English translation where there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Localized {
    /// In the content's own language.
    pub own: String,
    /// In English, where given.
    pub en: Option<String>,
    /// Was it typed as plain text, such as in a cell of a spreadsheet? Then it is escaped where
    /// Markdown is expected (`markdown::source`).
    #[serde(skip)]
    pub plain: bool,
}

impl Localized {
    /// A text without translation.
    pub fn new(own: impl Into<String>) -> Self {
        Self { own: own.into(), en: None, plain: false }
    }

    /// A text with its English translation.
    pub fn with_english(own: impl Into<String>, en: impl Into<String>) -> Self {
        Self { own: own.into(), en: Some(en.into()), plain: false }
    }

    /// The text for a page in `language`: the translation if there is one, otherwise the text in
    /// the content's own language.
    pub fn get(&self, language: Language) -> &str {
        match (language, &self.en) {
            (Language::En, Some(en)) => en,
            _ => &self.own,
        }
    }

    /// Does `get(language)` return a text in another language? Pages then mark it with `lang`.
    pub fn is_fallback(&self, language: Language) -> bool {
        language == Language::En && self.en.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, Localized};

    #[test]
    fn only_an_untranslated_text_on_an_english_page_stands_in() {
        let (plain, translated) = (Localized::new("道"), Localized::with_english("道", "Road"));
        assert!(plain.is_fallback(Language::En) && !plain.is_fallback(Language::Ja));
        assert!(!translated.is_fallback(Language::En) && !translated.is_fallback(Language::Ja));
    }
}
