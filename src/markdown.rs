//! **Markdown** (CommonMark with tables and strikethrough), converted to safe HTML and to plain
//! text. Raw HTML is shown as text, links can lead to the web, to e-mail and telephone addresses or
//! within the site, and images must be part of the site.
//!
//! Not in here: which texts are Markdown (`policy`, `dataset`, `site`).

mod escape;
mod plain;
mod table_heads;

pub use escape::{escaped, source};
pub use plain::{TextBlock, blocks, first_sentence, summary};

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use table_heads::TableHeads;

/// Converts `text` to HTML. The highest headings get the level `first_level`, and no level is
/// skipped.
pub fn to_html(text: &str, first_level: usize) -> String {
    let mut image_depth = 0usize;
    let mut levels = heading_levels(text, first_level).into_iter();
    let mut current = HeadingLevel::H1;
    let mut heads = TableHeads::default();
    let parsed = Parser::new_ext(text, EXTENSIONS).inspect(|event| heads.read(event));
    let events = parsed.filter_map(|event| match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
        Event::Start(Tag::Heading { level, id, classes, attrs }) => {
            current = levels.next().unwrap_or(level);
            Some(Event::Start(Tag::Heading { level: current, id, classes, attrs }))
        }
        Event::End(TagEnd::Heading(_)) => Some(Event::End(TagEnd::Heading(current))),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let dest_url = if is_safe_link(&dest_url) { dest_url } else { CowStr::Borrowed("#") };
            Some(Event::Start(Tag::Link { link_type, dest_url, title, id }))
        }
        Event::Start(Tag::Image { ref dest_url, .. }) if !is_local(dest_url) => {
            image_depth += 1;
            None
        }
        Event::End(TagEnd::Image) if image_depth > 0 => {
            image_depth -= 1;
            None
        }
        other => Some(other),
    });
    let mut rendered = String::with_capacity(text.len() * 2);
    html::push_html(&mut rendered, join_japanese_lines(events));
    heads
        .frame(&rendered)
        .replace("</table>", "</table></div>")
        .replace("<th ", "<th scope=\"col\" ")
        .replace("<th>", "<th scope=\"col\">")
        .replace(" style=\"text-align: right\"", " class=\"number\"")
        .replace(" style=\"text-align: center\"", " class=\"centre\"")
        .replace(" style=\"text-align: left\"", "")
}

const EXTENSIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

/// Removes soft line breaks between Japanese characters, where a browser would show a space.
fn join_japanese_lines<'a>(
    events: impl Iterator<Item = Event<'a>>,
) -> impl Iterator<Item = Event<'a>> {
    let mut last_wide = false;
    let mut events = events.peekable();
    std::iter::from_fn(move || {
        let event = events.next()?;
        if let Event::Text(text) = &event {
            last_wide = text.chars().next_back().is_some_and(is_japanese);
        }
        if event == Event::SoftBreak && last_wide {
            let next_wide = match events.peek() {
                Some(Event::Text(text)) => text.chars().next().is_some_and(is_japanese),
                _ => false,
            };
            if next_wide {
                return events.next().inspect(|event| {
                    if let Event::Text(text) = event {
                        last_wide = text.chars().next_back().is_some_and(is_japanese);
                    }
                });
            }
        }
        Some(event)
    })
}

fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}')
}

/// The level of each heading of `text`, in order: the highest level becomes `first_level`, and none
/// is skipped.
fn heading_levels(text: &str, first_level: usize) -> Vec<HeadingLevel> {
    let written: Vec<usize> = Parser::new_ext(text, EXTENSIONS)
        .filter_map(|event| match event {
            Event::Start(Tag::Heading { level, .. }) => Some(level as usize),
            _ => None,
        })
        .collect();
    let highest = written.iter().copied().min().unwrap_or(1);
    let mut last = first_level - 1;
    let mut levels = Vec::with_capacity(written.len());
    for level in written {
        last = (first_level + level - highest).min(last + 1).min(6);
        levels.push(HeadingLevel::try_from(last).unwrap_or(HeadingLevel::H6));
    }
    levels
}

fn is_safe_link(url: &str) -> bool {
    let scheme_end = url.find(':');
    let has_scheme = scheme_end.is_some_and(|end| !url[..end].contains(['/', '?', '#']));
    !has_scheme
        || ["https:", "http:", "mailto:", "tel:"].iter().any(|s| url.to_lowercase().starts_with(s))
}

fn is_local(url: &str) -> bool {
    !url.starts_with("//") && !url.contains(':')
}

#[cfg(test)]
mod tests {
    use super::to_html;

    #[test]
    fn raw_html_is_shown_and_not_run() {
        let html = to_html("a <script>alert(1)</script> b\n\n<img src=x onerror=alert(1)>", 2);
        assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
        assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    }

    #[test]
    fn links_cannot_run_code() {
        for url in ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x"]
        {
            assert_eq!(to_html(&format!("[a]({url})"), 2), "<p><a href=\"#\">a</a></p>\n", "{url}");
        }
        assert!(to_html("[a](about.html#x:y)", 2).contains("href=\"about.html#x:y\""));
        assert!(to_html("[a](https://example.org/)", 2).contains("href=\"https://example.org/\""));
    }

    #[test]
    fn pictures_come_from_the_site() {
        assert_eq!(to_html("![alt](https://example.org/x.png)", 2), "<p>alt</p>\n");
        assert!(to_html("![alt](x.png)", 2).contains("<img src=\"x.png\" alt=\"alt\""));
    }

    #[test]
    fn headings_go_below_the_page_and_lines_join() {
        assert_eq!(to_html("# 見出し", 3), "<h3>見出し</h3>\n");
        let skipping = to_html("## 上\n\n#### 下\n\n## 上", 2);
        assert_eq!(skipping, "<h2>上</h2>\n<h3>下</h3>\n<h2>上</h2>\n");
        assert_eq!(to_html("市民の\n暮らし", 2), "<p>市民の暮らし</p>\n");
        assert_eq!(to_html("one\ntwo", 2), "<p>one\ntwo</p>\n");
        assert!(!to_html("|a|\n|-:|\n|1|", 2).contains("style="));
    }

    #[test]
    fn a_table_is_in_a_frame_named_by_its_heads() {
        let html = to_html("|対象 \"a\"|`b<c`|\n|-|-:|\n|1|2|\n\n後\n\n||\n|-|\n|3|\n", 2);
        assert!(html.starts_with(
            "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"対象 &quot;a&quot; b&lt;c\"><table><thead><tr><th scope=\"col\">"
        ), "{html}");
        assert!(html.contains("<th scope=\"col\" class=\"number\">"), "{html}");
        assert!(html.contains("<p>後</p>\n<div class=\"scroll\" tabindex=\"0\"><table>"), "{html}");
        assert_eq!(html.matches("</table></div>").count(), 2);
    }
}
