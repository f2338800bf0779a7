//! **Plain** text from Markdown: blocks, the first sentence, a summary.

use comrak::Arena;
use comrak::arena_tree::NodeEdge;
use comrak::nodes::NodeValue;

use super::inline::{HtmlPiece, pieces};
use super::lines;
use super::parse::parse;
use super::reference::is_data;

/// The beginning of `text` without markup, for descriptions: about a sentence, at most `length`
/// characters.
pub fn summary(text: &str, length: usize) -> String {
    let said = blocks(text).into_iter().filter(|block| !block.note);
    let texts: Vec<String> = said.map(|block| block.text).collect();
    summary_of(texts.join(" ").trim(), length)
}

/// The whole `text` without markup: a line for each block.
pub fn plain(text: &str) -> String {
    let texts: Vec<String> = blocks(text).into_iter().map(|block| block.text).collect();
    texts.join("\n")
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
    /// Whether it belongs to a note at the end of the text.
    pub note: bool,
    /// The block's text.
    pub text: String,
}

/// The blocks of `text` that contain text, in order. Fences of data, comments and the signs of
/// notes are left out; the notes themselves are blocks.
pub fn blocks(text: &str) -> Vec<TextBlock> {
    let arena = Arena::new();
    let root = parse(&arena, text);
    lines::join(root);
    let mut blocks = Vec::new();
    let mut current = String::new();
    let mut end_block = |current: &mut String, heading: bool, note: bool| {
        let text = std::mem::take(current).trim().to_owned();
        if !text.is_empty() {
            blocks.push(TextBlock { heading, note, text });
        }
    };
    let mut in_note = false;
    for edge in root.traverse() {
        match edge {
            NodeEdge::Start(node) => match &node.data().value {
                NodeValue::Text(text) => current.push_str(text),
                NodeValue::Code(code) => current.push_str(&code.literal),
                NodeValue::HtmlInline(html) => push_html(html, &mut current),
                NodeValue::HtmlBlock(html) => {
                    push_html(&html.literal, &mut current);
                    end_block(&mut current, false, in_note);
                }
                NodeValue::CodeBlock(code) if !is_data(&code.info) => {
                    current.push_str(&code.literal);
                    end_block(&mut current, false, in_note);
                }
                NodeValue::SoftBreak => current.push(' '),
                NodeValue::LineBreak => current.push('\n'),
                NodeValue::FootnoteDefinition(_) => in_note = true,
                NodeValue::Item(_) | NodeValue::List(_) | NodeValue::Paragraph => {
                    end_block(&mut current, false, in_note);
                }
                _ => {}
            },
            NodeEdge::End(node) => match &node.data().value {
                NodeValue::Heading(_) => end_block(&mut current, true, in_note),
                NodeValue::Paragraph | NodeValue::Item(_) | NodeValue::TableCell => {
                    end_block(&mut current, false, in_note);
                }
                _ => {}
            },
        }
    }
    end_block(&mut current, false, in_note);
    blocks
}

/// Appends what a reader sees of `html`, with the readings of ruby in brackets.
fn push_html(html: &str, text: &mut String) {
    for piece in pieces(html) {
        match piece {
            HtmlPiece::Text(shown) => text.push_str(shown),
            HtmlPiece::Void("<br />") => text.push('\n'),
            HtmlPiece::Open("rt") => text.push('（'),
            HtmlPiece::Close("rt") => text.push('）'),
            _ => {}
        }
    }
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
    fn stars_signs_of_notes_and_comments_are_not_said() {
        let text =
            "これは**「重要」**です[^1]。<!-- 秘密 -->\n\n[^1]: 注。\n\n```chart\nx = 1\n```\n";
        assert_eq!(summary(text, 50), "これは「重要」です。");
        assert_eq!(
            summary("<ruby>瓦版<rt>かわらばん</rt></ruby>と<br>H<sub>2</sub>O", 50),
            "瓦版（かわらばん）と\nH2O"
        );
    }

    #[test]
    fn a_summary_is_plain_and_short() {
        assert_eq!(summary("**市民**の暮らしを支える。\n\n次の段落", 8), "市民の暮らしを…");
        assert_eq!(summary("短い", 8), "短い");
    }
}
