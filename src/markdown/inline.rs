//! **HTML within a text**: the few elements that may be written, since Markdown has no signs for
//! them: `<br>`, `<wbr>`, `<sub>`, `<sup>` and `<ruby>` with its parts. They have no attributes.
//! Comments are left out; everything else is text.

/// A piece of HTML that was written in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum HtmlPiece<'t> {
    /// A comment.
    Comment,
    /// An element without content, as it is published.
    Void(&'static str),
    /// The beginning of an element.
    Open(&'static str),
    /// The end of an element.
    Close(&'static str),
    /// Anything else, which is shown as it was typed.
    Text(&'t str),
}

const PAIRED: [&str; 5] = ["sub", "sup", "ruby", "rt", "rp"];
const VOID: [(&str, &str); 2] = [("br", "<br />"), ("wbr", "<wbr />")];

/// Splits `html` into its pieces.
pub(super) fn pieces(html: &str) -> Vec<HtmlPiece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let (piece, length) = match rest.find('<') {
            Some(0) => piece_at(rest),
            Some(before) => (HtmlPiece::Text(&rest[..before]), before),
            None => (HtmlPiece::Text(rest), rest.len()),
        };
        pieces.push(piece);
        rest = &rest[length..];
    }
    pieces
}

/// The piece at the beginning of `html`, which begins with `<`, and its length.
fn piece_at(html: &str) -> (HtmlPiece<'_>, usize) {
    if let Some(comment) = html.strip_prefix("<!--") {
        // A comment that never ends hides the rest, as it does in a browser.
        let length = comment.find("-->").map_or(html.len(), |end| "<!--".len() + end + "-->".len());
        return (HtmlPiece::Comment, length);
    }
    let Some(end) = html.find('>') else { return (HtmlPiece::Text(html), html.len()) };
    let (inside, length) = (&html[1..end], end + 1);
    let closing = inside.starts_with('/');
    let name = inside.trim_matches('/').trim().to_ascii_lowercase();
    let paired = PAIRED.into_iter().find(|known| *known == name);
    let void = VOID.into_iter().find(|(known, _)| *known == name);
    let piece = match (paired, void) {
        (Some(name), _) if closing => HtmlPiece::Close(name),
        (Some(name), _) if !inside.ends_with('/') => HtmlPiece::Open(name),
        (_, Some((_, html))) if !closing => HtmlPiece::Void(html),
        _ => HtmlPiece::Text(&html[..length]),
    };
    (piece, length)
}

#[cfg(test)]
mod tests {
    use super::HtmlPiece::{Close, Comment, Open, Text, Void};
    use super::pieces;

    #[test]
    fn only_what_is_listed_is_an_element() {
        assert_eq!(pieces("a<BR/>b<!-- c -->"), [Text("a"), Void("<br />"), Text("b"), Comment]);
        assert_eq!(pieces("<ruby>漢</ruby>"), [Open("ruby"), Text("漢"), Close("ruby")]);
        assert_eq!(pieces("<sub onclick=x>"), [Text("<sub onclick=x>")]);
        assert_eq!(pieces("<b>"), [Text("<b>")]);
        assert_eq!(pieces("1 < 2"), [Text("1 "), Text("< 2")]);
        assert_eq!(pieces("<!-- 終わらない"), [Comment]);
    }
}
