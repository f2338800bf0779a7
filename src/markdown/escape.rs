//! **Plain text as Markdown** that is displayed as it was typed: what a clerk writes into a cell of
//! a spreadsheet is not meant as Markdown. `2*3*4`, `#1` and `1. ` stay unchanged, and lines stay
//! separate.

use std::borrow::Cow;

use crate::text::{Language, Localized};

/// The Markdown source of `text` for a page in `language`; plain text is escaped.
pub fn source(text: &Localized, language: Language) -> Cow<'_, str> {
    match text.plain {
        true => Cow::Owned(escaped(text.get(language))),
        false => Cow::Borrowed(text.get(language)),
    }
}

/// Escapes `text` as Markdown that is displayed as `text`: every character with a meaning is
/// escaped, line breaks are kept, and blank lines separate paragraphs.
pub fn escaped(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut markdown = String::with_capacity(text.len() + 8);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        push_line(line, &mut markdown);
        let Some(next) = lines.peek() else { break };
        if !line.trim().is_empty() && !next.trim().is_empty() {
            markdown.push('\\');
        }
        markdown.push('\n');
    }
    markdown
}

/// Appends a line, escaped: its indentation as no-break spaces, then a marker at its beginning (of
/// a list, heading, rule, quotation or table) with a backslash, then the rest as inline text.
fn push_line(line: &str, markdown: &mut String) {
    let rest = line.trim_start_matches([' ', '\t']);
    let indent = &line[..line.len() - rest.len()];
    // Four spaces would begin a code block; browsers do not display spaces at the beginning of a
    // paragraph.
    for c in indent.chars() {
        markdown.push_str(if c == '\t' { "&nbsp;&nbsp;&nbsp;&nbsp;" } else { "&nbsp;" });
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let after_digits = &rest[digits..];
    let rest = if (1..=9).contains(&digits) && is_marker(after_digits, &['.', ')']) {
        markdown.push_str(&rest[..digits]);
        markdown.push('\\');
        after_digits
    } else {
        let heading = rest.trim_start_matches('#');
        let is_heading =
            heading.len() < rest.len() && (heading.is_empty() || heading.starts_with([' ', '\t']));
        let is_rule = rest.len() > 2 && rest.chars().all(|c| c == '-' || c == '=' || c == ' ');
        let underlines = !rest.is_empty() && rest.trim_end().chars().all(|c| c == '=' || c == '-');
        if is_heading
            || is_rule
            || underlines
            || is_marker(rest, &['-', '+'])
            || rest.starts_with(['>', '|', ':'])
        {
            markdown.push('\\');
        }
        rest
    };
    push_inline(rest, markdown);
}

/// Does `text` begin with one of `signs`, followed by a space or the end?
fn is_marker(text: &str, signs: &[char]) -> bool {
    let Some(after) = text.strip_prefix(signs) else { return false };
    after.is_empty() || after.starts_with([' ', '\t'])
}

/// Appends inline text, with a backslash before every character that would have a meaning in
/// Markdown where it is. A first character that was escaped already is not escaped again.
fn push_inline(text: &str, markdown: &mut String) {
    let mut before = ' ';
    let mut characters = text.char_indices().peekable();
    while let Some((index, c)) = characters.next() {
        let after = characters.peek().map_or(' ', |(_, next)| *next);
        let special = match c {
            '*' | '`' | '[' | '~' => true,
            // Within a word it has no meaning.
            '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
            '<' => after.is_ascii_alphabetic() || matches!(after, '/' | '!' | '?'),
            '&' => is_entity(&text[index + 1..]),
            '\\' => after.is_ascii_punctuation(),
            '|' => true,
            _ => false,
        };
        // The character at the beginning of a line has been escaped already.
        if special && !(index == 0 && markdown.ends_with('\\')) {
            markdown.push('\\');
        }
        markdown.push(c);
        before = c;
    }
    // A backslash at the end would break the line.
    if text.ends_with('\\') {
        markdown.push('\\');
    }
}

/// Does an entity follow `&`, such as `amp;` or `#12;`?
fn is_entity(rest: &str) -> bool {
    let Some((name, _)) = rest.split_once(';') else { return false };
    let name = name.strip_prefix('#').unwrap_or(name);
    !name.is_empty() && name.len() < 32 && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::escaped;
    use crate::markdown::{Alone, to_html as shown};

    fn to_html(text: &str, level: usize) -> String {
        shown(text, level, &Alone)
    }

    #[test]
    fn plain_text_is_shown_as_it_was_typed() {
        for text in [
            "2*3*4",
            "**重要** な",
            "+5",
            "+ 5",
            "- 5",
            "#1",
            "# 1",
            "1. 一つ目",
            "1) 一つ目",
            "---",
            "===",
            "> 引用",
            "`code`",
            "[a](b)",
            "<b>太字</b>",
            "&amp; &lt;",
            "a_b_c と _d_",
            "~~取消~~",
            "| a | b |",
            "|---|---|",
            "C:\\temp\\*",
            "\\",
            "```",
            "5 < 6 > 4",
            "AT&T",
            "![x](y)",
            "2024-04-01",
            "終わり\\",
        ] {
            let html = to_html(&escaped(text), 2);
            let shown = html
                .trim()
                .trim_start_matches("<p>")
                .trim_end_matches("</p>")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
            assert_eq!(shown, text, "{}", escaped(text));
        }
    }

    #[test]
    fn lines_stay_apart_and_blank_lines_part_paragraphs() {
        assert_eq!(to_html(&escaped("一行目\r\n二行目"), 2).trim(), "<p>一行目<br />\n二行目</p>");
        assert_eq!(to_html(&escaped("一\n\n二"), 2).trim(), "<p>一</p>\n<p>二</p>");
        assert_eq!(to_html(&escaped("題\n---"), 2).trim(), "<p>題<br />\n---</p>");
        assert!(!to_html(&escaped("    字下げ"), 2).contains("<code>"));
    }
}
