//! **Learning** readings from the content: from the names of publisher, topics and departments,
//! from titles, from synonyms in kana, and from tables with a column of readings. A compound is
//! divided where one of its words is known: 防災訓練, where 防災 is known, gives 訓練.

use std::collections::{BTreeMap, BTreeSet};

use crate::dataset::reading_of;
use crate::search::analyzer::{class, is_kanji, normalise};
use crate::site::Site;

use super::align::{Aligned, ReadingCounts, align};
use super::{KEPT, Readings, WORDS, is_kana};

/// Most kana of a reading; it has at least two.
const LONGEST: usize = 12;
/// Most kana after kanji that belong to the word: 見守り.
const ENDING: usize = 3;
/// Kana that begin with one of these after kanji are not part of the word.
const PARTICLES: &str = "のをにはがとでもやへ";
/// Number of rounds in which compounds are divided by what was learnt before.
const ROUNDS: usize = 3;
/// Most rows of a table that are read.
const ROWS: usize = 2000;

impl Readings {
    /// The readings of `site`.
    pub fn of(site: &Site) -> Self {
        Self::learn(&pairs(site))
    }

    /// Learns from pairs of a text and its reading, both in normal form.
    pub(super) fn learn(pairs: &[(Vec<char>, Vec<char>)]) -> Self {
        let mut met = ReadingCounts::new();
        // The second pass resolves alignments that were ambiguous, by the readings that the first
        // pass learnt from other texts.
        for _ in 0..2 {
            let known = by_word(&met);
            let is_known = |word: &[char], reading: &[char]| {
                let readings = known.get(&word.iter().collect::<String>())?;
                Some(readings.contains(&reading.iter().collect::<String>()))
            };
            met = ReadingCounts::new();
            for (text, reading) in pairs {
                for part in align(text, reading, is_known).unwrap_or_default() {
                    add(&part, &mut met);
                }
            }
        }
        part_compounds(&mut met);
        // Keep the most frequent words and readings, up to the limits.
        let mut words: Vec<((String, String), usize)> = met.into_iter().collect();
        words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let mut readings: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for ((word, reading), _) in words {
            let is_fit = (2..=LONGEST).contains(&reading.chars().count());
            if !is_fit || (readings.len() == KEPT && !readings.contains_key(&reading)) {
                continue;
            }
            let own = readings.entry(reading).or_default();
            if own.len() < WORDS {
                own.push(word);
            }
        }
        readings.into_iter().collect()
    }
}

/// Counts a word of kanji, and the same word with the kana after it, if these belong to it.
fn add(Aligned { word, reading, behind }: &Aligned<'_>, met: &mut ReadingCounts) {
    if !word.iter().all(|&c| is_kanji(c)) {
        return;
    }
    let text = |own: &[char], more: &[char]| own.iter().chain(more).collect::<String>();
    *met.entry((text(word, &[]), text(reading, &[]))).or_default() += 1;
    if behind.first().is_some_and(|&c| !PARTICLES.contains(c)) && behind.len() <= ENDING {
        *met.entry((text(word, behind), text(reading, behind))).or_default() += 1;
    }
}

/// Adds the words that compounds are made of, where one of the two parts is known with its part of
/// the reading. Repeated, since each round may make further parts known.
fn part_compounds(met: &mut ReadingCounts) {
    let mut done = BTreeSet::new();
    for _ in 0..ROUNDS {
        let known = by_word(met);
        let parts: Vec<((String, String), usize)> = (met.iter())
            .filter(|(pair, _)| !done.contains(*pair))
            .flat_map(|((word, reading), &count)| {
                let parts = parts_of(word, reading, &known);
                parts.into_iter().map(move |part| (part, count))
            })
            .collect();
        done.extend(met.keys().cloned());
        for (pair, count) in parts {
            *met.entry(pair).or_default() += count;
        }
    }
}

/// For each division of `word` into two parts of which one is known, has at least two characters
/// and begins or ends the reading: both parts with their readings.
fn parts_of(
    word: &str,
    reading: &str,
    known: &BTreeMap<String, BTreeSet<String>>,
) -> Vec<(String, String)> {
    let places: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
    let mut parts = Vec::new();
    for (number, &at) in places.iter().enumerate().skip(1) {
        let (first, last) = word.split_at(at);
        for (own, other, is_first) in [(first, last, true), (last, first, false)] {
            let length = if is_first { number } else { places.len() - number };
            if length < 2 {
                continue;
            }
            for own_reading in known.get(own).into_iter().flatten() {
                let rest = match is_first {
                    true => reading.strip_prefix(own_reading.as_str()),
                    false => reading.strip_suffix(own_reading.as_str()),
                };
                let others = places.len() - length;
                if let Some(rest) = rest
                    && (others.max(2)..=others * 4).contains(&rest.chars().count())
                {
                    parts.push((other.to_owned(), rest.to_owned()));
                    parts.push((own.to_owned(), own_reading.clone()));
                }
            }
        }
    }
    parts
}

/// The readings of each word.
fn by_word(met: &ReadingCounts) -> BTreeMap<String, BTreeSet<String>> {
    let mut words: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (word, reading) in met.keys() {
        words.entry(word.clone()).or_default().insert(reading.clone());
    }
    words
}

/// Every text of the site that has a reading, with the reading; of both only the code points that
/// have a class. Texts without kanji and readings with anything but kana are left out.
fn pairs(site: &Site) -> Vec<(Vec<char>, Vec<char>)> {
    let mut pairs = BTreeSet::new();
    let mut add = |text: &str, kana: &str| {
        let read = |text: &str| -> Vec<char> {
            normalise(text).into_iter().filter(|&c| class(c).is_some()).collect()
        };
        let (text, kana) = (read(text), read(kana));
        if kana.iter().all(|&c| is_kana(c)) && text.iter().any(|&c| is_kanji(c)) {
            pairs.insert((text, kana));
        }
    };
    let publisher = &site.config.publisher;
    if let Some(kana) = &publisher.kana {
        add(&publisher.name.own, kana);
    }
    for entry in &site.topics {
        add(&entry.topic.name.own, entry.topic.kana.as_deref().unwrap_or_default());
    }
    for entry in &site.departments {
        let department = &entry.department;
        add(&department.name.own, department.kana.as_deref().unwrap_or_default());
    }
    for measure in &site.measures {
        add(&measure.title.own, measure.kana.as_deref().unwrap_or_default());
    }
    // A word beside its reading.
    for group in &site.synonyms {
        for kana in group {
            group.iter().for_each(|word| add(word, kana));
        }
    }
    for dataset in &site.datasets {
        for (column, read) in dataset.columns.iter().enumerate() {
            let Some(kana) = reading_of(&dataset.columns, read) else { continue };
            for row in 0..dataset.rows.len().min(ROWS) {
                add(dataset.rows.cell(row, column), dataset.rows.cell(row, kana));
            }
        }
    }
    pairs.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::Readings;

    fn learnt(pairs: &[(&str, &str)]) -> String {
        let chars = |text: &str| text.chars().collect::<Vec<char>>();
        let pairs: Vec<_> = pairs.iter().map(|(text, kana)| (chars(text), chars(kana))).collect();
        serde_json::to_string(&Readings::learn(&pairs).0).expect("readings are plain data")
    }

    #[test]
    fn words_are_learnt_from_titles_and_compounds() {
        assert_eq!(
            learnt(&[("防災", "ぼうさい"), ("防災訓練の実施", "ぼうさいくんれんのじっし")]),
            r#"{"くんれん":["訓練"],"じっし":["実施"],"ぼうさい":["防災"],"ぼうさいくんれん":["防災訓練"]}"#
        );
        assert_eq!(
            learnt(&[("見守り活動", "みまもりかつどう"), ("第3次の計画", "だいさんじのけいかく")]),
            r#"{"かつどう":["活動"],"けいかく":["計画"],"みまも":["見守"],"みまもり":["見守り"]}"#
        );
    }
}
