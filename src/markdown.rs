//! **Markdown** (CommonMark with tables and strikethrough), as HTML that cannot hurt and as plain text:
//! raw HTML is shown as text, links go to the web, to mail or within the site, and pictures come from
//! the site only.
//!
//! Not in here: which texts are Markdown (`policy`, `dataset`, `site`).

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// `text` as HTML. Its highest headings are put at level `first_level`, and none skips a level.
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

/// The first sentence or so of `text`, without markup, for descriptions; at most `length` characters.
pub fn summary(text: &str, length: usize) -> String {
    let texts: Vec<String> = blocks(text).into_iter().map(|block| block.text).collect();
    let plain = texts.join(" ");
    let plain = plain.trim();
    if plain.chars().count() <= length {
        return plain.to_owned();
    }
    let cut: String = plain.chars().take(length.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

/// A heading, a paragraph, an item or a table's cell, without markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Is it a heading?
    pub heading: bool,
    /// Its text.
    pub text: String,
}

/// The blocks of `text` that hold any text, in order.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut current = String::new();
    let mut end_block = |current: &mut String, heading: bool| {
        let text = std::mem::take(current).trim().to_owned();
        if !text.is_empty() {
            blocks.push(Block { heading, text });
        }
    };
    for event in join_japanese_lines(Parser::new_ext(text, EXTENSIONS)) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                current.push_str(&text);
            }
            Event::SoftBreak => current.push(' '),
            Event::HardBreak => current.push('\n'),
            Event::End(TagEnd::Heading(_)) => end_block(&mut current, true),
            Event::Start(Tag::Item | Tag::List(_) | Tag::Paragraph)
            | Event::End(
                TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell | TagEnd::CodeBlock,
            ) => end_block(&mut current, false),
            _ => {}
        }
    }
    end_block(&mut current, false);
    blocks
}

/// The heads of each table of a text, as one line.
#[derive(Default)]
struct TableHeads {
    lines: Vec<String>,
    inside: bool,
}

impl TableHeads {
    fn read(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::TableHead) => {
                self.inside = true;
                self.lines.push(String::new());
            }
            Event::End(TagEnd::TableHead) => self.inside = false,
            Event::Start(Tag::TableCell) if self.inside => self.push(" "),
            Event::Text(text) | Event::Code(text) if self.inside => self.push(text),
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(line) = self.lines.last_mut() {
            line.push_str(text);
        }
    }

    /// `html` with each table in a frame: a wide table scrolls by itself, and the frame is reached by
    /// keyboard and called by what it shows, for Markdown has no caption.
    fn frame(&self, html: &str) -> String {
        let mut parts = html.split("<table>");
        let mut framed = parts.next().unwrap_or_default().to_owned();
        for (part, line) in parts.zip(&self.lines) {
            let mut name = String::new();
            html::push_html(&mut name, std::iter::once(Event::Text(line.trim().into())));
            let name = name.replace('"', "&quot;");
            framed.push_str("<div class=\"scroll\" tabindex=\"0\"");
            if !name.is_empty() {
                framed.push_str(&format!(" role=\"group\" aria-label=\"{name}\""));
            }
            framed.push_str("><table>");
            framed.push_str(part);
        }
        framed
    }
}

const EXTENSIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

/// Drops soft line breaks between Japanese characters, where a browser would show a space.
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

/// Which level each heading of `text` gets.
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
    use super::{blocks, summary, to_html};

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

    #[test]
    fn plain_text_keeps_its_blocks_apart() {
        let plain: Vec<String> =
            blocks("# 題\n\n一行目\n続き\n\n- a\n- b\n\n|x|y|\n|-|-|\n|1|2|\n")
                .into_iter()
                .map(|block| block.text)
                .collect();
        assert_eq!(plain, ["題", "一行目続き", "a", "b", "x", "y", "1", "2"]);
    }

    #[test]
    fn a_summary_is_plain_and_short() {
        assert_eq!(summary("**市民**の暮らしを支える。\n\n次の段落", 8), "市民の暮らしを…");
        assert_eq!(summary("短い", 8), "短い");
    }
}
