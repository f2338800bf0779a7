//! **Typography** that TOML does not allow: quotation marks of a word processor, and full-width
//! signs, digits and spaces of a Japanese keyboard. They look right, so messages name each of them.

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::Message;
use crate::message;

/// The message and advice where a syntax error begins with such a character; `None` for any other
/// one.
pub(super) fn told(text: &str) -> Option<(Message, Message)> {
    let text = text.trim_start_matches([' ', '\t']);
    let first = text.chars().next()?;
    if matches!(first, '\u{3000}' | '\u{a0}') {
        return Some(space(first));
    }
    if matches!(first, '「' | '」' | '『' | '』') {
        return Some((
            message!(ja: "文字がかぎ括弧で囲まれています", en: "the text is in Japanese brackets"),
            message!(ja: "半角の「\"」で囲んでください", en: "put it in double quotes (`\"`)"),
        ));
    }
    if let Some(plain) = straight(first) {
        return Some((
            message!(ja: "「{first}」は飾りの引用符です", en: "`{first}` is a typographic quotation mark"),
            message!(
                ja: "半角の「{plain}」を入力してください。文書作成ソフトから貼り付けると、引用符が変わることがあります",
                en: "type `{plain}`; text pasted from a word processor often has other quotation marks",
            ),
        ));
    }
    if first == ':' {
        return Some((
            message!(ja: "項目名の後に「:」があります", en: "the key is followed by `:`"),
            message!(ja: "「:」の代わりに「=」を入力してください", en: "write `=` instead of `:`"),
        ));
    }
    let wide: String = text.chars().take_while(|c| is_wide(*c)).collect();
    if wide.is_empty() {
        return None;
    }
    let narrow: String = wide.nfkc().collect();
    Some((
        message!(ja: "「{wide}」は全角です", en: "`{wide}` is in full-width characters"),
        message!(ja: "半角の「{narrow}」を入力してください", en: "type `{narrow}`"),
    ))
}

fn space(c: char) -> (Message, Message) {
    let code = u32::from(c);
    let (ja, en) = match c {
        '\u{3000}' => ("全角の空白", "a full-width space"),
        _ => ("改行しない空白", "a no-break space"),
    };
    (
        message!(ja: "{ja}（U+{code:04X}）があります", en: "there is {en} (U+{code:04X})"),
        message!(
            ja: "削除するか、半角の空白に置き換えてください",
            en: "delete it, or replace it by an ordinary space",
        ),
    )
}

/// The ASCII quotation mark for a typographic one.
fn straight(c: char) -> Option<char> {
    match c {
        '“' | '”' | '„' | '‟' | '〝' | '〟' | '＂' => Some('"'),
        '‘' | '’' | '‚' | '‛' | '＇' => Some('\''),
        _ => None,
    }
}

/// Is it the full-width form of a sign or digit of TOML?
fn is_wide(c: char) -> bool {
    matches!(
        c,
        '＝' | '［' | '］' | '｛' | '｝' | '＃' | '：' | '，' | '．' | '－' | '＿' | '０'..='９'
    )
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn every_sign_that_looks_right_is_named() {
        for (text, en, help) in [
            ("“planning”", "`“` is a typographic quotation mark", "type `\"`; text pasted"),
            ("＝ \"x\"", "`＝` is in full-width characters", "type `=`"),
            ("［［measures］］", "`［［` is in full-width characters", "type `[[`"),
            ("２０２２", "`２０２２` is in full-width characters", "type `2022`"),
            ("「試験」", "the text is in Japanese brackets", "put it in double quotes"),
            ("\u{3000}title", "there is a full-width space (U+3000)", "delete it"),
            (": \"x\"", "the key is followed by `:`", "write `=`"),
        ] {
            let (message, advice) = told(text).expect("it is known");
            assert_eq!(message.en, en, "{text}");
            assert!(advice.en.starts_with(help), "{text}: {}", advice.en);
        }
        assert!(told("= 1").is_none() && told("").is_none() && told("施策").is_none());
    }
}
