//! **Text** in the content: ids, languages, decimals, and texts with their translation.
//!
//! Not in here: normalisation for search (`search::analyzer`), and Markdown (`markdown`).

mod control;
mod counted;
mod decimal;
mod formula;
mod id;
mod kana;
mod language;
mod lines;
mod localized;
mod nearest;
mod phrases;
mod portable;

pub use control::is_control;
pub use counted::counted;
pub use decimal::Decimal;
pub use formula::is_formula;
pub use id::Id;
pub use kana::hiragana;
pub use language::Language;
pub use lines::{has_line_break, one_line};
pub use localized::Localized;
pub use nearest::{Nearest, nearest};
pub use phrases::{Script, ends_phrase, is_japanese, phrases};
pub use portable::{LONGEST_NAME, Unportable, unportable};
