//! The **single kanji** of a document are those that are words of their own (橋 in 橋の工事) and
//! those that occur only within longer words (橋 in 橋梁). Where one word ends and the next begins
//! is what the dictionary of ICU says, which browsers use as well. It is needed while the index is
//! built; the browser only looks the kanji up.
//!
//! Not in here: which characters are kanji (`analyzer`).

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};

use super::analyzer::{Normal, is_kanji};

/// So many hiragana after a run of kanji tell whether its last kanji is a verb (使う) or a word of
/// its own (橋の).
const ENDING: usize = 2;

/// Finds the kanji of one document after the other.
pub(super) struct KanjiFinder {
    segmenter: WordSegmenterBorrowed<'static>,
    /// How each code point has been found in the document. Nearly all never are, and untouched zero
    /// pages take no memory.
    ways: Vec<u8>,
    /// The code points that have been found, in the order of their first occurrence.
    found: Vec<char>,
    run: String,
}

/// Found only within longer words.
const WITHIN: u8 = 1;
/// Found as a word of its own.
const WORD: u8 = 2;

/// The kanji of a document, each once.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct SingleKanji {
    /// Those that are words of their own somewhere in the document.
    pub words: Vec<char>,
    /// All others.
    pub within: String,
}

impl Default for KanjiFinder {
    fn default() -> Self {
        Self {
            segmenter: WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()),
            ways: vec![0; char::MAX as usize + 1],
            found: Vec::new(),
            run: String::new(),
        }
    }
}

impl KanjiFinder {
    /// Finds the kanji of a text.
    pub fn read(&mut self, Normal { chars, katakana }: &Normal) {
        let mut end = 0;
        while let Some(start) = (end..chars.len()).find(|&at| is_kanji(chars[at])) {
            end = (start..chars.len()).find(|&at| !is_kanji(chars[at])).unwrap_or(chars.len());
            let is_hiragana = |&at: &usize| matches!(chars[at], 'ぁ'..='ゖ') && !katakana[at];
            let ending = (end..chars.len()).take_while(is_hiragana).take(ENDING).count();
            self.run.clear();
            self.run.extend(&chars[start..end + ending]);
            let mut before = 0;
            for at in self.segmenter.segment_str(&self.run) {
                let word = &self.run[before..at];
                before = at;
                let way = if word.chars().count() == 1 { WORD } else { WITHIN };
                for c in word.chars().filter(|&c| is_kanji(c)) {
                    let known = &mut self.ways[c as usize];
                    if *known == 0 {
                        self.found.push(c);
                    }
                    *known = way.max(*known);
                }
            }
        }
    }

    /// The kanji that have been found since the last call.
    pub fn take(&mut self) -> SingleKanji {
        let mut kanji = SingleKanji::default();
        for c in self.found.drain(..) {
            match std::mem::take(&mut self.ways[c as usize]) {
                WORD => kanji.words.push(c),
                _ => kanji.within.push(c),
            }
        }
        kanji
    }
}

#[cfg(test)]
mod tests {
    use super::{KanjiFinder, SingleKanji};
    use crate::search::analyzer::normalise_with_katakana;

    #[test]
    fn a_kanji_is_a_word_where_no_longer_word_has_it() {
        let mut finder = KanjiFinder::default();
        for (text, words, within) in [
            ("橋の工事と橋", "橋", "工事"),
            ("橋梁", "", "橋梁"),
            ("橋梁と大橋さん", "", "橋梁大"),
            ("橋梁と古い橋", "橋", "梁古"),
            ("住民税と税金", "税", "住民金"),
            ("地域の活性化事業", "化", "地域活性事業"),
            ("橋等、国及び市", "橋等国市", "及"),
            ("使う", "", "使"),
            ("髙い塔", "塔", "高"),
            ("ごみ、バス", "", ""),
            ("", "", ""),
        ] {
            finder.read(&normalise_with_katakana(text));
            let expected =
                SingleKanji { words: words.chars().collect(), within: within.to_owned() };
            assert_eq!(finder.take(), expected, "{text}");
        }
    }

    #[test]
    fn the_texts_of_a_document_are_taken_together() {
        let mut finder = KanjiFinder::default();
        finder.read(&normalise_with_katakana("橋梁"));
        finder.read(&normalise_with_katakana("橋の工事"));
        let kanji = finder.take();
        assert_eq!((kanji.words, kanji.within.as_str()), (vec!['橋'], "梁工事"));
        assert_eq!(finder.take(), SingleKanji::default());
    }
}
