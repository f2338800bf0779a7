//! **Annotations** of a JSON Schema in both languages: `title` and `description` are in the
//! language of the content, and `x-title-en` and `x-description-en` in English. `x-labels` and
//! `x-labels-en` say what each value of `enum` means, in its order.
//!
//! JSON Schema has no texts in several languages. A second schema in English would be a second
//! contract with an address of its own for the same file, and validators pass over keywords that
//! they do not know.

use serde_json::{Value, json};

use crate::text::Localized;

/// What the keyword of an English text adds to that of the text.
pub(super) const TITLE_EN: &str = "x-title-en";
pub(super) const DESCRIPTION_EN: &str = "x-description-en";

/// `schema` with a description in Japanese and in English.
pub(super) fn described(mut schema: Value, ja: &str, en: &str) -> Value {
    schema["description"] = json!(ja);
    schema[DESCRIPTION_EN] = json!(en);
    schema
}

/// Adds a title to `schema`, and the description, if there is one.
pub(super) fn annotate(schema: &mut Value, title: &Localized, description: Option<&Localized>) {
    let mut add = |keyword: &str, keyword_en: &str, text: &Localized| {
        schema[keyword] = json!(text.own);
        if let Some(english) = &text.en {
            schema[keyword_en] = json!(english);
        }
    };
    add("title", TITLE_EN, title);
    if let Some(description) = description {
        add("description", DESCRIPTION_EN, description);
    }
}

/// Adds the meanings of the values to `schema`; nothing if the values have none.
pub(super) fn label<'l>(schema: &mut Value, labels: impl Iterator<Item = &'l Localized> + Clone) {
    if labels.clone().next().is_none() {
        return;
    }
    schema["x-labels"] = labels.clone().map(|label| json!(label.own)).collect();
    if labels.clone().any(|label| label.en.is_some()) {
        schema["x-labels-en"] = labels.map(|label| json!(label.en)).collect();
    }
}
