//! **Cutting** what messages quote: a cell with a whole chapter in it is recognised by its
//! beginning.

/// Longest quotation, in characters.
const QUOTATION: usize = 200;

/// Longest message, in characters. A message is only as long if a quotation contains quotation
/// marks itself.
const WHOLE: usize = 4_000;

/// `text` with each quotation between `open` and `close` cut to its first [`QUOTATION`] characters.
pub(super) fn cut(text: String, open: char, close: char) -> String {
    // Bytes are at least as many as characters.
    if text.len() <= QUOTATION {
        return text;
    }
    let mut short = String::with_capacity(text.len().min(WHOLE));
    let mut rest = text.as_str();
    while let Some(at) = rest.find(open) {
        let begin = at + open.len_utf8();
        let Some(length) = rest[begin..].find(close) else { break };
        let quoted = &rest[begin..begin + length];
        short.push_str(&rest[..begin]);
        push_beginning(quoted, QUOTATION, &mut short);
        short.push(close);
        rest = &rest[begin + length + close.len_utf8()..];
    }
    short.push_str(rest);
    let mut whole = String::with_capacity(short.len());
    push_beginning(&short, WHOLE, &mut whole);
    whole
}

/// Adds the first `most` characters of `text`, with a mark if there are more.
fn push_beginning(text: &str, most: usize, to: &mut String) {
    match text.char_indices().nth(most) {
        Some((end, _)) => {
            to.push_str(&text[..end]);
            to.push('…');
        }
        None => to.push_str(text),
    }
}

#[cfg(test)]
mod tests {
    use super::{QUOTATION, WHOLE};
    use crate::diagnostic::Message;
    use crate::message;

    #[test]
    fn a_quotation_is_cut_after_its_first_two_hundred_characters() {
        let said = |text: &str, other: &str| message!(ja: "「{text}」は「{other}」", en: "`{text}` is not `{other}`");
        let full = "区".repeat(QUOTATION);
        let more = format!("{full}区");
        let Message { ja, en } = said(&full, &full);
        assert_eq!(
            (ja, en),
            (format!("「{full}」は「{full}」"), format!("`{full}` is not `{full}`"))
        );
        let Message { ja, en } = said(&more, "市");
        assert_eq!((ja, en), (format!("「{full}…」は「市」"), format!("`{full}…` is not `市`")));
        let Message { ja, en } = said("市", &more);
        assert_eq!((ja, en), (format!("「市」は「{full}…」"), format!("`市` is not `{full}…`")));
        // Whatever is in the cell, the message stays short.
        for odd in ["`".repeat(9_999), "「`".repeat(9_999), "」a`".repeat(9_999), more.repeat(99)]
        {
            let Message { ja, en } = said(&odd, "市");
            for text in [ja, en] {
                assert!(text.chars().count() <= WHOLE + 1, "{}", text.chars().count());
            }
        }
        // Our own words are not cut.
        let words = "word ".repeat(100);
        assert_eq!(Message::new("", words.clone()).en, words);
    }
}
