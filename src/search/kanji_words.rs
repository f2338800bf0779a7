//! **Kanji words** are words of a single kanji: 橋 in 橋の工事, but not in 橋梁 or 大橋さん. Where
//! one word ends and the next begins is what the dictionary of ICU says, which browsers use as
//! well. It is needed while the index is built; the browser only looks the words up.
//!
//! Not in here: kanji within longer words (`tally`).

use std::collections::BTreeSet;

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};

use super::analyzer::is_kanji;

/// So many hiragana after a run of kanji tell whether its last kanji is a verb (使う) or a word of
/// its own (橋の).
const ENDING: usize = 2;

/// Finds kanji words in one text after the other.
pub(super) struct KanjiWords {
    segmenter: WordSegmenterBorrowed<'static>,
    run: String,
}

impl Default for KanjiWords {
    fn default() -> Self {
        let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
        Self { segmenter, run: String::new() }
    }
}

impl KanjiWords {
    /// Adds the kanji words of a text in normal form to `words`. `katakana` says which of its
    /// characters, all hiragana now, were katakana.
    pub fn add_to(&mut self, words: &mut BTreeSet<String>, normal: &[char], katakana: &[bool]) {
        let mut end = 0;
        while let Some(start) = (end..normal.len()).find(|&at| is_kanji(normal[at])) {
            end = (start..normal.len()).find(|&at| !is_kanji(normal[at])).unwrap_or(normal.len());
            let is_hiragana = |&at: &usize| matches!(normal[at], 'ぁ'..='ゖ') && !katakana[at];
            let ending = (end..normal.len()).take_while(is_hiragana).take(ENDING).count();
            self.run.clear();
            self.run.extend(&normal[start..end + ending]);
            let mut before = 0;
            for at in self.segmenter.segment_str(&self.run) {
                let word = &self.run[before..at];
                before = at;
                if word.chars().count() == 1 && word.chars().all(is_kanji) && !words.contains(word)
                {
                    words.insert(word.to_owned());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::KanjiWords;
    use crate::search::analyzer::{Normal, normalise_with_katakana};

    #[test]
    fn a_kanji_is_a_word_where_no_longer_word_has_it() {
        let mut kanji = KanjiWords::default();
        for (text, expected) in [
            ("橋の工事と橋", "橋"),
            ("橋梁", ""),
            ("住民税と税金", "税"),
            ("地域の活性化事業", "化"),
            ("東京都", "都"),
            ("橋等、国及び市", "国市橋等"),
            ("使う", ""),
            ("髙い塔", "塔"),
            ("ごみ、バス", ""),
            ("", ""),
        ] {
            let Normal { chars, katakana } = normalise_with_katakana(text);
            let mut words = BTreeSet::new();
            kanji.add_to(&mut words, &chars, &katakana);
            assert_eq!(words.into_iter().collect::<String>(), expected, "{text}");
        }
    }
}
