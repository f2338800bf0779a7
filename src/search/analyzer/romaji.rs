//! **Romaji**: kana typed in Latin letters because the input method was off, as furusato.
//!
//! Not in here: which words are looked up this way (`plan`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The kana of each syllable; the index includes them for the browser.
pub static SYLLABLES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("romaji.json")).expect("the syllables are as they should be")
});

/// Largest number of letters in a syllable.
const SYLLABLE: usize = 3;

/// The hiragana that the letters a to z of `word` spell; `None` where they are no romaji. Both
/// Hepburn and Kunrei spellings are known (shi and si). n, nn, and m before b and p are ん, and a
/// doubled consonant is っ.
pub fn kana(word: &str) -> Option<String> {
    let mut kana = String::new();
    let mut rest = word.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let next = after.first().copied().unwrap_or(b' ');
        let is_syllable = |letter| matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
        if first == b'n' && !is_syllable(next) {
            kana.push('ん');
            let is_doubled = next == b'n' && !after.get(1).is_some_and(|&third| is_syllable(third));
            rest = &after[usize::from(is_doubled)..];
        } else if first == b'm' && matches!(next, b'b' | b'p') {
            kana.push('ん');
            rest = after;
        } else if (first == next && !is_syllable(first)) || rest.starts_with(b"tch") {
            kana.push('っ');
            rest = after;
        } else {
            let end =
                rest.iter().take(SYLLABLE).position(|&letter| b"aeiou".contains(&letter))? + 1;
            let syllable = std::str::from_utf8(&rest[..end]).ok()?;
            kana.push_str(SYLLABLES.get(syllable)?);
            rest = &rest[end..];
        }
    }
    Some(kana)
}

#[cfg(test)]
mod tests {
    use super::kana;

    #[test]
    fn letters_become_kana() {
        for (letters, expected) in [
            ("furusato", "ふるさと"),
            ("hurusato", "ふるさと"),
            ("bousai", "ぼうさい"),
            ("kunren", "くんれん"),
            ("kunrenn", "くんれん"),
            ("onna", "おんな"),
            ("annai", "あんない"),
            ("shinbun", "しんぶん"),
            ("simbun", "しんぶん"),
            ("gakkou", "がっこう"),
            ("matchi", "まっち"),
            ("jidousha", "じどうしゃ"),
            ("zidousya", "じどうしゃ"),
            ("tyuugakkou", "ちゅうがっこう"),
            ("hoikujo", "ほいくじょ"),
        ] {
            assert_eq!(kana(letters).as_deref(), Some(expected), "{letters}");
        }
        for word in ["tourism", "carbon", "dx", "school", "city", "ごみ", "l"] {
            assert_eq!(kana(word), None, "{word}");
        }
    }
}
