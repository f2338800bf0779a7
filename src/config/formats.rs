//! The **formats** of data files that a site wants, by their names in `site.toml`.
//!
//! Not in here: what the formats are, and which of them can hold a dataset (`dataset::FileFormat`).

use std::collections::BTreeSet;

use crate::diagnostic::{self, Message};
use crate::document::Keys;
use crate::message;
use crate::text::nearest;

/// The formats in which datasets are published.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WantedFormats(BTreeSet<&'static str>);

impl WantedFormats {
    /// The names of all formats.
    pub const ALL: [&'static str; 8] =
        ["csv", "excel.csv", "xlsx", "json", "jsonl", "parquet", "geojson", "zip"];
    /// The formats that every site has: the catalogue describes them, and programs rely on them.
    const ALWAYS: [&'static str; 2] = ["csv", "json"];

    /// Does the site want the format with this name?
    pub fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    /// Reads `formats`; every format is wanted where the key is absent. An unknown name, and a
    /// missing one of those that every site has, are reported.
    pub(super) fn read(keys: &mut Keys<'_>) -> Self {
        if !keys.has("formats") {
            return Self::default();
        }
        let written = keys.texts("formats");
        let mut wanted = BTreeSet::from(Self::ALWAYS);
        for name in &written {
            match Self::ALL.into_iter().find(|known| **known == *name.value) {
                Some(known) => {
                    wanted.insert(known);
                }
                None => {
                    let text = &name.value;
                    let Message { ja, en } = Message::allowed_values(Self::ALL);
                    let help = match nearest(text, Self::ALL.into_iter()) {
                        Some(near) => message!(
                            ja: "「{near}」の誤りではありませんか。{ja}",
                            en: "did you mean `{near}`? {en}",
                        ),
                        None => Message { ja, en },
                    };
                    keys.problem(
                        &diagnostic::DOCUMENT_VALUE,
                        "formats",
                        message!(
                            ja: "「formats」に「{text}」は使えません",
                            en: "`{text}` is not an allowed value of `formats`",
                        ),
                        help,
                    );
                }
            }
        }
        for name in Self::ALWAYS {
            if !written.iter().any(|written| written.value == name) {
                keys.problem(
                    &diagnostic::DOCUMENT_VALUE,
                    "formats",
                    message!(
                        ja: "「formats」に「{name}」がありません",
                        en: "`{name}` is missing from `formats`",
                    ),
                    message!(
                        ja: "この形式は必ず公開されます。「{name}」を加えてください",
                        en: "this format is always published; add `{name}`",
                    ),
                );
            }
        }
        Self(wanted)
    }
}

impl Default for WantedFormats {
    fn default() -> Self {
        Self(BTreeSet::from(Self::ALL))
    }
}
