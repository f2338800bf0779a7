//! **Plain** text from Markdown: blocks, the first sentence, a summary.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::{EXTENSIONS, join_japanese_lines};

/// The beginning of `text` without markup, for descriptions: about a sentence, at most `length`
/// characters.
pub fn summary(text: &str, length: usize) -> String {
    let texts: Vec<String> = blocks(text).into_iter().map(|block| block.text).collect();
    summary_of(texts.join(" ").trim(), length)
}

fn summary_of(plain: &str, length: usize) -> String {
    if plain.chars().count() <= length {
        return plain.to_owned();
    }
    let cut: String = plain.chars().take(length.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

/// The first sentence of `text` that is not a heading, without markup; at most `length` characters.
pub fn first_sentence(text: &str, length: usize) -> String {
    let blocks = blocks(text);
    let Some(first) = blocks.iter().find(|block| !block.heading) else { return String::new() };
    let plain = first.text.trim();
    let end = plain.char_indices().find_map(|(at, c)| {
        let after = at + c.len_utf8();
        let rest = &plain[after..];
        let ends = match c {
            '。' | '！' | '？' => !rest.starts_with(['」', '）', '』']),
            '.' | '!' | '?' => rest.starts_with(' '),
            _ => false,
        };
        ends.then_some(after)
    });
    summary_of(&plain[..end.unwrap_or(plain.len())], length)
}

/// A heading, paragraph, list item or table cell, without markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextBlock {
    /// Whether it is a heading.
    pub heading: bool,
    /// The block's text.
    pub text: String,
}

/// The blocks of `text` that contain text, in order.
pub fn blocks(text: &str) -> Vec<TextBlock> {
    let mut blocks = Vec::new();
    let mut current = String::new();
    let mut end_block = |current: &mut String, heading: bool| {
        let text = std::mem::take(current).trim().to_owned();
        if !text.is_empty() {
            blocks.push(TextBlock { heading, text });
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

#[cfg(test)]
mod tests {
    use super::{blocks, first_sentence, summary};

    #[test]
    fn the_first_sentence_ends_where_a_sentence_does() {
        let first = |text: &str| first_sentence(text, 20);
        assert_eq!(
            first("# 見出し\n\n**3件**を廃止しました。残りは続けます。"),
            "3件を廃止しました。"
        );
        assert_eq!(first("「始めます。」と発表した。次へ。"), "「始めます。」と発表した。");
        assert_eq!(first("Reached 71.2 %. More."), "Reached 71.2 %.");
        assert_eq!(first("句点のない文"), "句点のない文");
        assert_eq!(
            first("一二三四五六七八九十一二三四五六七八九十一"),
            "一二三四五六七八九十一二三四五六七八九…"
        );
        assert_eq!(first("# 見出しだけ"), "");
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
