//! The **analyzer** turns text into tokens, the same in the build and in the browser: both read the
//! tables of `tables.json`, which an index takes along, and both are held to
//! `tests/analyzer-cases.json`.
//!
//! The analyzer uses only these tables, NFKC and comparisons of code points, because the script
//! properties, word segmenters and lower-casing of whole strings differ between browsers.
//!
//! Not in here: which fields a document has (`corpus`), and what a query means (`plan`).

mod characters;
mod folding;
mod normalise;
mod numbers;
mod romaji;
mod stem;
mod tables;
mod tokens;
mod years;

pub use characters::{CharacterClass, class, is_kanji};
pub use folding::is_dash;
pub use normalise::{Normal, normalise, normalise_with_katakana};
pub(super) use romaji::SYLLABLES;
pub use romaji::kana;
pub use stem::stem;
pub(super) use tables::{GRAMMAR, WRITTEN as TABLES};
pub use tokens::{ClassRun, Span, Spans, Token, runs, spans, tokens};
pub use years::{YearMention, whole_year, years};

#[cfg(test)]
mod tests;
