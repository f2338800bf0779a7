//! **Alignment** finds out which part of a reading belongs to which kanji, by the kana that both
//! text and reading contain: 町の図書館, まちのとしょかん.

use std::collections::BTreeMap;

use super::is_kana;

/// Upper limit of kana per kanji; a word may have one more.
const LONGEST: usize = 4;

/// Words with their readings, and how often each pair occurred.
pub(super) type ReadingCounts = BTreeMap<(String, String), usize>;

/// Divides `reading` among the runs of `text` and returns the runs that are no kana, each with its
/// part of the reading and the run of kana after it. `None` where there is no way to divide it, or
/// more than one. `known` says whether a run has this reading, `None` where the run is not known
/// yet.
pub(super) fn align<'t>(
    text: &'t [char],
    reading: &'t [char],
    known: impl Fn(&[char], &[char]) -> Option<bool>,
) -> Option<Vec<Aligned<'t>>> {
    let stretches: Vec<&[char]> = text.chunk_by(|&a, &b| is_kana(a) == is_kana(b)).collect();
    let fits = |stretch: &[char], part: &[char]| match is_kana(stretch[0]) {
        true => stretch == part,
        false => {
            (stretch.len()..=stretch.len() * LONGEST + 1).contains(&part.len())
                && known(stretch, part).unwrap_or(true)
        }
    };
    // Dynamic programming from the end: `ways[at][start]` is the number of ways to divide
    // `reading[start..]` among the runs from `at` on, counted up to 2.
    let mut ways: Vec<Vec<u8>> = vec![vec![0; reading.len() + 1]; stretches.len() + 1];
    ways[stretches.len()][reading.len()] = 1;
    for (at, stretch) in stretches.iter().enumerate().rev() {
        for start in 0..=reading.len() {
            let ends = (start + 1..=reading.len())
                .filter(|&end| ways[at + 1][end] > 0 && fits(stretch, &reading[start..end]));
            ways[at][start] = ends.map(|end| ways[at + 1][end]).sum::<u8>().min(2);
        }
    }
    if ways[0][0] != 1 {
        return None;
    }
    // There is exactly one way: follow it from the beginning.
    let mut start = 0;
    let mut aligned = Vec::new();
    for (at, stretch) in stretches.iter().enumerate() {
        let end = (start + 1..=reading.len())
            .find(|&end| ways[at + 1][end] > 0 && fits(stretch, &reading[start..end]))?;
        if !is_kana(stretch[0]) {
            let behind = stretches.get(at + 1).copied().unwrap_or_default();
            aligned.push(Aligned { word: stretch, reading: &reading[start..end], behind });
        }
        start = end;
    }
    Some(aligned)
}

/// A run of a text with its reading, and the kana after it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Aligned<'t> {
    pub word: &'t [char],
    pub reading: &'t [char],
    pub behind: &'t [char],
}

#[cfg(test)]
mod tests {
    use super::align;

    fn aligned(text: &str, reading: &str) -> Option<Vec<(String, String)>> {
        let (text, reading): (Vec<char>, Vec<char>) =
            (text.chars().collect(), reading.chars().collect());
        let found = align(&text, &reading, |_, _| None)?;
        let pair =
            |part: &super::Aligned<'_>| (part.word.iter().collect(), part.reading.iter().collect());
        Some(found.iter().map(pair).collect())
    }

    #[test]
    fn kanji_get_their_part_of_the_reading() {
        let pair = |word: &str, reading: &str| (word.to_owned(), reading.to_owned());
        assert_eq!(
            aligned("まちづくり懇談会の開催", "まちづくりこんだんかいのかいさい"),
            Some(vec![pair("懇談会", "こんだんかい"), pair("開催", "かいさい")])
        );
        assert_eq!(aligned("防災", "ぼうさい"), Some(vec![pair("防災", "ぼうさい")]));
        // The first の may belong to 野原 as well.
        assert_eq!(aligned("野の花", "ののはな"), Some(vec![pair("野", "の"), pair("花", "はな")]));
        assert_eq!(
            aligned("町の野の花", "まちのののはな"),
            Some(vec![pair("町", "まち"), pair("野", "の"), pair("花", "はな")])
        );
        assert_eq!(aligned("物の名の字", "もののなののじ"), None);
        assert_eq!(aligned("防災", "ぼ"), None);
        assert_eq!(aligned("道の駅", "みちがえき"), None);
    }
}
