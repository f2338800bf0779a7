//! **Completions** are the names, titles and words of the site that are offered while a query is
//! typed. They lie in files by their first character, so that the browser reads only a few
//! kilobytes, however large the site is.
//!
//! Not in here: how they are shown (the theme's `complete.js`).

use std::collections::{BTreeMap, BTreeSet};

use crate::artifact;
use crate::site::Site;

use super::analyzer::normalise;
use super::dictionary::number_of;
use super::files::{IndexFiles, json};
use super::suggestions::{SuggestionEntry, Suggestions};

/// At most so many entries are kept for one first character: the best of them.
const ENTRIES: usize = 200;
/// Upper limit of the mean size of a file in bytes, before compression.
const MEAN: usize = 5 * 1024;
/// Number of consecutive files whose names end alike.
pub(super) const TOGETHER: usize = 4;

/// Completions by the first character of their text or reading, the best first.
#[derive(Clone, Debug, Default, Hash)]
pub struct Completions(BTreeMap<char, Vec<SuggestionEntry>>);

impl Completions {
    /// The completions of `site`: its suggestions, then English names, synonyms and the titles of
    /// measures, newest first. A text that occurs in several of these is taken once.
    pub fn of(site: &Site, suggestions: &Suggestions) -> Self {
        let mut completions = Self::default();
        let mut seen = BTreeSet::new();
        let mut add = |entry: SuggestionEntry| {
            if seen.insert(entry.text().to_owned()) {
                completions.add(&entry);
            }
        };
        suggestions.iter().cloned().for_each(&mut add);
        let names = (site.topics.iter().map(|entry| &entry.topic.name))
            .chain(site.departments.iter().map(|entry| &entry.department.name))
            .chain(site.datasets.iter().map(|dataset| &dataset.title));
        for english in names.filter_map(|name| name.en.as_ref()) {
            add(SuggestionEntry::new(english, None));
        }
        for word in site.synonyms.iter().flatten() {
            add(SuggestionEntry::new(word, None));
        }
        for measure in &site.measures {
            for title in [Some(&measure.title.own), measure.title.en.as_ref()].into_iter().flatten()
            {
                add(SuggestionEntry::new(title, None));
            }
        }
        completions
    }

    /// Adds `entry` under the first character of its text and of its reading, unless that character
    /// has [`ENTRIES`] already.
    fn add(&mut self, entry: &SuggestionEntry) {
        let first = |text: &str| normalise(text).first().copied();
        let firsts: BTreeSet<char> =
            [Some(entry.text()), entry.reading()].into_iter().flatten().filter_map(first).collect();
        for first in firsts {
            let own = self.0.entry(first).or_default();
            if own.len() < ENTRIES {
                own.push(entry.clone());
            }
        }
    }

    /// Writes the completions into a power of two of files and returns their number with the ends
    /// of their names, in hexadecimal. The file of a character follows from its hash, as the shard
    /// of a term does.
    pub(super) fn write(&self, files: &mut IndexFiles) -> (usize, String) {
        let all: Vec<&SuggestionEntry> = self.0.values().flatten().collect();
        let count = json(&all).len().div_ceil(MEAN).next_power_of_two();
        let mut lists: Vec<Vec<&SuggestionEntry>> = vec![Vec::new(); count];
        for (first, entries) in &self.0 {
            let own = &mut lists[number_of(first.to_string().as_bytes(), count)];
            // An entry is listed under two characters, which may have the same file.
            own.extend(entries.iter().filter(|entry| !own.contains(entry)).collect::<Vec<_>>());
        }
        let lists: Vec<Vec<u8>> = lists.iter().map(json).collect();
        let ends = lists.chunks(TOGETHER).enumerate().map(|(at, own)| {
            let known = |own| format!("completions {}", at * TOGETHER + own);
            artifact::hex(&files.add_together(own, false, known))
        });
        (count, ends.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{Completions, ENTRIES, SuggestionEntry};

    #[test]
    fn entries_lie_by_the_first_character_of_text_and_reading() {
        let mut completions = Completions::default();
        completions.add(&SuggestionEntry::new("防災", Some("ボウサイ")));
        completions.add(&SuggestionEntry::new("Bridges", None));
        let firsts: String = completions.0.keys().collect();
        assert_eq!(firsts, "bぼ防");
        (0..2 * ENTRIES)
            .for_each(|number| completions.add(&SuggestionEntry::new(&format!("b{number}"), None)));
        assert_eq!(completions.0[&'b'].len(), ENTRIES);
    }
}
