//! The **Markdown** of the repository's documents, as the tests of the documentation look at it.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use unicode_width::UnicodeWidthStr as _;

/// What the tests ask of a document.
#[derive(Debug, Default)]
pub struct Document {
    /// Targets of links and images, HTML's `src` included.
    pub links: Vec<String>,
    /// Fragments that links can lead to, as GitHub names them.
    pub anchors: Vec<String>,
    /// Texts of inline code.
    pub code: Vec<String>,
    /// Lines of fenced code, each with the fence's language.
    pub fenced: Vec<(String, String)>,
    /// Paragraphs and list items as plain text, without tables, code blocks and headings.
    pub prose: Vec<String>,
    /// Numbers of the lines of paragraphs and lists that take more than `WIDEST` columns.
    pub wide: Vec<usize>,
}

/// Columns of a terminal that a line may take; a full-width character takes two.
pub const WIDEST: usize = 100;

/// Reads a document.
pub fn read(text: &str) -> Document {
    let mut document = Document::default();
    let (mut fence, mut heading, mut prose) = (None, None, None::<String>);
    let mut in_table = false;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                document.links.push(dest_url.into_string());
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let sources =
                    html.split("src=\"").skip(1).filter_map(|rest| rest.split('"').next());
                document.links.extend(sources.map(str::to_owned));
            }
            Event::Start(Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Fenced(language))) => {
                fence = Some(language.into_string());
            }
            Event::End(TagEnd::CodeBlock) => fence = None,
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                document.anchors.extend(heading.take().map(|heading| anchor(&heading)));
            }
            Event::Start(Tag::Table(_)) => in_table = true,
            Event::End(TagEnd::Table) => in_table = false,
            Event::Start(Tag::Paragraph | Tag::Item) => {
                prose = Some(String::new());
                document.wide.extend(wide_lines(text, range));
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item) => {
                document.prose.extend(prose.take().filter(|prose| !prose.trim().is_empty()));
            }
            Event::Text(words) => match (&fence, &mut heading, &mut prose) {
                (Some(language), ..) => {
                    let lines = words.lines().map(|line| (language.clone(), line.to_owned()));
                    document.fenced.extend(lines);
                }
                (None, Some(heading), _) => heading.push_str(&words),
                (None, None, Some(prose)) if !in_table => prose.push_str(&words),
                _ => {}
            },
            Event::Code(code) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&code);
                }
                if let Some(prose) = &mut prose {
                    prose.push_str(&code);
                }
                document.code.push(code.into_string());
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(prose) = &mut prose {
                    prose.push('\n');
                }
            }
            _ => {}
        }
    }
    document.wide.dedup();
    document
}

/// Lines within `range` that are too wide, unless a single word makes them so.
fn wide_lines(text: &str, range: Range<usize>) -> Vec<usize> {
    let first = text[..range.start].matches('\n').count() + 1;
    let lines = text[range].lines().zip(first..);
    let mut fenced = false;
    let wide = lines.filter(|(line, _)| {
        fenced ^= line.trim_start().starts_with("```");
        let is_one_word = !line.trim().contains(' ');
        !fenced && line.width() > WIDEST && !is_one_word
    });
    wide.map(|(_, number)| number).collect()
}

/// The fragment by which GitHub lets a heading be linked to.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}
