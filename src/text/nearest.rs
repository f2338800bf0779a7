//! The **nearest** of some words: what a slip of the pen probably meant.

/// The candidate that is fewest edits from `word`, if it is near enough to be meant: at most a third
/// of its characters differ. Of several the first.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let written: Vec<char> = word.to_lowercase().chars().collect();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let other: Vec<char> = candidate.to_lowercase().chars().collect();
        let allowed = (written.len().max(other.len())).div_ceil(3);
        let distance = edit_distance(&written, &other);
        if distance <= allowed
            && distance < other.len()
            && best.is_none_or(|(fewest, _)| distance < fewest)
        {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Optimal string alignment distance: insertion, deletion, replacement, and two neighbours swapped.
pub fn edit_distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &y) in b.iter().enumerate() {
            let mut cost = (above[j] + usize::from(x != y)).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

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
