//! **Text** as the content has it: ids, languages, and texts with their translation.
//!
//! Not in here: the folding of text for search (`search::analyzer`), and Markdown (`html`).

mod id;
mod language;
mod localized;

pub use id::Id;
pub use language::Language;
pub use localized::Localized;
