//! Characters that are **lost**: replaced by `?` or `〓`, or private-use characters, which only one
//! computer can display.

/// Does `cell` seem to have a `?` or `〓` in place of a lost character?
pub(super) fn looks_lost(cell: &str) -> bool {
    if cell.contains('〓') {
        return true;
    }
    if !cell.contains('?') {
        return false;
    }
    let characters: Vec<char> = cell.trim().chars().collect();
    if characters.len() > 1 && characters.iter().all(|c| *c == '?') {
        return true;
    }
    let at = |index: usize| characters.get(index).copied();
    characters.iter().enumerate().any(|(index, c)| {
        let before = index.checked_sub(1).and_then(at);
        let after = at(index + 1);
        if *c != '?' {
            return false;
        }
        match (before, after) {
            // Names such as ?橋太郎 and 山?太郎.
            (None, Some(after)) => is_kanji(after),
            (Some(before), Some(after)) => is_kanji(before) && is_kanji(after),
            // A short name such as 高?; a question would be longer.
            (Some(before), None) => is_kanji(before) && characters.len() <= 4,
            (None, None) => false,
        }
    })
}

/// Is it a character of the private use areas (外字)?
pub(super) fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}

/// May `bytes`, a text in UTF-8, have a private-use character? A fast check of the first one or two
/// bytes of each character.
pub(super) fn may_be_private(bytes: &[u8]) -> bool {
    [0xee, 0xf3, 0xf4].iter().any(|first| bytes.contains(first))
        || bytes.windows(2).any(|pair| pair[0] == 0xef && pair[1] <= 0xa3)
}

fn is_kanji(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '々' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::looks_lost;

    #[test]
    fn lost_characters_are_told_from_questions() {
        for lost in ["?橋太郎", "高?", "????", "〓田", "渡?昭"] {
            assert!(looks_lost(lost), "{lost}");
        }
        for sound in ["本当に必要ですか?", "https://a.example/?q=1", "?", "Why? Because", "なぜ?"]
        {
            assert!(!looks_lost(sound), "{sound}");
        }
    }
}
