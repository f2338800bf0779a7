//! How **words** spread: few of them with their rows, many only counted.

use std::collections::BTreeMap;

use super::Spread;

/// Values that are told one by one; the rest are counted together.
const TOLD: usize = 8;
/// A text with more distinct values is not told value by value.
const FEW: usize = 30;

pub(super) fn texts(mut cells: Vec<&str>, vocabulary: &[String]) -> Spread {
    let most = FEW.max(vocabulary.len());
    // Where each value is there once, their counts tell nothing.
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
