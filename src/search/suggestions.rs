//! **Suggestions** (もしかして): names and words of the content with their readings, offered as
//! what a query that finds nothing may have meant.
//!
//! Not in here: variants of a correctly typed word (`plan`, `words`).

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use strsim::osa_distance;

use crate::site::Site;

use super::analyzer::{CharacterClass, is_kanji, normalise, runs};
use super::plan::QueryPlan;

/// At most so many entries are kept.
const ENTRIES: usize = 2000;
/// At most so many are suggested at once.
const SUGGESTED: usize = 3;

/// A name or word, and its reading where the content gives one. Serialized as an array.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SuggestionEntry(
    String,
    #[serde(skip_serializing_if = "Option::is_none")] Option<String>,
);

impl SuggestionEntry {
    pub(super) fn new(text: &str, reading: Option<&str>) -> Self {
        Self(text.to_owned(), reading.map(str::to_owned))
    }

    pub(super) fn text(&self) -> &str {
        &self.0
    }

    pub(super) fn reading(&self) -> Option<&str> {
        self.1.as_deref()
    }
}

/// All entries, the most used first.
#[derive(Clone, Debug, Default, Hash, Serialize)]
#[serde(transparent)]
pub struct Suggestions(Vec<SuggestionEntry>);

impl Suggestions {
    /// The suggestions of `site`: names of topics, departments and datasets with their keywords,
    /// the first word of each group of synonyms, titles that have a reading; then the words of all
    /// titles, by how many titles have them. At most 2000, without duplicates.
    pub fn of(site: &Site) -> Self {
        let mut seen = BTreeSet::new();
        let mut entries = Vec::new();
        let mut add = |text: &str, kana: Option<&String>| {
            if entries.len() < ENTRIES && seen.insert(text.to_owned()) {
                entries.push(SuggestionEntry(text.to_owned(), kana.cloned()));
            }
        };
        for entry in &site.topics {
            add(&entry.topic.name.own, entry.topic.kana.as_ref());
        }
        for entry in &site.departments {
            add(&entry.department.name.own, entry.department.kana.as_ref());
        }
        for dataset in &site.datasets {
            add(&dataset.title.own, None);
            for keyword in &dataset.keywords {
                add(keyword, None);
            }
        }
        // The first word of a group is how the content says it; others may be spellings that nobody
        // should be offered.
        for word in site.synonyms.iter().filter_map(|group| group.first()) {
            add(word, None);
        }
        for measure in site.measures.iter().filter(|measure| measure.kana.is_some()) {
            add(&measure.title.own, measure.kana.as_ref());
        }
        let mut words: BTreeMap<String, usize> = BTreeMap::new();
        for measure in &site.measures {
            for word in words_of(&measure.title.own) {
                *words.entry(word).or_default() += 1;
            }
        }
        let mut words: Vec<(String, usize)> = words.into_iter().collect();
        words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        // A text that the analyzer does not treat as one Japanese word cannot be found. [`ENTRIES`]
        // words fill the list, even where it has some of them already.
        let is_word =
            |word: &String| runs(&normalise(word)).all(|run| run.class == CharacterClass::Japanese);
        for word in words.into_iter().map(|(word, _)| word).filter(is_word).take(ENTRIES) {
            add(&word, None);
        }
        Self(entries)
    }

    /// Every entry in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &SuggestionEntry> {
        self.0.iter()
    }

    /// The entries nearest to the keywords of `plan`, at most three. First those within an edit
    /// distance of 1, or 2 from six characters on; a reading may be equal. Then those whose bigrams
    /// have a Dice coefficient of at least one half with those of the query.
    pub fn near(&self, plan: &QueryPlan) -> Vec<String> {
        let asked: Vec<char> =
            plan.keywords.iter().flat_map(|keyword| keyword.text.chars()).collect();
        let allowed = match asked.len() {
            0..3 => 0,
            3..6 => 1,
            _ => 2,
        };
        let mut near: Vec<(usize, &str)> = Vec::new();
        let asked_text = String::from_iter(&asked);
        let asked_pairs = pairs(&asked);
        for SuggestionEntry(text, kana) in &self.0 {
            let own = normalise(text);
            if own == asked || asked.len() < 2 {
                continue;
            }
            let alike = likeness(&asked_pairs, &pairs(&own));
            let forms = [Some(own), kana.as_deref().map(normalise)].into_iter().flatten();
            let fits = forms.filter(|form| form.len().abs_diff(asked.len()) <= allowed);
            let distance =
                fits.map(|form| osa_distance(&asked_text, &String::from_iter(form))).min();
            match distance.filter(|distance| *distance <= allowed) {
                Some(distance) => near.push((distance, text.as_str())),
                None if alike >= HALF => near.push((FAR - alike, text.as_str())),
                None => {}
            }
        }
        near.sort_by_key(|(distance, _)| *distance);
        near.into_iter().take(SUGGESTED).map(|(_, text)| text.to_owned()).collect()
    }
}

/// Smallest likeness that is enough, and an offset by which entries that are alike are ordered
/// after all entries within the edit distance.
const HALF: usize = 500;
const FAR: usize = 2000;

/// The bigrams of a text.
fn pairs(text: &[char]) -> BTreeSet<&[char]> {
    text.windows(2).collect()
}

/// Dice coefficient of two sets of bigrams, in thousandths (Dice, 1945).
fn likeness(a: &BTreeSet<&[char]>, b: &BTreeSet<&[char]>) -> usize {
    2000 * a.intersection(b).count() / (a.len() + b.len()).max(1)
}

/// The runs of three or more kanji or of three or more katakana in a title, as the title writes
/// them.
fn words_of(title: &str) -> Vec<String> {
    let script = |c: char| match c {
        'ァ'..='ヶ' | 'ー' => 2,
        c if is_kanji(c) => 1,
        _ => 0,
    };
    let mut words: Vec<String> = vec![String::new()];
    let mut last = 0;
    for c in title.chars() {
        if script(c) != last {
            words.push(String::new());
        }
        last = script(c);
        if let (1.., Some(word)) = (last, words.last_mut()) {
            word.push(c);
        }
    }
    words.retain(|word| word.chars().count() >= 3);
    words
}
