//! What a value of a field is **named**: its canonical text in data, and its words for people.

use crate::calendar::{Date, FiscalYear};
use crate::config::RatingLook;
use crate::text::{Language, Localized};

use super::{Field, FieldContent};

/// One value, or one item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// As it is published: digits, ISO 8601, the id of a choice, `true` or `false`, the text.
    pub id: String,
    /// The name for people.
    pub name: Localized,
    /// Its look; `None` for what is no choice.
    pub look: Option<RatingLook>,
}

impl Field {
    /// The names of `value`: a single one, or for a list one per item.
    pub fn named(&self, value: &FieldContent) -> Vec<Named> {
        let named = |id: String, name: Localized| Named { id, name, look: None };
        let text = |text: &String| named(text.clone(), Localized::new(text.clone()));
        vec![match value {
            FieldContent::List(items) => return items.iter().map(text).collect(),
            FieldContent::Text(words) => named(words.own.clone(), words.clone()),
            FieldContent::Code(code) => text(code),
            FieldContent::Url(url) => text(url),
            FieldContent::Number(number) => {
                named(number.to_string(), Localized::new(number.grouped()))
            }
            FieldContent::Date(date) => {
                named(date.to_string(), in_both(|language| Date::long(*date, language)))
            }
            FieldContent::FiscalYear(year) => {
                named(year.to_string(), in_both(|language| FiscalYear::long(*year, language)))
            }
            FieldContent::Choice(choice) => {
                let choice = &self.choices[*choice];
                let (id, name) = (choice.id.to_string(), choice.label.clone());
                Named { id, name, look: Some(choice.look) }
            }
            FieldContent::YesNo(yes) => {
                let (ja, en) = if *yes { ("はい", "Yes") } else { ("いいえ", "No") };
                named(yes.to_string(), Localized::with_english(ja, en))
            }
        }]
    }
}

fn in_both(said: impl Fn(Language) -> String) -> Localized {
    Localized::with_english(said(Language::Ja), said(Language::En))
}
