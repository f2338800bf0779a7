//! The **readings** of the site's own words, so that a word that was typed in kana finds its kanji:
//! くんれん 訓練. They are learnt from the readings that the content gives of names, titles and
//! rows (`learn`).
//!
//! Not in here: which words of a query are looked up so (`plan`).

mod align;
mod learn;

use std::collections::BTreeMap;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use super::analyzer::{CharacterClass, SYLLABLES, class, is_kanji};

/// At most so many readings are kept, …
const KEPT: usize = 1000;
/// … so many words of one reading, and so many ways to write a word.
const WORDS: usize = 4;
/// What a kana costs that stays, beside a word: the fewest stay.
const STAYS: usize = 100;
/// Of so many kana one may stay: others are no words of the site.
const SHARE: usize = 3;
/// Longer stretches of kana are sentences.
const LONGEST: usize = 24;

/// Words by their reading, in normal form, the most frequent first. They are published beside the
/// syllables in which kana may be typed.
#[derive(Clone, Debug, Default)]
pub struct Readings(BTreeMap<String, Vec<String>>);

impl Serialize for Readings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut published = serializer.serialize_map(Some(2))?;
        published.serialize_entry("romaji", &*SYLLABLES)?;
        published.serialize_entry("words", &self.0)?;
        published.end()
    }
}

impl FromIterator<(String, Vec<String>)> for Readings {
    fn from_iter<I: IntoIterator<Item = (String, Vec<String>)>>(readings: I) -> Self {
        Self(readings.into_iter().collect())
    }
}

impl Readings {
    /// The other ways to write `normal`: each stretch of kana in the words that are read so, with
    /// as few kana left as can be.
    pub(super) fn spell(&self, normal: &[char]) -> Vec<String> {
        let mut found = vec![String::new()];
        for stretch in normal.chunk_by(|&a, &b| is_kana(a) == is_kana(b)) {
            let ways = self.ways(stretch);
            found = (found.iter())
                .flat_map(|before| ways.iter().map(move |way| format!("{before}{way}")))
                .take(WORDS)
                .collect();
        }
        let own: String = normal.iter().collect();
        found.retain(|way| *way != own);
        found
    }

    fn ways(&self, stretch: &[char]) -> Vec<String> {
        let own = || vec![stretch.iter().collect::<String>()];
        if self.0.is_empty() || !is_kana(stretch[0]) || stretch.len() > LONGEST {
            return own();
        }
        // For each end of the stretch, by its length: what it costs, and its ways.
        let mut best: Vec<(usize, Vec<String>)> = vec![(0, vec![String::new()])];
        for length in 1..=stretch.len() {
            let rest = &stretch[stretch.len() - length..];
            let (cost, ways) = &best[length - 1];
            let mut cost = cost + STAYS;
            let mut ways: Vec<String> =
                ways.iter().map(|way| format!("{}{way}", rest[0])).collect();
            for size in 2..=length {
                let reading: String = rest[..size].iter().collect();
                let Some(words) = self.0.get(&reading) else { continue };
                let (more, others) = &best[length - size];
                if more + 1 < cost {
                    cost = more + 1;
                    ways.clear();
                }
                if more + 1 == cost {
                    let of_word = |word: &String| {
                        others.iter().map(|other| format!("{word}{other}")).collect::<Vec<_>>()
                    };
                    ways.extend(words.iter().flat_map(of_word));
                }
            }
            ways.truncate(WORDS);
            best.push((cost, ways));
        }
        let (cost, ways) = best.pop().expect("there is one for every length");
        if cost / STAYS * SHARE <= stretch.len() { ways } else { own() }
    }
}

fn is_kana(c: char) -> bool {
    class(c) == Some(CharacterClass::Japanese) && !is_kanji(c)
}

#[cfg(test)]
mod tests {
    use super::Readings;

    fn readings(list: &[(&str, &[&str])]) -> Readings {
        let owned = |(reading, words): &(&str, &[&str])| {
            ((*reading).to_owned(), words.iter().map(|word| (*word).to_owned()).collect())
        };
        list.iter().map(owned).collect()
    }

    #[test]
    fn kana_are_written_in_the_words_that_are_read_so() {
        let readings = readings(&[
            ("ぼうさい", &["防災"]),
            ("くんれん", &["訓練"]),
            ("まち", &["町", "街"]),
            ("かじ", &["火事"]),
            ("みまも", &["見守"]),
        ]);
        let spell = |text: &str| readings.spell(&text.chars().collect::<Vec<char>>());
        assert_eq!(spell("ぼうさいくんれん"), ["防災訓練"]);
        assert_eq!(spell("防災くんれん"), ["防災訓練"]);
        assert_eq!(spell("ぼうさいのくんれん"), ["防災の訓練"]);
        assert_eq!(spell("まち"), ["町", "街"]);
        assert_eq!(spell("みまもり"), ["見守り"]);
        assert_eq!(spell("あらかじめ"), [""; 0]);
        assert_eq!(spell("訓練"), [""; 0]);
        assert_eq!(Readings::default().spell(&['く']), [""; 0]);
    }
}
