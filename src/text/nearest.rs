//! The **nearest** of some words: what a misspelt word probably means.

use std::cell::Cell;

use strsim::osa_distance;

/// The candidate that is fewest edits from `word` (optimal string alignment: insertion, deletion,
/// replacement, and two neighbours swapped), if it is near enough to be meant: at most a
/// third of its characters differ. Of several the first.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let written = word.to_lowercase();
    let length = written.chars().count();
    let mut best: Option<(usize, &str)> = None;
    let mut other = String::new();
    for candidate in candidates {
        other.clear();
        other.extend(candidate.chars().flat_map(char::to_lowercase));
        let other_length = other.chars().count();
        let allowed = length.max(other_length).div_ceil(3);
        // Each character that one has more than the other is an edit.
        let least = length.abs_diff(other_length);
        if least > allowed || best.is_some_and(|(fewest, _)| least >= fewest) {
            continue;
        }
        let distance = osa_distance(&written, &other);
        if distance <= allowed
            && distance < other_length
            && best.is_none_or(|(fewest, _)| distance < fewest)
        {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Looks up the nearest word many times, until so many candidates have been compared that the rest
/// would take minutes.
#[derive(Debug, Default)]
pub struct Nearest {
    looked_at: Cell<usize>,
}

/// Number of candidates that are compared at most, which takes about a second.
const LOOKED_AT: usize = 10_000_000;

impl Nearest {
    /// The same as [`nearest`], but always `None` once the limit is reached.
    pub fn find<'a>(
        &self,
        word: &str,
        candidates: impl Iterator<Item = &'a str>,
    ) -> Option<&'a str> {
        let looked_at = || self.looked_at.get();
        if looked_at() >= LOOKED_AT {
            return None;
        }
        nearest(word, candidates.inspect(|_| self.looked_at.set(looked_at() + 1)))
    }
}

#[cfg(test)]
mod tests {
    use super::{LOOKED_AT, Nearest, nearest};

    #[test]
    fn the_search_for_very_many_words_ends() {
        let words = Nearest::default();
        let find = || words.find("deparment", ["department"].into_iter());
        assert_eq!(find(), Some("department"));
        words.looked_at.set(LOOKED_AT);
        assert_eq!(find(), None);
    }

    #[test]
    fn a_slip_finds_its_word_and_a_stranger_finds_none() {
        let keys = ["department", "fiscal_year", "headline", "id"];
        assert_eq!(nearest("deparment", keys.into_iter()), Some("department"));
        assert_eq!(nearest("fiscal-year", keys.into_iter()), Some("fiscal_year"));
        assert_eq!(nearest("haedline", keys.into_iter()), Some("headline"));
        assert_eq!(nearest("colour", keys.into_iter()), None);
        assert_eq!(nearest("達成", ["達成度", "実績"].into_iter()), Some("達成度"));
    }
}
