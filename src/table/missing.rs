//! Texts that mean that there is **no value**, such as `-` and `x`, each with the reason if the
//! clerk has declared one.
//!
//! Not in here: blank cells, which just mean that the value is not known.

use crate::diagnostic::{self, Diagnostic, Message};
use crate::document::Keys;
use crate::message;
use crate::text::Language;

use super::Status;

/// Texts that mean that there is no value, each with its reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Missing(Vec<(String, Option<Status>)>);

/// The reason for a text that means no more than a blank cell.
const UNKNOWN: &str = "unknown";

impl Missing {
    /// Reads the key `missing`: a list of texts, or a table from texts to reasons, as in `{ "x" =
    /// "suppressed" }`. Unknown reasons are reported, and their texts ignored.
    pub fn read(keys: &mut Keys<'_>) -> Self {
        if keys.is_list("missing") || !keys.has("missing") {
            let texts = keys.texts("missing").into_iter();
            return Self(texts.map(|text| (text.value, None)).collect());
        }
        let mut entries = Vec::new();
        for (text, reason) in keys.named_texts("missing") {
            let known = REASONS.iter().find(|(spelt, _)| {
                *spelt == if reason.value == "不明" { UNKNOWN } else { &reason.value }
            });
            let also = || Status::ALSO.iter().find(|(spelt, _)| *spelt == reason.value);
            let named = || Status::ALL.into_iter().find(|(_, _, ja, ..)| *ja == reason.value);
            let status = match known {
                Some((_, status)) => Some(*status),
                None => {
                    also().map(|(_, status)| *status).or_else(|| named().map(|it| it.0)).map(Some)
                }
            };
            match status.filter(|status| status.is_none_or(Status::is_missing)) {
                Some(status) => entries.push((text.value, status)),
                None => {
                    let (written, listed) =
                        (&reason.value, Message::list(REASONS.map(|(spelt, _)| spelt)));
                    let Message { ja, en } = listed;
                    keys.push(
                        Diagnostic::new(
                            &diagnostic::DOCUMENT_VALUE,
                            reason.place.clone(),
                            message!(
                                ja: "「{written}」は値がない理由として使えません",
                                en: "`{written}` does not say why there is no value",
                            ),
                        )
                        .with_help(message!(
                            ja: "使える値：{ja}（非公表・該当なし・調査なし・不明）",
                            en: "allowed values: {en}",
                        )),
                    );
                }
            }
        }
        Self(entries)
    }

    /// Does `text` mean that there is no value?
    pub fn contains(&self, text: &str) -> bool {
        self.0.iter().any(|(missing, _)| missing == text)
    }

    /// The reason that `text` gives for a missing value; `None` where no reason is declared, and
    /// where `text` is a value.
    pub fn status(&self, text: &str) -> Option<Status> {
        self.0.iter().find(|(missing, _)| missing == text).and_then(|(_, status)| *status)
    }

    /// Does any of the texts have a reason?
    pub fn gives_reasons(&self) -> bool {
        self.0.iter().any(|(_, status)| status.is_some())
    }

    /// Are there no such texts?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The texts.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(text, _)| text.as_str())
    }

    /// The texts for human readers, each with its reason: `x（秘匿）`.
    pub fn told(&self, language: Language) -> Vec<String> {
        let told = |(text, status): &(String, Option<Status>)| match (status, language) {
            (None, _) => text.clone(),
            (Some(status), Language::Ja) => format!("{text}（{}）", status.names().0),
            (Some(status), Language::En) => format!("{text} ({})", status.names().1),
        };
        self.0.iter().map(told).collect()
    }
}

/// The reasons for a missing value, by their spelling.
const REASONS: [(&str, Option<Status>); 4] = [
    ("suppressed", Some(Status::Suppressed)),
    ("not-applicable", Some(Status::NotApplicable)),
    ("not-collected", Some(Status::NotCollected)),
    (UNKNOWN, None),
];
