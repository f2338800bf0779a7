//! **Bare addresses**: `https://…` within a text is a link without any markup. It ends before the
//! first character that addresses do not have, so that 。 and を are not part of it.

/// The parts of a text: words, and addresses among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextPart<'t> {
    Words(&'t str),
    Address(&'t str),
}

/// Splits `text` at its addresses.
pub(super) fn parts(text: &str) -> Vec<TextPart<'_>> {
    let mut parts = Vec::new();
    let (mut rest, mut searched) = (text, 0);
    while let Some(found) = rest[searched..].find("http") {
        let start = searched + found;
        let length = address_length(&rest[start..]);
        let follows_word = rest[..start].ends_with(|c: char| c.is_ascii_alphanumeric());
        if length == 0 || follows_word {
            searched = start + "http".len();
            continue;
        }
        if start > 0 {
            parts.push(TextPart::Words(&rest[..start]));
        }
        parts.push(TextPart::Address(&rest[start..start + length]));
        (rest, searched) = (&rest[start + length..], 0);
    }
    if !rest.is_empty() {
        parts.push(TextPart::Words(rest));
    }
    parts
}

/// The length of the address at the beginning of `text`; 0 if there is none.
fn address_length(text: &str) -> usize {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| text.starts_with(scheme));
    let Some(scheme) = scheme else { return 0 };
    let is_part =
        |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '`' | '|' | '\\');
    let mut address = &text[..text.find(|c| !is_part(c)).unwrap_or(text.len())];
    loop {
        let unopened = |open, close| {
            address.ends_with(close)
                && address.matches(open).count() < address.matches(close).count()
        };
        let is_sign =
            address.ends_with(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '~', '[', '(']);
        if !is_sign && !unopened('(', ')') && !unopened('[', ']') {
            break;
        }
        address = &address[..address.len() - 1];
    }
    let names_host =
        address[scheme.len().min(address.len())..].starts_with(|c: char| c.is_ascii_alphanumeric());
    if names_host { address.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::{TextPart, parts};

    #[test]
    fn an_address_ends_where_a_japanese_sentence_goes_on() {
        let addresses = |text| -> Vec<String> {
            let found = parts(text).into_iter().filter_map(|part| match part {
                TextPart::Address(address) => Some(address.to_owned()),
                TextPart::Words(_) => None,
            });
            found.collect()
        };
        for (text, address) in [
            ("詳しくはhttps://example.org/a.html。", "https://example.org/a.html"),
            ("https://example.orgを見る", "https://example.org"),
            ("（https://example.org/a_(b)）", "https://example.org/a_(b)"),
            ("(see https://example.org/x?a=1&b=2).", "https://example.org/x?a=1&b=2"),
            ("「http://example.org/#top」", "http://example.org/#top"),
        ] {
            assert_eq!(addresses(text), [address], "{text}");
        }
        assert!(addresses("http:// と https を使う xhttps://a").is_empty());
        assert_eq!(parts("a http"), [TextPart::Words("a http")]);
    }
}
