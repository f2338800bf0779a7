//! **Kana**: readings are written in katakana in tables, and shown in hiragana above names.

/// Replaces katakana by hiragana.
pub fn hiragana(text: &str) -> String {
    let fold = |c: char| match c {
        'ァ'..='ヶ' | 'ヽ' | 'ヾ' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        _ => c,
    };
    text.chars().map(fold).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn katakana_become_hiragana_and_the_rest_stays() {
        assert_eq!(super::hiragana("ソウゴウ・ヴィーガー部"), "そうごう・ゔぃーがー部");
    }
}
