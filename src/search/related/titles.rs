//! **Titles** as runs of one script, and the word that two of them share.
//!
//! Not in here: whether that word is distinctive (`rarities`).

use crate::text::Script;

/// Shortest word that counts as shared, in characters.
const SHORTEST: usize = 2;

/// The longest sequence of kanji, katakana or letters that both titles have, the first of equally
/// long ones; `None` where it would be shorter than two characters. Any part of a run of kanji may
/// be shared, but of other scripts only a whole run of `other`.
pub(super) fn shared_word(one: &[ScriptRun], other: &[ScriptRun]) -> Option<String> {
    let mut best: &[char] = &[];
    for ScriptRun { script, characters } in one {
        let others = || other.iter().filter(|run| run.script == *script);
        for start in 0..characters.len() {
            let rest = &characters[start..];
            let common = others().map(|run| match script {
                Script::Kanji => longest_beginning(rest, &run.characters),
                _ if rest.starts_with(&run.characters) => run.characters.len(),
                _ => 0,
            });
            let length = common.max().unwrap_or(0);
            if length >= SHORTEST && length > best.len() {
                best = &rest[..length];
            }
        }
    }
    (!best.is_empty()).then(|| best.iter().collect())
}

/// Length of the longest prefix of `text` that occurs anywhere in `within`.
fn longest_beginning(text: &[char], within: &[char]) -> usize {
    let same = |start| text.iter().zip(&within[start..]).take_while(|(a, b)| a == b).count();
    (0..within.len()).map(same).max().unwrap_or(0)
}

/// A run of a title in one script.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ScriptRun {
    script: Script,
    characters: Vec<char>,
}

/// The runs of `text`; hiragana and punctuation separate them.
pub(super) fn runs(text: &str) -> Vec<ScriptRun> {
    let script = |c: char| match Script::of(c) {
        Script::Hiragana => None,
        Script::Other if !c.is_alphanumeric() => None,
        script => Some(script),
    };
    let mut runs: Vec<ScriptRun> = Vec::new();
    let mut last = None;
    for c in text.chars() {
        let own = script(c);
        if let Some(script) = own {
            match runs.last_mut().filter(|_| own == last) {
                Some(run) => run.characters.push(c),
                None => runs.push(ScriptRun { script, characters: vec![c] }),
            }
        }
        last = own;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::{runs, shared_word};

    #[test]
    fn a_shared_word_is_a_word() {
        let shared = |one, other| shared_word(&runs(one), &runs(other));
        assert_eq!(shared("空き家対策と公園の再生", "公園のトイレの改修").as_deref(), Some("公園"));
        assert_eq!(shared("オンライン手続の拡大", "オフライン窓口の拡大").as_deref(), Some("拡大"));
        assert_eq!(shared("DXの推進", "GXの計画"), None);
        assert_eq!(shared("保育所の整備", "道の駅"), None);
    }

    #[test]
    fn a_title_falls_into_runs() {
        let texts: Vec<String> = runs("第5次DX計画とサービス")
            .into_iter()
            .map(|run| run.characters.into_iter().collect())
            .collect();
        assert_eq!(texts, ["第", "5", "次", "DX", "計画", "サービス"]);
    }
}
