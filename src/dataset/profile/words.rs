//! The distribution of **words**: a few distinct ones with their numbers of rows, otherwise only
//! how many there are.

use std::collections::BTreeMap;

use super::Spread;

/// Number of values that are counted one by one; the others are counted together.
const TOLD: usize = 8;
/// Maximum number of distinct texts for which values are counted, unless the vocabulary is larger.
const FEW: usize = 30;

/// The distribution of `cells`, which are not empty. Values are counted only if they are few, and
/// if one of them occurs twice or there is only one cell.
pub(super) fn texts(mut cells: Vec<&str>, vocabulary: &[String]) -> Spread {
    let most = FEW.max(vocabulary.len());
    // If each value occurs once, the counts are not informative.
    let told = tally(&cells, most).filter(|counts| counts.len() < cells.len() || cells.len() == 1);
    match told {
        Some(counts) => values(&counts, vocabulary),
        None => {
            cells.sort_unstable();
            cells.dedup();
            Spread::Texts { distinct: cells.len() }
        }
    }
}

/// The most frequent values in the order of the vocabulary, or else by frequency, and the number of
/// others.
fn values(counts: &BTreeMap<&str, usize>, vocabulary: &[String]) -> Spread {
    let mut counts: Vec<(String, usize)> =
        counts.iter().map(|(value, &count)| ((*value).to_owned(), count)).collect();
    let place = |value: &str| vocabulary.iter().position(|known| known == value);
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let others = counts.split_off(counts.len().min(TOLD));
    counts.sort_by_key(|(value, _)| place(value));
    Spread::Values {
        counts,
        other_values: others.len(),
        other_rows: others.iter().map(|(_, count)| count).sum(),
    }
}

/// The number of occurrences of each distinct cell; `None` if there are more than `most` distinct
/// ones.
pub(super) fn tally<'a>(cells: &[&'a str], most: usize) -> Option<BTreeMap<&'a str, usize>> {
    let mut counts = BTreeMap::new();
    for cell in cells {
        *counts.entry(*cell).or_insert(0) += 1;
        if counts.len() > most {
            return None;
        }
    }
    Some(counts)
}
