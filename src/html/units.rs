//! **Units** and other short texts of the content on a page, marked with their language where that
//! is not the page's.

use crate::text::{Language, Localized, is_japanese};

use super::context::Text;

/// A unit in `language`, or as the content gives it.
pub(super) fn unit_in(unit: &Localized, language: Language) -> Text<'_> {
    unit_text(unit.get(language), language)
}

/// A unit that has no translation; marked as Japanese on pages in other languages.
pub(super) fn unit_text(unit: &str, language: Language) -> Text<'_> {
    let lang = (language != Language::Ja && is_japanese(unit)).then_some("ja");
    Text { text: unit, lang }
}
