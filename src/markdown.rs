//! **Markdown** (CommonMark with tables, strikethrough, footnotes, task lists, attributes of
//! headings and the rules for emphasis beside Chinese, Japanese and Korean punctuation), converted
//! to safe HTML and to plain text.
//!
//! A few elements that Markdown lacks may be written as HTML (`inline`); any other HTML is shown as
//! text, and comments are left out. What a link, a picture or a fence of data stands for is told by
//! [`Surroundings`].
//!
//! Not in here: which texts are Markdown (`policy`, `dataset`, `site`), and the pages and files
//! that links lead to (`site`).

mod address;
mod escape;
mod headings;
mod inline;
mod lines;
mod parse;
mod plain;
mod prepare;
mod reference;
mod render;
mod surroundings;

pub use escape::{escaped, source};
pub use headings::{HeadingMark, heading_slug};
pub use plain::{TextBlock, blocks, first_sentence, plain, summary};
pub use reference::{DATA_FENCES, ReferenceKind, TextReference, is_outside, references, scheme_of};
pub use surroundings::{Alone, Phrase, PictureShown, Surroundings};

use comrak::Arena;

/// Converts `text` to HTML for a page that is described by `surroundings`. The highest headings get
/// the level `first_level`, and no level is skipped.
pub fn to_html(text: &str, first_level: usize, surroundings: &dyn Surroundings) -> String {
    with_headings(text, first_level, surroundings).0
}

/// Like [`to_html`], with the headings of the text for a list of contents.
pub fn with_headings(
    text: &str,
    first_level: usize,
    surroundings: &dyn Surroundings,
) -> (String, Vec<HeadingMark>) {
    let arena = Arena::new();
    let root = parse::parse(&arena, text);
    let marks = headings::mark(root, first_level, surroundings);
    prepare::prepare(&arena, root, &marks, surroundings);
    let mut html = String::with_capacity(text.len() * 2);
    render::Renderer::new(&marks, surroundings).write(root, &mut html);
    (html, marks.into_list())
}

/// The headings of `text` as [`to_html`] would mark them on a page with nothing else, in order.
pub fn headings(text: &str) -> Vec<HeadingMark> {
    with_headings(text, 2, &Alone).1
}

#[cfg(test)]
mod tests;
