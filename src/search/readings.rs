//! The **readings** of the site's own words, by which a word typed in kana is found in kanji:
//! くんれん finds 訓練. They are learnt from the readings that the content gives for names, titles
//! and rows (`learn`).
//!
//! Not in here: which words of a query are looked up this way (`plan`).

mod align;
mod learn;

use std::collections::BTreeMap;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use super::analyzer::{CharacterClass, SYLLABLES, class, is_kanji};

/// Upper limit of readings that are kept.
const KEPT: usize = 1000;
/// Upper limit of words per reading, and of spellings that [`Readings::spell`] returns.
const WORDS: usize = 4;
/// Cost of a kana that is kept unchanged; a word costs 1. Thus as few kana as possible are kept.
const STAYS: usize = 100;
/// At most one in so many kana may be kept; otherwise the text is no word of the site.
const SHARE: usize = 3;
/// Longer runs of kana are sentences and are not looked up.
const LONGEST: usize = 24;

/// Words by their reading, in normal form, the most frequent first. Serialized together with the
/// romaji syllables.
#[derive(Clone, Debug, Default, Hash)]
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
    /// Other spellings of `normal`: each run of kana replaced by words with that reading, keeping
    /// as few kana as possible; at most [`WORDS`], without `normal` itself.
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

    /// The cheapest spellings of a run of kana, at most [`WORDS`]; the run itself where it is no
    /// kana, longer than [`LONGEST`], or too many kana would be kept.
    ///
    /// Dynamic programming over the suffixes of the run: the cheapest spelling of a suffix begins
    /// with a kept kana or with a word, followed by the cheapest spelling of the rest.
    fn ways(&self, stretch: &[char]) -> Vec<String> {
        let own = || vec![stretch.iter().collect::<String>()];
        if self.0.is_empty() || !is_kana(stretch[0]) || stretch.len() > LONGEST {
            return own();
        }
        // For each suffix, by its length: its cost and its spellings.
        let mut best: Vec<(usize, Vec<String>)> = vec![(0, vec![String::new()])];
        for length in 1..=stretch.len() {
            // The first kana of the suffix is kept …
            let rest = &stretch[stretch.len() - length..];
            let (cost, ways) = &best[length - 1];
            let mut cost = cost + STAYS;
            let mut ways: Vec<String> =
                ways.iter().map(|way| format!("{}{way}", rest[0])).collect();
            // … or its first `size` kana are the reading of a word. Of equal costs, all spellings
            // count.
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
