//! The **lead** of a measure's page: one sentence that says who promised what and when, how it was
//! rated, and what that means, made of the data.
//!
//! The theme has a text with placeholders for each form of the sentence. A part in another language
//! than the page's is marked with its language.

use serde::Serialize;

use crate::site::MeasureEntry;
use crate::text::Language;

use super::context::{PageContext, Text};

/// A part of the sentence, with its language where that is not the page's.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct LeadPart {
    text: String,
    lang: Option<&'static str>,
}

impl LeadPart {
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// The sentence about `measure`, split where the language changes.
pub(super) fn lead(context: &PageContext<'_>, measure: &MeasureEntry) -> Vec<LeadPart> {
    let site = context.site;
    let rating = &site.ratings[measure.rating].rating;
    let graded = site.config.ratings.grades.iter().any(|grade| grade.id == rating.id);
    let meaning = context.text(&rating.meaning);
    // An untranslated meaning would put a sentence in another language into this one.
    let understood = meaning.lang.is_none() && !meaning.text.is_empty();
    let form = match (measure.result.is_some(), graded, understood) {
        (false, _, _) => "lead_not_yet",
        (true, false, _) => "lead_not_rated",
        (true, true, false) => "lead_rated",
        (true, true, true) => "lead_rated_and_meant",
    };
    let year = match context.language {
        Language::Ja => measure.fiscal_year.long(context.language),
        Language::En => measure.fiscal_year.to_string(),
    };
    let own = |text: &Text<'_>| LeadPart { text: text.text.to_owned(), lang: text.lang };
    filled(&context.word(form), |name| {
        Some(match name {
            "department" => {
                own(&context.text(&site.departments[measure.department].department.name))
            }
            "title" => own(&context.text(&measure.title)),
            "rating" => own(&context.text(&rating.label)),
            "meaning" => LeadPart {
                text: meaning.text.trim_end_matches(['。', '.']).to_owned(),
                lang: None,
            },
            "year" => LeadPart { text: year.clone(), lang: None },
            _ => return None,
        })
    })
}

/// `form` with each `{name}` replaced by its value; neighbouring parts of one language are joined.
/// An unknown name is left as it is, so that the mistake can be seen.
fn filled(form: &str, value: impl Fn(&str) -> Option<LeadPart>) -> Vec<LeadPart> {
    let mut parts: Vec<LeadPart> = Vec::new();
    let mut add = |part: LeadPart| match parts.last_mut() {
        Some(last) if last.lang == part.lang => last.text.push_str(&part.text),
        _ => parts.push(part),
    };
    let plain = |text: &str| LeadPart { text: text.to_owned(), lang: None };
    let mut rest = form;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, following)) = after.split_once('}') else { break };
        add(plain(before));
        add(value(name).unwrap_or_else(|| plain(&format!("{{{name}}}"))));
        rest = following;
    }
    add(plain(rest));
    parts
}

#[cfg(test)]
mod tests {
    use super::{LeadPart, filled};

    #[test]
    fn a_part_keeps_its_language_and_the_rest_is_one_text() {
        let value = |name: &str| match name {
            "title" => Some(LeadPart { text: "瓦版".to_owned(), lang: Some("ja") }),
            "year" => Some(LeadPart { text: "2022".to_owned(), lang: None }),
            _ => None,
        };
        let part = |text: &str, lang| LeadPart { text: text.to_owned(), lang };
        assert_eq!(
            filled("“{title}” in {year}, {who}.", value),
            [part("“", None), part("瓦版", Some("ja")), part("” in 2022, {who}.", None)]
        );
    }
}
